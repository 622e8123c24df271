"""What the rules make: attributions, and the sentence they work on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from samestory.measures.quotes.appositions import Range
from samestory.measures.quotes.cues import Cue
from samestory.measures.quotes.tokens import Sentence, Token
from samestory.text import Span

__all__ = ["Attribution", "Draft", "attribution", "comma_inside"]


@dataclass(frozen=True, slots=True)
class Attribution:
    """One attribution as character spans, with the rule that found it and the cue verb's lemma and stance."""

    content: tuple[Span, ...]
    source: tuple[Span, ...]
    cue: tuple[Span, ...]
    rule: str
    lemma: str = ""
    stance: str | None = None


@dataclass(slots=True)
class Draft:
    """What the rules of one sentence share: its tokens, and what they have found so far."""

    sentence: Sentence
    tokens: Sequence[Token]
    stop: int
    found: list[Attribution] = field(default_factory=list)
    last_source: Range | None = None
    free_from: int = 0  # a clause before a cue begins here at the earliest

    def spans(self, *ranges: Range | None) -> tuple[Span, ...]:
        """Turn ranges of tokens into spans of characters; None and empty ranges fall away."""
        return tuple([self.sentence.span(*r) for r in ranges if r and r[0] < r[1]])


def attribution(
    here: Draft, content: list[Range], source: Range | None, cue_range: Range, cue: Cue, rule: str
) -> Attribution:
    """Make an attribution of ranges of tokens."""
    return Attribution(
        here.spans(*content), here.spans(source), here.spans(cue_range), rule, cue.lemma, cue.stance
    )


def comma_inside(token: Token) -> bool:
    """Whether a quotation ends with a comma, as one does that an attribution follows."""
    return token.plain.rstrip("\"'`")[-1:] == ","
