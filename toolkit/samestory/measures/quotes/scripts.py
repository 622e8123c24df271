"""Speech that the layout marks: transcripts ("MOSS: No."), lines that a dash opens ("— No, said Moss.")."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

from samestory.measures.quotes.cues import cue_lexicon
from samestory.measures.quotes.drafts import Attribution
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
_FEWEST_LABELS = 4  # lines, where labels are not all capitals
_LONGEST_FRAME = 7  # words


@dataclass(frozen=True, slots=True)
class Script:
    """What the layout attributes, and the lines in which nothing else is to be sought."""

    attributions: tuple[Attribution, ...]
    closed: tuple[Span, ...]

    def holds(self, place: int) -> bool:
        """Whether a place lies in a line that is wholly accounted for."""
        return any(a <= place < b for a, b in self.closed)


def read_script(text: str) -> Script:
    r"""Find the lines of a transcript, and dialogue that dashes open.

    A text is a transcript when one speaker's label opens two lines or more, in capitals, or as one of at
    least four labels. What a line says after its label is the content.

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
    lines = [m for m in _LABEL.finditer(text) if not m["said"].startswith("//")]
    capitals = [m for m in lines if m["name"].isupper() and len(m["name"]) > 1]
    chosen = (
        capitals if _repeats(capitals) else lines if len(lines) >= _FEWEST_LABELS and _repeats(lines) else []
    )
    return [
        Attribution((m.span("said"),), (m.span("name"),), (m.span("colon"),), "transcript", ":", "neutral")
        for m in chosen
    ]


def _repeats(lines: list[re.Match[str]]) -> bool:
    """Whether one speaker has two lines, told by the last word of the label."""
    return any(n > 1 for n in Counter(m["name"].split()[-1] for m in lines).values())


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
