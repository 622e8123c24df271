"""Lines of a page: what each looks like, before anything is decided."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from samestory.cleaning.finder import FurnitureFinder, furniture_finder
from samestory.cleaning.lexicon import Furniture, plain_line

__all__ = [
    "Line",
    "is_label",
    "is_sentence",
    "keeps_paragraphs_apart",
    "mark_furniture",
    "read_lines",
    "size",
]

_MARKS = ".!?…。！？"
_ENDS_SENTENCE = re.compile(rf"[{_MARKS}][\s\"'”’»)\]」』]*\Z")
# One such character says as much as two Latin letters.
_DENSE = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_SHORTEST_SENTENCE = 25
_TAIL = 40  # characters that may close a sentence behind its last mark
_NEAR = 3


class Line(NamedTuple):
    """One line that is not blank.

    ``number`` counts the lines of the text from 0, blank ones included; ``block`` counts the groups of lines
    between blank lines; ``start`` is where ``text``, the line without blanks at its edges, begins; ``size``
    and ``sentence`` are what the functions of these names say.
    """

    number: int
    block: int
    start: int
    text: str
    plain: str
    size: int
    sentence: bool
    furniture: Furniture | None = None


def read_lines(text: str) -> list[Line]:
    """Split a text into its lines.

    Examples
    --------
    >>> [(line.number, line.block, line.start) for line in read_lines("One.  Two. ")]
    [(0, 0, 0)]
    """
    lines: list[Line] = []
    block = start = 0
    apart = False
    for number, whole in enumerate(text.split("\n")):
        line = whole.strip()
        if line:
            block += apart
            at = start + whole.index(line[0]) if whole[0] != line[0] else start
            lines.append(Line(number, block, at, line, plain_line(line), size(line), is_sentence(line)))
        apart = bool(lines) and not line
        start += len(whole) + 1
    return lines


def mark_furniture(lines: Sequence[Line], find: FurnitureFinder | None = None) -> list[Line]:
    """Say of each line whether the list knows it."""
    find = furniture_finder() if find is None else find
    marked = [line._replace(furniture=f) if (f := find(line.plain)) else line for line in lines]
    doubtful = [i for i, line in enumerate(marked) if line.furniture and not line.furniture.alone]
    for i in [i for i in doubtful if not _has_company(marked, i)]:
        marked[i] = marked[i]._replace(furniture=None)
    return marked


def _has_company(lines: list[Line], i: int) -> bool:
    """Say whether a line of furniture has one of its kind nearby."""
    found = lines[i].furniture
    near = lines[max(0, i - _NEAR) : i] + lines[i + 1 : i + 1 + _NEAR]
    return found is not None and any(n.furniture and n.furniture.opens == found.opens for n in near)


def keeps_paragraphs_apart(lines: Sequence[Line]) -> bool:
    """Say whether most sentences stand in a line of their own between blank lines."""
    groups = Counter(line.block for line in lines)
    sentences = [groups[line.block] == 1 for line in lines if line.sentence]
    return 2 * sum(sentences) > len(sentences)


def size(text: str) -> int:
    """Count characters, those of Chinese, Japanese and Korean twice."""
    return len(text) if text.isascii() else len(text) + len(_DENSE.findall(text))


def is_sentence(text: str) -> bool:
    """Say whether a line ends like a sentence and is long enough for one.

    Examples
    --------
    >>> is_sentence("The ferry left at noon on Monday."), is_sentence("Harbour Life")
    (True, False)
    """
    last = text[-1:]
    # Nearly all lines end in such a mark or in a letter; the others are looked at closely.
    if last.isalnum() or (len(text) < _SHORTEST_SENTENCE and size(text) < _SHORTEST_SENTENCE):
        return False
    return last in _MARKS or _ENDS_SENTENCE.search(text, len(text) - _TAIL) is not None


def is_label(line: Line) -> bool:
    """Say whether a line looks like a menu entry or a linked headline: no end of sentence, not long."""
    return line.size < 150 and not (
        line.size >= 60 and (_ENDS_SENTENCE.search(line.text) is not None or line.text.endswith(":"))
    )
