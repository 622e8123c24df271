"""One page: from the lines as pasted to body, headline, byline and credit."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from samestory.cleaning.blocks import take_blocks
from samestory.cleaning.body import find_body, weights
from samestory.cleaning.head import find_headline, is_byline, is_credit
from samestory.cleaning.lexicon import furniture
from samestory.cleaning.lines import Line, keeps_paragraphs_apart
from samestory.text import words

__all__ = ["Page", "clean_page"]

_MENU = 5  # labels in a row that make a text a page
_MENU_SIGNS = 2  # lines of furniture beside them
_SIGNS = 3  # lines of furniture that make a text a page
_SIGN_SHARE = 0.2  # and their share of all lines
_ENDS = frozenset(f.reason for f in furniture() if f.place != "inside") | {"recurring"}
_LONG = 60  # size of a line that a body has once, or as a refrain more often than so many times
_REFRAIN = 4
_MOST_REPEATED = 0.25  # share of the long lines that may be taken as repeated
_DECK_LINES = 3  # lines of a deck
_DECK_SHARE = 0.3  # of a deck, measured by the body below it
_CLOSES_HEAD = frozenset({"date", "share", "byline"})
_DECK = 8  # words of a line under the headline that is no menu entry


@dataclass(frozen=True)
class Page:
    """A cleaned page: what was found in its head, its lines, and why a line went (None where it stayed).

    ``places`` says where a line that stayed begins in ``text``.
    """

    text: str
    title: str | None
    byline: str | None
    credit: str | None
    lines: Sequence[Line]
    taken: Sequence[str | None]
    places: Sequence[int | None]


def clean_page(
    lines: Sequence[Line],
    *,
    title: str | None = None,
    recurring: frozenset[str] = frozenset(),
    without: Collection[str] = (),
) -> Page:
    """Take the furniture out of one text.

    Parameters
    ----------
    lines : sequence of Line
        The lines of a text, with what the furniture list says of each.
    title : str, optional
        The headline where it is known.
    recurring : frozenset of str
        Lines (as ``plain_line`` gives them) that recur in other articles of the outlet.
    without : collection of str, optional
        Steps to leave out; see :func:`~samestory.cleaning.steps.cleaning_steps`.

    Returns
    -------
    Page
        The body, what was found in its head, and why each other line went.
    """
    taken = take_blocks(lines, without=without)
    for i, line in enumerate(lines):
        if line.plain in recurring:
            taken[i] = taken[i] or "recurring"
    is_page = _is_page(lines, taken)
    start, end = _body(lines, taken, recurring, is_page=is_page)
    headline = None if "headline" in without else find_headline(lines, taken, start, title)
    if headline is not None:
        taken[headline] = "headline"
    if start >= _MENU and "repeated" not in without:
        _take_repeated(lines, taken)
    if start >= _MENU and headline is not None and "deck" not in without:
        _take_deck(lines, taken, headline, end)
    bylines, credits = _take_names(lines, taken, start, end, without)
    if "body" not in without:
        _take_outside(lines, taken, start, end, headline, is_page=is_page)
    text, places = _joined(lines, taken)
    return Page(
        text,
        lines[headline].text if headline is not None and title is None else title,
        "; ".join(bylines) or None,
        " ".join(credits) or None,
        lines,
        taken,
        places,
    )


def _body(
    lines: Sequence[Line], taken: Sequence[str | None], recurring: frozenset[str], *, is_page: bool
) -> tuple[int, int]:
    """Find the body; a text that is no page is body from its first sentence to its end."""
    if not is_page:
        first = next((i for i, line in enumerate(lines) if _is_prose(line) and taken[i] is None), 0)
        return first, len(lines)
    start, end = find_body(weights(lines, taken, recurring))
    return (start, _after_boxes(lines, taken, end)) if end else (0, len(lines))


def _after_boxes(lines: Sequence[Line], taken: Sequence[str | None], end: int) -> int:
    """Go on to paragraphs that a box parts from the body, where each stands between blank lines."""
    if not keeps_paragraphs_apart(lines):
        return end
    groups = Counter(line.block for line in lines)
    for i in range(end, len(lines)):
        found = lines[i].furniture
        if taken[i] is None:
            if not lines[i].sentence or groups[lines[i].block] > 1:
                break
            end = i + 1
        elif found is not None and found.place == "end":
            break
    return end


def _is_prose(line: Line) -> bool:
    return line.sentence or len(line.text) > 200


def _is_page(lines: Sequence[Line], taken: Sequence[str | None]) -> bool:
    """Say whether a text looks pasted: a menu, or furniture that makes up a good part of its lines.

    Short lines alone are no menu: an extracted body may hold a table or a recipe.
    """
    run = longest = signs = 0
    for line, why in zip(lines, taken, strict=True):
        run = 0 if line.sentence or len(line.text) > 60 else run + 1
        longest = max(longest, run)
        signs += why is not None
    if longest >= _MENU and signs >= _MENU_SIGNS:
        return True
    return signs >= _SIGNS and signs >= _SIGN_SHARE * len(lines)


def _take_repeated(lines: Sequence[Line], taken: list[str | None]) -> None:
    """Take long lines that stand on the page a few times: teasers and captions.

    A line that comes more often is the refrain of a body, such as a question put to many, and where much of
    the page is repeated the text was pasted twice: both stay.
    """
    times = Counter(line.plain for line in lines)
    long = [i for i, line in enumerate(lines) if taken[i] is None and line.size >= _LONG]
    again = [i for i in long if 1 < times[lines[i].plain] <= _REFRAIN]
    if sum(lines[i].size for i in again) <= _MOST_REPEATED * sum(lines[i].size for i in long):
        for i in again:
            taken[i] = "repeated"


def _take_deck(lines: Sequence[Line], taken: list[str | None], headline: int, end: int) -> None:
    """Take the deck: what stands between the headline and the byline, the date or the buttons."""
    below = range(headline + 1, min(headline + 2 + _DECK_LINES, end))
    closed = next((i for i in below if taken[i] in _CLOSES_HEAD or is_byline(lines[i].plain)), None)
    if closed is None:
        return
    deck = [i for i in range(headline + 1, closed) if taken[i] is None]
    rest = sum(lines[i].size for i in range(closed, end) if taken[i] is None and lines[i].sentence)
    if sum(lines[i].size for i in deck) < _DECK_SHARE * rest:
        for i in deck:
            taken[i] = "deck"


def _take_names(
    lines: Sequence[Line],
    taken: list[str | None],
    start: int,
    end: int,
    without: Collection[str],
) -> tuple[list[str], list[str]]:
    """Take byline and credit lines out of head, body and foot."""
    bylines, credits = [], []
    for i, line in enumerate(lines):
        if taken[i] is not None:
            continue
        if start + 2 <= i < end - 3:
            continue  # in the middle of the body, a reporter may speak of reporters
        if "byline" not in without and is_byline(line.plain):
            taken[i] = "byline"
            bylines.append(line.text)
        elif "credit" not in without and is_credit(line.text):
            taken[i] = "credit"
            credits.append(line.text)
    return list(dict.fromkeys(bylines)), list(dict.fromkeys(credits))


def _take_outside(
    lines: Sequence[Line],
    taken: list[str | None],
    start: int,
    end: int,
    headline: int | None,
    *,
    is_page: bool,
) -> None:
    """Take what stands before and after the body, if anything there says that it is furniture."""
    head = [i for i in range(start) if taken[i] is None]
    known = any(taken[i] not in (None, "headline", "byline", "credit") for i in range(start))
    if is_page and (known or len(head) >= _MENU):
        for i in head:
            below = headline is not None and i > headline
            if not (below and len(words(lines[i].text)) >= _DECK):
                taken[i] = "page_head"
    elif headline is not None:
        for i in head:
            if i < headline:
                taken[i] = "page_head"
    # A list at the end of an article stays, unless the page has a menu above or furniture below.
    if start >= _MENU or any(taken[i] in _ENDS for i in range(end, len(lines))):
        for i in range(end, len(lines)):
            taken[i] = taken[i] or "page_foot"


def _joined(lines: Sequence[Line], taken: Sequence[str | None]) -> tuple[str, list[int | None]]:
    """Join the lines that stay as they stood: with a blank line where there was at least one between them."""
    parts: list[str] = []
    places: list[int | None] = []
    at, block = 0, 0
    for line, why in zip(lines, taken, strict=True):
        if why is not None:
            places.append(None)
            continue
        gap = "" if not parts else "\n" if line.block == block else "\n\n"
        parts += [gap, line.text]
        places.append(at + len(gap))
        at += len(gap) + len(line.text)
        block = line.block
    return "".join(parts), places
