"""label_voice: whose voice a sentence speaks in."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from samestory.errors import OptionError, TableError
from samestory.measures.quotes import find_quotes, label_voice
from samestory.text import split_sentences, word_spans

TEXT = (
    "“We sail at dawn,” Pohl said. The harbour was quiet.\n\n"
    "The strike entered its second week on Monday and the mayor called it “a disgrace”. "
    "The ministry said the bridge was safe."
)


def articles_of(*texts: str) -> pd.DataFrame:
    ids = [f"a{i}" for i in range(len(texts))]
    return pd.DataFrame({"article_id": ids, "outlet": "Herald", "text": list(texts)}).astype("str")


def labelled(*texts: str, **options: object) -> pd.DataFrame:
    articles = articles_of(*texts)
    return label_voice(split_sentences(articles), find_quotes(articles), **options)


def test_voices() -> None:
    assert labelled(TEXT)["voice"].tolist() == ["quoted", "own", "mixed", "quoted"]


def test_kinds_select_what_counts_as_quoted() -> None:
    direct = labelled(TEXT, kinds=("direct",))
    assert direct["voice"].tolist()[0] == "quoted"
    assert direct["voice"].tolist()[3] == "own"
    assert direct["quoted_share"].tolist()[3] == 0


def test_inputs_stay_as_they_were() -> None:
    articles = articles_of(TEXT)
    sentences, quotes = split_sentences(articles), find_quotes(articles)
    before = sentences.copy(), quotes.copy()
    label_voice(sentences, quotes)
    pd.testing.assert_frame_equal(sentences, before[0])
    pd.testing.assert_frame_equal(quotes, before[1])


def test_bad_input() -> None:
    articles = articles_of(TEXT)
    sentences, quotes = split_sentences(articles), find_quotes(articles)
    with pytest.raises(OptionError, match="kinds"):
        label_voice(sentences, quotes, kinds=("loud",))
    with pytest.raises(TableError):
        label_voice(quotes.drop(columns="text"), quotes)
    assert label_voice(sentences.iloc[:0], quotes.iloc[:0]).empty


def slow_share(text: str, sentence: tuple[int, int], said: set[int], frame: set[int]) -> float:
    """The definition, character by character."""
    letters = {
        i for a, b in word_spans(text[slice(*sentence)]) for i in range(a + sentence[0], b + sentence[0])
    }
    inside, outside = len(letters & said), len(letters - said - frame)
    return inside / (inside + outside) if inside else 0.0


PIECES = st.sampled_from(
    [
        "“We sail,” Pohl said. ",
        "It rained. ",
        "Moss said it poured",
        ". ",
        "\n\n",
        "‘No,’ ",
        "he said. ",
        "A “fair” deal, ",
    ]
)


@settings(max_examples=100, deadline=None)
@given(st.lists(PIECES, max_size=12).map("".join), st.lists(PIECES, max_size=6).map("".join))
def test_share_agrees_with_its_definition(one: str, other: str) -> None:
    articles = articles_of(one, other)
    sentences, quotes = split_sentences(articles), find_quotes(articles)
    for s in label_voice(sentences, quotes).itertuples():
        mine = quotes[quotes["article_id"] == s.article_id]
        said = {i for spans in mine["spans"] for a, b in spans for i in range(a, b)}
        around = [*mine["speaker_spans"], *mine["cue_spans"]]
        frame = {i for spans in around for a, b in spans for i in range(a, b)} - said
        text = one if s.article_id == "a0" else other
        assert s.quoted_share == pytest.approx(slow_share(text, (s.start, s.end), said, frame))
        assert s.voice == ("quoted" if s.quoted_share >= 0.9 else "own" if s.quoted_share <= 0.1 else "mixed")
