"""The list of page furniture (``lexicons/furniture.toml``) and what a line of it is called."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from samestory.text import normalise_typography

__all__ = ["Furniture", "furniture", "furniture_of", "plain_line"]

_BLANKS = re.compile(r"\s+")
_ORNAMENT = " •·∙●▪■|»«>›‹<→←↑↓▸▶►▼▲*–—~_#+="


@dataclass(frozen=True)
class Furniture:
    """One reason to take a line out; see the head of ``furniture.toml``."""

    reason: str
    place: str
    opens: str
    longest: int
    alone: bool
    pattern: re.Pattern[str]


@lru_cache(maxsize=1)
def furniture() -> tuple[Furniture, ...]:
    """Read the list that comes with the package, in its order."""
    text = files("samestory").joinpath("lexicons/furniture.toml").read_text(encoding="utf-8")
    return tuple(
        Furniture(
            reason,
            entry["place"],
            entry.get("opens", ""),
            entry["longest"],
            entry.get("alone", True),
            re.compile("|".join(f"(?:{p})" for p in entry["patterns"]), re.IGNORECASE),
        )
        for reason, entry in tomllib.loads(text).items()
    )


def plain_line(line: str) -> str:
    """Return a line as the patterns and the comparison of lines see it.

    Examples
    --------
    >>> plain_line("» Read  more…  ")
    'Read more…'
    """
    # A guillemet between blanks points the way in a menu; elsewhere it is a quotation mark.
    text = _BLANKS.sub(" ", line).strip(_ORNAMENT).replace(" » ", " > ")
    return normalise_typography(text).strip(_ORNAMENT)


def furniture_of(line: str) -> Furniture | None:
    """Return the first entry of the list that matches a line.

    Examples
    --------
    >>> furniture_of("Back to top").reason
    'navigation'
    >>> furniture_of("The minister went back to the top of the hill.") is None
    True
    """
    plain = plain_line(line)
    if not plain:
        return next(f for f in furniture() if f.reason == "ornament")
    return next((f for f in furniture() if len(plain) <= f.longest and f.pattern.fullmatch(plain)), None)
