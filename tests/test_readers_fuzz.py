"""A short fuzz of every reader; bench/fuzz_readers.py is the long one."""

import random
import runpy
from pathlib import Path
from types import SimpleNamespace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from samestory import tables
from samestory.errors import SamestoryError
from samestory.readers import LAYOUTS, READERS, read_corpus_files
from samestory.readers.archives import ARCHIVES
from samestory.readers.encodings import decode_text
from samestory.readers.layouts import rows_of_text

FUZZ = SimpleNamespace(
    **runpy.run_path(str(Path(__file__).resolve().parents[1] / "bench" / "fuzz_readers.py"))
)
SEEDS = FUZZ.seeds()
MARKS = """End of Document|Body|Load-Date: March 4, 2025|March 4, 2025 Tuesday|HD  Rain|SN  Herald|TD|LP
PD  4 March 2025|AN  Document 1|______________________________|Full text: Rain|Title: Rain|Date: 2025-03-04
Publication title: Herald|ProQuest document ID: 7|Rain fell on the quay.|IN short, fog."""
LINES = st.sampled_from(["", *MARKS.replace("\n", "|").split("|")])


def test_every_format_is_fuzzed():
    assert {f".{kind}" for kind in SEEDS} >= set(READERS) | set(ARCHIVES)


@pytest.mark.parametrize("kind", SEEDS)
def test_damaged_files_give_rows_or_an_error(tmp_path, kind):
    chance = random.Random(kind)
    for number in range(12):
        raw = FUZZ.case(kind, SEEDS, chance)
        file = tmp_path / f"a{number}.{kind}"
        file.write_bytes(raw)
        assert FUZZ.wrong(file, raw) is None


def _loses_the_last_row(read):
    return lambda source: read(source)[:-1]


def _fails(read):
    return lambda source: {}["text"]


@pytest.mark.parametrize(
    ("kind", "broken"),
    [
        *((kind, _fails) for kind in SEEDS if kind != "zip"),
        *(
            (kind, _loses_the_last_row)
            for kind in ("txt", "rtf", "docx", "csv", "tsv.gz", "jsonl", "jsonl.gz")
        ),
    ],
)
def test_the_fuzz_sees_a_broken_reader(tmp_path, monkeypatch, kind, broken):
    """A fuzz that cannot fail shows nothing: with a reader broken on purpose it does."""
    monkeypatch.setattr(
        "samestory.readers.corpus.READERS", {**READERS, f".{kind}": broken(READERS[f".{kind}"])}
    )
    raw = SEEDS[kind][kind in ("rtf", "docx")]  # their first one holds a single article
    file = tmp_path / f"a.{kind}"
    file.write_bytes(raw)
    try:
        found = FUZZ.wrong(file, raw)
    except KeyError:
        found = "KeyError"
    assert found


def test_the_fuzz_sees_a_member_that_is_not_listed(tmp_path, monkeypatch):
    zipped = ARCHIVES[".zip"]
    monkeypatch.setattr(
        "samestory.readers.listing.ARCHIVES", {".zip": lambda source: list(zipped(source))[:-1]}
    )
    file = tmp_path / "a.zip"
    file.write_bytes(SEEDS["zip"][0])
    assert "not listed" in FUZZ.wrong(file, SEEDS["zip"][0])


@given(
    raw=st.binary(max_size=400), kind=st.sampled_from(["txt", "csv", "tsv", "jsonl", "rtf", "warc", "zip"])
)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
def test_any_bytes_at_all(tmp_path, raw, kind):
    file = tmp_path / f"a.{kind}"
    file.write_bytes(raw)
    try:
        articles, files = read_corpus_files(file)
    except SamestoryError:
        pass
    else:
        tables.check(articles, tables.ARTICLES)
        assert files["n_articles"].sum() == len(articles)


@given(st.text(max_size=300))
def test_text_survives_its_encodings(text):
    plain = text.encode("utf-8", "ignore").decode("utf-8").lstrip("\ufeff")
    if "\0" not in plain:
        assert decode_text(plain.encode("utf-8")) == (plain, "utf-8")
        assert decode_text(plain.encode("utf-16"))[0] == plain


@given(st.lists(LINES, max_size=25))
def test_no_sentence_of_an_export_is_lost(lines):
    """However the marks of the layouts are strewn, a sentence of the text ends up in a row."""
    sentence = "The pilots waited until noon, and then they rowed out to the ships that lay at anchor. " * 4
    rows = rows_of_text("\n".join([*lines, "", sentence]))
    assert any(sentence.strip() in str(value) for row in rows for value in row.values())
    assert LAYOUTS
