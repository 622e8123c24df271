"""Find the terms of a topic in many sentences: by numbered words where possible, by pattern where needed.

A single word is looked up once in the vocabulary, not once in every sentence. Only sentences that may hold a
phrase or an excluded phrase are searched with the pattern itself. Both ways give the same counts.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from samestory import text
from samestory.errors import OptionError

__all__ = ["Topic", "compile_topics", "count_words"]


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
        self.heads = [max(_pieces(t), key=len) for t in wanted if not _is_word(t) if _pieces(t)]
        self.heads += [max(_pieces(t), key=len) for t in unwanted if _pieces(t)]

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


def compile_topics(codebook: pd.DataFrame) -> list[Topic]:
    """Compile each topic of a codebook, in the order of the table."""
    excluded = codebook["exclude"].astype(bool) if "exclude" in codebook.columns else codebook["term"].isna()
    topics = []
    codebook, excluded = codebook.reset_index(drop=True), excluded.reset_index(drop=True)
    for name, rows in codebook.groupby("topic", sort=False):
        out = excluded[rows.index]
        if out.all():
            raise OptionError(f"the topic '{name}' has exclusions only", hint="give it at least one term")
        topics.append(Topic(str(name), rows.loc[~out, "term"], rows.loc[out, "term"]))
    return topics


def count_words(
    topics: Sequence[Topic], sentences: list[str], found: text.WordTable
) -> Iterator[NDArray[np.int64]]:
    """Count each topic's words in each sentence, topic by topic; ``found`` are the words of the sentences."""
    words = [_matching(t.words, found.vocabulary) for t in topics]
    heads = [_matching(text.term_pattern(t.heads) if t.heads else None, found.vocabulary) for t in topics]
    # Most words belong to no topic, and are passed over once instead of once for each.
    wanted = np.zeros(len(found.vocabulary), dtype=np.bool_)
    for mask in (*words, *heads):
        wanted |= mask
    some = np.flatnonzero(wanted[found.ids])
    ids, rows = found.ids[some], found.rows[some]
    for topic, whole, head in zip(topics, words, heads, strict=True):
        counts = np.bincount(rows[whole[ids]], minlength=len(sentences))
        for row in np.unique(rows[head[ids]]).tolist():
            counts[row] = topic.count(text.normalise_typography(sentences[row]).lower())
        yield counts


def _matching(pattern: re.Pattern[str] | None, vocabulary: list[str]) -> NDArray[np.bool_]:
    if pattern is None:
        return np.zeros(len(vocabulary), dtype=np.bool_)
    return np.fromiter((pattern.match(w) is not None for w in vocabulary), np.bool_, len(vocabulary))
