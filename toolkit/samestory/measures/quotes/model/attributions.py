"""From labels to attributions: link, apply the rules, say how sure."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from samestory.measures.quotes.model.continuation import Draft, continue_quotations
from samestory.measures.quotes.model.labels import Segments, segments
from samestory.measures.quotes.model.linker import CONTENT_WINDOW, SOURCE_WINDOW, choose, pairs, scene_of
from samestory.measures.quotes.model.rules import by_rule
from samestory.measures.quotes.model.state import Frame
from samestory.measures.quotes.model.tokens import Tokens
from samestory.measures.quotes.model.weights import Floats, Weights

Span = tuple[int, int]
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
) -> list[Attribution]:
    """Attributions of one text in the order of their cues.

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
    found = segments(labels.astype(np.int64))
    ruled = by_rule(tokens)
    drafts = [Draft([source], cue, [content], RULE_CONFIDENCE) for source, cue, content in ruled]
    if ruled:
        taken = np.zeros(len(tokens) + 1, bool)
        for source, cue, content in ruled:
            taken[source[0] : source[1]] = taken[content[0] : content[1]] = taken[cue[0]] = True
        keep = ~(taken[found.first] | taken[found.stop - 1])
        found = Segments(found.first[keep], found.stop[keep], found.part[keep])
    drafts += [_draft(found, one, weights.confidence) for one in link(frame, low, found, p, weights)]
    continue_quotations(tokens, frame, drafts)
    return [_attribution(tokens, draft) for draft in sorted(drafts, key=lambda x: x.cue)]


def _draft(found: Segments, one: Linked, calibration: Floats) -> Draft:
    def tokens_of(j: int) -> tuple[int, int]:
        return int(found.first[j]), int(found.stop[j])

    score = float(calibration[:-1] @ np.array(one.evidence, np.float32) + calibration[-1])
    sure = round(float(1 / (1 + np.exp(-score))), 4)
    source = [tokens_of(one.source)] if one.source >= 0 else []
    return Draft(source, tokens_of(one.cue), [tokens_of(j) for j in one.contents], sure)


def _attribution(tokens: Tokens, draft: Draft) -> Attribution:
    def characters(ranges: list[tuple[int, int]]) -> tuple[Span, ...]:
        return tuple((int(tokens.starts[a]), int(tokens.ends[b - 1])) for a, b in sorted(ranges))

    who, how, what = (characters(x) for x in (draft.source, [draft.cue], draft.content))
    return Attribution(who, how, what, draft.confidence)


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
    candidate, possible, features, none = pairs(scene, scene.contents, scene.cues, CONTENT_WINDOW)
    chance = choose(weights.content_link, possible, features, none, NONE_TILT)
    best = chance.argmax(1)
    contents: dict[int, list[tuple[int, float]]] = {}
    for x, k in enumerate(best.tolist()):
        if k < candidate.shape[1]:
            contents.setdefault(int(candidate[x, k]), []).append(
                (int(scene.contents[x]), float(chance[x, k]))
            )
    sources = {int(c): (-1, 1.0) for c in scene.cues}
    if len(scene.sources):
        candidate, possible, features, none = pairs(scene, scene.cues, scene.sources, SOURCE_WINDOW)
        chance = choose(weights.source_link, possible, features, none)
        for x, k in enumerate(chance.argmax(1).tolist()):
            chosen = int(candidate[x, k]) if k < candidate.shape[1] else -1
            sources[int(scene.cues[x])] = (chosen, float(chance[x, k]))
    out = []
    for cue in sorted(contents):
        evidence = _evidence(frame, found, p, cue, sources[cue], contents[cue])
        out.append(Linked(cue, sources[cue][0], [j for j, _ in contents[cue]], evidence))
    return out


def _evidence(
    frame: Frame,
    found: Segments,
    p: Floats,
    cue: int,
    source: tuple[int, float],
    contents: list[tuple[int, float]],
) -> list[float]:
    """Logits and marks from which the confidence is estimated."""

    def sure(j: int) -> tuple[float, float]:
        a, b = int(found.first[j]), int(found.stop[j])
        role = slice(2, 6) if found.part[j] < 2 else slice(6, 10) if found.part[j] < 4 else slice(10, 16)
        return float(p[a:b, role].sum(1).mean()), float(p[a, role][::2].sum())

    def logit(x: float) -> float:
        x = min(max(x, 0.005), 0.995)
        return float(np.log(x / (1 - x)))

    cue_mean, cue_begin = sure(cue)
    source_mean, source_begin = sure(source[0]) if source[0] >= 0 else (0.5, 0.5)
    longest = max(contents, key=lambda x: found.stop[x[0]] - found.first[x[0]])[0]
    content_mean, content_begin = sure(longest)
    a, b = int(found.first[longest]), int(found.stop[longest])
    quoted = float((frame.quote[a:b] > 0).mean())
    return [
        logit(cue_mean), logit(cue_begin), logit(source_mean), logit(source_begin), logit(content_mean),
        logit(content_begin), logit(min(c for _, c in contents)), logit(source[1]), float(source[0] < 0),
        quoted, float(quoted > 0.9), float(np.log(b - a)), float(len(contents) > 1),
    ]  # fmt: skip


EVIDENCE = 13
