"""Where what is said ends: with its quotation behind a verb that takes an object, before a main clause."""

from __future__ import annotations

import re

from samestory.measures.quotes.cues import Cue
from samestory.text import Span

__all__ = ["without_main_clause", "without_setting"]

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


_FRONTED = re.compile(
    r"(?:Even\s+)?(?:When|While|As|Although|Though|After|Before|Because|Since|If|Whereas)\s|For\s+(?:someone|somebody)\s"
)
_LONGEST = 400  # characters of a fronted clause
_MAIN = re.compile(r",\s+(?=(?:he|she|they|it|we|I|his|her|its|their|the|this|those|both|many|some)\s|[A-Z])")


def without_main_clause(
    text: str, content: tuple[Span, ...], cue: tuple[Span, ...], sentence: int
) -> tuple[Span, ...]:
    """Cut off the main clause behind a fronted one ("When Moss said it rained, the guests left").

    Parameters
    ----------
    text : str
        The article.
    content, cue : tuple of (int, int)
        The content, and the cue before it.
    sentence : int
        Where the cue's sentence begins.

    Returns
    -------
    tuple of (int, int)
        The content without it.

    Examples
    --------
    >>> without_main_clause("When Moss said it rained, the guests left.", ((15, 41),), ((10, 14),), 0)
    ((15, 24),)
    """
    if len(content) != 1 or not cue or not cue[-1][1] <= content[0][0] or not _FRONTED.match(text, sentence):
        return content
    start, end = content[0]
    if "," in text[sentence:start] or text[start] in "\"“‘'":
        return content
    for m in _MAIN.finditer(text, start, min(end, start + _LONGEST)):
        inside = text[start : m.start()]
        open_marks = inside.count("“") != inside.count("”") or inside.count('"') % 2
        if not open_marks and len(inside.split()) > 1:
            return ((start, m.start()),)
    return content
