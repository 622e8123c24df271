"""Link contents to cues and cues to sources: a log-linear choice among the nearest candidates."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from samestory.measures.quotes.model.labels import Segments
from samestory.measures.quotes.model.state import CAPITAL, Frame
from samestory.measures.quotes.model.tokens import Bools, Ints

ROWS = 1 << 15
CONTENT_WINDOW = (-4, 2)
SOURCE_WINDOW = (-4, 3)
_GAPS = np.array([0, 1, 2, 4, 8, 16, 40])


@dataclass(frozen=True)
class Scene:
    """Segments of texts with running counts over their tokens."""

    frame: Frame
    low: NDArray[np.uint64]
    found: Segments
    cues: Ints
    sources: Ints
    contents: Ints
    counts: dict[str, Ints]


def scene_of(frame: Frame, low: NDArray[np.uint64], found: Segments) -> Scene:
    """Gather what the pair features need.

    Parameters
    ----------
    frame : Frame
    low : ndarray of uint64, shape (n,)
        Key of each token's lower-case form.
    found : Segments
    """
    n = len(frame.sign)
    cues = np.flatnonzero((found.part == 2) | (found.part == 3))
    sources, contents = np.flatnonzero(found.part < 2), np.flatnonzero(found.part > 3)

    def running(flags: Bools) -> Ints:
        return np.append(0, np.cumsum(flags, dtype=np.int32))

    def heads(which: Ints) -> Ints:
        return running(np.bincount(found.first[which], minlength=n) > 0)

    sign = frame.sign
    counts = {
        "cue": heads(cues), "source": heads(sources), "content": heads(contents), "comma": running(sign == 1),
        "stop": running((sign >= 2) & (sign <= 4)), "quote": running(frame.quote > 0),
        "capital": running(sign == CAPITAL),
    }  # fmt: skip
    return Scene(frame, low, found, cues, sources, contents, counts)


def _rows(value: Ints, template: int) -> Ints:
    mixed = value.astype(np.uint64) * np.uint64(0x9E3779B97F4A7C15) + np.uint64(template * 0x2545F491)
    mixed ^= mixed >> np.uint64(31)
    mixed *= np.uint64(0xD6E8FEB86659FD93)
    return (mixed >> np.uint64(49)).astype(np.int64)


def pairs(
    scene: Scene, anchors: Ints, others: Ints, window: tuple[int, int]
) -> tuple[Ints, Bools, Ints, Ints]:
    """Candidates around each anchor and the feature rows of every choice.

    Returns
    -------
    candidate : ndarray of int, shape (anchors, window)
        Segment numbers.
    possible : ndarray of bool, shape (anchors, window)
    features : ndarray of int, shape (anchors, window, templates)
    none : ndarray of int, shape (anchors, templates)
        Feature rows of the choice "none of them".
    """
    found = scene.found
    place = np.searchsorted(found.first[others], found.first[anchors])[:, None] + np.arange(*window)[None, :]
    possible = (place >= 0) & (place < len(others))
    candidate = others[place.clip(0, len(others) - 1)]
    features, near = _features(scene, anchors[:, None], candidate, np.arange(*window)[None, :] - window[0])
    possible &= near
    return candidate, possible, features, _none(scene, anchors, possible.sum(1))


def _features(scene: Scene, a: Ints, b: Ints, rank: Ints) -> tuple[Ints, Bools]:
    f, found, counts = scene.frame, scene.found, scene.counts
    a0, a1, ka, b0, b1, kb = (
        found.first[a], found.stop[a], found.part[a], found.first[b], found.stop[b], found.part[b]
    )  # fmt: skip
    right = (b0 > a0).astype(np.int64)
    g0 = np.where(right, a1, b1)
    g1 = np.maximum(np.where(right, b0, a0), g0)
    between = {name: (c[g1] - c[g0]).clip(0, 2) for name, c in counts.items()}
    far = np.abs(f.paragraph[b0] - f.paragraph[a0]).clip(0, 3)
    apart = np.where(right, f.sentence[b0] - f.sentence[a1 - 1], f.sentence[a0] - f.sentence[b1 - 1])
    apart = np.abs(apart).clip(0, 4)
    gap = np.searchsorted(_GAPS, g1 - g0)
    qa, qb = f.quote[a0], f.quote[b0]
    quoted = np.where((qa > 0) & (qa == qb), 2, (qa > 0) + 3 * (qb > 0))
    head, tail = f.sign[a0], f.sign[a1 - 1]
    before = f.sign[np.maximum(a0 - 1, f.text_start[a0])]
    after, behind = f.sign[np.minimum(a1, f.text_end[a0] - 1)], f.sign[np.minimum(b1, f.text_end[b0] - 1)]
    kinds = ka * 7 + kb
    nc, ns, nx = between["cue"], between["source"], between["content"]
    la, lb = (scene.low[x].astype(np.int64) for x in (a0, b0))
    values = [
        kinds * 8 + rank, kinds * 8 + apart, (kinds * 2 + right) * 8 + gap, (ka * 2 + right) * 8 + far,
        (((ka * 3 + nc) * 3 + ns) * 3 + nx) * 2 + right,
        ((ka * 3 + between["stop"]) * 3 + between["comma"]) * 2 + right,
        (kinds * 8 + quoted) * 16 + apart * 2 + right, (quoted * 4 + far) * 8 + rank,
        (before * 20 + head) * 2 + right,
        (tail * 20 + after) * 2 + right, (behind * 8 + rank) * 4 + far,
        ((between["quote"] > 0) * 3 + between["capital"]) * 16 + apart * 2 + right,
        lb * 8 + rank, la * 8 + rank,
        (((kinds * 5 + apart) * 3 + nc) * 3 + nx) * 2 + right,
        ((f.sentence[a0] == f.sentence[a1 - 1]) * 8 + quoted) * 8 + apart, kb * 8 + rank,
        lb * 32 + gap * 2 + right,
        (((quoted * 5 + apart) * 3 + nc) * 2 + (tail == 8)) * 2 + (head == 7),
    ]  # fmt: skip
    rows = [_rows(np.broadcast_to(v, b.shape), t) for t, v in enumerate(values)]
    return np.moveaxis(np.stack(rows), 0, -1), far <= 2  # sums over the first axis in memory are faster


def _none(scene: Scene, anchors: Ints, choices: Ints) -> Ints:
    f, found = scene.frame, scene.found
    first, part = found.first[anchors], found.part[anchors]
    inside = (f.quote[first] > 0).astype(np.int64)
    size = np.searchsorted(_GAPS, found.stop[anchors] - first)
    before = f.sign[np.maximum(first - 1, f.text_start[first])]
    values = [
        part,
        part * 8 + choices.clip(0, 7),
        part * 2 + inside,
        f.sign[first] * 20 + before,
        size * 2 + inside,
    ]
    return np.stack([_rows(v, 50 + t) for t, v in enumerate(values)]).T


def choose(
    weights: NDArray[np.float32], possible: Bools, features: Ints, none: Ints, tilt: float = 0.0
) -> NDArray[np.float64]:
    """Probability of each candidate and, last, of none.

    Parameters
    ----------
    weights : ndarray of float32, shape (ROWS,)
    possible, features, none
        From `pairs`.
    tilt : float
        Taken off the score of "none".

    Returns
    -------
    ndarray of float, shape (anchors, window + 1)
    """
    score = np.where(possible, weights[features].sum(-1, dtype=np.float64), -1e9)
    score = np.concatenate([score, weights[none].sum(-1, dtype=np.float64)[:, None] - tilt], axis=1)
    score = np.exp(score - score.max(1, keepdims=True))
    return np.asarray(score / score.sum(1, keepdims=True))
