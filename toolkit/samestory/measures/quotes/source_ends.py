"""Where a speaker's phrase ends: with the comma after an apposition, before what somebody does meanwhile."""

from __future__ import annotations

import re

from samestory.text import Span

__all__ = ["with_closing_comma", "with_role", "without_participle", "without_quotation"]

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


def with_closing_comma(text: str, source: tuple[Span, ...], cue: tuple[Span, ...]) -> tuple[Span, ...]:
    """Take in the comma that closes an apposition or a relative clause before the cue.

    In the training part of PolNeAR 851 of the speakers that hold a comma and stand before a comma and their
    cue include that comma, and 68 do not; after the cue 70 do and 30 do not.

    Parameters
    ----------
    text : str
        The article.
    source, cue : tuple of (int, int)
        Where the speaker and the cue are written.

    Returns
    -------
    tuple of (int, int)
        The speaker with the comma; unchanged where there is no apposition or no comma.

    Examples
    --------
    >>> with_closing_comma("Ada Moss, the mayor, said no.", ((0, 19),), ((21, 25),))
    ((0, 20),)
    """
    if len(source) != 1 or not cue:
        return source
    start, end = source[0]
    if text[end : end + 1] != "," or "," not in text[start:end]:
        return source
    return ((start, end + 1),)


_QUOTED = re.compile(r"(?:“[^“”\n]*”|\"[^\"\n]*\"|''[^\n]*?'')\s*(?=[^\W\d_])")


def without_quotation(text: str, source: tuple[Span, ...]) -> tuple[Span, ...]:
    """Cut off a quotation before the speaker's name ("“Never,” Moss" → "Moss").

    Parameters
    ----------
    text : str
        The article.
    source : tuple of (int, int)
        Where the speaker is written.

    Returns
    -------
    tuple of (int, int)
        The speaker without it.

    Examples
    --------
    >>> without_quotation("“Never,” Moss said.", ((0, 13),))
    ((9, 13),)
    """
    if len(source) != 1:
        return source
    start, end = source[0]
    m = _QUOTED.match(text, start, end)
    return ((m.end(), end),) if m is not None and "," in m.group()[-4:] else source


_ROLE = re.compile(
    r"(?:\A|(?<=[\s(“\"]))(?:[A-Z][\w-]*['’]s|[Tt]he|[Hh]is|[Hh]er|[Tt]heir|[Ii]ts|[Oo]ur|[Mm]y)\s"
    r"(?:[\w.'’-]+\s){0,5}[a-z][\w-]+,\s\Z"
)


def with_role(text: str, source: tuple[Span, ...]) -> tuple[Span, ...]:
    """Take in the role before a name that commas part from it ("the mayor, Ada Moss,").

    Parameters
    ----------
    text : str
        The article.
    source : tuple of (int, int)
        Where the speaker is written.

    Returns
    -------
    tuple of (int, int)
        The speaker with the role; unchanged where the name stands alone or no comma follows it.

    Examples
    --------
    >>> with_role("The mayor, Ada Moss, said no.", ((11, 19),))
    ((0, 19),)
    """
    if len(source) != 1:
        return source
    start, end = source[0]
    end_comma = text[end : end + 1] == "," or text[end - 1 : end] == ","
    if not end_comma or not text[start].isupper() or "," in text[start : end - 1]:
        return source
    begin = max(text.rfind("\n", 0, start) + 1, start - 70)
    m = _ROLE.search(text, begin, start)
    return ((m.start(), end),) if m is not None else source
