"""Text files: one article, or an export of a news database with many."""

from __future__ import annotations

from samestory.errors import CorpusError
from samestory.readers.encodings import decode_text
from samestory.readers.layouts import rows_of_text
from samestory.readers.layouts.parts import Row
from samestory.readers.source import Source

__all__ = ["plain_lines", "read_txt"]

_MOST_NULS = 0.01  # more than that, and the file is no text


def read_txt(source: Source) -> list[Row]:
    """Read a text file.

    Parameters
    ----------
    source : Source
        A file in an encoding of :func:`samestory.readers.encodings.decode_text`.

    Returns
    -------
    list of dict
        One row per article with ``text``, ``encoding`` and what the file says of it (``title``, ``outlet``,
        ``published``, ``url``, ``byline`` …).

    Raises
    ------
    CorpusError
        The file is no text.

    Notes
    -----
    The header is the block of ``Title:``, ``Outlet:``, ``Published:`` (or ``Date:``), ``URL:`` and
    ``Author:`` lines at the very top, closed by a blank line. Any other first line means that there is no
    header, and the whole file is text. Where such a header (title and at least one more line) comes again
    after a blank line, a further article begins. Exports of Nexis Uni, Factiva and ProQuest are split by
    their layouts (:data:`samestory.readers.layouts.LAYOUTS`).
    """
    text, encoding = decode_text(source.read())
    if text.count("\0") > _MOST_NULS * len(text):
        raise CorpusError("the file holds NUL characters as pictures and programs do", path=source.place)
    return [row | {"encoding": encoding} for row in rows_of_text(plain_lines(text))]


def plain_lines(text: str) -> str:
    """End every line by a line feed."""
    return text.replace("\r\n", "\n").replace("\r", "\n")
