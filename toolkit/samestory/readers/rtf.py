"""Rich text (``.rtf``), with the extra ``documents``: one article, or an export with many."""

from __future__ import annotations

from importlib.util import find_spec

from samestory.errors import CorpusError, MissingExtraError
from samestory.readers.layouts import rows_of_text
from samestory.readers.layouts.parts import Row
from samestory.readers.source import Source
from samestory.readers.txt import plain_lines

__all__ = ["read_rtf"]


def read_rtf(source: Source) -> list[Row]:
    """Read the text of a rich text file; pictures and objects in it are left aside.

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
    try:
        # The format is ASCII with escapes; bytes beyond it, where a program wrote some, are Windows-1252.
        text = str(rtf_to_text(raw.decode("cp1252", "replace"), errors="replace"))  # type: ignore[no-untyped-call]
    except Exception as error:  # striprtf meets whatever a damaged file holds
        raise CorpusError(
            f"the file cannot be read as rich text ({type(error).__name__}: {str(error)[:80]})",
            path=source.place,
        ) from error
    return rows_of_text(plain_lines(text))
