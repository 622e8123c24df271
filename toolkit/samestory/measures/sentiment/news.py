"""Names and fixed phrases of the news that VADER misreads (``lexicons/news_neutral.csv``), and their mask."""

from __future__ import annotations

import csv
import re
from functools import lru_cache
from importlib.resources import files

__all__ = ["mask_news", "news_neutral"]

_LETTER = re.compile(r"[^\W\d_]")


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


@lru_cache(maxsize=1)
def _pattern() -> re.Pattern[str]:
    phrases = sorted((e["phrase"] for e in news_neutral()), key=lambda p: (-len(p.split()), p))
    one = (r"[\s-]+".join(f"(?:{_word(w)})" for w in phrase.split()) for phrase in phrases)
    return re.compile(rf"(?<![\w'-])(?:{'|'.join(one)})(?![\w-])")


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
    'The Qqqqqqq Qqqqqqqqq praised the justice of it.'
    """
    return _pattern().sub(
        lambda m: _LETTER.sub(lambda c: "Q" if c.group().isupper() else "q", m.group()), sentence
    )
