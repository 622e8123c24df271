"""Gold attributions as chain labels and as link targets."""

from __future__ import annotations

import numpy as np

from samestory.measures.quotes.model.labels import begin
from samestory.measures.quotes.model.linker import Scene
from samestory.measures.quotes.model.state import Frame
from samestory.measures.quotes.model.tokens import Tokens

ROLES = ("source", "cue", "content")


def token_spans(tokens: Tokens, spans: list) -> list[tuple[int, int]]:
    """Character spans as token ranges, those that touch made one."""
    out: list[tuple[int, int]] = []
    for start, end in sorted(map(tuple, spans)):
        a = int(np.searchsorted(tokens.ends, start, side="right"))
        b = int(np.searchsorted(tokens.starts, end, side="left"))
        if b <= a:
            continue
        if out and a <= out[-1][1]:
            out[-1] = (out[-1][0], max(b, out[-1][1]))
        else:
            out.append((a, b))
    return out


def gold_ranges(tokens: Tokens, attributions: list) -> list[dict]:
    """Each attribution as token ranges by role."""
    return [{role: token_spans(tokens, a[role]) for role in ROLES} for a in attributions]


def gold_labels(tokens: Tokens, frame: Frame, ranges: list[dict]) -> np.ndarray:
    """One label a token, shape (n,)."""
    y = np.zeros(len(tokens), np.int32)
    sentence = frame.sentence

    def put(span, part):
        y[span[0]] = begin(part)
        y[span[0] + 1 : span[1]] = begin(part) + 1

    for one in ranges:
        if one["cue"]:
            near = [s for r in ROLES for s in one[r] if sentence[s[0]] == sentence[one["cue"][0][0]]]
            middle = y[min(s[0] for s in near) : max(s[1] for s in near)]
            middle[middle == 0] = 1
    for one in ranges:
        for span in one["content"]:
            put(span, _content_part(tokens, sentence, one["cue"], span))
    for span, part in _source_parts(ranges):
        put(span, part)
    for one in ranges:
        for span in one["cue"]:
            put(span, "C1" if one["content"] and one["content"][0][1] <= span[0] else "C2")
    return y


def _content_part(tokens, sentence, cues, span):
    if not cues:
        return "X2"
    cue = cues[0]
    if span[1] <= cue[0]:
        return "X1" if sentence[span[1] - 1] == sentence[cue[0]] else "X3"
    return "X2" if sentence[span[0]] == sentence[cue[0]] or tokens.words[span[0] - 1] == ":" else "X3"


def _source_parts(ranges):
    """Sources, the longest first, with the direction of the nearest cue they serve."""
    best: dict = {}
    for one in ranges:
        for span in one["source"]:
            cue = one["cue"][0] if one["cue"] else None
            away = min(abs(cue[0] - span[1]), abs(cue[0] - span[0])) if cue else 0
            if span not in best or away < best[span][0]:
                best[span] = (away, "S2" if cue and span[0] >= cue[1] else "S1")
    return [(s, part) for s, (_, part) in sorted(best.items(), key=lambda x: x[0][0] - x[0][1])]


def _overlap(scene: Scene, segment: int, span: tuple[int, int]) -> int:
    return max(0, int(min(scene.found.stop[segment], span[1]) - max(scene.found.first[segment], span[0])))


def link_targets(scene: Scene, ranges: list[dict]) -> tuple[np.ndarray, np.ndarray]:
    """Right cue of each content and right source of each cue: segment number, -1 none, -2 not a gold cue."""
    content = np.full(len(scene.contents), -1)
    source = np.full(len(scene.cues), -2)
    weight = np.zeros(len(scene.contents))
    for one in ranges:
        if not one["cue"] or not len(scene.cues):
            continue
        score = [_overlap(scene, j, one["cue"][0]) for j in scene.cues]
        k = int(np.argmax(score))
        cue = int(scene.cues[k]) if score[k] else -1
        for x, j in enumerate(scene.contents):
            found = sum(_overlap(scene, j, span) for span in one["content"])
            if found > weight[x]:
                weight[x], content[x] = found, cue
        if cue >= 0:
            found = [sum(_overlap(scene, j, span) for span in one["source"]) for j in scene.sources]
            source[k] = int(scene.sources[int(np.argmax(found))]) if found and max(found) else -1
    return content, source
