"""Dates: what stood there, what it was read as, how exactly, and by which rule."""

from __future__ import annotations

import json

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from samestory.errors import CorpusError, OptionError
from samestory.readers import read_corpus, read_corpus_info
from samestory.readers.dates import AmbiguousDate, read_date, url_day


@pytest.mark.parametrize(
    ("text", "when", "precision"),
    [
        ("2031-03-04", "2031-03-04T00:00", "day"),
        ("20310304", "2031-03-04T00:00", "day"),
        ("2031-03-04T06:40Z", "2031-03-04T06:40", "minute"),
        ("2031-03-04 06:40:11+02:00", "2031-03-04T04:40:11", "second"),
        ("4 March 2031", "2031-03-04T00:00", "day"),
        ("Tues., 4th Mar. 2031", "2031-03-04T00:00", "day"),
        ("March 4, 2031 at 6:40 a.m. EST", "2031-03-04T11:40", "minute"),
        ("March 4, 2031 12:05 AM", "2031-03-04T00:05", "minute"),
        ("Tue, 04 Mar 2031 18:40:00 +0530", "2031-03-04T13:10:00", "second"),
        ("4 March 2031 06:40 XYZ", "2031-03-04T00:00", "day"),
        ("31/12/2031", "2031-12-31T00:00", "day"),
        ("12/31/2031", "2031-12-31T00:00", "day"),
        ("05.05.2031 07:30", "2031-05-05T07:30", "minute"),
        ("2031/03/04", "2031-03-04T00:00", "day"),
    ],
)
def test_dates_are_read_in_utc_with_their_precision(text, when, precision):
    found = read_date(text)
    assert found is not None
    assert found.when.replace(tzinfo=None) == pd.Timestamp(when)
    assert found.precision == precision


@pytest.mark.parametrize("text", ["03/04/2031", "3.4.2031", "03-04-31", "31/12/31"])
def test_two_way_dates_ask_for_their_order(text):
    with pytest.raises(AmbiguousDate):
        read_date(text)


def test_order_settles_them():
    assert read_date("03/04/2031", order="dmy").when.month == 4
    assert read_date("03/04/2031", order="mdy").when.month == 3
    assert read_date("31/12/31", order="dmy").when.year == 2031
    assert read_date("31/12/31", order="mdy") is None or read_date("31/12/31", order="mdy").when.day == 31


@pytest.mark.parametrize("text", ["", "soon", "2031", "2031-03", "March 2031", "31 Feb 2031", "1930000000"])
def test_no_dates(text):
    assert read_date(text) is None


@given(st.text(max_size=30))
def test_any_text_is_read_or_not(text):
    try:
        found = read_date(text)
    except AmbiguousDate:
        return
    assert found is None or found.when.utcoffset().total_seconds() == 0


@given(st.dates(min_value=pd.Timestamp("1990-01-01").date(), max_value=pd.Timestamp("2089-12-31").date()))
def test_written_dates_come_back(day):
    for form in ("%Y-%m-%d", "%d %B %Y", "%B %d, %Y", "%a, %d %b %Y 00:00:00 GMT"):
        assert read_date(day.strftime(form)).when.date() == day
    assert read_date(day.strftime("%d/%m/%Y"), order="dmy").when.date() == day
    assert url_day(f"https://echo.example/{day:%Y/%m/%d}/weir").when.date() == day


def rows(tmp_path, *articles):
    file = tmp_path / "t.jsonl"
    lines = [json.dumps({"text": "Rain.", "outlet": "Echo"} | a) for a in articles]
    file.write_text("\n".join(lines), encoding="utf-8")
    return file


def test_a_table_says_where_each_date_comes_from(tmp_path):
    file = rows(
        tmp_path,
        {"published": "2031-03-04T06:40+01:00"},
        {"published": "03/04/2031"},
        {"published": "March 2031"},
        {"url": "https://echo.example/2031/03/04/weir"},
        {},
    )
    found = read_corpus(file)
    flags = ["", "ambiguous_date", "vague_date", "date_from_url", "no_date"]
    assert found["flags"].tolist() == flags
    assert found["published_precision"].fillna("").tolist() == ["minute", "", "", "day", ""]
    assert found["published_from"].fillna("").tolist() == [*["column published"] * 3, "url", ""]
    assert found["published_raw"].iloc[0] == "2031-03-04T06:40+01:00"
    settled = read_corpus(file, date_order="dmy")
    assert settled["flags"].tolist() == ["", "", *flags[2:]]
    assert settled["published"].iloc[1] == pd.Timestamp("2031-04-03", tz="UTC")


def test_the_corpus_can_say_the_order(tmp_path):
    (tmp_path / "echo").mkdir()
    (tmp_path / "echo" / "a.txt").write_text("Published: 03/04/2031\n\nRain fell.", encoding="utf-8")
    (tmp_path / "echo" / "2031-05-06-b.txt").write_text("Rain fell.", encoding="utf-8")
    info = tmp_path / "corpus.toml"
    info.write_text('date_order = "mdy"\n', encoding="utf-8")
    found = read_corpus(tmp_path).set_index("article_id")
    assert found.loc["echo/a", "published"] == pd.Timestamp("2031-03-04", tz="UTC")
    assert found["published_from"].tolist() == ["file name", "header"]
    assert read_corpus(tmp_path, date_order="dmy")["published"].dt.month.tolist() == [5, 4]
    info.write_text('date_order = "ymd"\n', encoding="utf-8")
    with pytest.raises(CorpusError, match="dmy or mdy"):
        read_corpus(tmp_path)
    with pytest.raises(OptionError, match="date_order"):
        read_corpus(tmp_path / "echo" / "a.txt", date_order="ymd")


def test_stances_carry_source_and_date(tmp_path):
    (tmp_path / "corpus.toml").write_text(
        '[outlets.echo]\nstance = "left"\nstance_source = "a reader survey"\nstance_date = 2031-03-04\n',
        encoding="utf-8",
    )
    assert read_corpus_info(tmp_path)["outlets"]["echo"]["stance_date"] == "2031-03-04"
    (tmp_path / "corpus.toml").write_text("[outlets.echo]\nstance_source = 7\n", encoding="utf-8")
    with pytest.raises(CorpusError, match="should be text"):
        read_corpus_info(tmp_path)
