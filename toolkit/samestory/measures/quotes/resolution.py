"""Give every attribution of one article the name of its speaker."""

from __future__ import annotations

import re
from collections.abc import Sequence

from samestory.measures.quotes.discourse import Found
from samestory.measures.quotes.name_words import ORGANS
from samestory.measures.quotes.names import parse_name
from samestory.measures.quotes.speakers import People, find_people
from samestory.text import normalise_typography

__all__ = ["resolve_speakers"]

_HE_SHE = frozenset(("he", "she"))
_REFERS_BACK = frozenset("it they who which both".split())
_ORGAN = re.compile(rf"\b(?:{'|'.join(sorted(ORGANS))})\s+([A-Z][^\W\d_]+(?:\s+[A-Z][^\W\d_]+)*)\Z")
_NOBODY = frozenset("i we you one those these this that some many others most all none another".split())


def resolve_speakers(text: str, found: Sequence[Found], bounds: Sequence[int]) -> list[str | None]:
    """Name the speaker of each attribution of one article.

    Parameters
    ----------
    text : str
        The article.
    found : sequence of Found
        Its attributions.
    bounds : sequence of int
        Where its sentences begin.

    Returns
    -------
    list of str or None
        A person's fullest name in the article, the phrase of a group or an organisation, None where
        nobody is named or a pronoun has nobody to stand for.
    """
    people = find_people(text)
    people.learn_genders(text, bounds)
    order = sorted(range(len(found)), key=lambda i: _place(found[i]))
    names: list[str | None] = [None] * len(found)
    last: str | None = None
    for i in order:
        one = found[i]
        if one.carried_from is not None:
            names[i] = names[one.carried_from]
        elif one.attribution.source:
            phrase = " ".join(text[a:b] for a, b in one.attribution.source)
            names[i] = _resolve(people, phrase, one.attribution.source[0][0], bounds, last)
        last = names[i] or last
    return names


def _place(found: Found) -> int:
    a = found.attribution
    return min(s for s, _ in a.source) if a.source else max(e for _, e in a.content)


def _resolve(people: People, phrase: str, place: int, bounds: Sequence[int], last: str | None) -> str | None:
    plain = normalise_typography(phrase).strip().lower()
    if plain in _HE_SHE:
        return people.by_pronoun(plain, place, bounds, last)
    if plain in _REFERS_BACK:
        return last if plain in ("it", "they", "both") and last is not None and last[:1].islower() else None
    if plain in _NOBODY:
        return None
    name = parse_name(phrase)
    if name is not None:
        known = people.by_name(name, place)
        if known is not None:
            return known
        titled = _head(phrase)
        return titled if name.roles and titled[:1].isupper() else name.full
    head = _head(phrase)
    organ = _ORGAN.search(head)
    if organ:
        return organ.group(1)
    return people.by_role(head, place) or _shortened(head)


def _head(phrase: str) -> str:
    """Return the phrase without its appositions."""
    return re.split(r",\s|\s\(|\swho\s|\s[–—]\s", phrase)[0].strip()


def _shortened(head: str) -> str:
    """Return the phrase of a group with a small first letter where that is only a determiner."""
    first, _, rest = head.partition(" ")
    return (
        f"{first.lower()} {rest}"
        if rest
        and first
        in ("The", "A", "An", "His", "Her", "Its", "Their", "Some", "Two", "Three", "Several", "Many", "One")
        else head
    )
