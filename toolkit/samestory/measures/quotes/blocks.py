"""Blocks: what stands in a paragraph of its own after a sentence that ends with a colon."""

from __future__ import annotations

from collections.abc import Sequence

from samestory.measures.quotes.appositions import Range
from samestory.measures.quotes.cues import Cue, verb_group
from samestory.measures.quotes.drafts import Attribution
from samestory.measures.quotes.inverted import phrase_after
from samestory.measures.quotes.phrases import phrase_before, subject
from samestory.measures.quotes.tokens import Sentence, Token

__all__ = ["awaited"]


def awaited(sentence: Sentence) -> Attribution | None:
    """Read a sentence that ends with a colon as an attribution that still waits for its content.

    Parameters
    ----------
    sentence : Sentence
        One sentence.

    Returns
    -------
    Attribution or None
        Without content; None where the sentence has no colon at its end, or says of nobody that they speak.

    Examples
    --------
    >>> from samestory.measures.quotes.tokens import read_sentences
    >>> text = "The mayor issued the following statement:"
    >>> [text[a:b] for a, b in awaited(read_sentences(text)[0]).source]
    ['The mayor']
    """
    tokens = sentence.tokens
    if tokens[-1].plain != ":":
        return None
    for i in range(len(tokens) - 2, -1, -1):
        cue = _STATES if tokens[i].plain == "states" else tokens[i].cue
        if cue is None or not cue.speaks:
            continue
        start = verb_group(tokens, i, 0)
        source = phrase_before(tokens, start) or subject(tokens, i) or _named_before(tokens, start)
        if source is None and i == 0:
            source = phrase_after(tokens, 1, len(tokens) - 1)  # "Stated Moss:"
        if source is not None:
            return _block(sentence, source, (i, i + 1), cue.lemma, cue.stance)
    return _issued(sentence)


def _named_before(tokens: Sequence[Token], stop: int) -> Range | None:
    """Read "The letter, signed by six judges," before the verb: an opening phrase and its participle."""
    comma = next((k for k in range(1, stop) if tokens[k].plain == ","), None)
    if (
        comma is None
        or comma > 6
        or tokens[stop - 1].plain != ","
        or any(t.kind == "quote" for t in tokens[:stop])
    ):
        return None
    return (0, stop - 1) if tokens[comma + 1].plain.endswith("ed") else None


def _issued(sentence: Sentence) -> Attribution | None:
    """Read "The mayor issued the following statement:"."""
    tokens = sentence.tokens
    words = {t.plain for t in tokens[-4:]}
    verb = next((k for k, t in enumerate(tokens) if t.plain in _ISSUED), None)
    if verb is None or words.isdisjoint(_ISSUES):
        return None
    source = phrase_before(tokens, verb_group(tokens, verb, 0))
    return None if source is None else _block(sentence, source, (verb, len(tokens) - 1), "", None)


_STATES = Cue("state", frozenset({"say"}), "neutral")  # a noun elsewhere, and so in no lexicon
_ISSUED = frozenset("issued released posted published sent gave made offered had shared delivered".split())
_ISSUES = frozenset(
    "statement statements message tweet post email letter following note remarks comment".split()
)


def _block(sentence: Sentence, source: Range, cue: Range, lemma: str, stance: str | None) -> Attribution:
    return Attribution((), (sentence.span(*source),), (sentence.span(*cue),), "block", lemma, stance)
