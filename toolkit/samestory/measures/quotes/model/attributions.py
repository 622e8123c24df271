"""From labels to attributions: link, apply the rules, say how sure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

import numpy as np
from numpy.typing import NDArray

from samestory.measures.quotes.model.continuation import Draft, continue_quotations
from samestory.measures.quotes.model.labels import Segments, segments
from samestory.measures.quotes.model.linker import (
    CONTENT_WINDOW,
    SOURCE_WINDOW,
    Scene,
    choose,
    pairs,
    scene_of,
)
from samestory.measures.quotes.model.rules import by_rule
from samestory.measures.quotes.model.state import Frame
from samestory.measures.quotes.model.tokens import Ints, Tokens
from samestory.measures.quotes.model.weights import Floats, Weights

Span = tuple[int, int]
Wide = NDArray[np.float64]
NONE_TILT = 0.5  # content without a cue is dropped, so a doubtful link is better than none
RULE_CONFIDENCE = 0.95


@dataclass(frozen=True, slots=True)
class Attribution:
    """Who says what by which words.

    Attributes
    ----------
    source, cue, content : tuple of (int, int)
        Characters [start, end) of the text.
    confidence : float
        Estimated probability that content and source are right.
    """

    source: tuple[Span, ...]
    cue: tuple[Span, ...]
    content: tuple[Span, ...]
    confidence: float


@dataclass(frozen=True)
class Linked:
    """An attribution as segment numbers, with what the confidence is estimated from."""

    cue: int
    source: int
    contents: list[int]
    evidence: list[float]


def assemble(
    tokens: Tokens,
    frame: Frame,
    low: NDArray[np.uint64],
    labels: NDArray[np.int8],
    p: Floats,
    weights: Weights,
) -> list[tuple[int, Attribution]]:
    """Attributions of texts in the order of their cues, each with the first token of its cue.

    Parameters
    ----------
    tokens : Tokens
    frame : Frame
    low : ndarray of uint64, shape (n,)
    labels : ndarray of int8, shape (n,)
        Best labels of the second chain.
    p : ndarray of float32, shape (n, labels)
    weights : Weights
    """
    found = segments(labels.astype(np.int64), tokens.head)
    ruled = by_rule(tokens)
    drafts = [Draft([source], cue, [content], RULE_CONFIDENCE) for source, cue, content in ruled]
    if ruled:
        taken = np.zeros(len(tokens) + 1, bool)
        for source, cue, content in ruled:
            taken[source[0] : source[1]] = taken[content[0] : content[1]] = taken[cue[0]] = True
        keep = ~(taken[found.first] | taken[found.stop - 1])
        found = Segments(found.first[keep], found.stop[keep], found.part[keep])
    linked = link(frame, low, found, p, weights)
    ranges = list(zip(found.first.tolist(), found.stop.tolist(), strict=True))
    for one, sure in zip(linked, _confidence(linked, weights.confidence), strict=True):
        speaker = [ranges[one.source]] if one.source >= 0 else []
        drafts.append(Draft(speaker, ranges[one.cue], [ranges[j] for j in one.contents], sure))
    continue_quotations(tokens, frame, drafts)
    drafts.sort(key=lambda x: x.cue)
    parts = [part for d in drafts for part in (sorted(d.source), [d.cue], sorted(d.content))]
    spans = _characters(tokens, [one for part in parts for one in part])
    roles = (tuple(islice(spans, len(part))) for part in parts)
    return [(d.cue[0], Attribution(next(roles), next(roles), next(roles), d.confidence)) for d in drafts]


def _characters(tokens: Tokens, ranges: list[tuple[int, int]]) -> Iterator[Span]:
    """Characters of token ranges."""
    first, stop = np.array(ranges, np.int64).reshape(-1, 2).T
    return zip(tokens.starts[first].tolist(), tokens.ends[stop - 1].tolist(), strict=True)


def _confidence(linked: list[Linked], calibration: Floats) -> list[float]:
    """Calibrated probabilities, to four digits."""
    score = np.full(len(linked), calibration[-1], np.float64)
    if linked:
        # Added up mark by mark, so that no attribution bears on how another's sum is rounded.
        for weight, mark in zip(calibration, np.array([one.evidence for one in linked]).T, strict=False):
            score += float(weight) * mark
    return [round(x, 4) for x in (1 / (1 + np.exp(-score))).tolist()]


def link(frame: Frame, low: NDArray[np.uint64], found: Segments, p: Floats, weights: Weights) -> list[Linked]:
    """Give each content its cue and each cue its source.

    Returns
    -------
    list of Linked
        One for each cue that has content.
    """
    scene = scene_of(frame, low, found)
    if not len(scene.cues) or not len(scene.contents):
        return []
    contents: dict[int, list[tuple[int, float]]] = {}
    for content, cue, sure in _chosen(
        scene, scene.contents, scene.cues, CONTENT_WINDOW, weights.content_link, NONE_TILT
    ):
        if cue >= 0:
            contents.setdefault(cue, []).append((content, sure))
    sources = {int(c): (-1, 1.0) for c in scene.cues}
    if len(scene.sources):
        for cue, source, sure in _chosen(
            scene, scene.cues, scene.sources, SOURCE_WINDOW, weights.source_link
        ):
            sources[cue] = source, sure
    cues = sorted(contents)
    evidence = _evidence(frame, found, p, [(cue, sources[cue], contents[cue]) for cue in cues])
    return [
        Linked(cue, sources[cue][0], [j for j, _ in contents[cue]], marks)
        for cue, marks in zip(cues, evidence, strict=True)
    ]


def _chosen(
    scene: Scene, anchors: Ints, others: Ints, window: tuple[int, int], weights: Floats, tilt: float = 0.0
) -> Iterator[tuple[int, int, float]]:
    """For each anchor the most probable of the others, or -1 for none, and its probability."""
    candidate, possible, features, none = pairs(scene, anchors, others, window)
    chance = choose(weights, possible, features, none, tilt)
    best = chance.argmax(1)
    chosen = np.append(candidate, np.full((len(anchors), 1), -1), axis=1)
    at = np.arange(len(anchors))
    return zip(anchors.tolist(), chosen[at, best].tolist(), chance[at, best].tolist(), strict=True)


_ROLES = slice(2, 6), slice(6, 10), slice(10, 16)


def _evidence(
    frame: Frame,
    found: Segments,
    p: Floats,
    linked: list[tuple[int, tuple[int, float], list[tuple[int, float]]]],
) -> list[list[float]]:
    """Logits and marks from which the confidence is estimated."""
    if not linked:
        return []
    first, stop = found.first.tolist(), found.stop.tolist()
    longest = [
        max(contents, key=lambda x: stop[x[0]] - first[x[0]])[0] if len(contents) > 1 else contents[0][0]
        for _, _, contents in linked
    ]
    cue, content = np.array([c for c, _, _ in linked]), np.array(longest)
    source = np.array([s for _, (s, _), _ in linked])
    none = source < 0
    quoted = np.concatenate([[0], np.cumsum(frame.quote > 0)])
    length = found.stop[content] - found.first[content]
    by_label = np.ascontiguousarray(p.T)  # sums over rows are faster than over columns
    inside = (quoted[found.stop[content]] - quoted[found.first[content]]) / length
    columns = [
        *map(_logit, _sure(found, by_label, cue, 1)),
        *(_logit(np.where(none, 0.5, x)) for x in _sure(found, by_label, source, 0)),
        *map(_logit, _sure(found, by_label, content, 2)),
        _logit(np.array([min([c for _, c in contents]) for _, _, contents in linked])),
        _logit(np.array([sure for _, (_, sure), _ in linked])),
        none.astype(float),
        inside,
        inside > 0.9,
        np.log(length),
        np.array([len(contents) > 1 for _, _, contents in linked]),
    ]
    return np.stack(columns, axis=1).astype(float).tolist()  # type: ignore[no-any-return]


def _sure(found: Segments, by_label: Floats, which: Ints, role: int) -> tuple[Wide, Wide]:
    """Mean probability of the role over each segment, and that of beginning it on its first token."""
    at = by_label[_ROLES[role]]
    first, stop = found.first[which], found.stop[which]
    mass = np.append(at.sum(0, dtype=np.float64), 0.0)
    total = np.add.reduceat(mass, np.stack([first, stop], axis=1).ravel())[::2]
    return total / (stop - first), at[::2, first].sum(0, dtype=np.float64)


def _logit(x: Wide) -> Wide:
    x = x.clip(0.005, 0.995)
    return np.asarray(np.log(x / (1 - x)))


EVIDENCE = 13
