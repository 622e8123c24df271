"""Attributions that the layout makes: headlines with a colon, names after a dash."""

from __future__ import annotations

import re
from collections.abc import Sequence

from samestory.measures.quotes.clauses import sentence_stop
from samestory.measures.quotes.drafts import Attribution
from samestory.measures.quotes.tokens import Sentence, Token
from samestory.measures.quotes.words import PREPOSITIONS

__all__ = ["LABELS", "dash_attribution", "headline_attribution", "is_furniture", "is_headline"]

#: Words before a colon that name no speaker.
LABELS = frozenset(
    (
        "exclusive watch video photos photo listen live update updated breaking opinion analysis "
        "editorial explainer read more related note correction editor's source sources topics tags "
        "caption credit q a explained timeline factbox fact check interview review poll quiz gallery "
        "subscribe share time date where when who what"
    ).split()
)
_LONGEST_HEADLINE = 25  # tokens
_SAID = frozenset("say says said".split())
_HEADLINE_VERB = re.compile(
    r"(?:return|say|tell|warn|call|urge|ask|hit|face|want|demand|mourn|recall|speak|share|get|go|back|count|weigh|lose|win|fear|hope|join|leave|rally|march|vote|plan|wait|take|look|tell|thank)s?\Z"
)


def is_headline(sentence: Sentence, headline: str | None) -> bool:
    """Whether the first line of a text, read as one sentence, is a headline.

    Parameters
    ----------
    sentence : Sentence
        The first sentence of the first line.
    headline : str or None
        The headline without its full stop, where it is known.

    Returns
    -------
    bool
        True when the line is that headline, or short and not ended like a sentence.
    """
    text, tokens = sentence.text, sentence.tokens
    if len(tokens) > _LONGEST_HEADLINE:
        return False
    end = text.find("\n", sentence.start)
    line = text[sentence.start : len(text) if end < 0 else end].strip().rstrip(".")
    unfinished = tokens[-1].plain not in (".", "!", "?", ":", ";", ",")
    return line == headline or (unfinished and (tokens[-1].kind != "quote" or tokens[0].kind != "quote"))


def headline_attribution(sentence: Sentence) -> Attribution | None:
    """Read "Moss: no money", "‘No money’: Moss" or "No money, Moss says"; None where a headline is none."""
    tokens = sentence.tokens
    colons = [i for i, t in enumerate(tokens) if t.plain == ":"]
    if not colons:
        return _trailing_attribution(sentence)
    if len(colons) != 1:
        return None
    colon, stop = colons[0], sentence_stop(tokens)
    name, rest = tokens[:colon], tokens[colon + 1 : stop]
    if not name or not rest:
        return None
    cue, first = (sentence.span(colon, colon + 1),), 0
    if all(t.kind == "quote" for t in name) and rest[0].kind == "word":
        end = next((k for k in range(1, len(rest)) if not _nominal(rest, k)), len(rest))
        content, source = sentence.span(0, colon), sentence.span(colon + 1, colon + 1 + end)
        return Attribution((content,), (source,), cue, "headline_trailing", ":", "neutral")
    if name[0].plain in _SAID and _names_speaker(name[1:]):  # "Said Moss: …"
        cue, first, name = (sentence.span(0, 1),), 1, name[1:]
    if len(name) <= 5 and name and name[0].plain not in PREPOSITIONS:
        topic = next((k for k, t in enumerate(name) if k and t.plain in ("on", "about")), len(name))
        name = name[:topic]  # "Moss on money: …"
    if _names_speaker(name):
        content, source = sentence.span(colon + 1, stop), sentence.span(first, first + len(name))
        return Attribution((content,), (source,), cue, "headline", ":", "neutral")
    return None


def _trailing_attribution(sentence: Sentence) -> Attribution | None:
    """Read "Dike will hold, minister says" and "DIKE TO HOLD, SAYS MINISTER"."""
    tokens = sentence.tokens
    stop = sentence_stop(tokens)
    comma = max((k for k in range(stop) if tokens[k].plain == ","), default=0)
    after = tokens[comma + 1 : stop]
    if comma < 2 or not 2 <= len(after) <= 6 or any(t.kind != "word" for t in after):
        return None
    verb = 0 if after[0].plain in _SAID else len(after) - 1
    name = after[1:] if verb == 0 else after[:-1]
    if after[verb].plain not in _SAID or any(t.cue for t in name):
        return None
    first = comma + 1 + (verb == 0)
    content, source = sentence.span(0, comma), sentence.span(first, first + len(name))
    cue = sentence.span(comma + 1 + verb, comma + 2 + verb)
    return Attribution((content,), (source,), (cue,), "headline", "say", "neutral")


def _names_speaker(name: Sequence[Token]) -> bool:
    """Whether what stands before a headline's colon can speak."""
    return (
        0 < len(name) <= 5
        and (name[0].capital or name[0].plain[0] == "@")
        and all(t.kind == "word" and t.plain not in LABELS and not t.plain[0].isdigit() for t in name)
        and not any(t.cue for t in name if not t.capital)
    )


def _nominal(tokens: Sequence[Token], k: int) -> bool:
    """Whether token ``k`` of a headline still belongs to the name it begins with."""
    token = tokens[k]
    return (
        token.kind == "word"
        and not _HEADLINE_VERB.match(token.plain)
        and token.cue is None
        and not token.plain.endswith("ed")
    )


def dash_attribution(sentence: Sentence) -> Attribution | None:
    """Read "“…” — Name", where a name and nothing else follows the dash.

    The content is empty when the quotation stands in an earlier sentence.
    """
    tokens = sentence.tokens
    mark = 0
    while mark < len(tokens) and tokens[mark].kind == "quote":
        mark += 1
    if mark == len(tokens) or tokens[mark].plain not in ("-", "--", "~"):
        return None
    stop = sentence_stop(tokens)
    name = tokens[mark + 1 : stop]
    if not name or len(name) > 20 or not name[0].capital or any(t.kind == "quote" for t in name):
        return None
    content = (sentence.span(0, mark),) if mark else ()
    source, cue = (sentence.span(mark + 1, stop),), (sentence.span(mark, mark + 1),)
    return Attribution(content, source, cue, "dash", "-", "neutral")


_LINKS = frozenset("read related more advertisement watch see subscribe also listen recommended".split())


def is_furniture(tokens: Sequence[Token]) -> bool:
    """Whether a line is a link to something else ("READ MORE: Ten recipes"), between what somebody says."""
    if tokens[0].plain not in _LINKS:
        return False
    first = [t.plain for t in tokens[:2]]
    return len(first) == 1 or first[1] == ":" or (tokens[0].shouted and first[1] in _LINKS)
