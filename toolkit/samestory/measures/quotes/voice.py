"""Whose voice a sentence speaks in: the outlet's own, a quoted one, or both."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence

import pandas as pd

from samestory import tables
from samestory.errors import OptionError
from samestory.measures.quotes.inside import letters_of
from samestory.measures.quotes.table import KINDS
from samestory.text import Span

__all__ = ["label_voice"]


def label_voice(
    sentences: pd.DataFrame, quotes: pd.DataFrame, *, kinds: Sequence[str] = KINDS
) -> pd.DataFrame:
    """Say for each sentence whether it speaks in the outlet's own voice.

    Parameters
    ----------
    sentences : DataFrame
        Sentences table.
    quotes : DataFrame
        Quotes table of the same articles.
    kinds : sequence of str
        The kinds of attribution that count as quoted voice: "direct", "mixed", "indirect".

    Returns
    -------
    DataFrame
        ``sentences`` with ``quoted_share`` and ``voice``. With C the letters and digits of a sentence's words
        inside attributed content and O those outside content, speaker and cue, ``quoted_share`` is
        C / (C + O), 0 where nothing is attributed. ``voice`` is "quoted" from 0.9, "own" up to 0.1 and
        "mixed" between.

    Raises
    ------
    TableError
        One of the tables is not what it should be.
    OptionError
        ``kinds`` names an unknown kind.

    Examples
    --------
    >>> from samestory.measures.quotes import find_quotes
    >>> from samestory.text import split_sentences
    >>> text = "“It poured,” Moss said. The river rose by a metre."
    >>> articles = pd.DataFrame({"article_id": ["a"], "outlet": ["Herald"], "text": [text]})
    >>> label_voice(split_sentences(articles), find_quotes(articles))[["text", "voice", "quoted_share"]]
                             text   voice  quoted_share
    0     “It poured,” Moss said.  quoted           1.0
    1  The river rose by a metre.     own           0.0
    """
    tables.check(sentences, tables.SENTENCES)
    tables.check(quotes, tables.QUOTES)
    if isinstance(kinds, str) or any(k not in KINDS for k in kinds):
        raise OptionError(f"kinds should be some of {', '.join(KINDS)}; found {kinds!r}")
    spans = _spans_by_article(quotes[quotes["kind"].isin(kinds)])
    none = _Spans(()), _Spans(())
    shares = [
        _quoted_share(text, start, *spans.get(article, none))
        for article, start, text in zip(
            *(sentences[c].tolist() for c in ("article_id", "start", "text")), strict=True
        )
    ]
    voice = ["quoted" if s >= 0.9 else "own" if s <= 0.1 else "mixed" for s in shares]
    out = sentences.assign(
        voice=pd.Series(voice, index=sentences.index, dtype="str"),
        quoted_share=pd.Series(shares, index=sentences.index, dtype="float64"),
    )
    return tables.check(out, tables.SENTENCES, need=["voice", "quoted_share"])


class _Spans:
    """Spans in order, merged where they touch."""

    def __init__(self, spans: Iterable[Span]) -> None:
        merged = _union(spans)
        self._starts, self._ends = [a for a, _ in merged], [b for _, b in merged]

    def clipped(self, offset: int, length: int) -> list[Span]:
        """Return those in a sentence that begins at ``offset``, in characters of the sentence."""
        first = bisect_left(self._ends, offset + 1)
        last = bisect_left(self._starts, offset + length)
        if first >= last:
            return []
        return [
            (max(a - offset, 0), min(b - offset, length))
            for a, b in zip(self._starts[first:last], self._ends[first:last], strict=True)
        ]


def _spans_by_article(quotes: pd.DataFrame) -> dict[str, tuple[_Spans, _Spans]]:
    """For each article its content spans and its speaker and cue spans."""
    raw: dict[str, tuple[list[Span], list[Span]]] = {}
    columns = ("article_id", "spans", "speaker_spans", "cue_spans")
    for article, content, speaker, cue in zip(*(quotes[c].tolist() for c in columns), strict=True):
        said, frame = raw.setdefault(article, ([], []))
        said += [(a, b) for a, b in content]
        frame += [(a, b) for a, b in [*speaker, *cue]]
    return {article: (_Spans(said), _Spans(frame)) for article, (said, frame) in raw.items()}


def _union(spans: Iterable[Span]) -> list[Span]:
    out: list[Span] = []
    for start, end in sorted(spans):
        if out and start <= out[-1][1]:
            out[-1] = (out[-1][0], max(end, out[-1][1]))
        else:
            out.append((start, end))
    return out


def _quoted_share(text: str, offset: int, content: _Spans, frame: _Spans) -> float:
    said = content.clipped(offset, len(text))
    if not said:
        return 0.0
    marks = _word_characters(text)
    inside = sum([marks.count(1, a, b) for a, b in said])
    if not inside:
        return 0.0
    covered = sum([marks.count(1, a, b) for a, b in _union([*said, *frame.clipped(offset, len(text))])])
    return inside / (inside + marks.count(1) - covered)


# What joins letters and digits to one word.
_JOINT = re.compile(r"['’.-](?<=[^\W_].)(?=[^\W_])")


def _word_characters(text: str) -> bytearray:
    """Return 1 for each character of a word, 0 for the others."""
    marks = letters_of(text)
    for m in _JOINT.finditer(text):
        marks[m.start()] = 1
    return marks
