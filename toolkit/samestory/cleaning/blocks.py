"""Furniture of several lines: linked headlines, lists, boxes, appeals and captions."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Sequence

from samestory.cleaning.lines import Line, is_label, keeps_paragraphs_apart

__all__ = ["take_blocks"]

_LIST_LONGEST = 12  # linked headlines under one heading
_APPEAL_GAP = 3  # lines of an appeal that say nothing of money
# A group of lines that holds one of these is a box.
_BOXES = frozenset(
    {"newsletter", "subscription", "appeal", "appeal_words", "cookies", "comments", "list", "copyright"}
)
_NUMBERED = re.compile(r"\d{1,2}[.)] \S.*")
# A caption whose credit is a name in capitals behind the last full stop.
_CREDIT_AT_END = re.compile(
    r".{10,300}[.!?][\"'”’]? (?:[A-Z][\w&'’-]*(?:,? (?:of |the |for |and |/ ?)*|$)){1,7}(?<![.!?])"
)
_CREDIT_ONLY = re.compile(r"\(?[^.!?]{2,80}\)?")


def take_blocks(lines: Sequence[Line], *, without: Collection[str] = ()) -> list[str | None]:
    """Give each line that is furniture a reason; a line of the body has none.

    Parameters
    ----------
    lines : sequence of Line
        The lines of a page.
    without : collection of str, optional
        Steps to leave out: ``groups`` is what one line of furniture brings along.

    Returns
    -------
    list of (str or None)
        One reason per line.
    """
    taken: list[str | None] = [line.furniture.reason if line.furniture else None for line in lines]
    if "groups" in without:
        return taken
    first = next((i for i, line in enumerate(lines) if taken[i] is None and line.sentence), len(lines))
    for i, line in enumerate(lines):
        opens = line.furniture.opens if line.furniture else ""
        if i < first and opens in ("headline", "list", "appeal"):
            continue  # the headline of the article itself may come next
        if opens == "headline":
            _take_headline(lines, taken, i)
        elif opens == "list":
            _take_list(lines, taken, i)
        elif opens == "appeal":
            _take_appeal(lines, taken, i)
        elif "caption" not in without and (taken[i] == "caption" or _is_credited(line.text)):
            _take_caption(lines, taken, i)
    _take_boxes(lines, taken, first)
    return taken


def _is_credited(text: str) -> bool:
    return text[-1:] not in ".!?" and len(text) < 400 and _CREDIT_AT_END.fullmatch(text) is not None


def _take_headline(lines: Sequence[Line], taken: list[str | None], i: int) -> None:
    """Take the linked headline under a "Read more"; it may end in a question or exclamation mark only."""
    if i + 1 < len(lines) and taken[i + 1] is None:
        text = lines[i + 1].text
        near = lines[i + 1].block <= lines[i].block + 1
        if (
            near
            and lines[i + 1].size < 160
            and (not lines[i + 1].sentence or text.rstrip("\"'”’")[-1:] in "?!")
        ):
            taken[i + 1] = "read_more"


def _take_list(lines: Sequence[Line], taken: list[str | None], i: int) -> None:
    """Take the linked headlines under a heading such as "Most read"."""
    for j in range(i + 1, min(i + 1 + _LIST_LONGEST, len(lines))):
        line = lines[j]
        # Without numbers, a list ends with its block where the page has blank lines.
        numbered = bool(_NUMBERED.fullmatch(line.text))
        if taken[j] is None and not (numbered or is_label(line)):
            break
        if line.block > lines[i].block + 1 and not numbered and line.block > lines[j - 1].block:
            break
        taken[j] = taken[j] or "list"


def _take_appeal(lines: Sequence[Line], taken: list[str | None], i: int) -> None:
    """Take what stands between the lines of one appeal, whatever it speaks of."""
    last = i
    for j in range(i + 1, len(lines)):
        found = lines[j].furniture
        if j - last > _APPEAL_GAP:
            break
        if found and found.opens == "appeal":
            last = j
    for j in range(i + 1, last):
        taken[j] = taken[j] or taken[i]


def _take_caption(lines: Sequence[Line], taken: list[str | None], i: int) -> None:
    """Take a caption; a line that is a credit only takes the caption above it along."""
    taken[i] = "caption"
    above = lines[i - 1] if i else None
    if (
        above is None
        or taken[i - 1] is not None
        or not _CREDIT_ONLY.fullmatch(lines[i].text)
        or lines[i].size > 80
    ):
        return
    if (
        lines[i].block == above.block
        and above.size < 260
        and lines[i].plain.lower().startswith(("photo", "image", "picture", "credit", "("))
    ):
        taken[i - 1] = "caption"


def _take_boxes(lines: Sequence[Line], taken: list[str | None], first: int) -> None:
    """Take the rest of a box: a group of lines of which at least one is an appeal, a list or the like.

    Only below the first sentence, since the headline may stand among menu and buttons, and only where the
    page keeps its paragraphs apart with blank lines, so that a group says something.
    """
    if not keeps_paragraphs_apart(lines):
        return
    groups = Counter(line.block for line in lines)
    marked = {line.block: why for line, why in zip(lines, taken, strict=True) if why in _BOXES}
    linked = {line.block for line, why in zip(lines, taken, strict=True) if why == "read_more"}
    for i, line in enumerate(lines[first:], start=first):
        if taken[i] is None and groups[line.block] > 1:
            if line.block in marked and line.size < 400:
                taken[i] = marked[line.block]
            elif line.block in linked and is_label(line):
                taken[i] = "read_more"
