"""Features of the second chain: what the first one saw, around each token and over sentence and quotation."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from samestory.measures.quotes.model.labels import SIZE
from samestory.measures.quotes.model.state import Frame, log_bin, shifted
from samestory.measures.quotes.model.tokens import Ints, Tokens

Floats = NDArray[np.float32]
_LEVELS = 0.03, 0.1, 0.25, 0.45, 0.65, 0.85, 0.97
_SHARES = np.array([0.1, 0.4, 0.7, 0.95])
_SUMS = np.array([0.1, 0.4, 0.8, 1.5, 3.0])
# Where a cue or a source is likely: label range, threshold.
_ROLES = (("c", 6, 10, 0.2), ("s", 2, 6, 0.3))


def level(x: Floats) -> Ints:
    """Bin of a probability."""
    out = np.zeros(len(x), np.int64)
    for least in _LEAST:  # comparing is faster than a search for each number
        out += x >= least
    return out


def _not_below(value: float) -> np.float32:
    """Return the first number of 32 bits that is not below one of 64."""
    near = np.float32(value)
    return near if float(near) >= value else np.nextafter(near, np.float32(np.inf))


_LEAST = [_not_below(x) for x in _LEVELS]


def second_columns(
    tokens: Tokens, f: Frame, labels: Ints, p: Floats, low: NDArray[np.uint64]
) -> dict[str, Ints]:
    """Integer features by name.

    Parameters
    ----------
    tokens : Tokens
    f : Frame
    labels : ndarray of int, shape (n,)
        Best labels of the first chain.
    p : ndarray of float32, shape (n, labels)
        Its label probabilities.
    low : ndarray of uint64, shape (n,)
        Key of each token's lower-case form.
    """
    v = labels.astype(np.int64)
    at = {k: shifted(v, k, f.paragraph, SIZE).astype(np.int64) for k in range(-3, 4)}
    out: dict[str, Ints] = {f"v{k}": at[k] for k in at}
    out["v-101"] = (at[-1] * 17 + v) * 17 + at[1]
    mass = np.ascontiguousarray(p.T)  # sums over rows are faster than over columns
    content = mass[10:].sum(0)
    content_level = level(content)
    out["ms"] = level(mass[2:6].sum(0)) * 16 + v
    out["mc"] = level(mass[6:10].sum(0)) * 16 + v
    out["mx"] = content_level * 16 + v
    out["mbc"] = level(mass[6] + mass[8])
    out["mbs"] = level(mass[2] + mass[4])
    out["mbx"] = level(mass[10] + mass[12] + mass[14])
    out["mx12"] = level(mass[10:12].sum(0)) * 64 + level(mass[12:14].sum(0)) * 8 + level(mass[14:].sum(0))
    out["ms12"] = level(mass[2:4].sum(0)) * 8 + level(mass[4:6].sum(0))
    for k in (-1, 1):
        out[f"mx{k}"] = shifted(content_level, k, f.paragraph, 0) * 8 + content_level
    for name, a, b, threshold in _ROLES:
        out.update(_nearest(name, f, v, mass[a:b].sum(0), threshold, low))
    out.update(_shares(tokens, f, v, content))
    out["vlow"] = (low.astype(np.int64) << 5) + v
    return out


def _nearest(
    name: str, f: Frame, v: Ints, mass: Floats, threshold: float, low: NDArray[np.uint64]
) -> dict[str, Ints]:
    """Find the likely cue (or source) before and after each token of its sentence."""
    n = len(v)
    i = np.arange(n)
    on = mass > threshold
    first = on & ~shifted(on, -1, f.paragraph, 0)
    last = on & ~shifted(on, 1, f.paragraph, 0)
    left = np.where(on, -1, np.maximum.accumulate(np.where(last, i, -1)))
    left = np.where(left >= f.sentence_start, left, -1)
    heads = np.append(np.flatnonzero(first), n)
    right = heads[np.searchsorted(heads[:-1], i, side="right")]
    right = np.where(on | (right >= f.sentence_end), -1, right)
    word = low.astype(np.int64)
    lw, rw = np.where(left >= 0, word[left] + 1, 0), np.where(right >= 0, word[right] + 1, 0)
    dl, dr = log_bin(np.where(left >= 0, i - left, -1)), log_bin(np.where(right >= 0, right - i, -1))
    quoted = (f.quote > 0).astype(np.int64)
    beside = np.where(left >= 0, 1 + quoted[left], 0) * 6 + np.where(right >= 0, 1 + quoted[right], 0) * 2
    count = np.concatenate([[0], np.cumsum(first)])
    each = np.digitize(_sentence_sums(f, mass), _SUMS)
    before = np.where(f.sentence_start > f.text_start, each[np.maximum(f.sentence_start - 1, 0)], 0)
    after = np.where(f.sentence_end < f.text_end, each[np.minimum(f.sentence_end, n - 1)], 0)
    return {
        name + "lw": lw,
        name + "rw": rw,
        name + "ld": dl * 16 + v,
        name + "rd": dr * 16 + v,
        name + "dd": dl * 13 + dr,
        name + "lwd": (lw << 3) + np.minimum(dl, 5),
        name + "rwd": (rw << 3) + np.minimum(dr, 5),
        name + "q": beside + quoted,
        name + "n": np.minimum(count[f.sentence_end] - count[f.sentence_start], 4) * 16 + v,
        name + "sum": each * 36 + before * 6 + after,
    }


def _sentence_sums(f: Frame, mass: Floats) -> NDArray[np.float64]:
    """Mass in the sentence of each token, summed over that sentence alone."""
    heads = np.flatnonzero(f.sentence_start == np.arange(len(mass)))
    return np.asarray(np.add.reduceat(mass.astype(np.float64), heads)[f.sentence - 1])


def _shares(tokens: Tokens, f: Frame, v: Ints, content: Floats) -> dict[str, Ints]:
    """How much of the sentence, its neighbours and the quotation the first chain called content."""
    n, marks = len(v), tokens.marks
    s0, s1 = f.sentence_start, f.sentence_end
    share = np.digitize(_sentence_sums(f, content) / (s1 - s0), _SHARES)
    before = np.where(s0 > f.text_start, share[np.maximum(s0 - 1, 0)], 0)
    after = np.where(s1 < f.text_end, share[np.minimum(s1, n - 1)], 0)
    quote = np.zeros(n, np.int64)
    if len(marks.first):
        stop = marks.last + 1
        padded = np.append(content.astype(np.float64), 0.0)
        total = np.add.reduceat(padded, np.stack([marks.first, stop], axis=1).ravel())[::2]
        each = 1 + np.digitize(total / (stop - marks.first), _SHARES)
        previous = np.concatenate([[0], each[:-1]])
        of = f.text_start[marks.first]
        previous[1:][of[1:] != of[:-1]] = 0
        at = np.maximum(f.quote - 1, 0)
        quote = np.where(f.quote > 0, each[at] * 6 + previous[at], 0)
    return {
        "sx": share * 25 + before * 5 + after,
        "vedge": v[np.maximum(s0 - 1, f.text_start)].astype(np.int64) * 16
        + v[np.minimum(s1, f.text_end - 1)],
        "qx": quote,
    }
