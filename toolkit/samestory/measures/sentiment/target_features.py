"""What is known of a mention in its sentence: words by place, tone by place, and the meaning of both sides.

Three kinds of features, all of plain numbers:

named     words and pairs of words, on the left or right of the mention and by distance, phrases that hold the
          mention, words of the mention itself, and words that VADER knows by their sign; each kind is a block
          of length 1
tone      VADER's scores of the sentence and of its parts around the mention
meaning   word vectors averaged on either side of the mention, near words counting for more
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from math import fsum

import numpy as np
from numpy.typing import NDArray

from samestory.measures.sentiment.vader import Vader
from samestory.text import normalise_typography

__all__ = ["Mention", "meaning", "named_features", "read_mention", "tokens", "tone"]

Floats = NDArray[np.float64]

_TOKEN = re.compile(r"\w+(?:['.-]\w+)*|[^\w\s]")
_CLAUSE = ',;:()-"'
_PRONOUNS = frozenset("i he she they we you it him her them his their its my our us me your who".split())
_REACH, _PAIR_REACH = 14, 8
_DECAYS = (3.0, 8.0)  # in words: how fast a word vector loses weight with distance
_COMMONEST = 60  # function words and marks: their vectors say nothing


@dataclass(frozen=True)
class Mention:
    """A mention in its sentence: the text with plain typography, and the words, nearest first."""

    text: str
    start: int
    end: int
    left: list[str]
    right: list[str]
    words: list[str]


@lru_cache(maxsize=1)
def _vader() -> Vader:
    return Vader()


def tokens(text: str) -> list[str]:
    """Split into words and marks, in lower case, numbers alike.

    Examples
    --------
    >>> tokens("It's 40 miles, she said.")
    ["it's", '0', 'miles', ',', 'she', 'said', '.']
    """
    return ["0" if t[0].isdigit() else t.lower() for t in _TOKEN.findall(text)]


def read_mention(sentence: str, start: int, end: int) -> Mention:
    """Cut a sentence into the words left of a mention, right of it, and its own."""
    text = normalise_typography(sentence)
    return Mention(text, start, end, tokens(text[:start])[::-1], tokens(text[end:]), tokens(text[start:end]))


def _distance(d: int) -> str:
    return "1" if d == 1 else "2" if d == 2 else "3" if d <= 4 else "5" if d <= 8 else "9"


def _sign(word: str) -> str | None:
    valence = _vader().lexicon.get(word)
    return None if valence is None else "+" if valence > 0 else "-"


def _phrases(mention: Mention, mask: bool) -> Iterator[str]:
    """Yield phrases of up to three words beside the mention, also with a gap; known words by sign."""
    ends = ["<s>"] * 3
    a, b, c = (mention.left + ends)[:3]
    x, y, z = (mention.right + ends)[:3]
    if mask:
        a, b, c, x, y, z = (_sign(w) or w for w in (a, b, c, x, y, z))
    yield from (f"{a} @ {x}", f"{b} {a} @", f"@ {x} {y}", f"@ {x} {y} {z}", f"@ _ {y}", f"@ _ {y} {z}")
    yield from (f"{b} _ @", f"{c} {b} {a} @", f"@ _ _ {z}", f"{c} _ _ @")


def named_features(mention: Mention) -> dict[str, list[str]]:
    """Name what stands in the sentence and where.

    Examples
    --------
    >>> named_features(read_mention("Critics praised Dr Ling.", 16, 23))["pair by side"]
    ['L praised critics']
    """
    order = [*mention.left[::-1], "@", *mention.right]
    sides = (("L", mention.left), ("R", mention.right))
    placed = [(s, d, w) for s, ws in sides for d, w in enumerate(ws, 1)]
    quotes = mention.text.count('"', 0, mention.start) % 2
    before = mention.text[mention.start - 1 : mention.start]
    marks = [m for m in '"?!' if m in mention.text]
    return {
        "word": sorted(set(order)),
        "pair": sorted({f"{a} {b}" for a, b in pairwise(order)}),
        "word by side": sorted({f"{s} {w}" for s, _, w in placed}),
        "word by distance": sorted({f"{s}{_distance(d)} {w}" for s, d, w in placed if d <= _REACH}),
        "pair by side": sorted(
            {f"{s} {a} {b}" for s, ws in sides for a, b in pairwise(ws[: _PAIR_REACH + 1])}
        ),
        "sign by distance": sorted({f"{s}{_distance(d)} {_sign(w)}" for s, d, w in placed if _sign(w)}),
        "phrase": sorted(set(_phrases(mention, mask=False))),
        "phrase by sign": sorted(set(_phrases(mention, mask=True))),
        "mention": [*sorted(set(mention.words)), "# " + " ".join(mention.words)],
        "pronoun": ["yes"] if mention.words[:1] and mention.words[0] in _PRONOUNS else [],
        "mark before": [before],
        "quoted": ["yes"] if quotes else [],
        "marks": marks,
    }


def tone(mention: Mention) -> list[float]:
    """Score the sentence and its parts around the mention with VADER, 32 numbers."""
    text, start, end = mention.text, mention.start, mention.end
    left, right = text[:start], text[end:]
    opens = max(text.rfind(c, 0, start) for c in _CLAUSE) + 1
    closes = min((p for p in (text.find(c, end) for c in _CLAUSE) if p >= 0), default=len(text))
    parts = [text, left, right, text[opens:closes]]
    parts += [" ".join(left.split()[-n:]) for n in (5, 10)] + [" ".join(right.split()[:n]) for n in (5, 10)]
    scored = map(_vader().polarity_scores, parts)
    out = [s[k] for s in scored for k in ("compound", "neg", "pos")]
    lexicon: Mapping[str, float] = _vader().lexicon
    for words in (mention.left, mention.right):
        near = [lexicon.get(w, 0.0) / (d + 3) for d, w in enumerate(words)]
        out += [fsum(v for v in near if v > 0), fsum(v for v in near if v < 0)]
    nearest = [
        next((1 / (d + 1) for d, w in enumerate(ws) if lexicon.get(w)), 0.0)
        for ws in (mention.left, mention.right)
    ]
    return [*out, *nearest, start / max(1, len(text)), len(text) / 300]


def meaning(mention: Mention, rows: Mapping[str, int], vectors: Floats) -> Floats:
    """Average the vectors of the words, on each side at two paces of decay, and of the whole sentence."""
    out = []
    for words, decay in [(s, t) for s in (mention.left, mention.right) for t in _DECAYS]:
        out.append(_average(words, decay, rows, vectors))
    out.append(_average(mention.left + mention.right, None, rows, vectors))
    return np.concatenate(out)


def _average(words: list[str], decay: float | None, rows: Mapping[str, int], vectors: Floats) -> Floats:
    """Sum vectors with weights that make the length of sums of unlike vectors about 1."""
    known = [(rows[w], d) for d, w in enumerate(words) if rows.get(w, -1) >= _COMMONEST]
    if not known:
        return np.zeros(vectors.shape[1])
    where, distance = np.array(known).T
    weights = np.ones(len(known)) if decay is None else np.exp(-distance / decay)
    total: Floats = weights @ vectors[where] / np.sqrt((weights**2).sum())
    return total
