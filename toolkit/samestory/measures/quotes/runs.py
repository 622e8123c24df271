"""Runs of capitalised words: what they name, and where a text names a person by surname."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from functools import lru_cache

from samestory.measures.quotes.name_words import FIRST_NAMES, OFFICES
from samestory.measures.quotes.names import Name, parse_name
from samestory.measures.quotes.words import CLAUSE_LINKS, PREPOSITIONS
from samestory.text import normalise_typography

__all__ = ["name_of", "places_of", "runs_of"]

_SHORT = "Mr Mrs Ms Dr Sen Sens Rep Reps Gov Gen Prof Lt Col Sgt St Rev Del Capt Maj".split()
_ENDING = r"[a-z]*+[^\W\d_]*+"  # of a word; nearly all letters are a to z
_CAPITALS = (
    rf"[A-Z](?:{_ENDING}(?:['’-][^\W\d_]++)*+[ \u00a0]++|"
    rf"(?:{'|'.join(f'(?<={word[0]}){word[1:]}' for word in _SHORT)})?\.\s?)"
)
_PARTICLE = r"(?:al|bin|van|von|der|de|del|di|da|la|el) +"
_LAST = rf"(?:al-)?[A-Z](?=[^\W\d_]){_ENDING}(?:['’-](?!s\b)[^\W\d_]+)*"
# A run of capitalised words: one that a capital begins, to which the search skips, or else a particle.
_RUN = re.compile(rf"{_CAPITALS}(?:{_CAPITALS}|{_PARTICLE}){{0,9}}{_LAST}")
_RUN_OF_PARTICLE = re.compile(rf"(?=[A-Zabdelv])(?:{_CAPITALS}|{_PARTICLE}){{1,10}}{_LAST}")
# Where a particle may stand before a capital.
_BEHIND_PARTICLE = re.compile(
    r"[ -][A-Z](?:(?<=(?:al|de|di|da|la|el) .)|(?<=(?:bin|van|von|der|del) .)|(?<=  .)|(?<=al-.))"
)
_ENDS = frozenset('.!?”"')
_LETTERS = re.compile(r"[^\W\d_]+")
_LINE = re.compile(r"[^\n]+")
# All of the first 256 characters but those that may be capitals and "?", which stands for all others.
_NO_CAPITALS = bytes(c for c in range(256) if c < 0xAA and not chr(c).isupper() and chr(c) != "?")
_SMALL_ENDS = ("e ", "s ", "d ", "t ", "n ", "y ")  # of words
# A whole word that begins with a capital. The letter comes first, so the search skips to it; looking back
# from there tells the inner part of a word ("non-Kerrel").
_CAPITALISED = re.compile(
    rf"[A-Z\u00aa-\u1fff\u2070-\U0010ffff](?<=[^\W\d_])(?<![^\W\d_].)(?<![^\W\d_]['’-].){_ENDING}"
    r"(?:['’-](?!s\b)[^\W\d_]+)*"
)


def runs_of(text: str) -> Iterator[tuple[str, int, list[re.Match[str]]]]:
    r"""Yield each line that holds runs of capitalised words, where it begins, and the runs.

    Lines that are in capitals as a whole are left out: a headline names nobody.

    Examples
    --------
    >>> [[m.group() for m in runs] for _, _, runs in runs_of("Then Ida Moss left.\nRAIN IN AMSEL AGAIN")]
    [['Then Ida Moss']]
    """
    for found in _LINE.finditer(text):
        line = found.group()
        runs = list((_RUN_OF_PARTICLE if _BEHIND_PARTICLE.search(line) else _RUN).finditer(line))
        if runs and not _in_capitals(line):
            yield line, found.start(), runs


def _in_capitals(line: str) -> bool:
    small = sum(map(line.count, _SMALL_ENDS))
    if len(line.encode("latin-1", "replace").translate(None, _NO_CAPITALS)) <= 0.7 * small:
        return False  # too few capitals for so many words
    words = _LETTERS.findall(line)
    if len(words) > 2 and sum(map(str.isupper, words)) > 0.7 * len(words):
        return True
    finished = line.rstrip()[-1:] in _ENDS
    return not finished and len(words) > 5 and sum(w[0].isupper() for w in words) > 0.7 * len(words)


@lru_cache(maxsize=1 << 16)
def name_of(written: str) -> tuple[str, Name | None]:
    """Read the name in a run of capitalised words; a single word is one where an office or a title stands by.

    Returns
    -------
    (str, Name or None)
        The run without what opens its sentence, and the name.

    Examples
    --------
    >>> name_of("Yesterday Mayor Ida Moss")
    ('Mayor Ida Moss', Name(words=('Ida', 'Moss'), roles=(('mayor',),)))
    """
    first, _, rest = written.partition(" ")
    opening = first.lower() in _FRONTS or first.endswith("ing")
    run = rest.strip() if opening else written
    if run.isupper() and run.split()[0].lower() in FIRST_NAMES:
        run = run.title()  # the label of a transcript
    name = parse_name(run) or _from_first_name(run)
    if name is None or len(name.words) > 5 or any(_GLUED.search(w) for w in name.words):
        return run, None
    if len(name.words) == 1:
        titled = name.roles and not OFFICES.isdisjoint(name.roles[0]) | _polite(run)
        return run, name if titled else None
    return run, name if len(set(name.words)) == len(name.words) else None


def _from_first_name(run: str) -> Name | None:
    """Read the name that begins with a known first name in a run that as a whole is none."""
    words = run.split()
    start = next((i for i, w in enumerate(words[:-1]) if i and w.lower() in FIRST_NAMES), None)
    name = parse_name(" ".join(words[start:])) if start is not None else None
    return name if name is not None and len(name.words) > 1 else None


def _polite(run: str) -> bool:
    return run.split()[0].rstrip(".") in (
        "Mr",
        "Mrs",
        "Ms",
        "Miss",
        "Dr",
        "Sir",
        "Lord",
        "Lady",
        "Sen",
        "Rep",
        "Gov",
    )


_GLUED = re.compile(r"[^\W\d_A-Z]{3}[A-Z]")  # two words that lost the blank between them
_FRONTS = (
    PREPOSITIONS
    | CLAUSE_LINKS
    | frozenset("beyond both even then now also yesterday dear one two given said says".split())
)


def places_of(text: str, surnames: Collection[str]) -> list[tuple[int, str]]:
    """Find where surnames, in plain lower case, stand as whole words that begin with a capital.

    Examples
    --------
    >>> places_of("Moss and non-Moss, MOSS and moss", ["moss"])
    [(0, 'moss'), (19, 'moss')]
    """
    small = _plain(text)
    if len(small) != len(text) or "Σ" in text:  # lower case makes two letters of one, or looks at the next
        words = ((m.start(), _plain(m.group())) for m in _CAPITALISED.finditer(text))
        return [(at, word) for at, word in words if word in surnames and text[at].isupper()]
    out: list[tuple[int, str]] = []
    for surname in filter(None, surnames):
        at = small.find(surname)
        while at >= 0:
            m = _CAPITALISED.match(text, at) if text[at].isupper() else None
            if m is not None and _plain(m.group()) == surname:
                out.append((at, surname))
            at = small.find(surname, at + 1)
    return sorted(out)


def _plain(word: str) -> str:
    return normalise_typography(word).lower()
