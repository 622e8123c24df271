"""One name per speaker across the articles and outlets of a corpus."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

import pandas as pd

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
        keys = _keys(quotes)
        rows = [(r, s, t) for (r, t), s in zip(keys, quotes["speaker"], strict=True)]
        book = _Book(rows)
        self._names = {key: book.link(*key) for key in dict.fromkeys(keys)}

    @classmethod
    def of_table(cls, names: pd.DataFrame) -> SpeakerNames:
        """Take the names from what :meth:`table` gave."""
        made = cls.__new__(cls)
        columns = (names[c].astype("object").where(names[c].notna(), None) for c in names.columns)
        made._names = {(r, t): n for r, t, n in zip(*columns, strict=True)}
        return made

    def table(self) -> pd.DataFrame:
        """Return the names as a table: ``speaker_resolved``, ``story_id`` and the ``name`` in their place."""
        rows = [(*key, name) for key, name in self._names.items()]
        return pd.DataFrame(rows, columns=["speaker_resolved", "story_id", "name"]).astype("str")

    def applied(self, quotes: pd.DataFrame) -> pd.DataFrame:
        """Return some of the attributions with ``speaker_resolved`` rewritten."""
        linked = [self._names[key] for key in _keys(quotes)]
        return quotes.assign(speaker_resolved=pd.Series(linked, index=quotes.index, dtype="str"))


def _keys(quotes: pd.DataFrame) -> list[tuple[object, str | None]]:
    """Return resolved speaker and story of each attribution; all that is missing is None."""
    stories = quotes["story_id"] if "story_id" in quotes.columns else pd.Series(pd.NA, index=quotes.index)
    return [
        (resolved if isinstance(resolved, str) else None, story if isinstance(story, str) else None)
        for resolved, story in zip(quotes["speaker_resolved"].tolist(), stories.tolist(), strict=True)
    ]


#: Words of a role, such as ("finance", "minister").
Role = tuple[str, ...]


class _Book:
    """The full names of a corpus: their spellings, the stories they occur in, their roles."""

    def __init__(self, rows: Sequence[tuple[object, object, object]]) -> None:
        counts: Counter[str] = Counter(r for r, _, _ in rows if isinstance(r, str))
        self._names = {text: _full_name(text) for text in counts}
        self._spelling = self._spellings(counts)
        self._full = frozenset(self._spelling.values())
        self._by_surname: dict[str, Counter[str]] = defaultdict(Counter)
        self._in_story: dict[tuple[str, object], Counter[str]] = defaultdict(Counter)
        self._by_role: dict[Role, Counter[str]] = defaultdict(Counter)
        self._role_in_story: dict[tuple[Role, object], Counter[str]] = defaultdict(Counter)
        self._with_office: dict[str, set[Role]] = {}
        self._fitting: dict[Role, tuple[list[Role], str | None]] = {}
        parsed = {s: parse_name(s) for s in {speaker for _, speaker, _ in rows if isinstance(speaker, str)}}
        for resolved, speaker, story in rows:
            name = self._names.get(resolved) if isinstance(resolved, str) else None
            if name is None:
                continue
            full = self._spelling[str(resolved)]
            for surname in {name.surname, skeleton(name.surname)}:
                self._by_surname[surname][full] += 1
                if isinstance(story, str):
                    self._in_story[surname, story][full] += 1
            written = parsed[speaker] if isinstance(speaker, str) else None
            for role in written.roles if written is not None else ():
                self._by_role[role][full] += 1
                if isinstance(story, str):
                    self._role_in_story[role, story][full] += 1
        self._with_word: dict[str, list[Role]] = defaultdict(list)
        for role in self._by_role:
            for word in set(role):
                self._with_word[word].append(role)

    def _spellings(self, counts: Counter[str]) -> dict[str, str]:
        """Each full name's chosen spelling: the most frequent of its variants."""
        groups: dict[str, list[list[str]]] = defaultdict(list)
        for text in sorted(counts):
            name = self._names[text]
            if name is None:
                continue
            alike = groups[skeleton(name.surname)]
            for group in alike:
                if all(_one_person(self._names[other], name) for other in group):
                    group.append(text)
                    break
            else:
                alike.append([text])
        return {
            text: min(group, key=lambda t: (-counts[t], t))
            for found in groups.values()
            for group in found
            for text in group
        }

    def link(self, resolved: object, story: object) -> str | None:
        """Return the name to use for one resolved speaker."""
        if not isinstance(resolved, str):
            return None
        if resolved in self._spelling:
            return self._spelling[resolved]
        parts = _JOINED.split(resolved)
        if len(parts) > 1:
            linked = [self._one(part, story) for part in parts]
            full = self._full.issuperset(linked)
            return f"{', '.join(linked[:-1])} and {linked[-1]}" if full else resolved
        return self._one(resolved, story)

    def _one(self, resolved: str, story: object) -> str:
        if resolved in self._spelling:
            return self._spelling[resolved]
        name = parse_name(resolved)
        if name is not None and len(name.words) == 1:
            exact = self._by_surname.get(name.surname)
            key = name.surname if exact or len(name.surname) < 5 else skeleton(name.surname)
            in_story = self._in_story.get((key, story), Counter())
            return _main_bearer(in_story) or _main_bearer(self._by_surname.get(key, Counter())) or resolved
        return self._office_holder(resolved, story) or resolved

    def _office_holder(self, phrase: str, story: object) -> str | None:
        wanted = role_words(phrase)
        office = bool(wanted) and (wanted[-1] in OFFICES or wanted[-1] in GENERIC)
        if not office or not phrase.lower().startswith("the "):
            return None
        if wanted not in self._fitting:
            fitting = [role for role in self._roles_of(wanted[-1]) if fits_role(wanted, role)]
            self._fitting[wanted] = fitting, _main_bearer(_summed(self._by_role[r] for r in fitting))
        fitting, in_corpus = self._fitting[wanted]
        keys = [(role, story) for role in fitting]
        in_story = _summed(self._role_in_story[k] for k in keys if k in self._role_in_story)
        return _main_bearer(in_story) or in_corpus

    def _roles_of(self, office: str) -> set[Role]:
        """Return the roles that hold a word for this office."""
        if office not in self._with_office:
            held = [word for word in self._with_word if holds_office(office, word)]
            self._with_office[office] = {role for word in held for role in self._with_word[word]}
        return self._with_office[office]


_JOINED = re.compile(r", | and ")


def _one_person(known: Name | None, name: Name) -> bool:
    """Whether two names are spellings of one: first and last name are, and no initials between differ."""
    if known is None or not is_variant(known.words[0], name.words[0]):
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
