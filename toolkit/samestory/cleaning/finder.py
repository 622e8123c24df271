"""The furniture list as one quick test: most lines of a corpus are body, and most time goes to them."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from samestory.cleaning.lexicon import Furniture, furniture

__all__ = ["FurnitureFinder", "furniture_finder"]

_STOP = "."  # most lines of a body end in it, and many patterns never match such a line
_BOUNDS = (160, 400)  # lengths that part lines with many patterns to try from those with few
# Escapes that mean the same in lower case; any other may stand for a capital.
_SAFE_ESCAPES = re.compile(r"\\(?:[wWsSdDbB]|x27|[^\w\s])")


class _Screen(NamedTuple):
    """What lines of a kind may match: all plain patterns in one, and by word the guarded ones."""

    lowered: re.Pattern[str] | None
    cased: re.Pattern[str] | None
    guarded: tuple[tuple[str, tuple[re.Pattern[str], ...]], ...]

    def may_match(self, plain: str, lowered: str) -> bool:
        if self.lowered is not None and self.lowered.fullmatch(lowered):
            return True
        if self.cased is not None and self.cased.fullmatch(plain):
            return True
        for word, patterns in self.guarded:
            if word in lowered and any(pattern.fullmatch(plain) for pattern in patterns):
                return True
        return False


class FurnitureFinder:
    """Finds the first entry of a furniture list that matches a line.

    Parameters
    ----------
    entries : sequence of Furniture
        The list.

    Notes
    -----
    All patterns that lines of about one length may match are tried at once, and on the line in lower case
    where that is the same, since comparing without regard to case is slow. Only a line that passes this
    test is held against the entries one by one.

    Examples
    --------
    >>> find = FurnitureFinder(furniture())
    >>> find("Back to top").reason, find("The minister went back to the top of the hill.")
    ('navigation', None)
    """

    def __init__(self, entries: Sequence[Furniture]) -> None:
        self._entries = tuple(entries)
        self._ornament = next((f for f in entries if f.reason == "ornament"), None)
        longest = max((f.longest for f in entries), default=0)
        self._bounds = [*(b for b in _BOUNDS if b < longest), longest]
        self._screens = [
            {stopped: _screen(entries, over, stopped=stopped) for stopped in (True, False)}
            for over in (0, *self._bounds[:-1])
        ]

    def __call__(self, plain: str) -> Furniture | None:
        """Return the entry for a line as ``plain_line`` gives it; one of ornaments only is an empty one."""
        if not plain:
            return self._ornament
        at = bisect_left(self._bounds, len(plain))
        if at == len(self._bounds):
            return None
        lowered = plain.lower()
        screen = self._screens[at][plain.endswith(_STOP)]
        # Beyond ASCII, letters in lower case may differ from what a pattern takes for the same.
        if lowered.isascii() and not screen.may_match(plain, lowered):
            return None
        return next((f for f in self._entries if f.matches(plain, lowered)), None)


@lru_cache(maxsize=1)
def furniture_finder() -> FurnitureFinder:
    """Return the finder of the list that comes with the package."""
    return FurnitureFinder(furniture())


def _screen(entries: Sequence[Furniture], over: int, *, stopped: bool) -> _Screen:
    """Make the test for lines longer than ``over``, and such as end in a full stop, or such as do not."""
    long = [f for f in entries if f.longest > over]
    patterns = [f.pattern.pattern for f in long if f.pattern is not None]
    guarded: defaultdict[str, list[re.Pattern[str]]] = defaultdict(list)
    for one in (one for f in long for one in f.guarded):
        if not (stopped and _STOP in one.never_ends):
            for word in one.words:
                guarded[word].append(one.pattern)
    return _Screen(
        _any_of([p for p in patterns if _same_in_lower_case(p)], 0),
        _any_of([p for p in patterns if not _same_in_lower_case(p)], re.IGNORECASE),
        tuple((word, tuple(found)) for word, found in guarded.items()),
    )


def _any_of(patterns: Sequence[str], flags: int) -> re.Pattern[str] | None:
    return re.compile("|".join(f"(?:{p})" for p in patterns), flags) if patterns else None


def _same_in_lower_case(pattern: str) -> bool:
    """Say whether a pattern finds in a lower-case line what it finds in the line without regard to case."""
    rest = _SAFE_ESCAPES.sub("", pattern)
    return "\\" not in rest and rest == rest.lower() and re.search(r"\(\?[a-z]*-", rest) is None
