"""Word documents (``.docx``), with the extra ``documents``: one article, or an export with many."""

from __future__ import annotations

import io
from collections.abc import Iterator
from importlib.util import find_spec

from samestory.errors import CorpusError, MissingExtraError
from samestory.readers.archives import opened_zip, streamed
from samestory.readers.layouts import rows_of_text
from samestory.readers.layouts.parts import Row
from samestory.readers.source import Source

__all__ = ["read_docx"]


def read_docx(source: Source) -> list[Row]:
    """Read the paragraphs and tables of a Word document.

    A ``.docx`` is a ZIP of XML: the limits of archives hold for it, and a document that declares entities
    (which Word never writes, and which can read files or grow without end) is refused unread.

    Raises
    ------
    CorpusError
        The file is no Word document, or not a safe one.
    MissingExtraError
        python-docx is not installed.
    """
    if find_spec("docx") is None:
        raise MissingExtraError.for_package(
            "python-docx", extra="documents", purpose="reading Word documents"
        )
    raw = source.read()
    _refuse_entities(raw, source)
    try:
        text = "\n".join(_lines(raw))
    except Exception as error:  # python-docx meets whatever a damaged file holds
        raise CorpusError(
            f"the file cannot be read as a Word document ({type(error).__name__}: {str(error)[:80]})",
            path=source.place,
        ) from error
    return rows_of_text(text)


def _lines(raw: bytes) -> Iterator[str]:
    from docx import Document
    from docx.table import Table

    for part in Document(io.BytesIO(raw)).iter_inner_content():
        if isinstance(part, Table):
            for row in part.rows:
                yield "\t".join(cell.text for cell in row.cells)
        else:
            yield part.text


def _refuse_entities(raw: bytes, source: Source) -> None:
    """Look through every XML part before any parser does."""
    with opened_zip(io.BytesIO(raw), source) as archive:
        for member, content in streamed(archive, source):
            if not member.filename.lower().endswith((".xml", ".rels")):
                continue
            plain = content.replace(b"\0", b"")  # UTF-16 is allowed, and would hide the word
            if b"<!DOCTYPE" in plain or b"<!ENTITY" in plain:
                raise CorpusError(
                    f"'{member.filename}' declares a document type or entities, which no Word document does",
                    hint="open it in a word processor and save it anew, if you trust it",
                    path=source.place,
                )
