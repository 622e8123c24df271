"""Attributions that reach beyond their sentence: what goes on, what hangs on a colon, what floats."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from samestory.measures.quotes.attribution import sentence_attributions
from samestory.measures.quotes.blocks import awaited
from samestory.measures.quotes.clauses import sentence_stop
from samestory.measures.quotes.cues import verb_group
from samestory.measures.quotes.drafts import Attribution
from samestory.measures.quotes.inverted import phrase_after
from samestory.measures.quotes.layout import (
    dash_attribution,
    headline_attribution,
    is_furniture,
    is_headline,
)
from samestory.measures.quotes.marks import Quotation
from samestory.measures.quotes.phrases import phrase_before
from samestory.measures.quotes.tokens import Sentence, Token, read_sentences
from samestory.text import Span

__all__ = ["Found", "find_attributions"]


@dataclass(frozen=True, slots=True)
class Found:
    """An attribution, the line it stands in, and the number of the one whose speaker it carries on."""

    attribution: Attribution
    line: int
    carried_from: int | None = None


def find_attributions(
    text: str, *, headline: str | None = None, sentences: list[Sentence] | None = None
) -> list[Found]:
    """Find all attributions of a text.

    Parameters
    ----------
    text : str
        Any text.
    headline : str, optional
        The headline, where it is known; the first line is read as a headline when it is this one, or when
        it does not end like a sentence.
    sentences : list of Sentence, optional
        What ``read_sentences`` made of the text, where that is at hand.

    Returns
    -------
    list of Found
        In the order of the sentences that hold their cues.

    Examples
    --------
    >>> text = "“No,” Moss said. “Not now.”"
    >>> [[text[a:b] for a, b in f.attribution.content] for f in find_attributions(text)]
    [['“No,”', '“Not now.”']]
    """
    walk = _Walk(text, headline)
    for sentence in _rejoined(read_sentences(text) if sentences is None else sentences):
        walk.step(sentence)
    return walk.finished()


_LONGEST_JOINED = 250  # tokens; keeps what is joined over and over linear in the text


def _rejoined(sentences: list[Sentence]) -> list[Sentence]:
    """Give an attribution that was split from its quotation by a mark back to it ("“Why?” Moss asked.")."""
    out: list[Sentence] = []
    for sentence in sentences:
        last = out[-1] if out else None
        if (
            last is not None
            and last.line == sentence.line
            and last.tokens[-1].kind == "quote"
            and len(last.tokens) < _LONGEST_JOINED
            and (_bare_attribution(sentence.tokens, last.tokens[-1]))
        ):
            out[-1] = last.joined(sentence)
        else:
            out.append(sentence)
    return out


def _bare_attribution(tokens: Sequence[Token], quotation: Token) -> bool:
    """Whether a sentence is no more than a speaker and a verb of speech, and what comes with them."""
    if tokens[0].kind == "quote":
        return False
    ends = quotation.plain.rstrip("\"'`")[-1:]
    stop = sentence_stop(tokens)
    for i in range(min(stop, 16)):
        if tokens[i].kind == "quote":
            return False
        cue = tokens[i].cue
        if cue is None or not cue.speaks or tokens[i].plain.endswith("ing"):
            continue
        start = verb_group(tokens, i, 0)
        if i == 0:
            return phrase_after(tokens, 1, stop) is not None
        source = phrase_before(tokens, start)
        if source is None or source[0] != 0:
            return False
        rest = tokens[i + 1].plain if i + 1 < stop else ""
        if ends == ".":
            return not rest
        return rest in ("", ",", "on", "in", "at", "during", "after", "when", "of", "to") or (
            cue.lemma == "tell" or tokens[min(i + 1, stop - 1)].plain.endswith("day")
        )
    return False


def _quotations(quotes: Sequence[Token]) -> list[Quotation]:
    return [q.quotation for q in quotes if q.quotation is not None]


class _Walk:
    """One pass over the sentences of a text."""

    def __init__(self, text: str, headline: str | None) -> None:
        self.text = text
        self.headline = None if headline is None else headline.strip().rstrip(".")
        self.found: list[Found] = []
        self.current: int | None = None  # the attribution whose quotation may go on
        self.current_line = -1
        self.open_mark = False  # its last quotation was not closed: the next paragraph carries it on
        self.waiting: Attribution | None = None  # a cue and a colon before a block
        self.line = -1
        self.lines_seen = 0
        self.more: dict[int, list[Span]] = {}  # later parts of what the attribution of this number holds

    def finished(self) -> list[Found]:
        """Return what was found, each attribution with its later parts."""
        for number, spans in self.more.items():
            held = self.found[number]
            grown = replace(held.attribution, content=(*held.attribution.content, *spans))
            self.found[number] = replace(held, attribution=grown)
        return self.found

    def step(self, sentence: Sentence) -> None:
        """Read one more sentence."""
        if sentence.line != self.line:
            self.line, self.lines_seen = sentence.line, self.lines_seen + 1
        tokens = sentence.tokens
        quotes = sentence.quotations()
        if quotes and all(t.quotation is not None or t.plain in (".", ",", "…", "...") for t in tokens):
            self._quotation(sentence, quotes)
            return
        if self._headline(sentence) or self._dash(sentence) or is_furniture(tokens):
            return
        before = len(self.found)
        self.found += [Found(attribution, sentence.line) for attribution in sentence_attributions(sentence)]
        before -= self._claim_opening(before, quotes)
        self._remember(before, sentence, quotes)
        self.waiting = awaited(sentence)

    def _remember(self, before: int, sentence: Sentence, quotes: list[Token]) -> None:
        """Note which attribution a following quotation would carry on."""
        marked = _quotations(quotes)
        last = self._quoting(before, marked) if marked else None
        if last is not None:
            self.current, self.current_line = last, sentence.line
            self.open_mark = not all(q.closed for q in marked)
        elif sentence.line != self.current_line or not quotes:
            self.open_mark = False
            if sentence.line != self.current_line:
                self.current = None if before == len(self.found) else self.current

    def _quoting(self, before: int, marked: list[Quotation]) -> int | None:
        """Find the last attribution with a speaker, from number ``before`` on, that holds a quotation."""
        for i in range(len(self.found) - 1, before - 1, -1):
            held = self.found[i].attribution
            if held.source and any(a <= q.start < b for q in marked for a, b in held.content):
                return i
        return None

    def _headline(self, sentence: Sentence) -> bool:
        if self.lines_seen != 1 or not is_headline(sentence, self.headline):
            return False
        attribution = headline_attribution(sentence)
        if attribution is not None:
            self.found.append(Found(attribution, sentence.line))
        return attribution is not None

    def _dash(self, sentence: Sentence) -> bool:
        attribution = dash_attribution(sentence)
        if attribution is None:
            return False
        if not attribution.content:
            content = self._taken_back(sentence.start)
            attribution = replace(attribution, content=content)
        if attribution.content:
            self.found.append(Found(attribution, sentence.line))
        return bool(attribution.content)

    def _taken_back(self, start: int) -> tuple[Span, ...]:
        """Take back the quotation without a speaker that ends right before ``start``."""
        last = self.found[-1].attribution if self.found else None
        if last is None or last.rule not in ("speakerless", "floating"):
            return ()
        content = (*last.content, *self.more.get(len(self.found) - 1, ()))
        if self.text[content[-1][1] : start].strip():
            return ()
        self.more.pop(len(self.found) - 1, None)
        self.found.pop()
        return content

    def _claim_opening(self, before: int, quotes: list[Token]) -> int:
        """Give a paragraph of quotation that was left open to the speaker of the next one.

        Returns how many attributions went into another.
        """
        if (
            not before
            or not self.open_mark
            or self.found[before - 1].attribution.rule not in ("speakerless", "floating")
        ):
            return 0
        marked = _quotations(quotes)
        for i in range(before, len(self.found)):
            held = self.found[i].attribution
            if marked and held.content[0][0] == marked[0].start and held.source:
                opening = (*self.found[before - 1].attribution.content, *self.more.pop(before - 1, ()))
                self.found[i] = replace(
                    self.found[i], attribution=replace(held, content=(*opening, *held.content))
                )
                del self.found[before - 1]
                return 1
        return 0

    def _quotation(self, sentence: Sentence, quotes: list[Token]) -> None:
        """Find whose a sentence is that is nothing but quotation."""
        marked = _quotations(quotes)
        span = (marked[0].start, marked[-1].end)
        if self.waiting is not None:
            attribution = self.waiting
            self.waiting = None
            self.found.append(Found(replace(attribution, content=(span,)), sentence.line))
            self._set_current(len(self.found) - 1, sentence, quotes)
        elif self.current is not None and (
            self.current_line == sentence.line or self.open_mark or self._is_block(self.current)
        ):
            self.more.setdefault(self.current, []).append(span)
            self._set_current(self.current, sentence, quotes)
        else:
            words = len(self.text[span[0] : span[1]].split())
            if words < 4:
                return
            carried = self.current if self.current is not None and self.lines_seen > 1 else None
            rule = "floating" if carried is not None else "speakerless"
            self.found.append(Found(Attribution((span,), (), (), rule), sentence.line, carried))
            self._set_current(len(self.found) - 1, sentence, quotes)

    def _is_block(self, number: int) -> bool:
        """Whether an attribution is a block after a colon, which a next paragraph of quotation carries on."""
        return self.found[number].attribution.rule == "block"

    def _set_current(self, number: int, sentence: Sentence, quotes: list[Token]) -> None:
        self.current, self.current_line = number, sentence.line
        self.open_mark = not _quotations(quotes)[-1].closed
