"""Speech that the layout marks: transcripts ("MOSS: No."), lines that a dash opens ("— No, said Moss.")."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator
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
_COLON = re.compile(r":(?=[ \t])")
_DASH = re.compile(r"[—–―](?=[ \t])")
_TWEET = re.compile(
    r"^[ \t]*(?P<said>\S[^\n]{0,500}?)[ \t]*(?P<mark>[—–]|--)[ \t]*(?P<name>[^—–\n]{1,60}\(@\w{1,15}\)"
    r"(?:[ \t]+[A-Z][a-z]{2,8}\.?[ \t]+\d{1,2},[ \t]+\d{4})?)[ \t]*$",
    re.MULTILINE,
)
_ASKED = re.compile(r"^[ \t]*(?P<name>Q|A)(?P<colon>[:.])[ \t]+(?P<said>\S[^\n]*)$", re.MULTILINE)
_COURTESY = re.compile(r"(?:Mr|Mrs|Ms|Miss|Dr|Sen|Rep|Gov|Judge|Justice|Chairman|Senator)\b")
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
    capitals, or at least four lines, or two with courtesy titles; lines that "Q:" and "A:" open are one too.
    What a line says after its label is the content. A line that ends with a dash, a name and a handle is a
    tweet.

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
    labelled, closes = _labelled(text)
    asked = _asked(text) + (labelled if closes else [])
    closed = [(made, m.span()) for m in _opened(text) if (made := _dashed(m)) is not None]
    closed += [(_line(m, "tweet", m.span("mark")), m.span()) for m in _tweets(text)]
    closed += [(_line(m, "transcript", m.span("colon")), m.span()) for m in asked]
    closed.sort(key=lambda one: one[1])
    open_lines = [] if closes else [_line(m, "transcript", m.span("colon")) for m in labelled]
    return Script((*open_lines, *(made for made, _ in closed)), tuple(line for _, line in closed))


def _tweets(text: str) -> list[re.Match[str]]:
    return list(_TWEET.finditer(text)) if "(@" in text else []


def _opened(text: str) -> list[re.Match[str]]:
    """Return the lines that a dash opens."""
    dashes = _DASH.finditer(text)
    opens = any(not text[text.rfind("\n", 0, m.start()) + 1 : m.start()].strip(" \t") for m in dashes)
    return list(_DASHED.finditer(text)) if opens else []


def _asked(text: str) -> list[re.Match[str]]:
    """Return the lines of an interview that "Q:" and "A:" open, where both do."""
    if not ("Q:" in text or "Q." in text):
        return []
    lines = list(_ASKED.finditer(text))
    return lines if {m["name"] for m in lines} == {"Q", "A"} else []


def _line(m: re.Match[str], rule: str, cue: Span) -> Attribution:
    return Attribution((m.span("said"),), (m.span("name"),), (cue,), rule, ":", "neutral")


def _labelled(text: str) -> tuple[list[re.Match[str]], bool]:
    """Return the lines of a transcript, and whether they are told by courtesy titles alone."""
    if text.count(": ") + text.count(":\t") < 2:
        return [], True  # no two lines with a label
    lines = [m for m in _labels(text) if _may_speak(m)]
    capitals = [m for m in lines if m["name"].isupper() and len(m["name"]) > 1]
    if _repeats(capitals):
        return capitals, False
    if len(lines) >= _FEWEST_LABELS and _repeats(lines):
        return lines, False
    courtesy = [m for m in lines if _COURTESY.match(m["name"])]
    return courtesy if len({m["name"] for m in courtesy}) > 1 else [], True


def _labels(text: str) -> Iterator[re.Match[str]]:
    """Find the lines that a label opens: only lines with a colon and a blank can."""
    if "\n(" in text:  # what stands in brackets behind a name may begin the next line
        yield from _LABEL.finditer(text)
        return
    end = 0
    for colon in _COLON.finditer(text):
        if colon.start() >= end:
            m = _LABEL.match(text, text.rfind("\n", 0, colon.start()) + 1)
            end = text.find("\n", colon.start())
            end = len(text) if end < 0 else end
            if m is not None:
                yield m


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
