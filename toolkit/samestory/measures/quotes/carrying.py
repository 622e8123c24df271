"""One utterance that a second verb carries on: "“No,” said Moss, adding: “Never.”"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from samestory.measures.quotes.model import Attribution

__all__ = ["carried_on"]

_GAP = re.compile(r",?\s*\Z")
_ONWARD = re.compile(r"(?:adding|continuing)\s*:?\Z", re.IGNORECASE)
_OPENING = frozenset("\"“„«‹‘'`")


def carried_on(text: str, found: Sequence[Attribution]) -> list[Attribution]:
    """Join a quotation after "adding:" to the one that its speaker has just ended.

    Parameters
    ----------
    text : str
        Any text.
    found : sequence of Attribution
        In the order of their cues.

    Returns
    -------
    list of Attribution
        The same, an attribution that only carries a quotation on being part of the one before.

    Examples
    --------
    >>> text = "“No,” said Moss, adding: “Never.”"
    >>> one = Attribution(((11, 15),), ((6, 10),), ((0, 5),), 0.9)
    >>> two = Attribution(((11, 15),), ((17, 24),), ((25, 33),), 0.8)
    >>> [a.content for a in carried_on(text, [one, two])]
    [((0, 5), (25, 33))]
    """
    out: list[Attribution] = []
    for one in found:
        last = out[-1] if out else None
        if last is not None and _carries_on(text, last, one):
            out[-1] = replace(last, content=(*last.content, *one.content))
        else:
            out.append(one)
    return out


def _carries_on(text: str, last: Attribution, one: Attribution) -> bool:
    if not one.cue or not last.cue or not one.content or not last.content or last.source != one.source:
        return False
    start, end = one.cue[0]
    before = max(last.cue[-1][1], *(s[1] for s in last.source), 0)
    quoted = text[last.content[0][0]] in _OPENING and text[one.content[0][0]] in _OPENING
    return (
        quoted
        and before <= start
        and _GAP.match(text[before:start]) is not None
        and _ONWARD.match(text[start:end]) is not None
        and text[end - 1 : one.content[0][0]].strip().startswith((":", "g:"))
    )
