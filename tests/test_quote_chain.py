"""Decoding of the chain against all sequences of labels there are, and the independence of chains."""

from itertools import pairwise

import numpy as np
import pytest

from samestory.measures.quotes.model.chain import best_labels, chains, probabilities
from samestory.measures.quotes.model.labels import FORBIDDEN, SIZE, allowed
from samestory.measures.quotes.model.state import CONTEXTS

TABLES = np.random.default_rng(5).normal(size=(CONTEXTS, SIZE, SIZE)).astype(np.float32)
TABLES[:, ~allowed()] = FORBIDDEN


def drawn(n, seed):
    rng = np.random.default_rng(seed)
    return 2 * rng.normal(size=(n, SIZE)).astype(np.float32), rng.integers(0, CONTEXTS, n)


def every_sequence(emission, context):
    """Sequences of labels, shape (sequences, n), and the score of each, added up in double precision."""
    n = len(emission)
    labels = np.indices((SIZE,) * n).reshape(n, -1).T
    score = emission.astype(float)[np.arange(n), labels].sum(axis=1)
    for before, here in pairwise(range(n)):
        score += TABLES[context[here], labels[:, before], labels[:, here]].astype(float)
    return labels, score


@pytest.mark.parametrize("n", [1, 2, 3, 4])
@pytest.mark.parametrize("seed", range(5))
def test_decoding_agrees_with_all_sequences(n, seed):
    emission, context = drawn(n, seed)
    spans = np.array([[0, n]])
    labels, score = every_sequence(emission, context)
    assert best_labels(emission, context, TABLES, spans).tolist() == labels[score.argmax()].tolist()
    weight = np.exp(score - score.max())
    expected = [np.bincount(labels[:, i], weight, minlength=SIZE) / weight.sum() for i in range(n)]
    np.testing.assert_allclose(probabilities(emission, context, TABLES, spans), expected, atol=2e-6)


def test_a_chain_is_decoded_alone_as_among_others_to_the_last_bit():
    lengths = np.random.default_rng(1).integers(1, 60, 400)
    edges = np.append(0, np.cumsum(lengths))
    spans = np.column_stack([edges[:-1], edges[1:]])
    emission, context = drawn(int(edges[-1]), seed=2)
    labels, p = (f(emission, context, TABLES, spans) for f in (best_labels, probabilities))
    for start, stop in spans:
        alone = np.array([[0, stop - start]])
        own = emission[start:stop], context[start:stop], TABLES, alone
        assert best_labels(*own).tolist() == labels[start:stop].tolist()
        assert probabilities(*own).tobytes() == p[start:stop].tobytes()


def test_tokens_of_no_chain_have_no_probability():
    emission, context = drawn(6, seed=3)
    p = probabilities(emission, context, TABLES, np.array([[2, 4]]))
    np.testing.assert_allclose(p.sum(axis=1), [0, 0, 1, 1, 0, 0], atol=1e-6)
    assert not probabilities(emission, context, TABLES, np.empty((0, 2), np.int64)).any()


def test_long_texts_are_cut_at_paragraphs_then_sentences_then_anywhere():
    paragraph, sentence = np.zeros(1500, bool), np.zeros(1500, bool)
    paragraph[[0, 20]] = sentence[[0, 20, 300]] = True
    assert chains(paragraph, sentence).tolist() == [[0, 20], [20, 300], [300, 700], [700, 1100], [1100, 1500]]
