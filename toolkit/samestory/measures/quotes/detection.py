"""Where attributions come from: the trained model, and the rules where these see more.

The model finds more and cuts better than the rules, which know what it cannot: quotations without a cue,
headlines, blocks after a colon, and quotations that go on after their attribution.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from importlib.resources import files
from pathlib import Path

from samestory.measures.quotes.carrying import carried_on
from samestory.measures.quotes.confidence import ALONE_PRECISION, RULE_PRECISION
from samestory.measures.quotes.content_ends import without_main_clause, without_setting
from samestory.measures.quotes.cues import Cue, cue_lexicon
from samestory.measures.quotes.discourse import Found, find_attributions
from samestory.measures.quotes.drafts import Attribution
from samestory.measures.quotes.model import Attribution as Modelled
from samestory.measures.quotes.model import QuoteModel
from samestory.measures.quotes.neural import NeuralModel
from samestory.measures.quotes.scripts import read_script
from samestory.measures.quotes.source_ends import (
    with_closing_comma,
    with_role,
    without_participle,
    without_quotation,
)
from samestory.measures.quotes.tokens import Sentence
from samestory.text import Span, normalise_typography

__all__ = ["LEAST_CONFIDENCE", "detect", "read_by_model"]

#: Rules whose attributions are taken where the model has none.
TRUSTED_RULES = frozenset(
    (
        "according_to",
        "after_quotation",
        "block",
        "dash",
        "floating",
        "headline",
        "headline_trailing",
        "parenthetical",
        "passive",
        "prep_for",
        "prep_of",
        "prep_on",
        "prep_to_np",
        "prep_with",
        "said_quotation",
        "said_quotation_other",
        "said_that",
        "speakerless",
        "wh",
    )
)
#: Rules that cut what they find better than the model: where both see one cue and differ, the rule alone is
#: right in 15 cases of the development part of PolNeAR, the model alone in 7.
BETTER_RULES = frozenset(("according_to", "parenthetical"))
#: Confidence below which an attribution is left out: right in one case of five on the development part.
LEAST_CONFIDENCE = 0.3
_OPENING = frozenset("\"“„«‘`'")
_MARK = re.compile(r"[\"“”„‟«»〝〞＂]")
_QUOTED = re.compile(r'"([^"\n]+)"')
_WORD = re.compile(r"[^\W\d_]+")


@lru_cache(maxsize=1)
def _model() -> QuoteModel:
    return QuoteModel.load(str(files("samestory").joinpath("models/quotes.npz")))


def read_by_model(texts: Iterable[str], folder: str | Path | None = None) -> Iterator[list[Modelled]]:
    """Run the trained model, or the transformer in a folder, over texts, each by itself."""
    if folder is not None:
        return NeuralModel(folder).attribute_many(texts)
    return _model().attribute_many(texts)


def detect(
    text: str, modelled: Sequence[Modelled], *, headline: str | None, sentences: list[Sentence]
) -> list[tuple[Found, float]]:
    """Join what the model and the rules find in a text.

    Parameters
    ----------
    text : str
        Any text.
    modelled : sequence of Attribution
        What :func:`read_by_model` found in it.
    headline : str, optional
        The headline, where it is known.
    sentences : list of Sentence
        What ``read_sentences`` made of the text.

    Returns
    -------
    list of (Found, float)
        Attributions with their confidence: those of the model in the order of their cues, then those that
        only rules find.
    """
    script = read_script(text)
    open_sentences = [s for s in sentences if not script.holds(s.start)] if script.closed else sentences
    ruled = find_attributions(text, headline=headline, sentences=open_sentences)
    likely = [m for m in modelled if not _names_works(text, m) and not script.holds(m.content[0][0])]
    laid_out = [(Found(a, 0), RULE_PRECISION[a.rule]) for a in script.attributions]
    starts = [s.start for s in sentences]
    return _merged(text, carried_on(text, likely), ruled, starts) + laid_out


def _merged(
    text: str, modelled: Sequence[Modelled], ruled: list[Found], starts: list[int]
) -> list[tuple[Found, float]]:
    covered = bytearray(len(text) + 1)
    for one in modelled:
        for a, b in one.content:
            covered[a:b] = b"\x01" * (b - a)
    settled = list(modelled)
    at: dict[int, int] = {}  # number of a ruled attribution → its number in the result
    kept: list[int] = []
    near = _Near(modelled)
    for number, found in enumerate(ruled):
        rule = found.attribution
        partner = near.partner(rule)
        if partner is not None:
            at[number] = partner
            more = tuple(s for s in rule.content if _goes_on(text, s, covered))
            better = _settled(text, settled[partner], rule)
            settled[partner] = replace(better, content=(*better.content, *more)) if more else better
        elif _trusted(text, rule) and not any(_holds_any(covered, s) for s in rule.content):
            at[number] = len(modelled) + len(kept)
            kept.append(number)
    out = [(Found(_finished(text, m, starts), 0), m.confidence) for m in settled]
    for number in kept:
        found = ruled[number]
        carried = None if found.carried_from is None else at.get(found.carried_from)
        rule = found.attribution
        sure = ALONE_PRECISION.get(rule.rule, RULE_PRECISION[rule.rule])
        if rule.rule != "according_to":
            source = with_closing_comma(text, rule.source, rule.cue)
            rule = replace(rule, source=source) if source != rule.source else rule
        out.append((Found(rule, found.line, carried), sure))
    return out


def _trusted(text: str, rule: Attribution) -> bool:
    """Whether a rule is taken where the model has nothing; "said X" behind a quotation alone."""
    quoted = rule.rule == "inverted" and text[rule.content[0][0]] in _OPENING
    return quoted or rule.rule in TRUSTED_RULES


def _finished(text: str, m: Modelled, starts: list[int]) -> Attribution:
    """Cut speaker, cue and content of the model where rules know better, and look the cue up."""
    cue = _cue(text, m.cue)
    lemma, stance = (cue.lemma, cue.stance) if cue else ("", None)
    source = without_participle(text, without_quotation(text, m.source))
    content = without_setting(text, tuple(sorted(set(m.content))), cue)
    if m.cue:
        sentence = starts[max(bisect_right(starts, m.cue[0][0]) - 1, 0)]
        content = without_main_clause(text, content, m.cue, sentence)
    source = with_closing_comma(text, with_role(text, source), m.cue)
    return Attribution(content, source, _without_colon(text, m.cue), "model", lemma, stance)


def _settled(text: str, m: Modelled, rule: Attribution) -> Modelled:
    """Let a rule that sees the same cue correct the model where it is surer or sees more of the speaker."""
    if not _touch(m.cue, rule.cue):
        return m
    sure = RULE_PRECISION[rule.rule]
    if rule.content and (rule.rule in BETTER_RULES or m.confidence < sure):
        goes_on = tuple(s for s in m.content if text[s[0]] in _OPENING and not _touch((s,), rule.content))
        m = replace(
            m,
            content=(*rule.content, *goes_on),
            source=rule.source or m.source,
            cue=rule.cue,
            confidence=max(sure, m.confidence),
        )
    if rule.source and (not m.source or _holds(rule.source, m.source)):
        m = replace(m, source=rule.source)
    return m


def _names_works(text: str, m: Modelled) -> bool:
    """Whether what stands in marks are titles of works: capitals throughout, no end, no verb of speech."""
    cue = _cue(text, m.cue)
    if cue is not None and cue.speaks and cue.lemma not in ("read", "write"):
        return False
    written = [text[a:b] for a, b in m.content]
    quoted = [
        q for part in written if _MARK.search(part) for q in _QUOTED.findall(normalise_typography(part))
    ]
    # American typesetting puts the sentence's own full stop inside the marks of its last title.
    if not quoted or any(q[-1] in ".,!?" for q in quoted[:-1]) or quoted[-1][-1] in ",!?":
        return False
    if quoted[-1][-1] == "." and (len(quoted) < 2 or not _follows(text, m)):
        return False
    words = [w for q in quoted for w in _WORD.findall(q) if len(w) > 3]
    return bool(words) and all(w[0].isupper() for w in words)


def _follows(text: str, m: Modelled) -> bool:
    """Whether the content follows its cue with no comma or colon between."""
    return (
        bool(m.cue) and m.cue[-1][1] <= m.content[0][0] and not text[m.cue[-1][1] : m.content[0][0]].strip()
    )


def _touch(one: tuple[Span, ...], other: tuple[Span, ...]) -> bool:
    return any(a < d and c < b for a, b in one for c, d in other)


def _holds(outer: tuple[Span, ...], inner: tuple[Span, ...]) -> bool:
    return all(any(a <= c and d <= b for a, b in outer) for c, d in inner)


class _Near:
    """Modelled attributions by the stretch of text, of 256 characters, that their contents stand in."""

    def __init__(self, modelled: Sequence[Modelled]) -> None:
        self._spans: dict[int, list[tuple[int, int, int]]] = {}
        for number, other in enumerate(modelled):
            for a, b in other.content:
                for stretch in range(a >> 8, (b >> 8) + 1):
                    self._spans.setdefault(stretch, []).append((number, a, b))

    def partner(self, one: Attribution) -> int | None:
        """Find the modelled attribution that shares the most characters of content with a ruled one."""
        shared: dict[int, int] = {}
        for a, b in one.content:
            here = {s for stretch in range(a >> 8, (b >> 8) + 1) for s in self._spans.get(stretch, ())}
            for number, c, d in here:
                if a < d and c < b:
                    shared[number] = shared.get(number, 0) + min(b, d) - max(a, c)
        return max(shared, key=lambda n: (shared[n], -n), default=None)


def _holds_any(covered: bytearray, span: Span) -> bool:
    return covered.find(1, *span) >= 0


def _goes_on(text: str, span: Span, covered: bytearray) -> bool:
    """Whether a part of the content is a quotation that no attribution of the model holds."""
    return text[span[0]] in _OPENING and not _holds_any(covered, span)


def _without_colon(text: str, cue: tuple[Span, ...]) -> tuple[Span, ...]:
    """Leave the colon after a verb out of the cue: a colon is one where nothing else is."""
    if not cue or text[cue[-1][1] - 1] != ":":
        return cue
    start, end = cue[-1]
    end -= len(text[start:end]) - len(text[start : end - 1].rstrip())
    return (*cue[:-1], (start, end)) if end > start else cue


def _cue(text: str, spans: tuple[Span, ...]) -> Cue | None:
    """Look the verb of a cue up: the last of its words that the lexicon holds."""
    return _verb("\n".join([text[a:b] for a, b in spans]))


@lru_cache(maxsize=1 << 14)
def _verb(written: str) -> Cue | None:
    lexicon = cue_lexicon()
    words = _WORD.findall(normalise_typography(written).lower())
    return next((lexicon[w] for w in reversed(words) if w in lexicon), None)
