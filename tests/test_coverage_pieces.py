"""Coverage of a large corpus: made some stories at a time, kept, and made again where it is damaged."""

import numpy as np
import pandas as pd
import pytest

import samestory as ss
from samestory.stories import story_coverage
from samestory.stories.coverage import coverage_blocks
from samestory.study import covering, facts
from samestory.study.batches import Pipeline
from samestory.study.batches import pieces as pieces_module
from samestory.study.batches import store as store_module
from samestory.study.batches.parted import read_whole
from samestory.study.batches.store import open_store
from samestory.study.covering import covered
from samestory.study.tables import StudyTables
from samestory.text import total_words, words


def corpus(n=60, seed=1):
    rng = np.random.default_rng(seed)
    frame = pd.DataFrame(
        {
            "article_id": [f"a{i:03}" for i in range(n)],
            "outlet": rng.choice(["Herald", "Ledger", "Tribune"], n),
            "story_id": [None if s == 0 else f"s{s:02}" for s in rng.integers(0, 20, n)],
            "title": [None if i % 7 == 0 else f"The bridge, part {i}" for i in range(n)],
            "text": [f"The bridge of Port Verrin was shut for {i} days. " * (1 + i % 4) for i in range(n)],
            "page": [float(i % 5) if i % 3 else None for i in range(n)],
            "published": pd.to_datetime("2031-05-02T06:00Z") + pd.to_timedelta(rng.integers(0, 99, n), "h"),
        }
    )
    frame.loc[frame.index % 11 == 0, "published"] = pd.NaT
    return frame.assign(story_id=frame["story_id"].astype("str"))


def by_hand(articles):
    """Count cell by cell."""
    told = articles.dropna(subset="story_id").sort_values(["published", "article_id"])
    for story in told["story_id"].unique():
        for outlet in sorted(set(articles["outlet"])):
            mine = told[(told["story_id"] == story) & (told["outlet"] == outlet)]
            pages = [f"page {p:.0f}" for p in mine["page"].dropna()]
            yield (
                story,
                outlet,
                len(mine),
                mine["text"].str.split().str.len().sum(),
                "; ".join(dict.fromkeys(pages)),
            )


@pytest.mark.parametrize("most_rows", [1, 10, None])
def test_blocks_are_the_table(most_rows):
    articles = corpus()
    n_words = articles["text"].str.split().str.len()
    blocks = list(
        coverage_blocks(articles.drop(columns="text"), n_words, sampling="query", most_rows=most_rows)
    )
    whole = pd.concat(blocks, ignore_index=True)
    table = story_coverage(articles, sampling="query")
    pd.testing.assert_frame_equal(whole, table, check_exact=True)
    assert [b["story_id"].nunique() for b in blocks].count(0) == 0
    assert sum(b["story_id"].nunique() for b in blocks) == table["story_id"].nunique()
    told = table.assign(placement=table["placement"].fillna(""))
    columns = ["story_id", "outlet", "n_articles", "words", "placement"]
    assert sorted(map(tuple, told[columns].to_numpy().tolist())) == sorted(by_hand(articles))


def test_no_row_depends_on_the_order_of_the_articles():
    articles = corpus()
    shuffled = articles.sample(frac=1, random_state=3)
    pd.testing.assert_frame_equal(story_coverage(articles), story_coverage(shuffled), check_exact=True)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "-",
        "a",
        "a-b--c.d 'e' f_g 2.5",
        "It’s the ex‑minister’s",
        "İstanbul café ʼtwas naïve",
        "x'-y.",
        "'a'b'",
    ],
)
def test_words_are_counted_as_they_are_found(text):
    assert total_words(text) == len(words(text))


def test_pieces_are_kept_and_damaged_ones_made_again(tmp_path, monkeypatch):
    monkeypatch.setattr(covering, "_BLOCK_ROWS", 12)
    monkeypatch.setattr(pieces_module, "LARGE_ROWS", 30)
    articles, made = corpus(), []
    sizes = {"has_text": True, "n_words": articles["text"].str.split().str.len()}
    known = articles.drop(columns="text").assign(**sizes)
    whole = story_coverage(articles, sampling="all")

    def pieces():
        with Pipeline(work_dir=tmp_path) as pipeline:
            found = covered(known, pipeline, sampling="all", key=lambda: "k")
            assert ("coverage", "k") in pipeline.made_of()
            return found

    def counted(*args, **options):
        made.append(1)
        return coverage_blocks(*args, **options)

    monkeypatch.setattr(covering, "coverage_blocks", counted)
    assert len(pieces().results) > 2
    found = pieces()
    assert len(made) == 1
    pd.testing.assert_frame_equal(found.whole(), whole, check_exact=True)
    for damaged in sorted((tmp_path / "coverage").glob("k.*.parquet"))[:2]:
        damaged.write_bytes(damaged.read_bytes()[:50])
    pd.testing.assert_frame_equal(pieces().whole(), whole, check_exact=True)
    assert len(made) == 2
    tables = StudyTables({"coverage": found})
    told, reason = facts._told(tables)
    assert (len(told), reason) == (whole["story_id"].nunique(), "")
    assert int((told > 1).sum()) == int((whole.groupby("story_id")["covered"].sum() > 1).sum())


def test_a_study_without_a_store_has_the_same_coverage():
    articles = corpus(24).assign(story_id="s1")
    study = ss.compare(articles, stories="given", clean=False)
    table = study.tables["coverage"]
    assert table["n_articles"].sum() == 24
    assert study.summary["n_stories"] == 1


def test_a_large_result_stays_in_the_store_and_is_read_some_rows_at_a_time(tmp_path, monkeypatch):
    monkeypatch.setattr(store_module, "_GROUP_ROWS", 10)
    monkeypatch.setattr(pieces_module, "LARGE_ROWS", 30)
    table = pd.DataFrame({"outlet": ["Herald", "Ledger"] * 17, "n": range(34), "term": [None, "toll"] * 17})
    table = table.astype({"term": "str"})
    store = open_store(tmp_path)
    for _ in range(2):
        store.write("terms", "k", {"terms": table, "few": table[:3]})
        made = read_whole(store, "terms", "k")
        assert isinstance(made["few"], pd.DataFrame)
        large = made["terms"]
        assert [len(piece) for piece in large.each()] == [10, 10, 10, 4]
        assert [len(piece) for piece in large.each(["n"], rows=15)] == [20, 14]
        pd.testing.assert_frame_equal(pd.concat(large, ignore_index=True), table, check_exact=True)
        some = StudyTables({"terms": large}).some("terms", lambda piece: piece[piece["n"] % 9 == 0])
        assert some["n"].tolist() == [0, 9, 18, 27]
