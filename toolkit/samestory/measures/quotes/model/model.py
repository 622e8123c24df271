"""The trained model: from texts to attributions."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice, pairwise
from os import PathLike
from typing import Any

import numpy as np
from numpy.typing import NDArray

from samestory.measures.quotes.model import second, state
from samestory.measures.quotes.model.attributions import Attribution, assemble
from samestory.measures.quotes.model.chain import best_labels, chains, planned, probabilities
from samestory.measures.quotes.model.columns import (
    PLACES,
    SECOND_PLACES,
    cross_rows,
    place_rows,
    rows,
    tuple_rows,
)
from samestory.measures.quotes.model.labels import CUE_BEGINS, SIZE
from samestory.measures.quotes.model.lexicon import Lexicon
from samestory.measures.quotes.model.second import second_columns
from samestory.measures.quotes.model.state import Frame, frame_of, shifted, state_columns
from samestory.measures.quotes.model.tokens import Ints, Tokens, joined, tokenize
from samestory.measures.quotes.model.weights import STEP, Floats, Weights, load_weights

BATCH = 100_000  # tokens decoded together: the more, the fewer steps for each; bounds the memory
PART = 40_000  # tokens whose features are made together: whole columns stay in the processor's cache
CHUNK = 2_000  # tokens scored together; what is added up stays in the processor's cache
TOGETHER = 2_000  # ways in which the values of templates meet that are looked up as one
CUE_BIAS = 0.8, 0.5  # first and second chain: makes a cue likelier, for the balance of precision and recall


class QuoteModel:
    """Finds attributions in texts.

    Parameters
    ----------
    weights : Weights

    Notes
    -----
    Scores of words are kept from call to call, which changes the speed and never the result.
    """

    def __init__(self, weights: Weights) -> None:
        self._weights = weights
        self._lexicon = Lexicon(weights)

    @classmethod
    def load(cls, path: str | PathLike[str]) -> QuoteModel:
        """Model with the weights of a file."""
        return cls(load_weights(path))

    def attribute(self, text: str) -> list[Attribution]:
        """Attributions of one text, in the order of their cues."""
        return next(self.attribute_many([text]))

    def attribute_many(self, texts: Iterable[str]) -> Iterator[list[Attribution]]:
        """Attributions of each text in turn; no text bears on another's result.

        Parameters
        ----------
        texts : iterable of str

        Yields
        ------
        list of Attribution
        """
        source = iter(texts)
        while batch := list(islice(_until_full(source), 256)):
            yield from self._attribute(batch)

    def _attribute(self, all_tokens: Sequence[Tokens]) -> Iterator[list[Attribution]]:
        found = self._decode([joined(part) for part in _parts(all_tokens)])
        for tokens in all_tokens:
            yield next(found) if len(tokens) else []

    def _decode(self, parts: Sequence[Tokens]) -> Iterator[list[Attribution]]:
        """Attributions of each text of the parts; made part by part, as few of them at once as may be."""
        if not parts:
            return
        w, read = self._weights, [self._read(tokens) for tokens in parts]
        edges = np.cumsum([0, *map(len, parts)]).tolist()
        stretches = list(pairwise(edges))
        context = np.concatenate([part.frame.context for part in read])
        spans = np.concatenate(
            [chains(t.paragraph, t.sentence) + a for t, (a, _) in zip(parts, stretches, strict=True)]
        )
        plan = planned(spans, context)
        scores = np.concatenate([_scores(part.steps[:, :SIZE], CUE_BIAS[0]) for part in read])
        labels = best_labels(scores, context, w.transition1, spans, plan)
        p = probabilities(scores, context, w.transition1, spans, plan)
        for part, (a, b) in zip(read, stretches, strict=True):
            columns = second_columns(part.tokens, part.frame, labels[a:b].astype(np.int64), p[a:b], part.low)
            steps = part.steps[:, SIZE:] + self._second_steps(columns, part.frame)
            scores[a:b] = _scores(steps, CUE_BIAS[1])
        labels = best_labels(scores, context, w.transition2, spans, plan)
        some = spans[np.maximum.reduceat(labels, spans[:, 0]) > 0]  # nobody asks how sure the others are
        p = probabilities(scores, context, w.transition2, some)
        for part, (a, b) in zip(read, stretches, strict=True):
            found = assemble(part.tokens, part.frame, part.low, labels[a:b], p[a:b], w)
            text = np.cumsum(part.tokens.head)[[first for first, _ in found]].tolist()
            for number in range(1, int(part.tokens.head.sum()) + 1):
                yield [one for _, one in found[bisect_left(text, number) : bisect_right(text, number)]]

    def _read(self, tokens: Tokens) -> _Read:
        types = self._lexicon.numbers(tokens.words)
        frame = frame_of(tokens, self._lexicon.signs[types])
        return _Read(tokens, frame, self._lexicon.lower(types), self._shared_steps(tokens, frame, types))

    def _shared_steps(self, tokens: Tokens, frame: Frame, types: Ints) -> NDArray[np.int16]:
        """Scores of both chains from the templates they share, shape (n, 2 * labels)."""
        lexicon, table, bits = self._lexicon, self._weights.shared, self._weights.bits
        words = {k: shifted(types, k, frame.paragraph, lexicon.pad) for k in lexicon.scores}
        columns = state_columns(tokens, frame)
        places = tuple_rows(lexicon.keys, types, frame, bits, lexicon.pad)
        places += cross_rows(lexicon.keys, types, columns, bits)
        out = _place_steps(columns, state.WHOLE, PLACES, table, frame)
        for k, scores in lexicon.scores.items():
            _add(out, scores, [words[k]])
        _add(out, table, places)
        return out

    def _second_steps(self, columns: Mapping[str, Ints], frame: Frame) -> NDArray[np.int16]:
        """Scores of the second chain from the templates over what the first one found, shape (n, labels)."""
        return _place_steps(columns, second.WHOLE, SECOND_PLACES, self._weights.second, frame)


@dataclass(frozen=True)
class _Read:
    """A part of the texts, with the sums of the templates that both chains use, shape (n, 2 * labels)."""

    tokens: Tokens
    frame: Frame
    low: NDArray[np.uint64]
    steps: NDArray[np.int16]


def _place_steps(
    columns: Mapping[str, Ints], wholes: Collection[str], salt: int, table: NDArray[np.int8], frame: Frame
) -> NDArray[np.int16]:
    """Sum of place templates; what holds for a whole sentence or quotation is looked up once for it."""
    bits = len(table).bit_length() - 1
    heads = np.append(True, (np.diff(frame.sentence) != 0) | (np.diff(frame.quote) != 0))
    at = np.flatnonzero(heads)
    whole, single = [], []
    for number, (name, column) in enumerate(columns.items(), salt):
        if name in wholes:
            whole.append(place_rows(column[at], number, bits))
        else:
            single.append((number, column, int(column.max()) + 1))
    sums = np.zeros((len(at), table.shape[1]), np.int16)
    _add(sums, table, whole)
    out = sums.take(np.cumsum(heads) - 1, axis=0)
    alone = []
    for group in _few_together(single, min(TOGETHER, len(out) // 4)):
        if len(group) > 1:
            _add(out, *_together(group, table, bits))
        else:
            alone += [place_rows(column, number, bits) for number, column, _ in group]
    _add(out, table, alone)
    return out


_Column = tuple[int, Ints, int]  # number of its template, values, and how many values there may be


def _few_together(columns: Sequence[_Column], most: int) -> Iterator[list[_Column]]:
    """Neighbouring columns whose values can meet in so many ways at most."""
    group: list[_Column] = []
    ways = 1
    for column in columns:
        if group and ways * column[2] > most:
            yield group
            group, ways = [], 1
        group.append(column)
        ways *= column[2]
    if group:
        yield group


def _together(
    group: Sequence[_Column], table: NDArray[np.int8], bits: int
) -> tuple[NDArray[np.int16], list[Ints]]:
    """Add up several templates for each way their values can meet, and which way each token has."""
    sums = np.zeros((1, table.shape[1]), np.int16)
    way: Ints = np.zeros(len(group[0][1]), np.int64)
    for number, column, size in group:
        steps = table[rows(np.arange(size, dtype=np.uint64), number, bits)]
        sums = (sums[:, None] + steps).reshape(-1, table.shape[1])
        way = way * size + column
    return sums, [way]


def _add(sums: NDArray[np.int16], table: NDArray[Any], rows_of_templates: Sequence[NDArray[Any]]) -> None:
    """Add to each token, for each template, the row of the table that its number names."""
    buffer = np.empty((CHUNK, table.shape[1]), table.dtype)
    for a in range(0, len(sums), CHUNK):
        here = sums[a : a + CHUNK]
        for row in rows_of_templates:
            here += table.take(row[a : a + CHUNK], 0, buffer[: len(here)], "clip")


def _scores(steps: NDArray[np.int16], bias: float) -> Floats:
    """Scores of whole steps, with the bias towards cues."""
    out = np.multiply(steps, np.float32(STEP), dtype=np.float32)
    out[:, CUE_BEGINS] += bias
    return out


def _parts(texts: Iterable[Tokens]) -> Iterator[list[Tokens]]:
    """Texts until a part has enough tokens; empty ones fall away."""
    part: list[Tokens] = []
    size = 0
    for tokens in filter(len, texts):
        if part and size + len(tokens) > PART:
            yield part
            part, size = [], 0
        part.append(tokens)
        size += len(tokens)
    if part:
        yield part


def _until_full(texts: Iterator[str]) -> Iterator[Tokens]:
    """Tokenised texts until a batch has enough tokens."""
    size = 0
    while size < BATCH:
        text = next(texts, None)
        if text is None:
            return
        tokens = tokenize(text)
        size += len(tokens)
        yield tokens
