from math import sqrt
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

from samestory.errors import CorpusError, OptionError, TableError
from samestory.measures.sentiment import (
    Vader,
    mask_news,
    news_neutral,
    read_sentiment_lexicon,
    score_sentiment,
)
from samestory.measures.sentiment.news import _patterns


def sentences(*texts):
    return pd.DataFrame(
        {"article_id": "a", "start": range(len(texts)), "end": range(1, len(texts) + 1), "text": list(texts)}
    )


def test_scores_are_vader_s_own():
    texts = ["A bitter, shameful failure!", "The committee meets on Monday.", "Crews were VERY happy :)"]
    scores = score_sentiment(sentences(*texts))
    for text, row in zip(texts, scores.itertuples(), strict=True):
        expected = SentimentIntensityAnalyzer().polarity_scores(text)
        assert {k: getattr(row, k) for k in expected} == expected


def test_typography_makes_no_tone():
    curly, straight = "The deal wasn’t great.", "The deal wasn't great."
    scores = score_sentiment(sentences(curly, straight))["compound"]
    assert scores[0] == scores[1] < 0
    strict = score_sentiment(sentences(curly, straight), strict=True)["compound"]
    assert strict[0] > 0 > strict[1]


def test_a_sentence_without_words_has_no_score():
    scores = score_sentiment(sentences("***", "…", "Good."))
    assert scores["compound"].isna().tolist() == [True, True, False]


def test_other_columns_travel_and_the_input_stays():
    given = sentences("Good news.").assign(outlet="Herald", mine=7)
    before = given.copy()
    out = score_sentiment(given)
    assert out.loc[0, ["outlet", "mine"]].tolist() == ["Herald", 7]
    pd.testing.assert_frame_equal(given, before)


def test_an_empty_table_stays_empty():
    assert list(score_sentiment(sentences())[["compound", "neg", "neu", "pos"]].dtypes) == ["float64"] * 4


def test_a_wrong_table_is_told():
    with pytest.raises(TableError, match="start"):
        score_sentiment(pd.DataFrame({"article_id": ["a"], "text": ["x"]}))


def test_hits_and_coverage_count_the_words_of_the_lexicon():
    scores = score_sentiment(sentences("The brave crews saved a happy dog.", "The council met on Monday."))
    assert scores["n_hits"].tolist() == [3, 0]
    assert scores["coverage"].tolist() == pytest.approx([3 / 7, 0])
    assert scores["not_scored"].isna().all()


def test_an_emoji_is_spelled_out_before_words_are_counted():
    scores = score_sentiment(sentences("Good day 🙂", "🙂"))
    assert scores["n_hits"].tolist() == [2, 0]
    assert scores["not_scored"].tolist()[1] == "no_words"


@pytest.mark.parametrize(
    "text",
    [
        "Das war ein schlechter Tag für die Stadt und für das Land.",
        "Le maire est venu dans la ville avec les enfants.",
        "El alcalde dijo que no se puede vivir en las casas del puerto.",
        "Мэр города подал в отставку.",
        "市长在星期一辞职。",
    ],
)
def test_other_languages_are_flagged_and_not_scored(text):
    scores = score_sentiment(sentences(text))
    assert scores.loc[0, "not_scored"] == "not_english"
    assert scores[["compound", "neg", "neu", "pos", "coverage"]].isna().all(axis=None)


def test_a_foreign_name_or_phrase_leaves_a_sentence_english():
    texts = ["Die Linke won the seat.", "Café Los Olivos closed de facto in May.", "No war!", "Al Bin Laden."]
    assert score_sentiment(sentences(*texts))["not_scored"].isna().all()


def test_a_short_sentence_follows_its_article_s_language():
    foreign = sentences("Das ist nicht gut und wird auch nicht besser.", "Die Bar war gut.")
    assert score_sentiment(foreign)["not_scored"].tolist() == ["not_english"] * 2
    english = sentences("This is not good and it will not be better than that.", "Bar Die.")
    assert score_sentiment(english)["not_scored"].isna().all()


def test_news_names_carry_no_tone_when_masked():
    names = sentences(
        "The Justice Secretary met United staff.",
        "The Grand Old Party discussed interest rates.",
        "The LIBERAL PARTY met.",
        "The Liberal party met.",
    )
    assert (score_sentiment(names)["compound"] > 0).all()
    masked = score_sentiment(names, news_neutral=True)
    assert masked["compound"].tolist() == [0.0] * 4
    assert masked["n_hits"].tolist() == [0] * 4


def test_masking_leaves_other_words_alone():
    texts = sentences("They were united in their interest and gave a grand party for justice.")
    plain, masked = score_sentiment(texts), score_sentiment(texts, news_neutral=True)
    pd.testing.assert_frame_equal(plain, masked)


def test_the_list_of_news_names_gives_reasons_and_masks_what_vader_knows():
    entries, known = news_neutral(), Vader().lexicon
    assert len({e["phrase"] for e in entries}) == len(entries) > 100
    for entry in entries:
        assert entry["reason"], entry
        assert entry["source"] == "own", entry
        forms = [f for word in entry["phrase"].split() for f in word.split("|")]
        assert any(f.lower() in known for f in forms), entry
        first = " ".join(word.split("|")[0] for word in entry["phrase"].split())
        assert not set(mask_news(first).lower()) - set("x -"), first


def test_vader_knows_no_mask():
    assert not {"x" * length for length in range(1, 31)} & set(Vader().lexicon)  # "qq" it knows, as a face
    masked = score_sentiment(sentences("At least it rained."), news_neutral=True)
    assert masked["compound"].tolist() == [0.0]


def test_a_mask_keeps_length_and_words():
    text = "The U.S. Supreme Court and the Defence Secretary: interest-rate news."
    masked = mask_news(text)
    assert len(masked) == len(text)
    assert len(masked.split()) == len(text.split())
    assert "Supreme" not in masked
    assert "interest" not in masked


PHRASES = [word for entry in news_neutral() for part in entry["phrase"].split() for word in part.split("|")]


@given(
    st.lists(
        st.tuples(st.sampled_from(PHRASES), st.sampled_from([" ", "  ", "-", ", ", "'", "_", "é ", " ſ"]))
    )
)
def test_a_mask_is_that_of_all_phrases_at_every_place(parts):
    sentence = "".join(word + gap for word, gap in parts)
    everywhere, _ = _patterns()
    bare = everywhere.sub(lambda m: "".join("·" if c.isalpha() else c for c in m.group()), sentence)
    assert len(mask_news(sentence)) == len(sentence)
    for letter, marked, masked in zip(sentence, bare, mask_news(sentence), strict=True):
        assert masked == (letter if marked != "·" else "X" if letter.isupper() else "x")


def test_strict_and_masking_exclude_each_other():
    with pytest.raises(OptionError, match="choose one"):
        score_sentiment(sentences("Rain."), strict=True, news_neutral=True)


def test_a_user_lexicon_changes_only_its_own_call(tmp_path):
    file = tmp_path / "mine.csv"
    file.write_text("# ours\nlandslide,2.5\nhappy\t-1\tnote\n\n", encoding="utf-8")
    own = read_sentiment_lexicon(file)
    given = sentences("A landslide.", "Crews were happy.")
    assert (score_sentiment(given, lexicon=own)["compound"] > 0).tolist() == [True, False]
    assert (score_sentiment(given)["compound"] > 0).tolist() == [False, True]
    only = read_sentiment_lexicon(file, extend=False)
    assert dict(only) == {"landslide": 2.5, "happy": -1.0}


@pytest.mark.parametrize(
    "line",
    ["landslide", "landslide,much", "landslide,nan", "landslide,7", ",1", "two words,1", "Upper,1", "rain,1"],
)
def test_a_bad_line_of_a_user_lexicon_is_named(tmp_path, line):
    file = tmp_path / "mine.csv"
    file.write_text(f"# ours\nrain,-1\n{line}\n", encoding="utf-8")
    with pytest.raises(CorpusError) as error:
        read_sentiment_lexicon(file)
    assert (error.value.line, error.value.path) == (3, file)


def test_a_lexicon_without_words_or_file_is_told(tmp_path):
    (tmp_path / "empty.csv").write_text("# nothing\n", encoding="utf-8")
    (tmp_path / "bytes.csv").write_bytes(b"\xff\xfe\x00")
    for name in ("empty.csv", "bytes.csv", "absent.csv"):
        with pytest.raises(CorpusError, match="lexicon"):
            read_sentiment_lexicon(tmp_path / name)
    with pytest.raises(OptionError, match="mapping"):
        score_sentiment(sentences("Rain."), lexicon=["good"])


@pytest.mark.parametrize("text", [None, float("nan"), 3])
def test_what_is_no_text_is_told(text):
    with pytest.raises(TableError, match="text"):
        score_sentiment(sentences("Good.", text))


@pytest.mark.parametrize("text", ["good " * 200_000, "a" * 1_000_000, "good" * 250_000 + "!"])
def test_a_long_text_is_scored_in_no_time(text):
    assert score_sentiment(sentences(text))["compound"].notna().all()


@settings(deadline=None, max_examples=200)
@given(st.text(max_size=80), st.booleans())
def test_hits_add_up_to_the_score(text, masked):
    vader = Vader()
    text = mask_news(text) if masked else text
    hits, emphasis, n = vader.hits(text)
    total = sum(v for _, v in hits) + emphasis
    assert total / sqrt(total * total + 15) == pytest.approx(
        vader.polarity_scores(text)["compound"], abs=6e-5
    )
    assert 0 <= len(hits) <= n
    assert vader.counted(text) == (vader.polarity_scores(text), len(hits), n)


@settings(deadline=None, max_examples=300)
@given(st.lists(st.sampled_from("good bad but not very never so kind of NO! awful 🔛 🙂 fine? no".split())))
def test_hits_add_up_to_the_score_around_rules(parts):
    test_hits_add_up_to_the_score.hypothesis.inner_test(" ".join(parts), False)


def test_the_quirks_in_the_documentation_are_vader_s():
    page = (Path(__file__).resolve().parents[1] / "docs" / "sentiment.md").read_text(encoding="utf-8")
    rows = page.split("| text | compound | why |")[1].split("\n\n")[0].splitlines()[2:]
    assert len(rows) >= 10
    for row in rows:
        text, compound = (cell.strip() for cell in row.split("|")[1:3])
        assert Vader().polarity_scores(text)["compound"] == float(compound.replace("−", "-")), text
