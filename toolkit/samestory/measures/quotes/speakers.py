"""Who the persons of a text are: one name each, the roles they hold, and where they are named."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field

from samestory.measures.quotes.name_words import FIRST_NAMES, OFFICES, PARTICLES, TITLES
from samestory.measures.quotes.names import (
    Name,
    first_name_gender,
    fits_role,
    is_variant,
    parse_name,
    role_words,
)
from samestory.measures.quotes.roles import GENERIC, party_tag
from samestory.measures.quotes.words import CLAUSE_LINKS, PREPOSITIONS
from samestory.text import Span, normalise_typography

__all__ = ["Mention", "People", "Person", "find_people"]

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
_FORMERLY = ("former", "then", "ex", "vice", "deputy")
_OFFICE_ENDS = (*sorted(OFFICES), *_FORMERLY)
_ENDS = frozenset('.!?”"')
_LETTERS = re.compile(r"[^\W\d_]+")
_LINE = re.compile(r"[^\n]+")
_BEFORE = re.compile(r"((?:[^\W\d_]+(?:['’-][^\W\d_]+)*\s+){1,6})\Z")
_AFTER = re.compile(r",\s+((?:[^\s,.;:“\"]+\s?){1,12})")
_FRONT = re.compile(
    r"\b((?:the|an?|his|her|its|their)\s+(?:[^\s,.;:“”\"]+\s+){0,5}[^\s,.;:“”\"]+),\s+\Z", re.IGNORECASE
)
# A whole word that begins with a capital. The letter comes first, so the search skips to it; looking back
# from there tells the inner part of a word ("non-Kerrel").
_CAPITALISED = re.compile(
    rf"[A-Z\u00aa-\u1fff\u2070-\U0010ffff](?<=[^\W\d_])(?<![^\W\d_].)(?<![^\W\d_]['’-].){_ENDING}"
    r"(?:['’-](?!s\b)[^\W\d_]+)*"
)
# Letters that may be capitals, and what ends a word in small ones.
_LARGE = re.compile(r"[A-Z\u00aa-\u1fff\u2070-\U0010ffff][A-Z\u00aa-\u1fff\u2070-\U0010ffff]*")
_SMALL_ENDS = ("e ", "s ", "d ", "t ", "n ", "y ")
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
        for m in _CAPITALISED.finditer(text) if self._by_surname else ():
            word = m.group()
            namesakes = self._by_surname.get(word.lower() if word.isascii() else _plain(word))
            if not namesakes or not word[0].isupper():
                continue
            person = full.get(m.start())
            if person is None:
                title = _TITLE.search(text[max(0, m.start() - 8) : m.start()])
                gender = None if title is None else "m" if title[1] in ("Mr", "Sir", "Lord") else "f"
                person = _bearer(namesakes, gender)
                person.alone += 1
                if gender and len(namesakes) == 1:
                    person.gender = person.gender or gender
            at = bisect_right(starts, m.start()) - 1
            self.mentions.append(Mention(m.start(), person, at >= 0 and m.start() < quoted[at][1]))

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
    for found in _LINE.finditer(text):
        line = found.group()
        runs = list((_RUN_OF_PARTICLE if _BEHIND_PARTICLE.search(line) else _RUN).finditer(line))
        if runs and not _in_capitals(line):  # a headline in capitals names nobody
            for m in runs:
                _add_run(people, line, m, found.start())
    people.settle()
    people.locate(text, quoted)
    return people


def _in_capitals(line: str) -> bool:
    if len(_LARGE.findall(line)) <= 0.7 * sum(map(line.count, _SMALL_ENDS)):
        return False  # each capital too many, each word with a small end once: no line of prose goes on
    words = _LETTERS.findall(line)
    if len(words) > 2 and sum(map(str.isupper, words)) > 0.7 * len(words):
        return True
    finished = line.rstrip()[-1:] in _ENDS
    return not finished and len(words) > 5 and sum(w[0].isupper() for w in words) > 0.7 * len(words)


def _add_run(people: People, line: str, m: re.Match[str], offset: int) -> None:
    """Note the name in a run of capitalised words, and the roles that stand around it."""
    first, _, rest = m.group().partition(" ")
    opening = first.lower() in _FRONTS or first.endswith("ing")
    run = rest.strip() if opening else m.group()
    if run.isupper() and run.split()[0].lower() in FIRST_NAMES:
        run = run.title()  # the label of a transcript
    name = parse_name(run) or _from_first_name(run)
    if name is None or len(name.words) > 5 or any(_GLUED.search(w) for w in name.words):
        return
    if len(name.words) == 1 or len(set(name.words)) < len(name.words):
        if len(name.words) == 1 and name.roles and not OFFICES.isdisjoint(name.roles[0]) | _polite(run):
            people.add_titled(run, name, offset + m.end() - len(name.words[0]))
        return
    person = people.add(name, offset + m.end() - len(name.words[-1]))
    ahead = line[max(0, m.start() - 90) : m.start()]
    # Both patterns are slow to fail; what the stretch ends with tells most failures.
    office = ahead.rstrip().lower().endswith(_OFFICE_ENDS)
    before = _BEFORE.search(ahead[-80:]) if office else None  # "the economist Miriam Castellan"
    front = _FRONT.search(ahead) if ahead.rstrip().endswith(",") else None  # "the mayor, Lena Torvik"
    after = _AFTER.match(line[m.end() : m.end() + 120])  # "Lena Torvik, the mayor"
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
    tag = party_tag(line[m.end() : m.end() + 24])
    if tag:
        offices = [r[-1] for r in name.roles if r]
        person.roles += [tag, *((*tag[:-1], _adjective(tag[-1]), o) for o in offices)]


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


def _adjective(party: str) -> str:
    return {"democrat": "democratic"}.get(party, party)
