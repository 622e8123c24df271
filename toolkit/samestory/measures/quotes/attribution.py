"""The rules: who is said to have said what, sentence by sentence."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from samestory.measures.quotes.appositions import Range
from samestory.measures.quotes.clauses import clause_end, has_verb, sentence_stop
from samestory.measures.quotes.cues import Cue, verb_group
from samestory.measures.quotes.drafts import Attribution, Draft, attribution, comma_inside
from samestory.measures.quotes.following import content_after
from samestory.measures.quotes.inverted import phrase_after
from samestory.measures.quotes.phrases import phrase_before, subject
from samestory.measures.quotes.preceding import said_from, spoken_before
from samestory.measures.quotes.tokens import Sentence, Token
from samestory.measures.quotes.words import (
    ADDRESSING,
    AUXILIARIES,
    BE,
    DETERMINERS,
    NOUN_FORMS,
    PASSIVES,
    PERSONAL,
    PREPOSITIONS,
    TELLING,
)

__all__ = ["sentence_attributions"]


def sentence_attributions(sentence: Sentence) -> list[Attribution]:
    """Find the attributions whose cue stands in this sentence.

    Parameters
    ----------
    sentence : Sentence

    Returns
    -------
    list of Attribution
        In the order of their cues. What one attribution reports may hold another.
    """
    tokens = sentence.tokens
    if sentence.quoted:
        at = [i for i, t in enumerate(tokens) if t.finite or t.may_lead]
    else:
        at = [i for i, t in enumerate(tokens) if t.may_lead]  # the others need a quotation beside them
    if not at:
        return []
    here = Draft(sentence, tokens, sentence_stop(tokens))
    for i in at:
        token = tokens[i]
        if token.plain == "according" and i + 1 < len(tokens) and tokens[i + 1].plain == "to":
            here.found.extend(_according(here, i))
            continue
        cue = token.cue
        if cue is not None and token.capital and i and not _in_capitals(tokens):
            cue = None  # part of a name
        if cue is not None:
            here.found.extend(_verb(here, i, cue))
        elif not token.capital and _beside_quotation(tokens, i):
            here.found.extend(_verb(here, i, _ANY))
    return [a for a in here.found if a.content and not _idle(a, here.found)]


def _in_capitals(tokens: Sequence[Token]) -> bool:
    """Whether a sentence is a headline whose words begin with capitals."""
    words = [t.capital for t in tokens if t.kind == "word"]
    return sum(words) > 0.6 * len(words)


# Rules that are right in less than a quarter of the cases inside what somebody else is said to have said.
_ONLY_OUTSIDE = frozenset(("object", "participle_object", "to", "wh", "passive", "passive_by", "weak"))


def _idle(one: Attribution, found: Sequence[Attribution]) -> bool:
    """Whether an attribution by a weak rule stands inside the content of another one."""
    if not (one.rule in _ONLY_OUTSIDE or one.rule.startswith("prep_") or one.rule.endswith("_other")):
        return False
    if not one.content:
        return True
    start, end = one.content[0][0], one.content[-1][1]
    for other in found:
        if other is not one:
            for a, b in other.content:
                if a <= start and end <= b and (a, b) != (start, end):
                    return True
    return False


_ANY = Cue("", frozenset({"quote", "any"}), "neutral")


def _beside_quotation(tokens: Sequence[Token], i: int) -> bool:
    """Whether a past form that no lexicon holds stands where a verb of speech would ("…,” X deadpanned.")."""
    if not tokens[i].plain.endswith("ed") or not tokens[i].finite:
        return False
    if tokens[i - 1].kind == "quote" and i:
        return comma_inside(tokens[i - 1])
    for k in range(i - 1, max(i - 8, -1), -1):
        if tokens[k].kind == "quote":
            return comma_inside(tokens[k])
        if tokens[k].kind == "mark" or tokens[k].plain in AUXILIARIES or tokens[k].plain.endswith("ed"):
            return False
    return False


def _verb(here: Draft, i: int, cue: Cue) -> Iterator[Attribution]:
    tokens = here.tokens
    word = tokens[i].plain
    start = verb_group(tokens, i, 0)
    group = {t.plain for t in tokens[start:i]}
    before = tokens[start - 1] if start else None
    if before is not None and before.plain == "to" and start == i:
        yield from _infinitive(here, i, cue)
    elif word.endswith("ing") and not group & BE:
        if start == i or tokens[i - 1].plain.endswith("ly") or tokens[i - 1].plain in ("also", "not"):
            yield from _participle(here, i, start, cue)
    elif group & BE and not word.endswith("ing"):
        yield from _passive(here, i, start, cue)
    elif not _noun_here(tokens, i, start, word):
        yield from _finite(here, i, start, cue)


_MAKES_NOUN = DETERMINERS - frozenset("this these those some many others both all few most".split()) | {"'s"}
_PLURAL = PERSONAL | {"who", "people"}
_NO_SUBJECT = PREPOSITIONS | {"and", "or", "but", "while", "when"}


def _noun_here(tokens: Sequence[Token], i: int, start: int, word: str) -> bool:
    """Whether a form that may be a noun is one: after a determiner, a preposition or an adjective."""
    if start < i and tokens[i - 1].plain in AUXILIARIES and tokens[i - 1].plain != "'s":
        return False
    before = tokens[i - 1] if i else None
    if before is None:
        return word in NOUN_FORMS
    if before.plain in _MAKES_NOUN:
        return True
    if word in NOUN_FORMS:
        if before.plain in PREPOSITIONS or before.kind == "quote" or before.plain in ("and", "or"):
            return True
        plural = before.plain.endswith("s") or before.plain in _PLURAL
        if word.endswith("s") and word[:-1] in NOUN_FORMS:
            return not (before.capital or before.plain in ("he", "she", "it", "who") or not plural)
        return not plural
    return before.plain in PREPOSITIONS and not before.capital


def _finite(here: Draft, i: int, start: int, cue: Cue) -> Iterator[Attribution]:
    """Read a finite verb: its speaker before or after it, what is said after or before both."""
    tokens, stop, verb = here.tokens, here.stop, (start, i + 1)
    source = phrase_before(tokens, start)
    before = tokens[start - 1] if start else None
    if before is not None and cue.speaks and (before.kind == "quote" or before.plain in (",", "-", '"')):
        inverted = phrase_after(tokens, i + 1, stop)
        if inverted is not None and _may_invert(here, before, source, inverted, cue):
            yield from spoken_before(here, verb, inverted, start, inverted[1], cue, "inverted")
            return
    if source is None and before is not None and before.plain in ("and", "or", "but", ",", "then"):
        source = here.last_source or subject(tokens, start)
    if source is None:
        return
    if cue.speaks and _beside(tokens, source[0] - 1):
        yield from spoken_before(here, verb, source, source[0], i + 1, cue, "after_quotation")
        return
    after = content_after(here, i, cue) if cue.lemma else None
    if _interrupts(here, i, source[0] - 1, cue, after):
        yield from spoken_before(here, verb, source, source[0], i + 1, cue, "parenthetical")
    elif after is not None:
        begin, end, cue_end, rule = after
        here.last_source = source
        yield attribution(here, [(begin, end)], source, (start, cue_end), cue, rule)


def _beside(tokens: Sequence[Token], left: int) -> bool:
    """Whether token ``left`` is a quotation, or the comma or dash after one."""
    if left < 0:
        return False
    return tokens[left].kind == "quote" or (
        left > 0 and tokens[left].plain in (",", "-") and tokens[left - 1].kind == "quote"
    )


def _interrupts(here: Draft, i: int, left: int, cue: Cue, after: tuple[int, int, int, str] | None) -> bool:
    """Whether "…, X said" stands in or after the clause that it attributes."""
    tokens = here.tokens
    if (
        left <= here.free_from
        or tokens[left].plain not in (",", "-")
        or cue.frames.isdisjoint(("say", "that"))
    ):
        return False
    if after is not None and after[3] != "weak" and not _resumes(tokens, i, after[0]):
        return False
    goes_on = i + 2 < here.stop and tokens[i + 1].plain == ","
    return goes_on or has_verb(tokens, here.free_from, left)


def _resumes(tokens: Sequence[Token], i: int, begin: int) -> bool:
    """Whether a quotation after "…, she said," goes on with a sentence that began before."""
    quotation = tokens[begin]
    return quotation.kind == "quote" and begin == i + 2 and not quotation.capital


def _may_invert(here: Draft, before: Token, source: Range | None, inverted: Range, cue: Cue) -> bool:
    """Whether the speaker stands after the verb: beside a quotation, or after "…, said"."""
    if before.kind == "quote":
        return cue.lemma not in ADDRESSING or inverted[1] == here.stop
    ends = here.tokens[inverted[1]].plain if inverted[1] < len(here.tokens) else "."
    quoted = before.plain == "," and any(t.kind == "quote" for t in here.tokens[: inverted[0]])
    return (
        source is None
        and cue.lemma not in ADDRESSING
        and "say" in cue.frames
        and (
            quoted
            or ends in (".", ",", "!", "?", "on", "in", "at", "during", "after", "last", "late", "this")
        )
    )


def _participle(here: Draft, i: int, start: int, cue: Cue) -> Iterator[Attribution]:
    """Read "…, saying that …": the speaker is the subject of the clause before."""
    tokens = here.tokens
    after = content_after(here, i, cue) if cue.lemma else None
    if after is None:
        return
    begin, end, cue_end, rule = after
    if rule == "object" and cue.lemma not in TELLING:
        return
    before = tokens[start - 1] if start else None
    source: Range | None
    if before is not None and before.kind == "word" and before.plain not in _NO_SUBJECT:
        source = phrase_before(tokens, start)
    else:
        source = here.last_source if before is not None else None
        source = source or subject(tokens, start) if start else _subject_behind(tokens, end, here.stop)
    if source is None or (source[0] <= i < source[1]):
        return
    here.last_source = here.last_source or source
    name = "participle" if cue.speaks else "participle_other"
    yield attribution(
        here, [(begin, end)], source, (start, cue_end), cue, name if rule != "object" else "participle_object"
    )


def _subject_behind(tokens: Sequence[Token], end: int, stop: int) -> Range | None:
    """Find the subject after an opening participle ("Saying that …, X left")."""
    return phrase_after(tokens, end + 1, stop) if end < stop and tokens[end].plain == "," else None


def _infinitive(here: Draft, i: int, cue: Cue) -> Iterator[Attribution]:
    """Read "X went on to say that …"."""
    tokens = here.tokens
    after = content_after(here, i, cue) if cue.lemma else None
    if after is None or i < 2 or not cue.speaks:
        return
    begin, end, cue_end, rule = after
    if rule not in ("said_that", "said_quotation", "wh"):
        return
    source = here.last_source or subject(tokens, i)
    if source is None or source[1] > i - 1:
        return
    start = i - 1
    while start > source[1] and tokens[start - 1].kind == "word" and i - start < 4 and start - 1 >= source[1]:
        start -= 1
    yield attribution(here, [(begin, end)], source, (start, cue_end), cue, "infinitive")


def _passive(here: Draft, i: int, start: int, cue: Cue) -> Iterator[Attribution]:
    """Read "X is expected to …" and "X was accused of … by Y"."""
    tokens, stop = here.tokens, here.stop
    if cue.lemma not in PASSIVES or tokens[i].plain.endswith("s"):
        return
    what = phrase_before(tokens, start)
    at = i + 1
    if what is None or at >= stop:
        return
    agent = next((k for k in range(at, min(stop, at + 12)) if tokens[k].plain == "by"), None)
    source = phrase_after(tokens, agent + 1, stop, inverted=False) if agent is not None else None
    if source is not None and agent == at:
        yield attribution(here, [what], source, (start, at + 1), cue, "passive_by")
    elif tokens[at].plain in ("to", "as", "that", "of") or tokens[at].kind == "quote":
        said = (at, clause_end(tokens, at, stop))
        empty = what[1] - what[0] == 1 and tokens[what[0]].plain in ("it", "what")
        yield attribution(here, [said] if empty else [what, said], None, (start, i + 1), cue, "passive")


def _according(here: Draft, i: int) -> Iterator[Attribution]:
    tokens, stop = here.tokens, here.stop
    source = phrase_after(tokens, i + 2, stop, inverted=False)
    if source is None:
        return
    cue = Cue("according", frozenset(), "neutral")
    left = i
    if left and tokens[left - 1].plain == "(":
        left -= 1
    while left > here.free_from and tokens[left - 1].plain in (",", "-"):
        left -= 1
    content: list[Range] = []
    if left > here.free_from:
        content.append((said_from(here, left), left))
    last = source[1]
    if (
        last < stop
        and tokens[last].plain == ","
        and last + 1 < stop
        and tokens[last + 1].plain not in ("and", "but", "while", "who", "which")
        and not tokens[last + 1].plain.endswith("ing")
    ):
        content.append((last + 1, clause_end(tokens, last + 1, stop)))
    comma = next((k for k in range(*source) if tokens[k].plain == ","), None)
    if not content and comma is not None:  # what was taken for an apposition is all that is said
        source, content = (source[0], comma), [(comma + 1, clause_end(tokens, comma + 1, stop))]
    if content:
        here.last_source = None
        here.free_from = content[-1][1] if content[-1][0] > i else last
        yield attribution(here, content, source, (i, i + 2), cue, "according_to")
