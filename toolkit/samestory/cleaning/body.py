"""Where on the page the body is: the stretch of lines with most prose and least furniture."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from samestory.cleaning.lines import Line

__all__ = ["find_body", "weights"]

_PARAGRAPH = 60  # characters of a sentence that make a paragraph of their own
_LABEL = -45.0
_PLACE = {"inside": -45.0, "edge": -100.0, "end": -700.0}
_ROW = 8.0  # of a table of numbers, which a body has and a menu has not
_NUMBERS = 3  # numbers that make a line such a row
_NUMBER = re.compile(r"\d+(?:[.,:]\d+)*")
_REPEATED = -120.0
_ONE_MORE = -5.0
_ENOUGH = 300.0  # characters of prose after which a body may be over
_TRUST = {"inside": 1.0, "edge": 0.9, "end": 0.4}
_LEAST_TRUST = 0.1


def weights(lines: Sequence[Line], taken: Sequence[str | None], recurring: frozenset[str]) -> list[float]:
    """Weigh each line: prose counts its characters, labels and furniture count against the stretch.

    Prose counts less after furniture that stands at the edge or end of a body, since comments and teasers of
    other articles follow there.
    """
    times = Counter(line.plain for line in lines)
    prose, trust, run = 0.0, 1.0, 0.0
    places: set[str] = set()  # of the run of furniture that we are in
    found = []
    for line, why in zip(lines, taken, strict=True):
        value = _weight(line, why, times[line.plain] > 1 or line.plain in recurring)
        if why is None:
            run, places = 0.0, set()
            found.append(value * trust if value > 0 else value)
            prose += max(value, 0.0)
            continue
        # A box of many lines between two paragraphs weighs as its heaviest line, and a little more.
        found.append(min(value - run, _ONE_MORE))
        run = min(run, value)
        place = line.furniture.place if line.furniture else "inside"
        if prose >= _ENOUGH and place not in places:
            trust = max(trust * _TRUST[place], _LEAST_TRUST)
            places.add(place)
    return found


def _weight(line: Line, taken: str | None, repeated: bool) -> float:
    if line.furniture:
        return _PLACE[line.furniture.place]
    if taken:
        return _LABEL
    if repeated:
        return _REPEATED
    length = line.size
    if line.text.endswith(("...", "…")):
        return _LABEL * 0.5  # a teaser, cut off
    if line.sentence:
        return min(length, 500) * (1.0 if length >= _PARAGRAPH else 0.3)
    if length >= 150:
        return min(length, 500) * 0.5
    return _ROW if len(_NUMBER.findall(line.text)) >= _NUMBERS else _LABEL


def find_body(values: Sequence[float]) -> tuple[int, int]:
    """Find the stretch of lines whose weights have the largest sum.

    Parameters
    ----------
    values : sequence of float
        One weight per line.

    Returns
    -------
    (int, int)
        First line and one past the last; (0, 0) when no weight is above 0.

    References
    ----------
    .. [1] Pasternack, J., & Roth, D. (2009). Extracting article text from the web with maximum subsequence
       segmentation. Proceedings of WWW 2009, 971-980.

    Examples
    --------
    >>> find_body([-1, 3, -1, 4, -9, 5])
    (1, 4)
    """
    best, span, total, start = 0.0, (0, 0), 0.0, 0
    for i, value in enumerate(values):
        if total <= 0:
            total, start = 0.0, i
        total += value
        if total > best:
            best, span = total, (start, i + 1)
    return span
