"""The works that a methods text cites: in the text, in a list of references, and as BibTeX."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Iterable, Mapping
from functools import lru_cache
from importlib import resources
from types import MappingProxyType
from typing import Any

__all__ = ["bibtex", "bibtex_text", "cited_keys", "in_words", "reference", "works"]

_MARK = re.compile(r"\[(@[\w-]+(?:; @[\w-]+)*)\]")
_FIELDS = ("title", "journal", "booktitle", "publisher", "volume", "number", "pages", "doi")
_SPECIAL: Mapping[str, str] = MappingProxyType(
    {
        "\\": r"\textbackslash{}",
        "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}",
        "’": "'",
        "–": "--",
        **{c: f"\\{c}" for c in "&%$#_{}"},
    }
)
# What a letter carries in Unicode, and how TeX writes it.
_ACCENTS: Mapping[str, str] = MappingProxyType(
    {
        "\u0300": "`",
        "\u0301": "'",
        "\u0302": "^",
        "\u0303": "~",
        "\u0308": '"',
        "\u0327": "c ",
        "\u030c": "v ",
    }
)


@lru_cache(maxsize=1)
def works() -> Mapping[str, Mapping[str, Any]]:
    """Return every work that can be cited, by its key."""
    text = resources.files("samestory.report").joinpath("references.toml").read_text(encoding="utf-8")
    return MappingProxyType(tomllib.loads(text))


def cited_keys(text: str) -> list[str]:
    """List the keys that a text cites as ``[@key]``, in the order of the alphabet.

    Examples
    --------
    >>> cited_keys("Scored with VADER [@hutto2014vader] and tested [@fisher1935design; @pitman1937].")
    ['fisher1935design', 'hutto2014vader', 'pitman1937']
    """
    found = {key.strip("@ ") for mark in _MARK.findall(text) for key in mark.split(";")}
    return sorted(found & works().keys())  # the name of a corpus may look like a citation and be none


def in_words(text: str) -> str:
    """Write the citations of a text as authors and year.

    Examples
    --------
    >>> in_words("Scored with VADER [@hutto2014vader].")
    'Scored with VADER (Hutto & Gilbert, 2014).'
    """
    return _MARK.sub(_written, text)


def _written(mark: re.Match[str]) -> str:
    keys = [k.strip("@ ") for k in mark.group(1).split(";")]
    known = all(k in works() for k in keys)
    return f"({'; '.join(_short(works()[k]) for k in keys)})" if known else mark.group()


def _short(work: Mapping[str, Any]) -> str:
    names = [a.split(", ")[0] for a in work["authors"]]
    many = len(names) > 2 or work.get("others")
    who = f"{names[0]} et al." if many else " & ".join(names)
    return f"{who}, {work['year']}"


def reference(key: str) -> str:
    """Write a work as it stands in a list of references.

    Examples
    --------
    >>> reference("fisher1935design")
    'Fisher, R. A. (1935). The design of experiments. Oliver and Boyd.'
    """
    work = works()[key]
    authors = list(work["authors"])
    if work.get("others"):
        who = f"{', '.join(authors)}, et al."
    elif len(authors) > 1:
        who = f"{', '.join(authors[:-1])}, & {authors[-1]}"
    else:
        who = authors[0]
    where = work.get("journal") or work.get("booktitle") or work.get("publisher", "")
    volume = work.get("volume", "") + (f"({work['number']})" if "number" in work else "")
    parts = [p for p in (where, volume, work.get("pages", "")) if p]
    doi = f" https://doi.org/{work['doi']}" if "doi" in work else ""
    return f"{who} ({work['year']}). {work['title']}. {', '.join(parts)}.{doi}"


def bibtex(keys: Iterable[str]) -> str:
    """Write works as BibTeX, in the order of their keys."""
    return "\n".join(_entry(key, works()[key]) for key in sorted(set(keys)))


def _entry(key: str, work: Mapping[str, Any]) -> str:
    authors = [*work["authors"], *(["others"] if work.get("others") else [])]
    lines = [f"@{work['type']}{{{key},", f"  author = {{{' and '.join(map(bibtex_text, authors))}}},"]
    for field in _FIELDS:
        if field in work:
            # The second pair of braces keeps capitals as they are.
            inner = bibtex_text(str(work[field]))
            lines.append(f"  {field} = {{{{{inner}}}}}," if field == "title" else f"  {field} = {{{inner}}},")
    lines.append(f"  year = {{{work['year']}}}")
    return "\n".join([*lines, "}", ""])


def bibtex_text(text: str) -> str:
    r"""Escape a text for BibTeX; accents are written as TeX writes them, so that the file is ASCII.

    Examples
    --------
    >>> print(bibtex_text("Schütze & Søn"))
    Sch{\"u}tze \& S{\o}n
    """
    return "".join(_letter(c) for c in text)


def _letter(letter: str) -> str:
    if letter in _SPECIAL:
        return _SPECIAL[letter]
    named = {"ø": r"{\o}", "Ø": r"{\O}", "ß": r"{\ss}", "ł": r"{\l}", "æ": r"{\ae}", "å": r"{\aa}"}
    if letter in named:
        return named[letter]
    parts = unicodedata.normalize("NFD", letter)
    if len(parts) == 2 and parts[1] in _ACCENTS and parts[0].isascii():
        return f"{{\\{_ACCENTS[parts[1]]}{parts[0]}}}"
    return letter
