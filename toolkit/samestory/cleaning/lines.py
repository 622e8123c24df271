"""Lines of a page: what each looks like, before anything is decided."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from samestory.cleaning.lexicon import Furniture, furniture_of, plain_line

__all__ = ["Line", "is_label", "is_sentence", "keeps_paragraphs_apart", "read_lines", "size"]

_ENDS_SENTENCE = re.compile(r"[.!?…。！？][\s\"'”’»)\]」』]*$")
# One such character says as much as two Latin letters.
_DENSE = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_SHORTEST_SENTENCE = 25
_NEAR = 3


@dataclass(frozen=True)
class Line:
    """One line that is not blank.

    ``number`` counts the lines of the text from 0, blank ones included; ``block`` counts the groups of lines
    between blank lines.
    """

    number: int
    block: int
    text: str
    plain: str
    furniture: Furniture | None


def read_lines(text: str) -> list[Line]:
    """Split a text into its lines."""
    lines = []
    block = 0
    for number, line in enumerate(text.split("\n")):
        if line.strip():
            lines.append(Line(number, block, line, plain_line(line), furniture_of(line)))
        else:
            block += 1
    return [line if _counts(lines, i) else replace(line, furniture=None) for i, line in enumerate(lines)]


def _counts(lines: list[Line], i: int) -> bool:
    """Say whether a line is furniture by itself, or has a line of the same kind nearby."""
    found = lines[i].furniture
    if found is None or found.alone:
        return True
    near = lines[max(0, i - _NEAR) : i] + lines[i + 1 : i + 1 + _NEAR]
    return any(n.furniture is not None and n.furniture.opens == found.opens for n in near)


def keeps_paragraphs_apart(lines: Sequence[Line]) -> bool:
    """Say whether most sentences stand in a line of their own between blank lines."""
    groups = Counter(line.block for line in lines)
    sentences = [groups[line.block] == 1 for line in lines if is_sentence(line.text)]
    return 2 * sum(sentences) > len(sentences)


def size(text: str) -> int:
    """Count characters, those of Chinese, Japanese and Korean twice."""
    return len(text) + len(_DENSE.findall(text))


def is_sentence(text: str) -> bool:
    """Say whether a line ends like a sentence and is long enough for one.

    Examples
    --------
    >>> is_sentence("The ferry left at noon on Monday."), is_sentence("Harbour Life")
    (True, False)
    """
    return bool(_ENDS_SENTENCE.search(text)) and size(text) >= _SHORTEST_SENTENCE


def is_label(text: str) -> bool:
    """Say whether a line looks like a menu entry or a linked headline: no end of sentence, not long."""
    length = size(text)
    return length < 150 and not (
        length >= 60 and (_ENDS_SENTENCE.search(text) or text.rstrip().endswith(":"))
    )
