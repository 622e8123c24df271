"""Who the speakers are: one name per speaker within an article, and across articles."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field

from samestory.measures.quotes.name_words import OFFICES
from samestory.measures.quotes.names import (
    Name,
    first_name_gender,
    fits_role,
    is_variant,
    parse_name,
    role_words,
)
from samestory.text import normalise_typography

__all__ = ["People", "find_people"]

_RUN = re.compile(
    r"(?:(?:[A-Z]|Mr|Mrs|Ms|Dr|Sen|Rep|Gov|Gen|Prof|Lt|Col|Sgt|St|Rev)\.\s+|[A-Z][^\W\d_]*(?:['’-][^\W\d_]+)*\s+|"
    r"(?:al|bin|van|von|der|de|del|di|da|la|el)\s+){1,6}"
    r"(?:[A-Z][^\W\d_]+(?:['’-](?!s\b)[^\W\d_]+)*)"
)
# Capitalised words: the part after an inner mark belongs to the word that begins before it.
_CAPITALISED = re.compile(r"(?<![^\W\d_])(?<![^\W\d_]['’-])[^\W\d_a-z][^\W\d_]*(?:['’-](?!s\b)[^\W\d_]+)*")
_OFFICE_ENDS = tuple(sorted(OFFICES))
_ENDS = frozenset('.!?”"')
_LETTERS = re.compile(r"[^\W\d_]+")
_LINE = re.compile(r"[^\n]+")
_BEFORE = re.compile(r"((?:[^\W\d_]+(?:['’-][^\W\d_]+)*\s+){1,6})\Z")
_AFTER = re.compile(r",\s+((?:[^\s,.;:“\"]+\s?){1,12})")
_FRONT = re.compile(
    r"\b((?:the|an?|his|her|its|their)\s+(?:[^\s,.;:“”\"]+\s+){0,5}[^\s,.;:“”\"]+),\s+\Z", re.IGNORECASE
)


@dataclass(slots=True)
class _Person:
    name: Name
    roles: list[tuple[str, ...]] = field(default_factory=list)
    gender: str | None = None
    places: list[int] = field(default_factory=list)


class People:
    """The persons that one text names, and where."""

    def __init__(self) -> None:
        self._persons: list[_Person] = []
        self._by_surname: dict[str, list[_Person]] = {}
        self._places: list[tuple[int, int]] = []  # where, which person

    def add(self, name: Name, place: int) -> None:
        """Note one full name."""
        namesakes = self._by_surname.setdefault(name.surname, [])
        for person in namesakes:
            if is_variant(person.name.words[0], name.words[0]):
                break
            shorter, longer = sorted((person.name.words, name.words), key=len)
            if longer[-len(shorter) :] == shorter:
                person.name = Name(shorter)  # the longer one has a title that is not known as one
                break
        else:
            person = _Person(Name(name.words))
            namesakes.append(person)
            self._persons.append(person)
        person.roles.extend(name.roles)
        person.gender = person.gender or first_name_gender(name)
        person.places.append(place)

    def add_role(self, name: Name, role: tuple[str, ...]) -> None:
        """Note a role that stands beside a full name."""
        for person in self._by_surname.get(name.surname, []):
            if person.name.words[0] == name.words[0] or is_variant(person.name.words[0], name.words[0]):
                person.roles.append(role)

    def locate(self, text: str) -> None:
        """Note every place where a person known by full name is named by surname."""
        places: list[tuple[int, int]] = []
        numbers = {id(p): n for n, p in enumerate(self._persons)}
        first = {surname: numbers[id(persons[0])] for surname, persons in self._by_surname.items()}
        for m in _CAPITALISED.finditer(text) if first else ():
            word = m.group()
            number = first.get(normalise_typography(word).lower())
            if number is not None and word[0].isupper():
                places.append((m.start(), number))
        self._places = places

    def by_name(self, name: Name, place: int) -> str | None:
        """Return the fullest form of a name."""
        namesakes = self._by_surname.get(name.surname, [])
        if len(name.words) > 1:
            same = [
                p
                for p in namesakes
                if is_variant(p.name.words[0], name.words[0])
                or name.words[-len(p.name.words) :] == p.name.words
            ]
            return same[0].name.full if same else name.full
        if not namesakes:
            first = [
                p for p in self._persons if normalise_typography(p.name.words[0]).lower() == name.surname
            ]
            return first[0].name.full if len(first) == 1 else None
        gender = first_name_gender(name)
        fitting = [p for p in namesakes if gender is None or p.gender in (None, gender)] or namesakes
        return max(fitting, key=lambda p: _last_before(p.places, place)).name.full

    def by_role(self, phrase: str, place: int) -> str | None:
        """Return the person introduced with the role that a phrase names ("the finance minister")."""
        wanted = role_words(phrase)
        if not wanted or wanted[-1] not in OFFICES:
            return None
        fitting = [p for p in self._persons if any(fits_role(wanted, role) for role in p.roles)]
        if not fitting:
            return None
        return max(fitting, key=lambda p: (_last_before(p.places, place), -p.places[0])).name.full

    def by_pronoun(self, pronoun: str, place: int, bounds: Sequence[int], speaker: str | None) -> str | None:
        """Return the person a pronoun stands for: the one whom its sentence's neighbourhood speaks of.

        ``bounds`` are the starts of the sentences; ``speaker`` is who spoke last nearby.
        """
        gender = "f" if pronoun == "she" else "m"
        fits = [n for n, p in enumerate(self._persons) if p.gender in (None, gender)]
        sure = {n for n in fits if self._persons[n].gender == gender}
        here = bisect_left(bounds, place + 1) - 1
        at = bisect_left(self._places, (place, -1))
        best: tuple[float, int] | None = None
        for start, n in reversed(self._places[max(0, at - 40) : at]):
            if n not in fits:
                continue
            sentence = bisect_left(bounds, start + 1) - 1
            distance = here - sentence
            if distance > 8:
                break
            first = not any(bounds[sentence] <= s < start for s, _ in self._places[max(0, at - 40) : at])
            score = (
                -distance + 0.6 * first + 1.5 * (n in sure) + 0.5 * (self._persons[n].name.full == speaker)
            )
            if best is None or score > best[0]:
                best = score, n
        if best is not None:
            return self._persons[best[1]].name.full
        return speaker if speaker is not None and len(speaker.split()) < 5 else None

    def learn_genders(self, text: str, bounds: Sequence[int]) -> None:
        """Take he or she in the sentence that follows a sentence with one person as that person's."""
        for i in range(1, len(bounds)):
            before = text[bounds[i - 1] : bounds[i]]
            here = text[bounds[i] : bounds[i + 1]] if i + 1 < len(bounds) else text[bounds[i] :]
            opening = here[:4].strip().lower()
            if opening not in ("he", "she"):
                continue
            low, high = (
                bisect_left(self._places, (bounds[i - 1], -1)),
                bisect_left(self._places, (bounds[i - 1] + len(before), -1)),
            )
            named = {n for _, n in self._places[low:high]}
            if len(named) == 1:
                person = self._persons[named.pop()]
                person.gender = person.gender or ("f" if opening == "she" else "m")


def _last_before(places: list[int], place: int) -> int:
    earlier = [p for p in places if p <= place]
    return earlier[-1] if earlier else -1


def find_people(text: str) -> People:
    """Find the persons whom a text names in full, with their roles and where they are named.

    Parameters
    ----------
    text : str
        Any text.

    Returns
    -------
    People
        To be asked by name, role or pronoun.

    Examples
    --------
    >>> people = find_people("Finance Minister Tobias Kerrel left. Kerrel was late.")
    >>> people.by_role("the finance minister", 40)
    'Tobias Kerrel'
    """
    people = People()
    for found in _LINE.finditer(text):
        line = found.group()
        if line.rstrip()[-1:] not in _ENDS and _in_capitals(line):
            continue  # a headline in capitals names nobody
        for m in _RUN.finditer(line):
            _add_run(people, line, m, found.start())
    people.locate(text)
    return people


def _in_capitals(line: str) -> bool:
    words = _LETTERS.findall(line)
    return len(words) > 5 and sum(w[0].isupper() for w in words) > 0.7 * len(words)


def _add_run(people: People, line: str, m: re.Match[str], offset: int) -> None:
    """Note the name in a run of capitalised words, and the roles that stand around it."""
    name = parse_name(m.group())
    if name is None or not 2 <= len(name.words) <= 5:
        return
    people.add(name, offset + m.end() - len(name.words[-1]))
    ahead = line[max(0, m.start() - 90) : m.start()]
    # Both patterns are slow to fail; what the stretch ends with tells most failures.
    office = ahead.rstrip().lower().endswith(_OFFICE_ENDS)
    before = _BEFORE.search(ahead[-80:]) if office else None  # "the economist Miriam Castellan"
    front = _FRONT.search(ahead) if ahead.rstrip().endswith(",") else None  # "the mayor, Lena Torvik"
    after = _AFTER.match(line[m.end() : m.end() + 120])  # "Lena Torvik, the mayor"
    if before:
        words = before.group(1).split()
        if words[-1].lower() in OFFICES:
            people.add_role(name, role_words(" ".join(words[-4:])))
    for around in filter(None, (after, front)):
        role = role_words(around.group(1))
        if not OFFICES.isdisjoint(role):
            people.add_role(name, role)
