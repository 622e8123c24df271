"""Quotation marks: which stretches of a text stand inside them.

A quotation never crosses a line break: a mark left open ends with its line, so an odd mark damages at
most its own paragraph. Double marks (curly, straight, low, guillemets, ``…'') are paired first; single
marks (British ‘…’ and '…') are looked for outside of them and may enclose them. Apostrophes, inches
and feet are no marks.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

__all__ = ["Quotation", "find_quotations"]


@dataclass(frozen=True, slots=True)
class Quotation:
    """One outermost stretch inside marks, marks included.

    ``closed`` is false when the line ended before the mark was closed; ``single`` is true for
    single marks.
    """

    start: int
    end: int
    closed: bool
    single: bool


# Marks that touch; the first stands alone, so that the search skips to it.
_TOUCHING = re.compile(r"[“”„‟«»‹›〝〞＂\"'‘’‛`][“”„‟«»‹›〝〞＂\"'‘’‛`]*")
# Nine or more marks in a row are ornament.
_DOUBLE = re.compile(r"[“”„‟«»〝〞＂\"'‘’‛`]{9,}|[“”„‟«»‹›〝〞＂\"]|``|''(?!')")
_SINGLE = re.compile(r"[“”„‟«»〝〞＂\"'‘’‛`]{9,}|(?<!')['‘’‛](?!')")
# Words that begin with an apostrophe: decades and clipped words are no quotations.
_CLIPPED = re.compile(r"['‘’](?:\d\ds?\b|(?:em|tis|twas|til|till|cause|n|round|bout|cos)\b)", re.IGNORECASE)
_SINGLES = frozenset("'‘’‛")
_OPENS_AFTER = frozenset(" \t\u00a0\u2009\u202f([{—–-/:;‘'“\"|>")
_ENDERS = frozenset(".,!?;:…—–-")


def find_quotations(text: str) -> list[Quotation]:
    r"""Find the outermost quotations of a text, in order.

    Parameters
    ----------
    text : str
        Any text.

    Returns
    -------
    list of Quotation
        They do not overlap; ``text[q.start:q.end]`` includes the marks.

    Examples
    --------
    >>> text = "‘I won’t go,’ said Moss. She read „Der Fluss“ on the 6' deck."
    >>> [text[q.start:q.end] for q in find_quotations(text)]
    ['‘I won’t go,’', '„Der Fluss“']
    """
    found: list[Quotation] = []
    doubles: list[tuple[int, int, str]] = []
    singles: list[int] = []
    begin = stop = 0  # of the line in which the marks stand
    for m in _TOUCHING.finditer(text):
        start, end = m.span()
        if start >= stop:
            found.extend(_of_line(text, begin, stop, doubles, singles))
            doubles, singles = [], []
            begin, stop = text.rfind("\n", 0, start) + 1, text.find("\n", end)
            stop = len(text) if stop < 0 else stop
        if end - start > 1:
            doubles += [
                (d.start(), d.end(), d[0]) for d in _DOUBLE.finditer(text, start, end) if len(d[0]) < 9
            ]
            singles += [one.start() for one in _SINGLE.finditer(text, start, end) if len(one[0]) == 1]
        elif text[start] in _SINGLES:
            singles.append(start)
        elif text[start] != "`":
            doubles.append((start, end, text[start]))
    found.extend(_of_line(text, begin, stop, doubles, singles))
    return found


def _of_line(
    text: str, begin: int, stop: int, doubles: list[tuple[int, int, str]], singles: list[int]
) -> list[Quotation]:
    """Pair the marks of one line; double ones as nested ones if that comes out even, else as flat ones."""
    found: list[Quotation] = []
    if doubles:
        found, even = _paired(text, begin, stop, doubles, nest=True)
        if not even:
            found = _paired(text, begin, stop, doubles, nest=False)[0]
    if singles:
        found = [*found, *_singles(text, begin, stop, singles, found)]
    return _outermost(found) if len(found) > 1 else found


def _outermost(quotations: list[Quotation]) -> list[Quotation]:
    out: list[Quotation] = []
    for q in sorted(quotations, key=lambda q: (q.start, -q.end)):
        if not out or q.start >= out[-1].end:
            out.append(q)
    return out


def _paired(
    text: str, begin: int, stop: int, marks: list[tuple[int, int, str]], *, nest: bool
) -> tuple[list[Quotation], bool]:
    out: list[Quotation] = []
    stack: list[tuple[int, str]] = []
    last_curly = text.rfind("”", begin, stop)
    for at, after_at, mark in marks:
        before = text[at - 1] if at > begin else " "
        after = text[after_at] if after_at < stop else " "
        opens = _opens(mark, before, after)
        inner = opens and mark in '"“' and (before in _OPENS_AFTER or stack[-1][1] != "„") if stack else False
        inch = mark == '"' and before.isdigit() and after == " " and bool(stack) and stack[-1][1] in "“„"
        if inch and last_curly >= after_at:
            continue  # 12" inside curly marks
        if stack and _closes(mark, stack[-1][1]) and not inner:
            start, _ = stack.pop()
            if not stack:
                out.append(Quotation(start, after_at, closed=True, single=False))
        elif opens:
            # Flat: a second opening means that the first was never closed, and gives it up.
            if not nest:
                stack.clear()
            stack.append((at, mark))
    if stack and text[stack[0][0] : stop].strip("“”„«»\"`' \t"):
        out.append(Quotation(stack[0][0], _rstripped(text, stack[0][0], stop), closed=False, single=False))
    return out, len(stack) < 2


def _opens(mark: str, before: str, after: str) -> bool:
    if after.isspace():
        return mark == "«" and not before.isalnum()
    if mark in "“„«‹‟〝" or mark == "``":
        return True
    if mark in "»›”〞":
        return before in _OPENS_AFTER and after.isalnum()
    # A straight mark after a digit is an inch, after a letter one that was never opened.
    return before in _OPENS_AFTER or not (before.isalnum() or before in ".,!?")


def _closes(mark: str, opener: str) -> bool:
    if opener in "«‹":
        return mark == ("»" if opener == "«" else "›")
    if opener == "»":
        return mark in "«»"
    if opener == "„":
        return mark in '“”"‟'
    return mark in '”"〞＂' or mark == "''"


def _singles(
    text: str, begin: int, stop: int, marks: list[int], doubles: list[Quotation]
) -> Iterator[Quotation]:
    """Pair the single marks of one line that stand outside its double ones."""
    opened: int | None = None
    best: int | None = None  # where the open one would close
    inside = iter(doubles)
    double = next(inside, None)
    for at in marks:
        while double is not None and double.end <= at:
            double = next(inside, None)
        if double is not None and double.start <= at < double.end:
            continue
        before = text[at - 1] if at > begin else " "
        after = text[at + 1] if at + 1 < stop else " "
        if (
            before in _OPENS_AFTER
            and not after.isspace()
            and not _CLIPPED.match(text, at)
            and text[at] != "’"
        ):
            if opened is not None and best is not None:
                yield Quotation(opened, best, closed=True, single=True)
            opened, best = at, None
        elif opened is not None and not after.isalnum() and not before.isspace():
            if best is None:
                best = at + 1
            elif before in _ENDERS and text[best - 2] in "sS" and text[best] == " ":
                best = at + 1  # what looked like the end was a plural possessive
    if opened is None:
        return
    if best is not None:
        yield Quotation(opened, best, closed=True, single=True)
    elif text[opened] == "‘" and (not text[begin:opened].strip() or text[stop:].lstrip()[:1] == "‘"):
        yield Quotation(opened, _rstripped(text, opened, stop), closed=False, single=True)


def _rstripped(text: str, start: int, end: int) -> int:
    while end > start and text[end - 1].isspace():
        end -= 1
    return end
