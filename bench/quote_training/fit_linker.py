"""Fit the linker and the calibration on labels given to unseen articles."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from scipy.optimize import minimize

from quote_training.gold import ROLES, link_targets
from samestory.measures.quotes.model.attributions import link
from samestory.measures.quotes.model.labels import segments
from samestory.measures.quotes.model.linker import CONTENT_WINDOW, ROWS, SOURCE_WINDOW, pairs, scene_of
from samestory.measures.quotes.model.weights import Weights


def fit_linker(data: dict, labels: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Weights of content -> cue and of cue -> source."""
    samples: tuple[list, list] = ([], [])
    for k, (frame, low, ranges) in enumerate(zip(data["frames"], data["low"], data["ranges"])):
        found = segments(labels[data["edges"][k] : data["edges"][k + 1]].astype(np.int64))
        scene = scene_of(frame, low, found)
        content, source = link_targets(scene, ranges)
        for kind, anchors, others, window, target in (
            (0, scene.contents, scene.cues, CONTENT_WINDOW, content),
            (1, scene.cues, scene.sources, SOURCE_WINDOW, source),
        ):
            if len(anchors) and len(others):
                candidate, possible, features, none = pairs(scene, anchors, others, window)
                hit = (candidate == target[:, None]) & possible & (target[:, None] >= 0)
                right = np.where(hit.any(1), hit.argmax(1), candidate.shape[1])
                keep = target > -2
                samples[kind].append((possible[keep], features[keep], none[keep], right[keep]))
    content_weights, source_weights = (_fit_choice(*map(np.concatenate, zip(*s))) for s in samples)
    return content_weights, source_weights


def _fit_choice(possible, features, none, right, decay: float = 1.0) -> np.ndarray:
    """Conditional log-linear choice with a squared penalty."""
    n, m, templates = features.shape
    used = np.unique(np.concatenate([features.ravel(), none.ravel()]))
    place = np.zeros(ROWS, np.int64)
    place[used] = np.arange(len(used))
    f, g, index = place[features], place[none], np.arange(n)

    def scores(w):
        return np.concatenate([np.where(possible, w[f].sum(-1), -1e9), w[g].sum(-1)[:, None]], axis=1)

    def loss(w):
        s = scores(w)
        top = s.max(1, keepdims=True)
        e = np.exp(s - top)
        total = e.sum(1, keepdims=True)
        value = -(s[index, right] - top[:, 0] - np.log(total[:, 0])).sum() + 0.5 * decay * (w @ w)
        d = e / total
        d[index, right] -= 1
        slope = np.bincount(f.ravel(), np.repeat((d[:, :m] * possible).ravel(), templates), len(used))
        slope += np.bincount(g.ravel(), np.repeat(d[:, m], g.shape[1]), len(used)) + decay * w
        return value, slope

    result = minimize(loss, np.zeros(len(used)), jac=True, method="L-BFGS-B", options={"maxiter": 80})
    print(f"linker: {n} choices, {(scores(result.x).argmax(1) == right).mean():.4f} right", flush=True)
    out = np.zeros(ROWS, np.float32)
    out[used] = result.x
    return out


def _tokens(ranges) -> frozenset:
    return frozenset(i for a, b in ranges for i in range(a, b))


def _jaccard(a: frozenset, b: frozenset) -> float:
    return len(a & b) / len(a | b) if a or b else 1.0


def _right(one: dict, gold: list[dict]) -> bool:
    """Whether content and source both overlap those of one gold attribution by half."""
    best = max(gold, key=lambda g: _jaccard(one["content"], g["content"]), default=None)
    if best is None or _jaccard(one["content"], best["content"]) < 0.5:
        return False
    return _jaccard(one["source"], best["source"]) >= 0.5


def fit_confidence(
    data: dict, labels: np.ndarray, p: np.ndarray, weights: Weights, decay: float = 1.0
) -> Weights:
    """Logistic regression of "right" on the evidence."""
    xs, ys = [], []
    for k, (frame, low, ranges) in enumerate(zip(data["frames"], data["low"], data["ranges"])):
        part = slice(data["edges"][k], data["edges"][k + 1])
        found = segments(labels[part].astype(np.int64))
        gold = [{role: _tokens(one[role]) for role in ROLES} for one in ranges]
        for one in link(frame, low, found, p[part], weights):
            span = lambda group: _tokens([(found.first[j], found.stop[j]) for j in group])  # noqa: E731
            made = {"content": span(one.contents), "source": span([one.source] if one.source >= 0 else [])}
            xs.append(one.evidence)
            ys.append(_right(made, gold))
    x = np.concatenate([np.array(xs), np.ones((len(xs), 1))], axis=1)
    y = np.array(ys, float)

    def loss(w):
        s = x @ w
        value = np.logaddexp(0, s).sum() - s @ y + 0.5 * decay * (w[:-1] @ w[:-1])
        slope = x.T @ (1 / (1 + np.exp(-s)) - y)
        slope[:-1] += decay * w[:-1]
        return value, slope

    result = minimize(loss, np.zeros(x.shape[1]), jac=True, method="L-BFGS-B")
    print(f"confidence: {len(y)} attributions, {y.mean():.3f} right", flush=True)
    # Rounded, so that the last bits of the sums do not show in the file.
    return replace(weights, confidence=np.round(result.x, 3).astype(np.float32))
