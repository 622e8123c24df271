"""Who the persons of a text are: one name each, the roles they hold, and where they are named."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field

from samestory.measures.quotes.name_words import OFFICES, PARTICLES, TITLES
from samestory.measures.quotes.names import (
    Name,
    first_name_gender,
    fits_role,
    is_variant,
    role_words,
)
from samestory.measures.quotes.roles import GENERIC, party_tag
from samestory.measures.quotes.runs import name_of, places_of, runs_of
from samestory.text import Span, normalise_typography

__all__ = ["Mention", "People", "Person", "find_people"]

_FORMERLY = ("former", "then", "ex", "vice", "deputy")
_OFFICE_ENDS = (*sorted(OFFICES), *_FORMERLY)
_OFFICE_TAILS = frozenset(end[-2:] for end in _OFFICE_ENDS)
_BEFORE = re.compile(r"((?:[^\W\d_]+(?:['’-][^\W\d_]+)*\s+){1,6})\Z")
_AFTER = re.compile(r",\s+((?:[^\s,.;:“\"]+\s?){1,12})")
_FRONT = re.compile(
    r"\b((?:the|an?|his|her|its|their)\s+(?:[^\s,.;:“”\"]+\s+){0,5}[^\s,.;:“”\"]+),\s+\Z", re.IGNORECASE
)
_TITLE = re.compile(r"\b(Mr|Mrs|Ms|Miss|Sir|Dame|Lady|Lord)\.?\s+\Z")


@dataclass(slots=True)
class Person:
    """One person: the name, roles as words, "f" or "m" where known, and places of the full name."""

    name: Name
    roles: list[tuple[str, ...]] = field(default_factory=list)
    gender: str | None = None
    places: list[int] = field(default_factory=list)
    alone: int = 0  # how often only the surname stands

    @property
    def human(self) -> bool:
        """Whether something beside capitals says that this is a person."""
        return self.gender is not None or self.alone > 0 or any(self.roles)


@dataclass(frozen=True, slots=True)
class Mention:
    """One place where a person is named; ``quoted`` when it stands inside quotation marks."""

    place: int
    person: Person
    quoted: bool


class People:
    """The persons that one text names, and where."""

    def __init__(self) -> None:
        self.persons: list[Person] = []
        self._by_surname: dict[str, list[Person]] = {}
        self._by_first: dict[str, list[Person]] = {}
        self.mentions: list[Mention] = []
        self.full_names: frozenset[str] = frozenset()
        self._titled: list[tuple[str, Name, int]] = []

    def add(self, name: Name, place: int) -> Person:
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
            person = Person(Name(name.words))
            namesakes.append(person)
            self._by_first.setdefault(_plain(name.words[0]), []).append(person)
            self.persons.append(person)
        person.roles.extend(name.roles)
        person.gender = person.gender or first_name_gender(name)
        person.places.append(place)
        return person

    def add_titled(self, run: str, name: Name, place: int) -> None:
        """Note a surname with a title ("President Dole"), until the full name is known."""
        self._titled.append((run, name, place))

    def settle(self) -> None:
        """Give titled surnames to the persons named in full; the others name a person themselves."""
        for run, name, place in self._titled:
            gender = first_name_gender(name)
            namesakes = self._by_surname.get(name.surname, [])
            if namesakes:
                person = _bearer(namesakes, gender)
            else:
                words = run.replace("\u00a0", " ").split()
                start = len(words) - 1
                while start and words[start - 1] in PARTICLES:
                    start -= 1
                while start and words[start - 1].rstrip(".").lower() in TITLES:
                    start -= 1
                person = Person(Name(tuple(words[start:])), places=[place])
                self._by_surname[name.surname] = [person]
                self.persons.append(person)
            person.roles.extend(name.roles)
            person.gender = person.gender or gender
        self.full_names = frozenset(p.name.full for p in self.persons)

    def locate(self, text: str, quoted: Sequence[Span]) -> None:
        """Note every place where a person known by full name is named, in full or by surname."""
        full = {place: person for person in self.persons for place in person.places}
        starts = [a for a, _ in quoted]
        self.mentions = []
        for place, surname in places_of(text, self._by_surname):
            namesakes = self._by_surname[surname]
            person = full.get(place)
            if person is None:
                title = _TITLE.search(text[max(0, place - 8) : place])
                gender = None if title is None else "m" if title[1] in ("Mr", "Sir", "Lord") else "f"
                person = _bearer(namesakes, gender)
                person.alone += 1
                if gender and len(namesakes) == 1:
                    person.gender = person.gender or gender
            at = bisect_right(starts, place) - 1
            self.mentions.append(Mention(place, person, at >= 0 and place < quoted[at][1]))

    def by_name(self, name: Name) -> str | None:
        """Return the fullest form of a name."""
        namesakes = self._by_surname.get(name.surname, [])
        if len(name.words) > 1:
            same = [p for p in namesakes if _same_person(p.name, name)]
            return same[0].name.full if same else name.full
        if not namesakes:
            first = self._by_first.get(name.surname, [])
            return first[0].name.full if len(first) == 1 else None
        return _bearer(namesakes, first_name_gender(name)).name.full

    def knows(self, word: str) -> bool:
        """Whether a word is the surname of a person named in full."""
        return _plain(word) in self._by_surname

    def by_role(self, phrase: str, place: int) -> tuple[str | None, int]:
        """Return the person introduced with the role that a phrase names ("the finance minister").

        The number says how many persons the role fits.
        """
        wanted = role_words(phrase)
        if wanted[:1] in (("senior",), ("junior",), ("then",)):
            wanted = wanted[1:]
        if not wanted or not (wanted[-1] in OFFICES or wanted[-1] in GENERIC):
            return None, 0
        fitting = [p for p in self.persons if any(fits_role(wanted, role) for role in p.roles)]
        same = [p for p in fitting if any(role[-1:] == wanted[-1:] for role in p.roles)] or fitting
        now = [p for p in same if any("former" not in r for r in p.roles if fits_role(wanted, r))] or same
        if not now:
            return None, 0
        best = max(now, key=lambda p: (_last_before(p.places, place), -p.places[0]))
        return best.name.full, len(now)


def _plain(word: str) -> str:
    return normalise_typography(word).lower()


def _same_person(known: Name, name: Name) -> bool:
    return is_variant(known.words[0], name.words[0]) or name.words[-len(known.words) :] == known.words


def _bearer(namesakes: Sequence[Person], gender: str | None) -> Person:
    """Whom a surname alone means: the one named in full most often, then the first."""
    fitting = [p for p in namesakes if gender is None or p.gender in (None, gender)] or namesakes
    return max(fitting, key=lambda p: (len(p.places), -p.places[0]))


def _last_before(places: list[int], place: int) -> int:
    earlier = [p for p in places if p <= place]
    return earlier[-1] if earlier else -1


def find_people(text: str, quoted: Sequence[Span] = ()) -> People:
    """Find the persons whom a text names in full, with their roles and where they are named.

    Parameters
    ----------
    text : str
        Any text.
    quoted : sequence of (int, int)
        What stands inside quotation marks, in order.

    Returns
    -------
    People
        To be asked by name or role.

    Examples
    --------
    >>> people = find_people("Finance Minister Tobias Kerrel left. Kerrel was late.")
    >>> people.by_role("the finance minister", 40)
    ('Tobias Kerrel', 1)
    """
    people = People()
    for line, offset, runs in runs_of(text):
        for m in runs:
            _add_run(people, line, m, offset)
    people.settle()
    people.locate(text, quoted)
    return people


def _add_run(people: People, line: str, m: re.Match[str], offset: int) -> None:
    """Note the name in a run of capitalised words, and the roles that stand around it."""
    run, name = name_of(m.group())
    if name is None:
        return
    if len(name.words) == 1:
        people.add_titled(run, name, offset + m.end() - len(name.words[0]))
        return
    person = people.add(name, offset + m.end() - len(name.words[-1]))
    start, end = m.span()
    ahead = line[max(0, start - 90) : start]
    bare = ahead.rstrip()
    # Both patterns are slow to fail; what the stretch ends with tells most failures.
    last = bare[-2:].lower()
    office = last in _OFFICE_TAILS and bare.lower().endswith(_OFFICE_ENDS)
    before = _BEFORE.search(ahead[-80:]) if office else None  # "the economist Miriam Castellan"
    front = _FRONT.search(ahead) if last[-1:] == "," else None  # "the mayor, Lena Torvik"
    comma = line.startswith(",", end)
    after = _AFTER.match(line, end, end + 120) if comma else None  # "Lena Torvik, the mayor"
    if before:
        words = before.group(1).split()
        if words[-1].lower() in OFFICES:
            person.roles.append(role_words(" ".join(words[-4:])))
        elif name.roles and words[-1].lower() in _FORMERLY:
            person.roles = [(words[-1].lower(), *r) if r in name.roles else r for r in person.roles]
    for around in filter(None, (after, front)):
        role = role_words(around.group(1))
        if not OFFICES.isdisjoint(role):
            person.roles.append(role)
    tag = party_tag(line[end : end + 24])
    if tag:
        offices = [r[-1] for r in name.roles if r]
        person.roles += [tag, *((*tag[:-1], _adjective(tag[-1]), o) for o in offices)]


def _adjective(party: str) -> str:
    return {"democrat": "democratic"}.get(party, party)
