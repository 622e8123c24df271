"""Where what is said ends: after a verb that takes an object, with the quotation that it ends in."""

from __future__ import annotations

import re

from samestory.measures.quotes.cues import Cue
from samestory.text import Span

__all__ = ["without_setting"]

_CLOSING = re.compile(r"[”\"»]|''")
_SETTING = re.compile(
    r"(?:\s+[-–—]+\s|\s+(?:during|while|when|before|after|amid|in\s+(?:an?|the|his|her|their)\s+(?:interview|speech|"
    r"statement|tweet|letter|debate|ad|video|email|memo|op-ed|post)|on\s+(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|"
    r"and\s+(?:called|urged|said|accused|described|vowed|warned|pledged|"
    r"promised|encouraged|predicted))\b)"
)


def without_setting(text: str, content: tuple[Span, ...], cue: Cue | None) -> tuple[Span, ...]:
    """Cut off when and where something was said ("called it “a wet joke” on Monday").

    Only behind verbs that take an object and no clause, and only right behind a closing mark: elsewhere the
    rest of the sentence may be what was said.

    Parameters
    ----------
    text : str
        The article.
    content : tuple of (int, int)
        The content.
    cue : Cue or None
        The cue's entry in the lexicon.

    Returns
    -------
    tuple of (int, int)
        The content without it.

    Examples
    --------
    >>> text = "Moss called it “a wet joke” on Monday."
    >>> without_setting(text, ((12, 37),), Cue("call", frozenset({"obj"}), "neutral"))
    ((12, 27),)
    """
    if cue is None or cue.speaks or cue.lemma.startswith("accord") or not content:
        return content
    start, end = content[-1]
    for m in _CLOSING.finditer(text, start + 1, end):
        if _SETTING.match(text, m.end(), end):
            return (*content[:-1], (start, m.end()))
    return content
