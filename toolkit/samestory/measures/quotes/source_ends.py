"""Where a speaker's phrase ends: what somebody does while speaking is no part of who speaks."""

from __future__ import annotations

import re

from samestory.text import Span

__all__ = ["without_participle"]

_DOING = re.compile(
    r",\s+(?!(?:acting|managing|ranking|leading|outgoing|incoming|including|retiring|visiting|sitting|founding|"
    r"king|being)\b)[a-z]+ing\s"
)


def without_participle(text: str, source: tuple[Span, ...]) -> tuple[Span, ...]:
    """Cut a participle and what hangs on it off a speaker ("Moss, opening the fair" → "Moss").

    In the training part of PolNeAR 37 speakers are followed by such a participle before their cue, and 10
    include it.

    Parameters
    ----------
    text : str
        The article.
    source : tuple of (int, int)
        Where the speaker is written.

    Returns
    -------
    tuple of (int, int)
        The speaker without it; unchanged where there is none.

    Examples
    --------
    >>> without_participle("Moss, opening the fair, said no.", ((0, 22),))
    ((0, 4),)
    """
    if len(source) != 1:
        return source
    start, end = source[0]
    m = _DOING.search(text, start, end)
    return ((start, m.start()),) if m is not None and m.start() > start else source
