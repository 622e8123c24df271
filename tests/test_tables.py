import pandas as pd
import pytest

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
