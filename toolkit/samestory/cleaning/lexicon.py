"""The list of page furniture (``lexicons/furniture.toml``, and your own) and what a line of it is called."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from typing import Any, NamedTuple

from samestory.errors import CorpusError
from samestory.text import normalise_typography

__all__ = ["Furniture", "Guarded", "furniture", "plain_line", "read_furniture"]

_ORNAMENT = " •·∙●▪■|»«>›‹<→←↑↓▸▶►▼▲*–—~_#+="
_PLACES = ("inside", "edge", "end")
_OPENS = ("", "headline", "list", "appeal")
_KEYS = frozenset({"place", "opens", "longest", "alone", "patterns", "lines", "guarded"})


class Guarded(NamedTuple):
    """A pattern that only a line with one of the words is tried on, and none that ends in ``never_ends``."""

    words: tuple[str, ...]
    pattern: re.Pattern[str]
    never_ends: tuple[str, ...]

    def matches(self, plain: str, lowered: str) -> bool:
        """Say whether a plain line is of this kind; ``lowered`` is the line in lower case."""
        if plain.endswith(self.never_ends) or not any(word in lowered for word in self.words):
            return False
        return self.pattern.fullmatch(plain) is not None


@dataclass(frozen=True)
class Furniture:
    """One reason to take a line out; see the head of ``furniture.toml``."""

    reason: str
    place: str
    opens: str
    longest: int
    alone: bool
    pattern: re.Pattern[str] | None
    guarded: tuple[Guarded, ...]

    def matches(self, plain: str, lowered: str) -> bool:
        """Say whether a plain line is of this kind; ``lowered`` is the line in lower case."""
        if len(plain) > self.longest:
            return False
        if self.pattern is not None and self.pattern.fullmatch(plain):
            return True
        return any(one.matches(plain, lowered) for one in self.guarded)


@lru_cache(maxsize=1)
def furniture() -> tuple[Furniture, ...]:
    """Return the list that comes with the package, in its order."""
    return _read(Path(str(files("samestory"))) / "lexicons" / "furniture.toml")


def read_furniture(path: str | Path) -> tuple[Furniture, ...]:
    r"""Read a furniture list of your own and put it before the one that comes with the package.

    Parameters
    ----------
    path : str or Path
        A TOML file with one table per reason: ``lines`` (whole lines, without regard to case) or ``patterns``
        (regular expressions for a whole line), and where wanted ``place``, ``opens``, ``longest`` and
        ``alone`` as explained at the head of ``lexicons/furniture.toml``. By default a line is ``inside`` and
        at most 200 characters long.

    Returns
    -------
    tuple of Furniture
        For the option ``furniture`` of :func:`~samestory.clean_articles`.

    Raises
    ------
    CorpusError
        The file cannot be read, is not TOML, or holds something else under a key.

    Examples
    --------
    >>> import tempfile
    >>> file = Path(tempfile.mkdtemp()) / "furniture.toml"
    >>> _ = file.write_text('[house_ad]\nlines = ["Our plums, your table"]', encoding="utf-8")
    >>> read_furniture(file)[0].reason
    'house_ad'
    """
    return (*_read(Path(path)), *furniture())


def _read(path: Path) -> tuple[Furniture, ...]:
    try:
        document = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except (OSError, UnicodeDecodeError) as error:
        raise CorpusError(f"the furniture list cannot be read: {error}", path=path) from error
    except tomllib.TOMLDecodeError as error:
        raise CorpusError(
            f"this is not TOML: {error}", hint="write patterns in single quotation marks", path=path
        ) from error
    return tuple(_entry(reason, entry, path) for reason, entry in document.items())


def _entry(reason: str, entry: Any, path: Path) -> Furniture:
    if not isinstance(entry, Mapping) or not _KEYS.issuperset(entry):
        raise CorpusError(
            f"'{reason}' should be a table with the keys {', '.join(sorted(_KEYS))}",
            hint=f'write [{reason}] and lines = ["…"] below it',
            path=path,
        )
    lines, patterns = _texts(entry, "lines", reason, path), _texts(entry, "patterns", reason, path)
    guarded = entry.get("guarded", [])
    place, opens, longest = entry.get("place", "inside"), entry.get("opens", ""), entry.get("longest", 200)
    fine = isinstance(longest, int) and isinstance(entry.get("alone", True), bool) and _are_guarded(guarded)
    if place not in _PLACES or opens not in _OPENS or not fine or not (lines or patterns or guarded):
        raise CorpusError(
            f"'{reason}' needs lines or patterns; place is one of {', '.join(_PLACES)}; "
            f"opens is one of {', '.join(filter(None, _OPENS))}; longest is a number; "
            "alone is true or false; each entry of guarded has needs and pattern",
            path=path,
        )
    patterns = [*(re.escape(plain_line(x)) for x in lines), *patterns]
    try:
        return Furniture(
            reason,
            place,
            opens,
            longest,
            entry.get("alone", True),
            re.compile("|".join(f"(?:{p})" for p in patterns), re.IGNORECASE) if patterns else None,
            tuple(
                Guarded(
                    tuple(g["needs"]), re.compile(g["pattern"], re.IGNORECASE), tuple(g.get("never_ends", ""))
                )
                for g in guarded
            ),
        )
    except re.error as error:
        raise CorpusError(f"a pattern of '{reason}' is no regular expression: {error}", path=path) from error


def _are_guarded(found: Any) -> bool:
    return isinstance(found, list) and all(
        isinstance(g, Mapping)
        and isinstance(g.get("pattern"), str)
        and isinstance(g.get("needs"), list)
        and isinstance(g.get("never_ends", ""), str)
        and all(isinstance(word, str) and word.strip() for word in g["needs"])
        for g in found
    )


def _texts(entry: Mapping[str, Any], key: str, reason: str, path: Path) -> list[str]:
    found = entry.get(key, [])
    if not isinstance(found, list) or not all(isinstance(x, str) and x for x in found):
        raise CorpusError(f"{reason}.{key} should be a list of texts, found {found!r}", path=path)
    return found


def plain_line(line: str) -> str:
    """Return a line as the patterns and the comparison of lines see it.

    Examples
    --------
    >>> plain_line("» Read  more…  ")
    'Read more…'
    """
    # A guillemet between blanks points the way in a menu; elsewhere it is a quotation mark.
    # A line without other blanks than single ones, as most are, needs no splitting.
    text = line if "  " not in line and line.isprintable() else " ".join(line.split())
    text = text.strip(_ORNAMENT)
    if text.isascii():
        return text
    return normalise_typography(text.replace(" » ", " > ")).strip(_ORNAMENT)
