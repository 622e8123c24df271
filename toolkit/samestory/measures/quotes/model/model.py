"""The trained model: from texts to attributions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice, pairwise
from os import PathLike

import numpy as np
from numpy.typing import NDArray

from samestory.measures.quotes.model.attributions import Attribution, assemble
from samestory.measures.quotes.model.chain import best_labels, chains, probabilities
from samestory.measures.quotes.model.columns import rows, state_rows, tuple_rows
from samestory.measures.quotes.model.labels import CUE_BEGINS, SIZE
from samestory.measures.quotes.model.lexicon import Lexicon
from samestory.measures.quotes.model.second import second_columns
from samestory.measures.quotes.model.state import Frame, frame_of, shifted, state_columns
from samestory.measures.quotes.model.tokens import Ints, Tokens, tokenize
from samestory.measures.quotes.model.weights import Floats, Weights, load_weights

BATCH = 30_000  # tokens decoded together; bounds the memory
CUE_BIAS = 0.8, 0.5  # first and second chain: makes a cue likelier, for the balance of precision and recall


@dataclass(frozen=True)
class Prepared:
    """A text and its arrays."""

    tokens: Tokens
    frame: Frame
    types: Ints


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
        full = [k for k, tokens in enumerate(all_tokens) if len(tokens)]
        self._lexicon.learn(word for k in full for word in all_tokens[k].words)
        texts = [self._prepare(all_tokens[k]) for k in full]
        found = dict(zip(full, self._decode(texts), strict=True)) if texts else {}
        for k in range(len(all_tokens)):
            yield found.get(k, [])

    def _prepare(self, tokens: Tokens) -> Prepared:
        return Prepared(tokens, frame_of(tokens), self._lexicon.numbers(tokens.words))

    def _decode(self, texts: list[Prepared]) -> Iterator[list[Attribution]]:
        w = self._weights
        emission = np.concatenate([self._shared_scores(text) for text in texts])
        context = np.concatenate([text.frame.context for text in texts])
        edges = np.cumsum([0, *(len(text.tokens) for text in texts)])
        spans = np.concatenate(
            [
                chains(x.tokens.paragraph, x.tokens.sentence) + a
                for x, a in zip(texts, edges[:-1], strict=True)
            ]
        )
        first = _biased(emission[:, :SIZE], CUE_BIAS[0])
        labels = best_labels(first, context, w.transition1, spans)
        p = probabilities(first, context, w.transition1, spans)
        parts = [slice(a, b) for a, b in pairwise(edges)]
        extra = [self._second_scores(x, labels[part], p[part]) for x, part in zip(texts, parts, strict=True)]
        second = _biased(emission[:, SIZE:] + np.concatenate(extra), CUE_BIAS[1])
        labels = best_labels(second, context, w.transition2, spans)
        p = probabilities(second, context, w.transition2, spans)
        for x, part in zip(texts, parts, strict=True):
            low = self._lexicon.lower(x.types)
            yield assemble(x.tokens, x.frame, low, labels[part], p[part], w)

    def _shared_scores(self, text: Prepared) -> Floats:
        """Scores of both chains from the templates they share, shape (n, 2 * labels)."""
        lexicon, table = self._lexicon, self._weights.shared
        out = np.zeros((len(text.tokens), 2 * SIZE), np.float32)
        for k, scores in lexicon.scores.items():
            out += scores[shifted(text.types, k, text.frame.paragraph, lexicon.pad)]
        state = state_columns(text.tokens, text.frame)
        bits = self._weights.bits
        for row in tuple_rows(lexicon.keys, text.types, text.frame, bits, lexicon.pad):
            out += table[row]
        for row in state_rows(lexicon.keys, text.types, state, bits):
            out += table[row]
        return out

    def _second_scores(self, text: Prepared, labels: NDArray[np.int8], p: Floats) -> Floats:
        w = self._weights
        low = self._lexicon.lower(text.types)
        columns = second_columns(text.tokens, text.frame, labels.astype(np.int64), p, low)
        out = np.zeros((len(text.tokens), SIZE), np.float32)
        for t, column in enumerate(columns.values()):
            out += w.second[rows(column.astype(np.uint64), 700 + t, w.second_bits)]
        return out


def _biased(emission: Floats, bias: float) -> Floats:
    out = emission.copy()
    out[:, CUE_BEGINS] += bias
    return out


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
