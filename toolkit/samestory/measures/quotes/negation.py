"""Attributions that the text takes back: what somebody did not say."""

from __future__ import annotations

import re
from collections.abc import Sequence

from samestory.text import Span, normalise_typography

__all__ = ["is_negated"]

_REACH = 48  # characters before the cue
_NEGATIVE = re.compile(
    r"\b(?=[acdfhinrsuw])(?:not(?!\s+(?:only|just|merely|simply))|never|cannot|no\s+longer|neither|nor|without|"
    r"(?:declin|refus|fail|forg[eo]t|stopp?|hesitat|neglect)\w*(?:\s+short\s+of|\s+(?:even\s+)?to)|"
    r"(?:refrain|abstain)\w*\s+from|unwilling\s+to|reluctant\s+to|unable\s+to|stopp?\w*\s+short\s+of|"
    r"far\s+from|instead\s+of|rather\s+than)\b|n't\b",
    re.IGNORECASE,
)
_NOBODY = re.compile(r"(?:no\s+one|nobody|none|neither|no\s+\w+)\b", re.IGNORECASE)
_STOP = re.compile(r"[.!?;:,\"“”«»()\n]|\b(?=[abtw])(?:and|but|that|because|who|which)\b")


def is_negated(text: str, cue: Sequence[Span], speaker: Sequence[Span]) -> bool:
    """Whether the text says that the speaker did not say this.

    A negative word stands in the cue or between the speaker and the cue ("did not say", "never claimed",
    "declined to say", "without saying"), or the speaker is nobody ("no one said"). Verbs that
    deny by themselves ("denied") are no negation: they hand over what was denied.

    Parameters
    ----------
    text : str
        The article.
    cue, speaker : sequence of (int, int)
        Where they are written.

    Returns
    -------
    bool
        False where there is no cue.

    Examples
    --------
    >>> is_negated("Moss did not say that it rained.", [(13, 16)], [(0, 4)])
    True
    >>> is_negated("Moss denied that it rained.", [(5, 11)], [(0, 4)])
    False
    """
    if not cue:
        return False
    start, end = cue[0][0], cue[-1][1]
    if speaker and _NOBODY.match(text, speaker[0][0], speaker[-1][1]):
        return True
    begin = max([start - _REACH, 0, *(b for _, b in speaker if b <= start)])
    for m in _STOP.finditer(text, begin, start):
        begin = m.end()
    words = normalise_typography(text[begin : min(end, start + 60)])
    return _NEGATIVE.search(words) is not None
