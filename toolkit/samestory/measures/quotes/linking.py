"""One name per speaker across the articles and outlets of a corpus."""

from __future__ import annotations

from collections import Counter, defaultdict

import pandas as pd

from samestory import tables
from samestory.measures.quotes.name_words import OFFICES
from samestory.measures.quotes.names import Name, fits_role, is_variant, parse_name, role_words

__all__ = ["link_speakers"]


def link_speakers(quotes: pd.DataFrame) -> pd.DataFrame:
    """Unify ``speaker_resolved`` across articles and outlets.

    Parameters
    ----------
    quotes : DataFrame
        Quotes table.

    Returns
    -------
    DataFrame
        The quotes with ``speaker_resolved`` rewritten: spelling variants of a first name with the same
        surname to the most frequent spelling; a surname alone, or with a title, to the full name that has
        at least nine tenths of the attributions to bearers of this surname, in the story or else in the
        corpus; a role alone ("the finance minister") to the person whom the corpus introduces with that
        role, where it is one. All else stays as it was.

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
    stories = quotes["story_id"] if "story_id" in quotes.columns else pd.Series(pd.NA, index=quotes.index)
    rows = list(zip(quotes["speaker_resolved"], quotes["speaker"], stories, strict=True))
    book = _Book(rows)
    keys = [(resolved, story if isinstance(story, str) else None) for resolved, _, story in rows]
    names = {key: book.link(*key) for key in dict.fromkeys(keys)}
    linked = [names[key] for key in keys]
    out = quotes.assign(speaker_resolved=pd.Series(linked, index=quotes.index, dtype="str"))
    return tables.check(out, tables.QUOTES)


class _Book:
    """The full names of a corpus: their spellings, the stories they occur in, their roles."""

    def __init__(self, rows: list[tuple[object, object, object]]) -> None:
        counts: Counter[str] = Counter(r for r, _, _ in rows if isinstance(r, str))
        self._names = {text: _full_name(text) for text in counts}
        self._spelling = self._spellings(counts)
        self._by_surname: dict[str, Counter[str]] = defaultdict(Counter)
        self._in_story: dict[tuple[str, object], Counter[str]] = defaultdict(Counter)
        self._by_role: dict[tuple[str, ...], set[str]] = defaultdict(set)
        parsed = {s: parse_name(s) for s in {speaker for _, speaker, _ in rows if isinstance(speaker, str)}}
        for resolved, speaker, story in rows:
            name = self._names.get(resolved) if isinstance(resolved, str) else None
            if name is None:
                continue
            full = self._spelling[str(resolved)]
            self._by_surname[name.surname][full] += 1
            if isinstance(story, str):
                self._in_story[name.surname, story][full] += 1
            written = parsed[speaker] if isinstance(speaker, str) else None
            for role in written.roles if written is not None else ():
                self._by_role[role].add(full)

    def _spellings(self, counts: Counter[str]) -> dict[str, str]:
        """Each full name's chosen spelling: the most frequent of its variants."""
        groups: dict[str, list[list[str]]] = defaultdict(list)
        for text in sorted(counts):
            name = self._names[text]
            if name is None:
                continue
            for group in groups[name.surname]:
                other = self._names[group[0]]
                if other is not None and is_variant(other.words[0], name.words[0]):
                    group.append(text)
                    break
            else:
                groups[name.surname].append([text])
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
        name = parse_name(resolved)
        if name is not None and len(name.words) == 1:
            in_story = self._in_story.get((name.surname, story), Counter())
            in_corpus = self._by_surname.get(name.surname, Counter())
            return _main_bearer(in_story) or _main_bearer(in_corpus) or resolved
        return self._office_holder(resolved) or resolved

    def _office_holder(self, phrase: str) -> str | None:
        wanted = role_words(phrase)
        if not wanted or wanted[-1] not in OFFICES or not phrase.lower().startswith("the "):
            return None
        holders = {
            full for role, people in self._by_role.items() if fits_role(wanted, role) for full in people
        }
        return next(iter(holders)) if len(holders) == 1 else None


def _main_bearer(counts: Counter[str]) -> str | None:
    """Return the one who stands for a surname: nine in ten of the attributions to its bearers, or more."""
    name, count = min(counts.items(), key=lambda c: (-c[1], c[0])) if counts else ("", 0)
    return name if count and count >= 0.9 * counts.total() else None


def _full_name(text: str) -> Name | None:
    name = parse_name(text)
    return name if name is not None and len(name.words) > 1 and not name.roles else None
