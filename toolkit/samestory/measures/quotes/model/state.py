"""What the model knows of a token's place: quotation, sentence, paragraph, punctuation around it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from samestory.measures.quotes.model.marks import CLOSE, OPEN
from samestory.measures.quotes.model.tokens import Bools, Ints, Tokens

Scalar = TypeVar("Scalar", bound=np.generic)
CONTEXTS = 13  # transition tables, chosen by the marks around a token boundary
_SIGNS = {
    ",": 1, ".": 2, "?": 3, "!": 4, ":": 5, ";": 6, OPEN: 7, CLOSE: 8, "—": 9, "--": 9, "–": 9, "-": 9,
    "―": 9, "(": 10, ")": 10, "...": 11, "…": 11, "and": 12, "that": 13,
}  # fmt: skip
CAPITAL, OTHER = 14, 15
APART = 5
#: Columns that only change where a sentence or a quotation begins or ends.
WHOLE = frozenset("q_len q_before q_last q_after q_first sq slast ctxq slen pidx ppl npf spkdoc".split())
_EDGE, _SENTENCE_EDGE, _UNCLOSED = 16, 17, 18
_LABELLED = 4  # a speaker label all in capitals, see `_speaker`


@dataclass(frozen=True)
class Frame:
    """Arrays over the tokens of texts that features, decoder and linker share.

    No feature of a token looks beyond its text, so that several may stand one after the other.

    Attributes
    ----------
    sign : ndarray of int
        Class of punctuation mark or of capitalisation.
    sentence, paragraph : ndarray of int
        Running number, from 1; paragraphs of two texts are at least `APART` apart.
    sentence_start, sentence_end, paragraph_start, paragraph_end, text_start, text_end : ndarray of int
        First token and the one after the last.
    quote : ndarray of int
        0 outside, else the number of the quotation.
    context : ndarray of int
        Transition table between the token before and this one.
    """

    sign: Ints
    sentence: Ints
    paragraph: Ints
    sentence_start: Ints
    sentence_end: Ints
    paragraph_start: Ints
    paragraph_end: Ints
    text_start: Ints
    text_end: Ints
    quote: Ints
    context: Ints


def log_bin(x: Ints) -> Ints:
    """Distances in 13 bins that widen; below zero is bin 0."""
    return _BINS.take(x + 1, mode="clip")


#: Bins of -1, 0, 1, … 51; looked up, which is faster than a search for each number.
_BINS = np.searchsorted([-1, 0, 1, 2, 3, 4, 5, 7, 10, 15, 25, 50], np.arange(-1, 52), side="left")


def runs(start: Bools) -> tuple[Ints, Ints]:
    """First token of the run each token is in and the one after its last."""
    n = len(start)
    heads = np.flatnonzero(start)
    at = np.cumsum(start) - 1
    tails = np.append(heads[1:], n)
    return heads[at], tails[at]


def shifted(x: NDArray[Scalar], k: int, paragraph: Ints, fill: float) -> NDArray[Scalar]:
    """`x` at k tokens further, `fill` beyond the paragraph."""
    if k == 0:
        return x
    out: NDArray[Any] = np.full_like(x, fill)
    n = len(x)
    if abs(k) >= n:
        return out
    here, there = (slice(0, n - k), slice(k, n)) if k > 0 else (slice(-k, n), slice(0, n + k))
    same = paragraph[here] == paragraph[there]
    out[here] = np.where(same, x[there], out[here])
    return out


def frame_of(tokens: Tokens, sign: Ints | None = None) -> Frame:
    """Frame of one or several texts with at least one token.

    Parameters
    ----------
    tokens : Tokens
    sign : ndarray of int, shape (n,), optional
        What `sign_of` says of each, where that is at hand.

    Returns
    -------
    Frame
    """
    if sign is None:
        sign = np.fromiter(map(sign_of, tokens.words), np.int64, len(tokens))
    s0, s1 = runs(tokens.sentence)
    p0, p1 = runs(tokens.paragraph)
    t0, t1 = runs(tokens.head)
    quote = tokens.marks.inside
    return Frame(
        sign,
        np.cumsum(tokens.sentence),
        np.cumsum(tokens.paragraph) + APART * (np.cumsum(tokens.head) - 1),
        s0,
        s1,
        p0,
        p1,
        t0,
        t1,
        quote,
        _contexts(tokens, sign, quote),
    )


def sign_of(word: str) -> int:
    """Return the class of a punctuation mark, or of how a word begins."""
    other = 0 if word[0].islower() else CAPITAL if word[0].isupper() else OTHER
    return _SIGNS.get(word) or other


def _contexts(tokens: Tokens, sign: Ints, quote: Ints) -> Ints:
    before = np.roll(sign, 1)
    before[0] = 0
    inside = quote > 0
    same = inside & (np.roll(quote, 1) == quote)
    tests = [
        tokens.paragraph, tokens.sentence & same, tokens.sentence, sign == 7, sign == 8, before == 8,
        before == 7, before == 1, sign == 1, (sign >= 2) & (sign <= 4), before == 5, inside,
    ]  # fmt: skip
    return np.select(tests, [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 12, 11], 0).astype(np.int64)


def state_columns(tokens: Tokens, frame: Frame) -> dict[str, Ints]:
    """Integer features of every token's place, by name."""
    share = _quoted_share(frame)
    out = _quote_columns(tokens, frame)
    out.update(_sentence_columns(frame, share))
    out.update(_paragraph_columns(tokens, frame, share))
    return out


def _quoted_share(f: Frame) -> Ints:
    """0 no token of the sentence is quoted, 1 up to half, 2 more, 3 all."""
    inside, length = _count(f.quote > 0, f.sentence_start, f.sentence_end), f.sentence_end - f.sentence_start
    return np.select([inside == 0, inside == length, inside * 2 > length], [0, 3, 2], 1).astype(np.int64)


def _count(flags: Bools, start: Ints, stop: Ints) -> Ints:
    """How many flags are set from each start to its stop."""
    total = np.concatenate([[0], np.cumsum(flags)])
    return np.asarray(total[stop] - total[start])


def _quote_columns(tokens: Tokens, f: Frame) -> dict[str, Ints]:
    n, m = len(f.sign), tokens.marks
    i = np.arange(n)
    if not len(m.first):
        names = "q_pos q_len q_start q_before q_last q_after q_first ql qr qlr qld qrd qlsent".split()
        return {name: np.zeros(n, np.int64) for name in names}
    length, before, last, first, after = _each_quote(tokens, f)
    inside, at = f.quote > 0, np.maximum(f.quote - 1, 0)

    def spread(v: Ints) -> Ints:
        return np.where(inside, v[at], 0)

    def outside(v: Ints) -> Ints:
        return np.where(inside, 0, v)

    q_len = spread(length + 1)
    head, tail = np.minimum(i - m.first[at], 3), np.minimum(m.last[at] - i, 3)
    left, right = np.searchsorted(m.last, i) - 1, np.searchsorted(m.first, i, side="right")
    lm, rm = np.maximum(left, 0), np.minimum(right, len(m.first) - 1)
    has_left = (left >= 0) & (m.last[lm] >= f.paragraph_start)
    has_right = (right < len(m.first)) & (m.first[rm] < f.paragraph_end)
    dl, dr = np.where(has_left, i - m.last[lm], -1), np.where(has_right, m.first[rm] - i, -1)
    near = np.where(has_left, 1 + 2 * last[lm] + (m.last[lm] >= f.sentence_start), 0) * 20
    near = near + np.where(has_right, 1 + (m.first[rm] < f.sentence_end), 0)
    some = _count(inside, f.text_start, f.text_end) > 0
    return {
        "q_pos": np.where(inside, 1 + head * 4 + tail, 0),
        "q_len": q_len,
        "q_start": np.where(some, q_len * 2 + tokens.sentence, 0),
        "q_before": spread(1 + before) * 16 + q_len,
        "q_last": spread(1 + last) * 16 + q_len,
        "q_after": spread((1 + after) * 20 + last),
        "q_first": spread((1 + first) * 20 + before),
        "ql": outside(np.where(has_left, 1 + log_bin(dl) * 200 + last[lm] * 8 + length[lm], 0)),
        "qr": outside(np.where(has_right, 1 + log_bin(dr) * 200 + before[rm] * 8 + length[rm], 0)),
        "qlr": outside(np.where(some, 1 + np.minimum(log_bin(dl), 11) * 13 + log_bin(dr), 0)),
        "qld": outside(1 + dl.clip(-1, 12)),
        "qrd": outside(1 + dr.clip(-1, 12)),
        "qlsent": outside(near),
    }


def _each_quote(tokens: Tokens, f: Frame) -> tuple[Ints, Ints, Ints, Ints, Ints]:
    """Length bin of each quotation and the signs before, last inside, first inside and after."""
    n, m = len(f.sign), tokens.marks
    a, b = m.first, m.last
    before = np.where(tokens.sentence[a], _SENTENCE_EDGE, f.sign[np.maximum(a - 1, 0)])
    before = np.where(tokens.paragraph[a], _EDGE, before)
    last = np.where(m.closed, f.sign[np.maximum(b - 1, 0)], _UNCLOSED)
    first = f.sign[np.minimum(a + 1, f.text_end[a] - 1)]
    beyond = np.minimum(b + 1, n - 1)
    after = np.where(tokens.sentence[beyond], _SENTENCE_EDGE, f.sign[beyond])
    after = np.where((b + 1 >= n) | tokens.paragraph[beyond], _EDGE, after)
    length = np.searchsorted([3, 4, 5, 7, 10, 18, 35], b - a + 1, side="left")
    return length.astype(np.int64), before, last, first, after


def _sentence_columns(f: Frame, share: Ints) -> dict[str, Ints]:
    n = len(f.sign)
    i = np.arange(n)
    s0, s1 = f.sentence_start, f.sentence_end
    last = np.maximum(np.where(f.sign[s1 - 1] == 8, s1 - 2, s1 - 1), f.text_start)
    before = np.where(s0 > f.text_start, share[np.maximum(s0 - 1, 0)] + 1, 0) * 2 + (s0 == f.paragraph_start)
    after = np.where(s1 < f.text_end, share[np.minimum(s1, n - 1)] + 1, 0) * 2 + (s1 == f.paragraph_end)
    edge = ((f.sign >= 1) & (f.sign <= 10)) | (i == s0)
    a, b = runs(edge | (i == 0))
    return {
        "sq": share,
        "spos": log_bin(i - s0) * 16 + np.minimum(log_bin(s1 - 1 - i), 12),
        "sposq": log_bin(i - s0) * 4 + share,
        "send": np.minimum(s1 - 1 - i, 8) * 4 + share,
        "slast": f.sign[last] * 4 + share,
        "ctxq": (before * 10 + after) * 4 + share,
        "inq_sign": (f.quote > 0) * 20 + f.sign,
        "slen": log_bin(s1 - s0) * 4 + share,
        "cl": log_bin(i - a) * 20 + f.sign[a],
        "cr": log_bin(b - i) * 20 + np.where(b < f.text_end, f.sign[np.minimum(b, n - 1)], 19),
        "cc": np.minimum(i - a, 6) * 7 + np.minimum(b - i, 6),
    }


def _paragraph_columns(tokens: Tokens, f: Frame, share: Ints) -> dict[str, Ints]:
    n = len(f.sign)
    heads = np.append(np.flatnonzero(tokens.paragraph), n)
    k, size = np.cumsum(tokens.paragraph) - 1, np.diff(heads)
    number = k - k[f.text_start]
    last = f.sign[heads[1:] - 1]
    last = np.where((last == 8) & (size > 1), f.sign[np.maximum(heads[1:] - 2, 0)] + 20, last)
    first = f.sign[heads[:-1]]
    bins = np.searchsorted([3, 6, 12], size, side="left")
    following = np.minimum(k + 1, len(size) - 1)
    after = np.where(f.paragraph_end < f.text_end, 1 + first[following] * 4 + bins[following], 0)
    s0, s1 = f.sentence_start, f.sentence_end
    return {
        "pidx": np.minimum(number, 6) * 4 + (s0 == f.paragraph_start) * 2 + (s1 == f.paragraph_end),
        "ppl": np.where(number > 0, last[np.maximum(k - 1, 0)] + 1, 0) * 20 + first[k],
        "npf": after * 4 + share,
        **_speaker(tokens, f, heads, k, size),
    }


def _speaker(tokens: Tokens, f: Frame, heads: Ints, k: Ints, size: Ints) -> dict[str, Ints]:
    """Paragraphs that begin with a label and a colon, as transcripts do."""
    n = len(f.sign)
    colons = np.append(np.flatnonzero(f.sign == 5), n)
    at = colons[np.searchsorted(colons, heads[:-1])] - heads[:-1]
    labelled = (at > 0) & (at <= 6) & (at < size)
    capital = _count(f.sign == CAPITAL, heads[:-1], np.minimum(heads[:-1] + at, n)) == at
    upper = np.zeros(len(at), bool)
    for j in np.flatnonzero(labelled).tolist():
        upper[j] = all(w.isupper() and len(w) > 1 for w in tokens.words[heads[j] : heads[j] + at[j]])
    label = np.where(labelled, 1 + np.minimum(at, 4) * 3 + capital.astype(np.int64) + upper, 0)
    offset = np.clip(np.arange(n) - heads[:-1][k] - at[k], -1, 2) + 2
    many = np.minimum(_count(labelled, k[f.text_start], k[f.text_end - 1] + 1), 6)
    return {
        "spk": label[k] * 5 + np.where(label[k] > 0, offset, 0),
        "spkdoc": np.where(label[k] > 0, 1 + many * 3 + (label[k] > _LABELLED), 0),
    }
