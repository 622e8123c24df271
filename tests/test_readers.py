"""Readers: every format, and every kind of broken input."""

from __future__ import annotations

import gzip
import json
import time
from pathlib import Path

import pandas as pd
import pytest

from samestory import tables
from samestory.errors import CorpusError, MissingExtraError, OptionError
from samestory.readers import READERS, parquet, read_corpus, read_corpus_info
from samestory.readers.dates import read_date


def write(path: Path, content: str | bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))
    return path


def jsonl(*rows: object) -> str:
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)


def test_folder_with_one_sub_folder_per_outlet(tmp_path):
    write(tmp_path / "herald/2025-03-04-rain.txt", "Rain fell on the quay.")
    write(tmp_path / "beacon/2025-03-05/fog.txt", "Fog came later.")
    articles = read_corpus(tmp_path)
    assert articles["article_id"].tolist() == ["beacon/2025-03-05/fog", "herald/2025-03-04-rain"]
    assert articles["outlet"].tolist() == ["beacon", "herald"]
    assert articles["published"].isna().tolist() == [True, False]
    assert articles["published"].iloc[1] == pd.Timestamp("2025-03-04", tz="UTC")
    assert articles["flags"].tolist() == ["no_date", ""]
    tables.check(articles, tables.ARTICLES)


def test_corpus_toml_names_outlets_and_the_folder_of_articles(tmp_path):
    write(
        tmp_path / "corpus.toml",
        'name = "Two"\narticles = "articles"\n[outlets.herald]\nname = "The Herald"\nstance = "centre"\n',
    )
    write(tmp_path / "articles/herald/a.txt", "One.")
    write(tmp_path / "articles/beacon/b.txt", "Two.")
    write(tmp_path / "elsewhere/c.txt", "Three.")
    articles = read_corpus(tmp_path).set_index("article_id")
    assert articles["outlet"].to_dict() == {"beacon/b": "beacon", "herald/a": "The Herald"}
    assert articles["stance"]["herald/a"] == "centre"
    assert pd.isna(articles["stance"]["beacon/b"])
    assert read_corpus_info(tmp_path)["name"] == "Two"


@pytest.mark.parametrize(
    ("toml", "line"), [('name = "Two"\nlicence = \n', 2), ("articles = 3\n", None), ("outlets = 1\n", None)]
)
def test_broken_corpus_toml_names_file_and_line(tmp_path, toml, line):
    write(tmp_path / "corpus.toml", toml)
    with pytest.raises(CorpusError) as caught:
        read_corpus_info(tmp_path)
    assert caught.value.line == line
    assert "corpus.toml" in str(caught.value)


def test_corpus_toml_that_points_nowhere(tmp_path):
    write(tmp_path / "corpus.toml", 'articles = "texts"\n')
    with pytest.raises(CorpusError, match="texts"):
        read_corpus(tmp_path)


def test_files_in_the_corpus_folder_are_outlets_of_their_own(tmp_path):
    write(tmp_path / "herald.txt", "Rain fell.")
    write(tmp_path / "beacon.txt", "Outlet: Morning Beacon\n\nFog came.")
    assert read_corpus(tmp_path)["outlet"].tolist() == ["Morning Beacon", "herald"]


def test_what_is_no_article(tmp_path):
    for name in (
        "README.txt",
        "LICENSE.txt",
        "key/answers.txt",
        ".hidden/x.txt",
        "herald/.draft.txt",
        "herald/map.png",
    ):
        write(tmp_path / name, "Not an article.")
    write(tmp_path / "herald/key/a.txt", "An article.")
    write(tmp_path / "herald/README.txt", "An article as well.")
    assert read_corpus(tmp_path)["article_id"].tolist() == ["herald/README", "herald/key/a"]


def test_header_block(tmp_path):
    write(
        tmp_path / "herald/a.txt",
        "Title: Rain: a diary\nPublished: 2025-03-04T08:00+02:00\n"
        "URL: https://herald.example/a\nAuthor: A. Moor\n"
        "\n\nRain fell.\n\nTitle: no field here",
    )
    row = read_corpus(tmp_path).iloc[0]
    assert (row["title"], row["url"], row["byline"]) == (
        "Rain: a diary",
        "https://herald.example/a",
        "A. Moor",
    )
    assert row["published"] == pd.Timestamp("2025-03-04T06:00", tz="UTC")
    assert row["text"] == "Rain fell.\n\nTitle: no field here"


@pytest.mark.parametrize(
    "text", ["Rain fell.\nTitle: not at the top\n\nSun.", "Date: a fruit\nand its history", "\nTitle: x\n\ny"]
)
def test_no_header_means_all_is_text(tmp_path, text):
    write(tmp_path / "herald/a.txt", text)
    row = read_corpus(tmp_path).iloc[0]
    assert row["text"] == text
    assert pd.isna(row["title"])


def test_byte_order_mark_and_line_ends(tmp_path):
    write(tmp_path / "herald/a.txt", b"\xef\xbb\xbfTitle: Rain\r\n\r\nRain fell.\r\nAll day.\r")
    row = read_corpus(tmp_path).iloc[0]
    assert (row["title"], row["text"]) == ("Rain", "Rain fell.\nAll day.\n")


@pytest.mark.parametrize(
    "raw", [b"\x89PNG\r\n\x1a\n\x00\x00", "\u0414\u043e\u0436\u0434\u044c".encode("koi8-r"), b"Rain\x00"]
)
def test_unreadable_file_is_a_flagged_row(tmp_path, raw):
    write(tmp_path / "herald/a.txt", raw)
    write(tmp_path / "herald/b.txt", "Rain fell.")
    articles = read_corpus(tmp_path)
    assert articles["text"].tolist() == ["", "Rain fell."]
    assert articles["flags"].tolist() == ["unreadable no_date", "no_date"]


def test_nothing_to_read(tmp_path):
    with pytest.raises(CorpusError, match="no such file"):
        read_corpus(tmp_path / "absent")
    with pytest.raises(CorpusError, match="empty"):
        read_corpus(tmp_path)
    write(tmp_path / "herald/a.pdf", b"%PDF")
    with pytest.raises(CorpusError, match=r"only \.pdf"):
        read_corpus(tmp_path)
    with pytest.raises(CorpusError, match=r"'\.pdf'"):
        read_corpus(tmp_path / "herald/a.pdf")
    write(tmp_path / "herald/a.txt", b"\x00\x01")
    with pytest.raises(CorpusError, match="none of the 1 files"):
        read_corpus(tmp_path)


def test_one_text_file(tmp_path):
    file = write(tmp_path / "herald.txt", "Rain fell.")
    assert read_corpus(file)[["article_id", "outlet", "text"]].iloc[0].tolist() == [
        "herald",
        "herald",
        "Rain fell.",
    ]


def test_empty_text_is_flagged(tmp_path):
    write(tmp_path / "herald/2025-01-01-a.txt", "  \n")
    assert read_corpus(tmp_path)["flags"].tolist() == ["no_text"]


def test_one_megabyte_on_one_line(tmp_path):
    write(tmp_path / "herald/a.txt", "rain " * 200_000)
    write(tmp_path / "long.jsonl", jsonl({"text": "rain " * 200_000, "outlet": "Herald"}))
    started = time.perf_counter()
    lengths = [len(read_corpus(p)["text"].iloc[0]) for p in (tmp_path / "herald", tmp_path / "long.jsonl")]
    assert lengths == [1_000_000, 1_000_000]
    assert time.perf_counter() - started < 5


def test_csv_keeps_text_as_it_is(tmp_path):
    file = write(
        tmp_path / "a.csv",
        b"\xef\xbb\xbftext,outlet,published,title,desk\r\n"
        b'"null",NA,2025-03-04,,home\r\n"Rain,\r\nthen sun.",None,,T,\r\n',
    )
    articles = read_corpus(file)
    assert articles["outlet"].tolist() == ["NA", "None"]
    assert articles["text"].tolist() == ["null", "Rain,\nthen sun."]
    assert articles["article_id"].tolist() == ["a:1", "a:2"]
    assert articles["title"].isna().tolist() == [True, False]
    assert articles["desk"].tolist() == ["home", ""]
    assert articles["flags"].tolist() == ["", "no_date"]


def test_formats_give_the_same_table(tmp_path):
    rows = [
        {"article_id": "x", "outlet": "Herald", "published": "2025-03-04", "text": "Rain.", "story_id": "s1"},
        {"article_id": "y", "outlet": "Beacon", "published": "2025-03-05", "text": "Fog.", "story_id": "s1"},
    ]
    frame = pd.DataFrame(rows)
    frame.to_csv(tmp_path / "a.csv", index=False)
    frame.to_csv(tmp_path / "a.tsv", index=False, sep="\t")
    frame.to_csv(tmp_path / "a.csv.gz", index=False)
    write(tmp_path / "a.jsonl", jsonl(*rows))
    write(tmp_path / "a.jsonl.gz", gzip.compress(jsonl(*rows).encode()))
    expected = read_corpus(tmp_path / "a.csv")
    assert expected["story_id"].tolist() == ["s1", "s1"]
    for name in ("a.tsv", "a.csv.gz", "a.jsonl", "a.jsonl.gz"):
        found = read_corpus(tmp_path / name)
        assert found["file"].unique().tolist() == [name]
        pd.testing.assert_frame_equal(
            found.assign(file="a.csv"), expected, check_dtype=False, check_like=True
        )


def test_saved_table_comes_back(tmp_path):
    file = write(
        tmp_path / "a.jsonl", jsonl({"text": "Rain.", "outlet": "Herald", "published": "2025-03-04T06:40Z"})
    )
    first = read_corpus(file)
    first.to_csv(tmp_path / "b.csv", index=False)
    pd.testing.assert_frame_equal(read_corpus(tmp_path / "b.csv"), first, check_dtype=False)


def test_folder_of_tables(tmp_path):
    write(tmp_path / "b.csv", "text,outlet\nRain.,Herald\n")
    write(tmp_path / "a.jsonl", jsonl({"text": "Fog.", "outlet": "Beacon", "mood": 3}))
    articles = read_corpus(tmp_path)
    assert articles["article_id"].tolist() == ["a:1", "b:1"]
    assert articles["mood"].tolist()[0] == 3


def test_columns_by_other_names(tmp_path):
    file = write(tmp_path / "a.csv", "body,paper,text\nRain fell all day.,Herald,short\n")
    with pytest.raises(
        CorpusError, match=r"no column 'outlet'; found 'body', 'paper', 'text'. To do: .*columns="
    ):
        read_corpus(file)
    row = read_corpus(file, columns={"text": "body", "outlet": "paper"}).iloc[0]
    assert (row["text"], row["outlet"], row["text_in_file"]) == ("Rain fell all day.", "Herald", "short")
    with pytest.raises(CorpusError, match="'headline'"):
        read_corpus(file, columns={"text": "body", "outlet": "paper", "title": "headline"})
    with pytest.raises(OptionError, match="'headline'"):
        read_corpus(file, columns={"headline": "body"})
    write(tmp_path / "texts/herald/a.txt", "Rain.")
    with pytest.raises(OptionError, match="has none"):
        read_corpus(tmp_path / "texts", columns={"title": "body"})


def test_bad_json_line_is_named(tmp_path):
    for line, number in (("{oops}", 2), ("[1]", 2)):
        file = write(tmp_path / "a.jsonl", jsonl({"text": "Rain.", "outlet": "Herald"}) + line + "\n")
        with pytest.raises(CorpusError) as caught:
            read_corpus(file)
        assert caught.value.line == number
        assert "a.jsonl" in str(caught.value)


def test_values_of_the_wrong_kind_in_json(tmp_path):
    file = write(
        tmp_path / "a.jsonl",
        '{"text": null, "outlet": 5, "published": 7}\n\n{"text": ["Rain"], "outlet": "H"}\n'
        '{"text": "\\ud800 rain", "outlet": ""}\n',
    )
    articles = read_corpus(file)
    assert articles["outlet"].tolist()[:2] == ["5", "H"]
    assert articles["outlet"].isna().tolist() == [False, False, True]
    assert articles["text"].tolist() == ["", "", "\ufffd rain"]
    assert articles["flags"].tolist() == [
        "no_text bad_date",
        "no_text no_date",
        "no_date no_outlet damaged_characters",
    ]


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"text,outlet\n",
        b"text,outlet\n\x81\x8d\x8f\x90\x9d\xff,b\n",
        b"text,outlet\na,b,c,d\ne,f\n",
        b"text,outlet\na,b\nc,d,e\n",
    ],
)
def test_broken_csv(tmp_path, content):
    with pytest.raises(CorpusError):
        read_corpus(write(tmp_path / "a.csv", content))


def test_broken_gzip_and_broken_encoding(tmp_path):
    for name, content in (("a.csv.gz", b"no gzip"), ("a.jsonl.gz", b"no gzip"), ("a.jsonl", b"\xff\xfe")):
        with pytest.raises(CorpusError):
            read_corpus(write(tmp_path / name, content))


def test_parquet(tmp_path, monkeypatch):
    file = write(tmp_path / "a.parquet", b"no parquet")
    monkeypatch.setattr(parquet, "find_spec", lambda name: None)
    with pytest.raises(MissingExtraError, match="pyarrow"):
        read_corpus(file)
    monkeypatch.undo()
    pytest.importorskip("pyarrow")
    with pytest.raises(CorpusError):
        read_corpus(file)
    pd.DataFrame(
        {
            "text": ["Rain."],
            "outlet": ["Herald"],
            "published": [pd.Timestamp("2025-03-04 08:00", tz="Europe/Berlin")],
        }
    ).to_parquet(file)
    assert read_corpus(file)["published"].iloc[0] == pd.Timestamp("2025-03-04 07:00", tz="UTC")


def test_repeated_ids_get_a_number(tmp_path):
    rows = [
        {"article_id": i, "text": "Rain.", "outlet": "H", "published": "2025-01-01"}
        for i in ("a", "a", "a#2", "a", "")
    ]
    articles = read_corpus(write(tmp_path / "t.jsonl", jsonl(*rows)))
    assert articles["article_id"].tolist() == ["a", "a#3", "a#2", "a#4", "t:5"]
    assert articles["flags"].tolist() == ["", "duplicate_id", "", "duplicate_id", ""]


def test_bad_dates_are_kept_as_written(tmp_path):
    days = ["04/03/2025", "", "2025-03-04", "soon", "2025-13-45"]
    rows = [{"text": "Rain.", "outlet": "H", "published": day} for day in days]
    articles = read_corpus(write(tmp_path / "t.jsonl", jsonl(*rows)))
    assert articles["flags"].tolist() == ["ambiguous_date", "no_date", "", "bad_date", "bad_date"]
    assert articles["published_raw"].fillna("").tolist() == days


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2025-03-04", "2025-03-04T00:00:00+00:00"),
        ("2025-03-04 06:40", "2025-03-04T06:40:00+00:00"),
        ("2025-03-04T06:40:00-05:00", "2025-03-04T11:40:00+00:00"),
        ("4 Mar 2025 06:40 +0100", "2025-03-04T05:40:00+00:00"),
        ("4 Mar", None),
        ("31 Feb 2025 06:40 +0100", None),
        ("0001-01-01T00:00+05:00", None),
    ],
)
def test_dates(text, expected):
    found = read_date(text)
    assert (found and found.when.isoformat()) == expected


def test_every_reader_is_in_the_dict():
    tables_ = {".csv", ".csv.gz", ".tsv", ".tsv.gz", ".jsonl", ".jsonl.gz", ".parquet"}
    documents = {".txt", ".html", ".htm", ".xhtml", ".docx", ".rtf", ".warc", ".warc.gz"}
    assert set(READERS) == tables_ | documents


def test_corpus_info_knows_how_articles_can_be_drawn(tmp_path):
    (tmp_path / "corpus.toml").write_text('sampling = "query"\n', encoding="utf-8")
    assert read_corpus_info(tmp_path)["sampling"] == "query"
    (tmp_path / "corpus.toml").write_text('sampling = "luck"\n', encoding="utf-8")
    with pytest.raises(CorpusError, match="'sampling' should be one of"):
        read_corpus_info(tmp_path)
