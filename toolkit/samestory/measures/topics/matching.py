"""Find the terms of a topic in many sentences: by numbered words where possible, by pattern where needed.

A single word is looked up once in the vocabulary, not once in every sentence. Only sentences that may hold a
phrase or an excluded phrase are searched with the pattern itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from samestory import text
from samestory.errors import OptionError

__all__ = ["Hits", "Topics", "compile_topics"]

_MOST_WORDS = 1 << 17
_NONE = np.zeros(0, dtype=np.int64)


class Topic:
    """The terms of one topic, compiled.

    Parameters
    ----------
    name : str
        Name of the topic.
    terms, excluded : iterable of str
        Terms that count, and terms whose words do not.
    """

    def __init__(self, name: str, terms: Iterable[str], excluded: Iterable[str] = ()) -> None:
        self.name, wanted, unwanted = name, list(terms), list(excluded)
        try:
            self.pattern = text.term_pattern(wanted)
            self.excluded = text.term_pattern(unwanted) if unwanted else None
        except OptionError as error:
            raise OptionError(f"topic '{name}': {error.problem}", hint=error.hint) from error
        single = [t for t in wanted if _is_word(t)]
        self.words = text.term_pattern(single) if single else None
        # The rarest way to see a phrase coming is its longest word.
        heads = [max(_pieces(t), key=len) for t in wanted if not _is_word(t) if _pieces(t)]
        heads += [max(_pieces(t), key=len) for t in unwanted if _pieces(t)]
        self.heads = text.term_pattern(heads) if heads else None

    def count(self, sentence: str) -> int:
        """Count the words of a plain lower-case sentence that belong to the topic's terms."""
        if self.excluded is not None:
            sentence = self.excluded.sub(lambda m: "\x00" * len(m.group()), sentence)
        return sum(len(text.word_spans(m.group())) for m in self.pattern.finditer(sentence))


def _pieces(term: str) -> list[str]:
    """Words of a term with their globs; ``x`` stands for a glob while words are told apart."""
    plain = text.normalise_typography(term).lower()
    return [plain[a:b] for a, b in text.word_spans(plain.replace("*", "x").replace("?", "x"))]


def _is_word(term: str) -> bool:
    return _pieces(term) == [text.normalise_typography(term).lower().strip()]


class Hits(NamedTuple):
    """Where topics were found: number of the topic, of the sentence, and how many of its words are theirs."""

    topic: NDArray[np.int64]
    sentence: NDArray[np.int64]
    words: NDArray[np.int64]


class Topics(Sequence[Topic]):
    """The topics of a codebook, and what is known of each word seen, within bounds.

    Parameters
    ----------
    topics : iterable of Topic
        The topics, in order.
    """

    def __init__(self, topics: Iterable[Topic]) -> None:
        self._topics = tuple(topics)
        self._matches = _Matches([*(t.words for t in self._topics), *(t.heads for t in self._topics)])

    def __getitem__(self, place: Any) -> Any:
        return self._topics[place]

    def __len__(self) -> int:
        return len(self._topics)

    def find(self, sentences: Sequence[str], found: text.WordTable) -> Hits:
        """Find the topics in sentences; ``found`` are the words of the sentences."""
        matches = [(w, p) for w, word in enumerate(found.vocabulary) for p in self._matches[word]]
        words, patterns = np.array(matches, dtype=np.intp).reshape(-1, 2).T
        belongs = np.zeros((len(found.vocabulary), 2 * len(self)), dtype=np.bool_)
        belongs[words, patterns] = True
        # Most words belong to no topic, and are passed over once instead of once for each.
        wanted = np.zeros(len(found.vocabulary), dtype=np.bool_)
        wanted[words] = True
        some = np.flatnonzero(wanted[found.ids])
        ids, rows = found.ids[some], found.rows[some]
        hits = []
        for number, topic in enumerate(self._topics):
            counts = np.bincount(rows[belongs[ids, number]], minlength=len(sentences))
            for row in np.unique(rows[belongs[ids, len(self) + number]]).tolist():
                counts[row] = topic.count(text.normalise_typography(sentences[row]).lower())
            held = np.flatnonzero(counts)
            hits.append((np.full(len(held), number), held, counts[held]))
        return Hits(*map(np.concatenate, zip(*hits, strict=True))) if hits else Hits(_NONE, _NONE, _NONE)


class _Matches(dict[str, tuple[int, ...]]):
    """Which of some patterns each word matches."""

    def __init__(self, patterns: Sequence[re.Pattern[str] | None]) -> None:
        self._patterns = patterns

    def __missing__(self, word: str) -> tuple[int, ...]:
        found = tuple(i for i, p in enumerate(self._patterns) if p is not None and p.match(word))
        if len(self) >= _MOST_WORDS:
            self.clear()
        self[word] = found
        return found


def compile_topics(codebook: pd.DataFrame) -> Topics:
    """Compile each topic of a codebook, in the order of the table; what was compiled lately is kept."""
    excluded = (
        codebook["exclude"].astype(bool).tolist()
        if "exclude" in codebook.columns
        else [False] * len(codebook)
    )
    return _compiled(tuple(zip(codebook["topic"], codebook["term"], excluded, strict=True)))


@lru_cache(maxsize=8)
def _compiled(rows: tuple[tuple[str, str, bool], ...]) -> Topics:
    terms: dict[str, tuple[list[str], list[str]]] = {}
    for name, term, excluded in rows:
        terms.setdefault(name, ([], []))[excluded].append(term)
    for name, (wanted, _) in terms.items():
        if not wanted:
            raise OptionError(f"the topic '{name}' has exclusions only", hint="give it at least one term")
    return Topics(Topic(name, *of_topic) for name, of_topic in terms.items())
