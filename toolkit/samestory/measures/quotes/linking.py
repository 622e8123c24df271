"""One name per speaker across the articles and outlets of a corpus."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from samestory import tables
from samestory.measures.quotes.name_words import OFFICES
from samestory.measures.quotes.names import (
    Name,
    fits_role,
    is_variant,
    parse_name,
    role_words,
    same_surname,
    skeleton,
)
from samestory.measures.quotes.roles import GENERIC, holds_office

__all__ = ["SpeakerNames", "link_speakers"]


def link_speakers(quotes: pd.DataFrame) -> pd.DataFrame:
    """Unify ``speaker_resolved`` across articles and outlets.

    Parameters
    ----------
    quotes : DataFrame
        Quotes table.

    Returns
    -------
    DataFrame
        The quotes with ``speaker_resolved`` rewritten: spelling variants of one name to the most frequent
        spelling; a surname alone, or with a title, to the full name that has at least nine tenths of the
        attributions to bearers of this surname, in the story or else in the corpus; a role alone ("the
        finance minister", "the Morvian leader") to the person who has as many of the attributions to persons
        introduced with that role, in the story or else in the corpus; speakers joined by "and" each by the
        same rules. All else stays as it was.

    Raises
    ------
    TableError
        ``quotes`` is not a quotes table.

    Notes
    -----
    The result depends on the set of rows, not on their order; between spellings equally frequent the first
    in the alphabet wins.

    Examples
    --------
    >>> from samestory.measures.quotes import find_quotes
    >>> texts = ["“No,” Finance Minister Tobias Kerrel said.", "“Never,” Kerrel said."]
    >>> articles = pd.DataFrame({"article_id": ["a", "b"], "outlet": ["Herald", "Harbour"], "text": texts})
    >>> link_speakers(find_quotes(articles))["speaker_resolved"].tolist()
    ['Tobias Kerrel', 'Tobias Kerrel']
    """
    tables.check(quotes, tables.QUOTES)
    return tables.check(SpeakerNames(quotes).applied(quotes), tables.QUOTES)


class SpeakerNames:
    """The name that each resolved speaker gets, in each story; for tables of quotes that are read in pieces.

    Parameters
    ----------
    quotes : DataFrame
        ``speaker_resolved``, ``speaker`` and, where known, ``story_id`` of all attributions of the corpus.

    Examples
    --------
    >>> quotes = pd.DataFrame({"speaker_resolved": ["Ida Moss", "Moss"], "speaker": ["Ida Moss", "Moss"]})
    >>> SpeakerNames(quotes).applied(quotes[1:])["speaker_resolved"].tolist()
    ['Ida Moss']
    """

    def __init__(self, quotes: pd.DataFrame) -> None:
        (resolved, texts), (written, speakers), (told, stories) = (
            _numbered(quotes, c) for c in ("speaker_resolved", "speaker", "story_id")
        )
        known = np.flatnonzero(resolved >= 0)
        known = known[np.lexsort((written[known], resolved[known], told[known]))]
        rows = np.stack([told[known], resolved[known], written[known]])
        begins = np.flatnonzero(np.append(True, (np.diff(rows) != 0).any(axis=0))[: known.size])
        rows, n = rows[:, begins], np.diff(np.append(begins, known.size))
        book = _Book(texts, speakers, rows[1], rows[2], n)
        self._names: dict[_Key, str] = {}
        # What is said in other stories is the same for all, so one story after the other is linked.
        edges = np.flatnonzero(np.append(True, np.diff(rows[0]) != 0)[: begins.size])
        for first, last in zip(edges, np.append(edges[1:], begins.size)[: edges.size], strict=True):
            story = None if rows[0, first] < 0 else stories[rows[0, first]]
            of_story = rows[1, first:last], rows[2, first:last], n[first:last]
            links = book.links(*(part.tolist() for part in of_story), in_story=story is not None)
            self._names.update({(text, story): name for text, name in links})

    @classmethod
    def of_table(cls, names: pd.DataFrame) -> SpeakerNames:
        """Take the names from what :meth:`table` gave."""
        made = cls.__new__(cls)
        columns = (names[c].astype("object").where(names[c].notna(), None) for c in names.columns)
        made._names = {(r, t): n for r, t, n in zip(*columns, strict=True)}
        return made

    def table(self) -> pd.DataFrame:
        """Return the names that change: ``speaker_resolved``, ``story_id``, and ``name`` in their place."""
        rows = [(*key, name) for key, name in self._names.items()]
        return pd.DataFrame(rows, columns=["speaker_resolved", "story_id", "name"]).astype("str")

    def applied(self, quotes: pd.DataFrame) -> pd.DataFrame:
        """Return some of the attributions with ``speaker_resolved`` rewritten; categories stay such."""
        (resolved, texts), (told, stories) = (_numbered(quotes, c) for c in ("speaker_resolved", "story_id"))
        size = len(stories) + 1
        key, place = np.unique(resolved * np.int64(size) + (told + 1), return_inverse=True)
        names = [
            None if r < 0 else self._names.get((texts[r], stories[t - 1] if t else None), texts[r])
            for r, t in zip((key // size).tolist(), (key % size).tolist(), strict=True)
        ]
        linked = pd.Series(names, dtype="str")
        if isinstance(quotes["speaker_resolved"].dtype, pd.CategoricalDtype):
            linked = linked.astype("category")
        return quotes.assign(speaker_resolved=linked.take(place).set_axis(quotes.index))


_Key = tuple[str, str | None]  # resolved speaker and story


def _numbered(table: pd.DataFrame, column: str) -> tuple[NDArray[np.int32], list[str]]:
    """Return a column as numbers, -1 for what is missing, and what they stand for, in order."""
    if column not in table.columns:
        return np.full(len(table), -1, dtype=np.int32), []
    values = table[column]
    if isinstance(values.dtype, pd.CategoricalDtype):
        values = values.cat.remove_unused_categories()
    else:
        values = values.astype("str").astype("category")
    texts: list[str] = values.cat.categories.tolist()
    return np.asarray(values.cat.codes, dtype=np.int32), texts


#: Words of a role, such as ("finance", "minister").
Role = tuple[str, ...]


class _Book:
    """The full names of a corpus: their spellings, their roles, and in turn each story in which they occur.

    Rows are numbers of a resolved speaker and of the speaker as written, and how many attributions have both.
    """

    def __init__(
        self,
        texts: list[str],
        speakers: list[str],
        resolved: NDArray[np.int32],
        written: NDArray[np.int32],
        n: NDArray[np.int64],
    ) -> None:
        self._texts, self._speakers = texts, speakers
        counts = np.bincount(resolved, n, minlength=len(texts)).astype(int).tolist()
        named = ((text, _full_name(text), count) for text, count in zip(texts, counts, strict=True))
        found = {text: (name, count) for text, name, count in named if name is not None}
        self._spelling = self._spellings(found)
        self._full = frozenset(self._spelling.values())
        self._surnames = {t: {name.surname, skeleton(name.surname)} for t, (name, _) in found.items()}
        self._by_surname: dict[str, Counter[str]] = defaultdict(Counter)
        self._in_story: dict[str, Counter[str]] = {}
        self._by_role: dict[Role, Counter[str]] = defaultdict(Counter)
        self._role_in_story: dict[Role, Counter[str]] = {}
        self._with_office: dict[str, set[Role]] = {}
        self._fitting: dict[Role, tuple[list[Role], str | None]] = {}
        for text, (_, count) in found.items():
            for surname in self._surnames[text]:
                self._by_surname[surname][self._spelling[text]] += count
        full = np.fromiter(map(self._spelling.__contains__, texts), np.bool_, len(texts))
        here = np.flatnonzero(full[resolved] & (written >= 0))
        self._roles: dict[int, tuple[Role, ...]] = {}
        for s in np.unique(written[here]).tolist():
            name = parse_name(speakers[s])
            if name is not None and name.roles:
                self._roles[s] = name.roles
        for i in here[np.isin(written[here], list(self._roles))].tolist():
            for role in self._roles[int(written[i])]:
                self._by_role[role][self._spelling[texts[resolved[i]]]] += int(n[i])
        self._with_word: dict[str, list[Role]] = defaultdict(list)
        for role in self._by_role:
            for word in set(role):
                self._with_word[word].append(role)

    def _spellings(self, found: dict[str, tuple[Name, int]]) -> dict[str, str]:
        """Each full name's chosen spelling: the most frequent of its variants."""
        groups: dict[str, list[list[str]]] = defaultdict(list)
        for text in sorted(found):
            name = found[text][0]
            alike = groups[skeleton(name.surname)]
            for group in alike:
                if all(_one_person(found[other][0], name) for other in group):
                    group.append(text)
                    break
            else:
                alike.append([text])
        return {
            text: min(group, key=lambda t: (-found[t][1], t))
            for alike in groups.values()
            for group in alike
            for text in group
        }

    def links(
        self, resolved: list[int], written: list[int], n: list[int], *, in_story: bool
    ) -> Iterator[tuple[str, str]]:
        """Give the resolved speakers of one story, or of all articles without one, that get another name."""
        self._in_story, self._role_in_story = {}, {}
        for r, s, count in zip(resolved, written, n, strict=True) if in_story else ():
            full = self._spelling.get(self._texts[r])
            if full is None:
                continue
            for surname in self._surnames[self._texts[r]]:
                self._in_story.setdefault(surname, Counter())[full] += count
            for role in self._roles.get(s, ()):
                self._role_in_story.setdefault(role, Counter())[full] += count
        for r in dict.fromkeys(resolved):
            text = self._texts[r]
            name = self._link(text)
            if name != text:
                yield text, name

    def _link(self, resolved: str) -> str:
        """Return the name to use for one resolved speaker of the story."""
        if resolved in self._spelling:
            return self._spelling[resolved]
        parts = _JOINED.split(resolved)
        if len(parts) > 1:
            linked = [self._one(part) for part in parts]
            full = self._full.issuperset(linked)
            return f"{', '.join(linked[:-1])} and {linked[-1]}" if full else resolved
        return self._one(resolved)

    def _one(self, resolved: str) -> str:
        if resolved in self._spelling:
            return self._spelling[resolved]
        name = parse_name(resolved)
        if name is not None and len(name.words) == 1:
            exact = self._by_surname.get(name.surname)
            key = name.surname if exact or len(name.surname) < 5 else skeleton(name.surname)
            in_story = self._in_story.get(key, Counter())
            return _main_bearer(in_story) or _main_bearer(self._by_surname.get(key, Counter())) or resolved
        return self._office_holder(resolved) or resolved

    def _office_holder(self, phrase: str) -> str | None:
        wanted = role_words(phrase)
        office = bool(wanted) and (wanted[-1] in OFFICES or wanted[-1] in GENERIC)
        if not office or not phrase.lower().startswith("the "):
            return None
        if wanted not in self._fitting:
            fitting = [role for role in self._roles_of(wanted[-1]) if fits_role(wanted, role)]
            self._fitting[wanted] = fitting, _main_bearer(_summed(self._by_role[r] for r in fitting))
        fitting, in_corpus = self._fitting[wanted]
        in_story = _summed(self._role_in_story[r] for r in fitting if r in self._role_in_story)
        return _main_bearer(in_story) or in_corpus

    def _roles_of(self, office: str) -> set[Role]:
        """Return the roles that hold a word for this office."""
        if office not in self._with_office:
            held = [word for word in self._with_word if holds_office(office, word)]
            self._with_office[office] = {role for word in held for role in self._with_word[word]}
        return self._with_office[office]


_JOINED = re.compile(r", | and ")


def _one_person(known: Name, name: Name) -> bool:
    """Whether two names are spellings of one: first and last name are, and no initials between differ."""
    if not is_variant(known.words[0], name.words[0]):
        return False
    between = [{w.rstrip(".") for w in n.words[1:-1] if len(w.rstrip(".")) == 1} for n in (known, name)]
    return same_surname(known.surname, name.surname) and not (all(between) and between[0] != between[1])


def _summed(counters: Iterable[Counter[str]]) -> Counter[str]:
    total: Counter[str] = Counter()
    for counter in counters:
        total.update(counter)
    return total


def _main_bearer(counts: Counter[str]) -> str | None:
    """Return the one who stands for a surname or role: nine in ten of its bearers' attributions, or more."""
    name, count = min(counts.items(), key=lambda c: (-c[1], c[0])) if counts else ("", 0)
    return name if count and count >= 0.9 * counts.total() else None


def _full_name(text: str) -> Name | None:
    name = parse_name(text)
    return name if name is not None and len(name.words) > 1 and not name.roles else None
