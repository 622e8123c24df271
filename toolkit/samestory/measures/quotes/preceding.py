"""What was said before its speaker and cue, and perhaps goes on after them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from samestory.measures.quotes.appositions import Range
from samestory.measures.quotes.clauses import clause_end, has_verb
from samestory.measures.quotes.complements import skip_time
from samestory.measures.quotes.cues import Cue
from samestory.measures.quotes.drafts import Attribution, Draft, attribution, comma_inside
from samestory.measures.quotes.tokens import Token

__all__ = ["said_from", "spoken_before"]


def spoken_before(
    here: Draft, cue_range: Range, source: Range, first: int, last: int, cue: Cue, rule: str
) -> Iterator[Attribution]:
    """Read an attribution whose content stands before ``first`` and perhaps again after ``last``."""
    tokens = here.tokens
    end = first
    while end > here.free_from and tokens[end - 1].plain in (",", "-"):
        end -= 1
    begin = said_from(here, end)
    if begin >= end:
        return
    content: list[Range] = [(begin, end)]
    second = _said_again(here, last, tokens[begin].kind == "quote" or tokens[end - 1].kind == "quote")
    if second is not None:
        content.append(second)
    here.last_source = source
    here.free_from = second[1] if second else last
    yield attribution(here, content, source, cue_range, cue, rule)


def said_from(here: Draft, end: int) -> int:
    """Where the clause that ends at ``end`` begins."""
    tokens = here.tokens
    begin = here.free_from or _after_dateline(tokens)
    while begin < end and (tokens[begin].kind == "mark" and tokens[begin].plain not in ("$", "(", "[", '"')):
        begin += 1
    begin = max([begin, *(k + 1 for k in range(begin, end - 1) if tokens[k].plain == ";")])
    if tokens[end - 1].kind == "quote" and comma_inside(tokens[end - 1]):
        quotes = end - 1
        if begin < quotes and not has_verb(tokens, begin, quotes) and tokens[quotes - 1].plain in (",", ":"):
            return quotes
    return begin


def _after_dateline(tokens: Sequence[Token]) -> int:
    """Return the token after "AMSEL, March 4 (Talnews) –", 0 where the sentence has no dateline."""
    dash = next((k for k, t in enumerate(tokens[:16]) if t.plain in ("-", "--")), 0)
    return dash + 1 if dash and tokens[0].shouted else 0


def _said_again(here: Draft, last: int, quoted: bool) -> Range | None:
    """Find the second part of something said that its attribution interrupts."""
    tokens, stop = here.tokens, here.stop
    if quoted:
        at = next((k for k in range(last, stop) if tokens[k].kind == "quote"), None)
        if at is None or any(t.cue is not None and t.plain.endswith("ing") for t in tokens[last:at]):
            return None
        if tokens[at - 1].plain in (",", ":", "-") or at == last or tokens[at].length > 40:
            return at, clause_end(tokens, at, stop)
        return None
    at = skip_time(tokens, last, stop)
    if at >= stop or tokens[at].plain != ",":
        return None
    begin = at + 1
    if (
        begin >= stop
        or tokens[begin].plain.endswith("ing")
        or tokens[begin].plain
        in ("citing", "according", "but", "and", "as", "when", "while", "who", "which", "in", "after")
    ):
        return None
    return begin, clause_end(tokens, begin, stop)
