"""Speech that the layout marks: transcripts ("MOSS: No."), lines that a dash opens ("— No, said Moss.")."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from dataclasses import dataclass

from samestory.measures.quotes.cues import cue_lexicon
from samestory.measures.quotes.drafts import Attribution
from samestory.measures.quotes.layout import LABELS
from samestory.text import Span, normalise_typography

__all__ = ["Script", "read_script"]

_LABEL = re.compile(
    r"^[ \t]*(?P<name>[A-Z][\w.’'-]*(?:[ ,]+[A-Z][\w.’'-]*){0,6})(?:\s\([^()\n]{1,40}\))?"
    r"(?P<colon>:)[ \t]+(?P<said>\S[^\n]*)$",
    re.MULTILINE,
)
_DASHED = re.compile(
    r"^[ \t]*[—–―][ \t]+(?P<said>[^—–―\n]+?)(?P<mark>[,?!…])[ \t]+(?P<frame>[^—–―\n,.?!:;\"“”]+?)"
    r"(?:[.,]?[ \t]*[—–―][ \t]*(?P<more>[^\n]+)|\.?)[ \t]*$",
    re.MULTILINE,
)
_NO_SPEAKER = frozenset("just watched hide caption image source photos pros cons step part tip".split())
_FEWEST_LABELS = 4  # lines, where labels are not all capitals
_LONGEST_FRAME = 7  # words


@dataclass(frozen=True, slots=True)
class Script:
    """What the layout attributes, and the lines in which nothing else is to be sought."""

    attributions: tuple[Attribution, ...]
    closed: tuple[Span, ...]

    def holds(self, place: int) -> bool:
        """Whether a place lies in a line that is wholly accounted for."""
        at = bisect_right(self.closed, place, key=lambda line: line[0]) - 1
        return at >= 0 and place < self.closed[at][1]


def read_script(text: str) -> Script:
    r"""Find the lines of a transcript, and dialogue that dashes open.

    A text is a transcript when labels of two speakers or more open its lines and one of them twice, all in
    capitals, or at least four lines. What a line says after its label is the content.

    Parameters
    ----------
    text : str
        Any text.

    Returns
    -------
    Script
        Empty for nearly all articles.

    Examples
    --------
    >>> text = "MOSS: No.\nHOST: Why?\nMOSS: It rains."
    >>> [text[a:b] for one in read_script(text).attributions for a, b in one.content]
    ['No.', 'Why?', 'It rains.']
    """
    labelled = tuple(_labelled(text))
    dashed = [(made, m.span()) for m in _DASHED.finditer(text) if (made := _dashed(m)) is not None]
    return Script((*labelled, *(made for made, _ in dashed)), tuple(line for _, line in dashed))


def _labelled(text: str) -> list[Attribution]:
    lines = [m for m in _LABEL.finditer(text) if _may_speak(m)]
    capitals = [m for m in lines if m["name"].isupper() and len(m["name"]) > 1]
    chosen = (
        capitals if _repeats(capitals) else lines if len(lines) >= _FEWEST_LABELS and _repeats(lines) else []
    )
    return [
        Attribution((m.span("said"),), (m.span("name"),), (m.span("colon"),), "transcript", ":", "neutral")
        for m in chosen
    ]


def _repeats(lines: list[re.Match[str]]) -> bool:
    """Whether two speakers or more take turns: told by the last word of the label, one has two lines."""
    turns = Counter(m["name"].split()[-1] for m in lines)
    return len(turns) > 1 and max(turns.values()) > 1


def _may_speak(m: re.Match[str]) -> bool:
    """Whether a label may name a speaker ("READ MORE" and an address do not)."""
    words = {w.strip(".,").lower() for w in m["name"].split()}
    return not m["said"].startswith("//") and words.isdisjoint(LABELS | _NO_SPEAKER)


def _dashed(m: re.Match[str]) -> Attribution | None:
    """Read the frame after what is said: a verb of speech and its subject, either first."""
    words = list(re.finditer(r"\S+", m["frame"]))
    if not 2 <= len(words) <= _LONGEST_FRAME:
        return None
    offset, lexicon = m.start("frame"), cue_lexicon()
    for cue, rest in ((words[0], words[1:]), (words[-1], words[:-1])):
        verb = lexicon.get(normalise_typography(cue.group()).lower())
        if verb is None or not verb.speaks or cue.group().endswith("ing"):
            continue
        end = m.end("said") + (m["mark"] != ",")
        content = ((m.start("said"), end), *((m.span("more"),) if m["more"] else ()))
        source = (offset + rest[0].start(), offset + rest[-1].end())
        at = (offset + cue.start(), offset + cue.end())
        return Attribution(content, (source,), (at,), "dialogue_dash", verb.lemma, verb.stance)
    return None
