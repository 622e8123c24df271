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
#: Columns that only change where a sentence or a quotation begins or ends.
WHOLE = frozenset(("csum", "ssum", "sx", "vedge", "qx"))
# Where a cue or a source is likely: label range, threshold.
_ROLES = (("c", 6, 10, 0.2), ("s", 2, 6, 0.3))


def level(x: Floats) -> Ints:
    """Bin of a probability."""
    out = np.zeros(len(x), np.int8)
    for least in _LEAST:  # comparing is faster than a search for each number
        out += (x >= least).view(np.int8)
    return out.astype(np.int64)


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
    at = {k: shifted(v, k, f.paragraph, SIZE) for k in range(-3, 4)}
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
    # One place more, the last one, stands for none.
    left = np.maximum.accumulate(np.where(last, i, -1))
    left = np.where(on | (left < f.sentence_start), n, left)
    right = np.minimum.accumulate(np.where(first, i, n)[::-1])[::-1]
    right[:-1], right[-1] = right[1:].copy(), n
    right = np.where(on | (right >= f.sentence_end), n, right)
    word = np.append(low.astype(np.int64) + 1, 0)
    lw, rw = word.take(left), word.take(right)
    dl, dr = log_bin(np.where(left < n, i - left, -1)), log_bin(np.where(right < n, right - i, -1))
    quoted = np.append(f.quote > 0, False).astype(np.int64)
    beside = np.append(1 + quoted[:-1], 0)
    starts, sums = _sentence_sums(f, mass)
    count = np.add.reduceat(first, starts, dtype=np.int64)
    each = np.digitize(sums, _SUMS)
    before, after = _neighbours(f, starts, each)
    sentence = f.sentence - 1
    return {
        name + "lw": lw,
        name + "rw": rw,
        name + "ld": dl * 16 + v,
        name + "rd": dr * 16 + v,
        name + "dd": dl * 13 + dr,
        name + "lwd": (lw << 3) + np.minimum(dl, 5),
        name + "rwd": (rw << 3) + np.minimum(dr, 5),
        name + "q": beside.take(left) * 6 + beside.take(right) * 2 + quoted[:-1],
        name + "n": (np.minimum(count, 4) * 16).take(sentence) + v,
        name + "sum": (each * 36 + before * 6 + after).take(sentence),
    }


def _sentence_sums(f: Frame, mass: Floats) -> tuple[Ints, NDArray[np.float64]]:
    """First token of each sentence, and the mass in that sentence alone."""
    starts = np.flatnonzero(f.sentence_start == np.arange(len(mass)))
    return starts, np.add.reduceat(mass.astype(np.float64), starts)


def _neighbours(f: Frame, starts: Ints, each: Ints) -> tuple[Ints, Ints]:
    """Values of the sentences before and after each; 0 beyond the text."""
    before, after = np.append(0, each[:-1]), np.append(each[1:], 0)
    before[f.text_start[starts] == starts] = 0
    after[f.text_end[starts] == f.sentence_end[starts]] = 0
    return before, after


def _shares(tokens: Tokens, f: Frame, v: Ints, content: Floats) -> dict[str, Ints]:
    """How much of the sentence, its neighbours and the quotation the first chain called content."""
    n, marks = len(v), tokens.marks
    starts, sums = _sentence_sums(f, content)
    stops = f.sentence_end[starts]
    share = np.digitize(sums / (stops - starts), _SHARES)
    before, after = _neighbours(f, starts, share)
    first = v[np.maximum(starts - 1, f.text_start[starts])]
    last = v[np.minimum(stops, f.text_end[starts] - 1)]
    sentence = f.sentence - 1
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
        "sx": (share * 25 + before * 5 + after).take(sentence),
        "vedge": (first * 16 + last).take(sentence),
        "qx": quote,
    }
