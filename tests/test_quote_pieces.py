"""Windows of word pieces, and labels back on the tokens: without torch."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from samestory.measures.quotes.model.labels import LABELS, SIZE, allowed, segments
from samestory.measures.quotes.model.pieces import decoded, windows
from samestory.measures.quotes.model.tokens import tokenize

TEXT = "Moss opened the fair. She left early.\n\n“The rain,” she said, “came from the hills.” It rained on."


@given(
    st.lists(st.tuples(st.integers(1, 9), st.booleans(), st.booleans()), min_size=1, max_size=60),
    st.integers(3, 25),
)
def test_windows_hold_every_token_once_and_no_more_than_fits(tokens, longest):
    pieces = [list(range(k)) for k, _, _ in tokens]
    paragraph = np.array([k == 0 or p for k, (_, p, _) in enumerate(tokens)])
    sentence = paragraph | np.array([s for _, _, s in tokens])
    found = windows(pieces, paragraph, sentence, longest)
    assert [k for w in found for k in range(w.first, w.stop)] == list(range(len(tokens)))
    for w in found:
        assert 0 < len(w.pieces) <= longest
        # The pieces of a token stand where its head says, whole unless it alone is longer than a window.
        for k, head in zip(range(w.first, w.stop), w.heads, strict=True):
            held = pieces[k][:longest]
            assert w.pieces[head : head + len(held)] == held


def test_windows_end_with_a_paragraph_where_one_is_at_hand():
    tokens = tokenize(TEXT)
    pieces = [[1]] * len(tokens)
    second = int(np.flatnonzero(tokens.paragraph)[1])
    first, *_ = windows(pieces, tokens.paragraph, tokens.sentence, second + 3)
    assert first.stop == second


def test_a_sentence_too_long_is_cut_between_tokens():
    starts = np.array([True] + [False] * 9)
    assert [(w.first, w.stop) for w in windows([[1, 2]] * 10, starts, starts, 6)] == [
        (0, 3), (3, 6), (6, 9), (9, 10)
    ]  # fmt: skip


def test_labels_survive_the_way_to_scores_and_back():
    tokens = tokenize(TEXT)
    gold = np.zeros(len(tokens), np.int64)
    words = tokens.words
    said, opened = words.index("said"), words.index("“Q")
    gold[opened : opened + 4] = [LABELS.index("B-X1"), *[LABELS.index("I-X1")] * 3]
    gold[said - 1], gold[said] = LABELS.index("B-S1"), LABELS.index("B-C1")
    logits = np.full((len(tokens), SIZE), -4, np.float32)
    logits[np.arange(len(tokens)), gold] = 4
    labels, p = decoded(logits, np.array([[0, len(tokens)]]))
    assert labels.tolist() == gold.tolist()
    assert np.allclose(p.sum(1), 1, atol=1e-5)
    found = segments(labels.astype(np.int64))
    assert [" ".join(words[a:b]) for a, b in zip(found.first, found.stop, strict=True)] == [
        "“Q The rain ,", "she", "said"
    ]  # fmt: skip


@given(st.integers(0, 2**31 - 1), st.integers(1, 30))
def test_whatever_the_scores_no_part_goes_on_that_has_not_begun(seed, n):
    logits = np.random.default_rng(seed).normal(0, 5, (n, SIZE)).astype(np.float32)
    labels, _ = decoded(logits, np.array([[0, n]]))
    may = allowed()
    assert labels[0] < 2 or labels[0] % 2 == 0
    assert all(may[a, b] for a, b in pairwise(labels))
