"""The demo corpus and its answer key belong together, and hold what they promise."""

import csv
import json
import re
import tomllib
from collections import Counter, defaultdict
from pathlib import Path

import pytest

DEMO = Path(__file__).resolve().parents[1] / "corpora" / "demo"
KEY = DEMO / "key"


@pytest.fixture(scope="module")
def gold():
    lines = (KEY / "articles.jsonl").read_text(encoding="utf-8").splitlines()
    return {a["id"]: a for a in map(json.loads, lines)}


def rows(name):
    with (KEY / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_every_article_has_its_key_and_nothing_else(gold):
    files = {p.relative_to(DEMO).with_suffix("").as_posix() for p in DEMO.glob("*/*.txt")}
    assert files == gold.keys() == {r["article_id"] for r in rows("stories.csv")}
    assert len(files) >= 70


def test_at_least_twenty_stories_are_told_by_all_three(gold):
    outlets = defaultdict(set)
    for row in rows("stories.csv"):
        outlets[row["story_id"]].add(gold[row["article_id"]]["outlet"])
    sizes = Counter(map(len, outlets.values()))
    assert len(outlets) >= 24
    assert sizes[3] >= 20
    assert sizes[1] + sizes[2] >= 3


def test_articles_have_the_length_of_articles(gold):
    for article in gold.values():
        assert 150 <= len(article["text"].split()) <= 350, article["id"]


def test_offsets_and_kinds_of_the_gold_quotes(gold):
    for article in gold.values():
        text = article["text"]
        for quote in article["attributions"]:
            assert quote["content"]
            assert quote["speaker"]
            for start, end in [*quote["content"], *quote["source"], *quote["cue"]]:
                assert 0 <= start < end <= len(text)
                assert text[start:end] == text[start:end].strip()
            marked = re.search(r'[“”"]', " ".join(text[a:b] for a, b in quote["content"])) is not None
            assert marked or quote["kind"] == "indirect"


def test_all_kinds_of_quotes_are_common(gold):
    kinds = Counter(q["kind"] for a in gold.values() for q in a["attributions"])
    assert min(kinds["direct"], kinds["mixed"], kinds["indirect"]) >= 80


def test_a_dozen_pages_hold_furniture_around_the_gold_body(gold):
    pages = [a for a in gold.values() if a["form"] == "page"]
    assert len(pages) >= 12
    for page in pages:
        raw = (DEMO / f"{page['id']}.txt").read_text(encoding="utf-8")
        for paragraph in page["text"].split("\n\n"):
            assert paragraph in raw
        assert page["title"] in raw
        assert len(raw.split()) > 1.15 * len(page["text"].split())


def test_plain_files_hold_the_gold_body(gold):
    for article in gold.values():
        if article["form"] == "plain":
            raw = (DEMO / f"{article['id']}.txt").read_text(encoding="utf-8")
            assert article["text"] in raw


def test_typography_differs_by_outlet(gold):
    marks = defaultdict(Counter)
    for article in gold.values():
        marks[article["outlet"]].update(c for c in article["text"] if c in "“”\"'’")
    assert not marks["talvera-herald"]['"']
    assert not marks["free-harbour"]["“"]
    assert marks["talnews"]["“"]
    assert marks["talnews"]["'"]


def test_reprints_share_most_of_their_wording(gold):
    def shingles(article):
        words = re.findall(r"\w+", article["text"].lower())
        return set(zip(*(words[i:] for i in range(4)), strict=False))

    pairs = rows("reprints.csv")
    assert len(pairs) == 2
    for row in pairs:
        copy, original = (shingles(gold[row[c]]) for c in ("article_id", "reprint_of"))
        assert 0.75 < len(copy & original) / len(copy) < 1


def test_no_two_other_articles_share_long_runs_of_words(gold):
    """Written one by one: outside reprints and quoted statements no long run of words recurs."""
    reprints = {r[c] for r in rows("reprints.csv") for c in ("article_id", "reprint_of")}
    where = defaultdict(set)
    for article in gold.values():
        if article["id"] in reprints:
            continue
        own = re.sub(r'[“"][^”"\n]*[”"]', " | ", article["text"])
        words = re.findall(r"[\w'’-]+|\|", own.lower())
        for run in zip(*(words[i:] for i in range(9)), strict=False):
            if "|" not in run:
                where[run].add(article["id"])
    assert {run: ids for run, ids in where.items() if len(ids) > 1} == {}


def test_corpus_file_states_licence_stances_and_invention():
    info = tomllib.loads((DEMO / "corpus.toml").read_text(encoding="utf-8"))
    assert info["licence"] == "CC0-1.0"
    assert info["invented"] is True
    assert set(info["outlets"]) == {"talvera-herald", "free-harbour", "talnews"}
    assert all({"name", "stance", "stance_source"} <= set(o) for o in info["outlets"].values())


def test_the_planted_framing_names_known_stories():
    framing = tomllib.loads((KEY / "framing.toml").read_text(encoding="utf-8"))
    stories = {r["story_id"] for r in rows("stories.csv")}
    assert set(framing["tone"]["planted"]) <= stories
    assert {s for chapters in framing["serial"].values() for s in chapters} <= stories
