"""Rich text (``.rtf``), with the extra ``documents``: one article, or an export with many."""

from __future__ import annotations

import re
from importlib.util import find_spec

from samestory.errors import CorpusError, MissingExtraError
from samestory.readers.layouts import rows_of_text
from samestory.readers.layouts.parts import Row
from samestory.readers.source import Source
from samestory.readers.txt import plain_lines

__all__ = ["read_rtf"]

_BRACE = re.compile(r"\\[\\{}]|([{}])")


def read_rtf(source: Source) -> list[Row]:
    """Read the text of a rich text file; pictures and objects in it are left aside.

    Where the file breaks off, or goes on behind the end of its document, text may be missing: a note says so.

    Raises
    ------
    CorpusError
        The file is no rich text.
    MissingExtraError
        striprtf is not installed.
    """
    if find_spec("striprtf") is None:
        raise MissingExtraError.for_package("striprtf", extra="documents", purpose="reading rich text")
    from striprtf.striprtf import rtf_to_text

    raw = source.read()
    if not raw.lstrip().startswith(b"{\\rtf"):
        raise CorpusError("rich text begins with {\\rtf, this file does not", path=source.place)
    # The format is ASCII with escapes; bytes beyond it, where a program wrote some, are Windows-1252.
    code = raw.decode("cp1252", "replace")
    try:
        text = str(rtf_to_text(code, errors="replace"))  # type: ignore[no-untyped-call]
    except Exception as error:  # striprtf meets whatever a damaged file holds
        raise CorpusError(
            f"the file cannot be read as rich text ({type(error).__name__}: {str(error)[:80]})",
            path=source.place,
        ) from error
    rows = rows_of_text(plain_lines(text))
    note = _damage(code)
    if note:
        rows[0]["file_note"] = note
        rows[-1]["note"] = "; ".join(filter(None, (str(rows[-1].get("note", "")), note)))
    return rows


def _damage(code: str) -> str:
    """Say where the braces do not close at the end of the file and nowhere before, or nothing."""
    depth = 0
    for found in _BRACE.finditer(code):
        if found[1] == "{":
            depth += 1
        elif found[1] == "}":
            depth -= 1
            if depth == 0:
                rest = code[found.end() :].strip(" \0\r\n\t")
                return f"{len(rest):,} characters behind the end of the document are not read" if rest else ""
    return "the file breaks off: a group of the rich text is not closed"
