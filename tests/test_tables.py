import pandas as pd
import pytest

import samestory as ss
from samestory import tables
from samestory.errors import MissingExtraError, SamestoryError, TableError


def articles(**changes):
    frame = pd.DataFrame(
        {"article_id": ["a", "b"], "outlet": ["x", "y"], "text": ["One.", "Two."], "flags": ["", "no_date"]}
    )
    return frame.assign(**changes)


def test_a_good_table_comes_back_itself():
    frame = articles(extra=[1, 2], published=pd.to_datetime(["2025-03-01", None], utc=True))
    assert tables.check(frame, tables.ARTICLES) is frame


@pytest.mark.parametrize(
    ("frame", "message"),
    [
        (articles().drop(columns="text"), "needs the columns text"),
        (articles(text=["One.", None]), "1 missing values, the first in row 1"),
        (articles(text=["One.", 2]), "should hold text"),
        (articles(published=["2025-03-01", "2025-03-02"]), "times in UTC"),
        (articles(published=pd.to_datetime(["2025-03-01"] * 2)), "times in UTC"),
        (articles(article_id=["a", "a"]), "same article_id"),
        ([1, 2], "DataFrame"),
    ],
)
def test_a_bad_table_is_told(frame, message):
    with pytest.raises(TableError, match=message):
        tables.check(frame, tables.ARTICLES)


def test_needed_columns_can_be_added():
    with pytest.raises(TableError, match="story_id"):
        tables.check(articles(), tables.ARTICLES, need=["story_id"])


def test_flags_are_added_once_and_the_input_stays():
    frame = articles()
    out = tables.add_flag(frame, frame["article_id"] == "b", "no_text")
    assert out["flags"].tolist() == ["", "no_date no_text"]
    assert (
        tables.add_flag(out, out["article_id"] == "b", "no_text")["flags"].tolist() == out["flags"].tolist()
    )
    assert frame["flags"].tolist() == ["", "no_date"]
    assert tables.has_flag(out, "no_text", "bad_date").tolist() == [False, True]
    assert tables.has_flag(articles().drop(columns="flags"), "no_text").tolist() == [False, False]
    with pytest.raises(TableError, match="no reason code"):
        tables.add_flag(frame, frame["article_id"] == "b", "odd")


def test_every_key_is_a_column():
    for table in tables.TABLES.values():
        assert set(table.key) <= set(table.columns), table.name


def test_errors_say_where_what_and_what_to_do():
    error = SamestoryError("no date", hint="add one", path="a.csv", line=3)
    assert str(error) == "a.csv, line 3: no date. To do: add one."
    assert str(SamestoryError("no date.")) == "no date."
    assert "samestory[scale]" in str(
        MissingExtraError.for_package("pyarrow", extra="scale", purpose="Parquet")
    )
    assert issubclass(TableError, ValueError)


def halves():
    """Articles as a program makes them that reads broken escapes: half a character in text and title."""
    return pd.DataFrame(
        {
            "article_id": ["a", "b"],
            "outlet": ["Herald", "Ledger"],
            "title": pd.Series(["Bad \udc80 title", "Ferries"], dtype=object),
            "text": pd.Series(["“Caf\ud800 is shut,” said Ada Moss.", "Crews began a strike."], dtype=object),
            "published": pd.to_datetime(["2025-01-01"] * 2, utc=True),
        }
    )


def test_halves_of_characters_are_replaced_one_for_one_and_flagged():
    whole = tables.whole_characters(halves())
    assert whole["text"].tolist() == ["“Caf\ufffd is shut,” said Ada Moss.", "Crews began a strike."]
    assert whole["title"].tolist() == ["Bad \ufffd title", "Ferries"]
    assert whole["flags"].tolist() == ["damaged_characters", ""]
    assert tables.whole_characters(whole) is whole


@pytest.mark.parametrize("step", [ss.clean_articles, ss.cleaning_lines, ss.split_sentences, ss.find_quotes])
def test_steps_take_tables_with_halves_of_characters(step):
    pd.testing.assert_frame_equal(step(halves()), step(tables.whole_characters(halves())))


def test_a_study_of_a_table_with_halves_of_characters_can_be_saved(tmp_path):
    study = ss.compare(halves())
    vars(study)["figures"] = {}  # drawn from tables
    study.save(tmp_path / "out")
    assert study.tables["articles"]["flags"].tolist() == ["damaged_characters", ""]
    assert study.summary["flags"] == {"damaged_characters": 1}
