"""Names and fixed phrases of the news that VADER misreads (``lexicons/news_neutral.csv``), and their mask."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from importlib.resources import files
from itertools import pairwise, product

__all__ = ["mask_news", "news_neutral"]

_LETTER, _RUN = re.compile(r"[^\W\d_]"), re.compile(r"[^\W_]+")


@lru_cache(maxsize=1)
def news_neutral() -> tuple[dict[str, str], ...]:
    """Read the list: each entry with ``phrase``, ``kind``, ``reason`` and ``source``.

    Examples
    --------
    >>> news_neutral()[0]["phrase"].split()[0]
    'Justice'
    """
    text = files("samestory").joinpath("lexicons/news_neutral.csv").read_text(encoding="utf-8")
    return tuple(csv.DictReader(line for line in text.splitlines() if not line.startswith("#")))


def _word(forms: str) -> str:
    """Write the forms of one word as a pattern; a form with a capital stands with it, or all in capitals."""
    return "|".join(
        f"{re.escape(f)}|{re.escape(f.upper())}" if f != f.lower() else f"(?i:{re.escape(f)})"
        for f in forms.split("|")
    )


def _openings(phrase: str) -> Iterator[tuple[str, str | None]]:
    """Give the first two runs of letters and digits of every form of a phrase; one of one run has no second.

    Examples
    --------
    >>> list(_openings("Far-right|Green Party")), list(_openings("United"))
    ([('far', 'right'), ('green', 'party')], [('united', None)])
    """
    for forms in product(*(word.split("|") for word in phrase.split()[:2])):
        runs = _RUN.findall(" ".join(forms).lower())
        yield runs[0], runs[1] if len(runs) > 1 else None


def _compiled(phrases: Iterable[str]) -> re.Pattern[str]:
    one = (r"[\s-]+".join(f"(?:{_word(w)})" for w in phrase.split()) for phrase in phrases)
    return re.compile(rf"(?<![\w'-])(?:{'|'.join(one)})(?![\w-])")


@lru_cache(maxsize=1)
def _patterns() -> tuple[re.Pattern[str], dict[str, re.Pattern[str]]]:
    """Return the pattern of all phrases, longest first, and those of the phrases that begin alike."""
    phrases = sorted((e["phrase"] for e in news_neutral()), key=lambda p: (-len(p.split()), p))
    alike: dict[str, list[str]] = {}
    for phrase in phrases:
        for opening in dict.fromkeys(first for first, _ in _openings(phrase)):
            alike.setdefault(opening, []).append(phrase)
    return _compiled(phrases), {opening: _compiled(some) for opening, some in alike.items()}


@lru_cache(maxsize=1)
def _pairs() -> tuple[frozenset[str], frozenset[tuple[str, str | None]]]:
    """Return the phrases of one run, and the runs that the others begin with."""
    pairs = frozenset(pair for entry in news_neutral() for pair in _openings(entry["phrase"]))
    return frozenset(one for one, other in pairs if other is None), pairs


def _found(sentence: str) -> Iterator[re.Match[str]]:
    """Find the phrases, looking only where a word stands that one begins with."""
    everywhere, alike = _patterns()
    if not sentence.isascii():  # letters that are equal but for case need not have one lower case
        yield from everywhere.finditer(sentence)
        return
    lower = sentence.lower()
    runs, (alone, pairs) = _RUN.findall(lower), _pairs()
    # Phrases begin with words such as "in", so that most sentences are told apart by the second one.
    if pairs.isdisjoint(pairwise(runs)) and alone.isdisjoint(runs):
        return
    end = 0
    for word in _RUN.finditer(lower):
        pattern = alike.get(word.group())
        if pattern is not None and word.start() >= end:
            phrase = pattern.match(sentence, word.start())
            if phrase is not None:
                end = phrase.end()
                yield phrase


def mask_news(sentence: str) -> str:
    """Replace the letters of listed phrases, one for one, so that VADER finds no word it knows in them.

    Parameters
    ----------
    sentence : str
        A sentence with plain typography.

    Returns
    -------
    str
        A sentence of the same length with the same words, capitals and marks.

    Examples
    --------
    >>> mask_news("The Justice Secretary praised the justice of it.")
    'The Xxxxxxx Xxxxxxxxx praised the justice of it.'
    """
    parts, at = [], 0
    for phrase in _found(sentence):
        parts += [sentence[at : phrase.start()], _LETTER.sub(_mask, phrase.group())]
        at = phrase.end()
    return "".join((*parts, sentence[at:])) if parts else sentence


def _mask(letter: re.Match[str]) -> str:
    # Not any letter will do: VADER knows "qq" and "jj", as it does other faces.
    return "X" if letter.group().isupper() else "x"
