"""Batches: the same bytes whoever does the work, and nothing lost when something dies."""

import errno
import os
import platform
import signal
import subprocess
import sys
import threading
import time
from functools import partial
from itertools import pairwise
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.console import Console

import samestory as ss
from samestory.cleaning import clean_articles, clean_batch, cleaning_lines, mark_articles, recurring_marks
from samestory.cli import main
from samestory.errors import MissingExtraError, OptionError, OutputError
from samestory.measures.quotes import find_quotes, label_voice
from samestory.measures.sentiment import score_sentiment
from samestory.measures.topics import prominence, topic_share
from samestory.readers import articles as reader_articles
from samestory.readers import parquet
from samestory.sharing import read_results
from samestory.study import measuring, prepare_shard, saving, walk
from samestory.study import tables as study_tables
from samestory.study.batches import Pipeline, durable, executors, pipeline, plan
from samestory.study.batches import pieces as pieces_module
from samestory.study.batches.coded import coded
from samestory.study.batches.executors import Lost, Processes, Serial, in_order, make_executor
from samestory.study.batches.memory import give_back, memory_in_use
from samestory.study.batches.merging import measured_tables
from samestory.study.batches.meter import Meter, Status
from samestory.study.batches.parted import part_of, read_whole
from samestory.study.batches.pieces import Pieces
from samestory.study.batches.shelf import FiledTexts, PieceTexts, Shelf
from samestory.study.batches.store import open_store
from samestory.study.inputs import read_articles
from samestory.terminal import ProgressBar

sys.path.insert(0, str(Path(__file__).parent))
import batch_faults

TOWNS = ("Port Verrin", "Lower Massen", "Ostwick", "Halm Bridge")
OUTLETS = ("Herald", "Ledger", "Courier")
BOOK = ss.read_codebook()
FEW = BOOK[BOOK["topic"].isin(BOOK["topic"].unique()[:2])].reset_index(drop=True)


def small_corpus(n=24):
    """Articles in which lines recur, people speak, and three outlets tell the same events."""
    rows = []
    for i in range(n):
        town, outlet = TOWNS[i // 3 % 4], OUTLETS[i % 3]
        text = (
            f"{outlet} Home\n\nThe council of {town} voted on road {i // 3} after a bitter night.\n\n"
            f"“We are {('glad', 'tired', 'furious')[i % 3]} about road {i // 3},” Mayor Ines Dorrel said. "
            f"She added that the toll would rise by {i} crowns.\n\nBack to top"
        )
        rows.append((f"a{i:03}", outlet, f"2025-03-{1 + i // 3:02}", f"{town} votes on road {i // 3}", text))
    frame = pd.DataFrame(rows, columns=["article_id", "outlet", "published", "title", "text"])
    return frame.assign(published=pd.to_datetime(frame["published"], utc=True))


def compare(articles, **options):
    """Compare on two topics and with one outlet: the same tables at a third of the cost."""
    return ss.compare(articles, **({"codebook": FEW, "reference": "Herald"} | options))


@pytest.fixture(scope="module")
def reference():
    return compare(small_corpus())


@pytest.fixture
def small_batches(monkeypatch):
    monkeypatch.setattr(plan.cut_batches, "__kwdefaults__", {"size": 4})
    monkeypatch.setattr(
        Pipeline.__init__, "__kwdefaults__", Pipeline.__init__.__kwdefaults__ | {"batch_articles": 4}
    )


def same(study, reference):
    assert list(study.tables) == list(reference.tables)
    for name, table in reference.tables.items():
        pd.testing.assert_frame_equal(study.tables[name], table, check_exact=True)
    assert study.summary == reference.summary
    assert study.inputs == reference.inputs


# Batches


def test_batches_cover_everything_once_and_in_order():
    ids = sorted(f"{n * 7919 % 997:04}" for n in range(500))
    places = [i for s in plan.cut_batches(ids, size=20) for i in range(s.start, s.stop)]
    assert places == list(range(500))
    assert max(s.stop - s.start for s in plan.cut_batches(ids, size=20)) <= 40


def test_an_article_more_changes_its_own_batch_only():
    ids = [f"article-{n:04}" for n in range(600)]
    cut = lambda names: {tuple(names[s]) for s in plan.cut_batches(names, size=20)}  # noqa: E731
    before, after = cut(ids), cut(sorted([*ids, "article-0300b"]))
    assert len(after - before) <= 3


def test_a_key_knows_content_order_and_missing_values():
    one = pd.DataFrame({"a": ["x", None], "b": ["", "y"]})
    keys = {
        plan.content_key(frame)
        for frame in (one, one[["b", "a"]], one.iloc[::-1], one.fillna(""), one.assign(a=["x", "None"]))
    }
    assert len(keys) == 5
    assert plan.content_key(one) == plan.content_key(one.set_axis([7, 8]))


# What batches give is what the whole corpus gives


def test_cleaning_in_batches_is_cleaning():
    raw = small_corpus()
    found = recurring_marks(mark_articles(raw), raw["outlet"].tolist())
    parts = [clean_batch(raw.iloc[a : a + 5], recurring=found) for a in range(0, len(raw), 5)]
    pd.testing.assert_frame_equal(pd.concat([p[0] for p in parts]), clean_articles(raw))
    lines = pd.concat([p[1] for p in parts], ignore_index=True)
    pd.testing.assert_frame_equal(lines, cleaning_lines(raw))
    assert "recurring" in set(lines["reason"])


def by_article(table):
    return table.sort_values("article_id", kind="stable", ignore_index=True)


def test_measures_in_batches_are_the_measures():
    articles = small_corpus().assign(story_id="s", reprint_of=pd.Series(pd.NA, index=range(24), dtype="str"))
    book = ss.read_codebook()
    with Pipeline(batch_articles=5) as work:
        done = work.begin_measures(Shelf.of(articles), np.arange(len(articles)), book)()
        made = measured_tables(done.results, articles)
    tables = {name: pieces.whole() for name, pieces in made.items()}
    quotes = find_quotes(articles)
    voiced = label_voice(ss.split_sentences(articles), quotes)
    pd.testing.assert_frame_equal(tables["quotes"], quotes, check_exact=True)
    pd.testing.assert_frame_equal(tables["scores"], score_sentiment(voiced), check_exact=True)
    pd.testing.assert_frame_equal(
        tables["topic_shares"], by_article(topic_share(voiced, book)), check_exact=True
    )
    masked = score_sentiment(voiced, news_neutral=True)
    own = tables["tone"][(tables["tone"]["voice"] == "own") & (tables["tone"]["part"] == "body")]
    said = masked[masked["voice"] == "own"].groupby("article_id")["compound"].mean()
    assert own.set_index("article_id")["masked"].to_dict() == said.to_dict()
    places = by_article(prominence(articles, book))
    pd.testing.assert_frame_equal(tables["prominence"], places, check_exact=True)


@pytest.mark.usefixtures("small_batches")
def test_shuffled_rows_give_the_same_study(reference):
    same_but_inputs = compare(small_corpus().sample(frac=1, random_state=5))
    for name, table in reference.tables.items():
        pd.testing.assert_frame_equal(same_but_inputs.tables[name], table, check_exact=True)


@pytest.mark.usefixtures("small_batches")
@pytest.mark.parametrize("workers", [2, 4])
def test_processes_give_the_same_study(reference, workers):
    same(compare(small_corpus(), executor="processes", workers=workers), reference)


@pytest.mark.usefixtures("small_batches")
def test_shards_merged_give_the_same_study(reference, tmp_path):
    with pytest.raises(OutputError, match="not measured yet"):
        compare(small_corpus(), work_dir=tmp_path / "w", merge=True)
    for i in (2, 1, 3):
        prepare_shard(small_corpus(), (i, 3), codebook=FEW, work_dir=tmp_path / "w")
    same(compare(small_corpus(), work_dir=tmp_path / "w", merge=True), reference)


# The store


@pytest.mark.usefixtures("small_batches")
def test_a_second_run_redoes_nothing_and_a_change_what_it_touches(reference, tmp_path, monkeypatch):
    done = []
    perform = pipeline.perform
    monkeypatch.setattr(
        pipeline, "perform", lambda job: done.append((job.step, len(job.articles))) or perform(job)
    )
    same(compare(small_corpus(), work_dir=tmp_path), reference)
    assert sum(n for step, n in done if step == "measure") == 24
    done.clear()
    same(compare(small_corpus(), work_dir=tmp_path), reference)
    assert done == []
    changed = small_corpus()
    changed.loc[5, "text"] += "\n\nRain is on its way to the valley, the weather office said."
    assert compare(changed, work_dir=tmp_path).tables["scores"]["text"].str.contains("Rain is on").any()
    assert {step for step, _ in done} == {"mark", "clean", "measure"}
    assert sum(n for step, n in done if step == "measure") <= 8
    done.clear()
    book = BOOK[["topic", "term"]].head(20)
    compare(small_corpus(), work_dir=tmp_path, codebook=book)
    assert {step for step, _ in done} == {"measure"}


def test_texts_are_found_by_place_in_whatever_piece_they_stand():
    texts = [f"Text {i}." for i in range(9)]
    cuts = [slice(0, 1), slice(1, 1), slice(1, 5), slice(5, 9)]
    pieces = [{"articles": pd.DataFrame({"text": pd.Series(texts[c], dtype="str")})} for c in cuts]
    known = pd.DataFrame({"article_id": [f"a{i}" for i in range(9)], "outlet": "Herald"})
    shelf = Shelf(known, PieceTexts(Pieces("articles", pieces)), ["article_id", "text", "outlet"])
    for rows in ([], [0], [8, 0, 4, 5], list(range(9))):
        found = shelf.table(np.array(rows, dtype=np.intp), shelf.columns)
        assert list(found.columns) == ["article_id", "text", "outlet"]
        assert found["text"].tolist() == [texts[i] for i in rows]
        assert found["article_id"].tolist() == [f"a{i}" for i in rows]
    assert list(shelf.read(np.arange(9))) == texts


def test_texts_of_parquet_are_never_in_memory_together_and_are_the_same(tmp_path, monkeypatch):
    monkeypatch.setattr(parquet, "_AT_ONCE", 2)
    monkeypatch.setattr(parquet, "MAX_CHARACTERS", 50)
    monkeypatch.setattr(reader_articles, "MAX_CHARACTERS", 50)
    bodies = ["Rain fell.\r\nSun.", "", "two\x00halves", None, "z" * 51, " "]
    given = pd.DataFrame({"article_id": list("bacdef"), "outlet": "Herald", "body": bodies, "text": "other"})
    given.to_parquet(tmp_path / "one.parquet")
    pd.DataFrame({"outlet": ["Post"], "body": ["Wind."]}).to_csv(tmp_path / "two.csv", index=False)
    columns = {"text": "body"}
    whole = ss.read_corpus(tmp_path, columns=columns).sort_values("article_id", ignore_index=True)
    assert whole["flags"].str.contains("too_long|no_text|damaged").sum() == 5
    shelf, _ = read_articles(tmp_path, columns=columns, date_order=None)
    assert isinstance(shelf.texts, FiledTexts)
    pd.testing.assert_frame_equal(shelf.table(np.arange(7), shelf.columns), whole)
    shelf.texts.close()


@pytest.mark.usefixtures("small_batches")
def test_articles_that_stay_in_the_store_are_the_same(reference, tmp_path, monkeypatch):
    monkeypatch.setattr(walk, "LARGE_ARTICLES", 5)
    study = compare(small_corpus(), work_dir=tmp_path)
    same(study, reference)
    some = study.tables["articles"]["article_id"].iloc[[2, 7]]
    assert study.tables.of_articles("articles", some)["article_id"].tolist() == some.tolist()


@pytest.mark.usefixtures("small_batches")
def test_what_needs_the_whole_corpus_is_kept_as_well(reference, tmp_path, monkeypatch):
    compare(small_corpus(), work_dir=tmp_path)
    called = []
    for place, name in (
        (measuring, "align_counted"),
        (measuring, "reprints_read"),
        (walk, "heard_in"),
        (walk, "terms_of"),
        (walk, "compared_tables"),
    ):
        monkeypatch.setattr(place, name, lambda *_, name=name, **__: called.append(name))
    same(compare(small_corpus(), work_dir=tmp_path), reference)
    assert called == []
    with pytest.raises((AttributeError, TypeError)):
        compare(small_corpus(), work_dir=tmp_path, seed=7)
    assert called == ["compared_tables"]


@pytest.mark.usefixtures("small_batches")
def test_large_tables_stay_in_the_store_and_are_saved_as_parquet(reference, tmp_path, monkeypatch):
    monkeypatch.setattr(study_tables, "LARGE_ROWS", 30)
    monkeypatch.setattr(saving, "LARGE_ROWS", 30)
    study = compare(small_corpus(), work_dir=tmp_path / "w")
    large = {name for name, table in reference.tables.items() if len(table) > 30}
    assert {"scores", "lines", "quotes"} <= large
    for name in ("scores", "lines", "quotes"):
        whole = pd.concat(study.tables.batches(name), ignore_index=True)
        pd.testing.assert_frame_equal(whole, reference.tables[name], check_exact=True)
        assert study.tables.rows(name) == len(whole)
        some = study.tables.columns(name, ["article_id"])
        pd.testing.assert_frame_equal(some, whole[["article_id"]])
    same(study, reference)
    vars(study)["figures"] = {}
    study.save(tmp_path / "out")
    made = {p.name for p in (tmp_path / "out" / "tables").iterdir()}
    assert {f"{n}.parquet" for n in large} <= made
    assert not {f"{n}.csv" for n in large} & made
    read = read_results(tmp_path / "out")
    assert large <= set(read)
    assert read["quotes"]["spans"].tolist() == reference.tables["quotes"]["spans"].tolist()
    back = pd.read_parquet(tmp_path / "out" / "tables" / "quotes.parquet")
    assert back["text"].tolist() == reference.tables["quotes"]["text"].tolist()
    assert [[list(s) for s in spans] for spans in back["spans"]] == reference.tables["quotes"][
        "spans"
    ].tolist()
    (tmp_path / "w" / "measure").rename(tmp_path / "w" / "gone")
    with pytest.raises(OutputError, match="gone or damaged"):
        study.tables["scores"]


@pytest.mark.usefixtures("small_batches")
def test_a_result_that_stands_whole_is_not_written_again(tmp_path):
    def save():
        study = compare(small_corpus(), work_dir=tmp_path / "w")
        vars(study)["figures"] = {}
        study.save(tmp_path / "out", overwrite=True)
        return (tmp_path / "out" / "manifest.json").stat().st_ino

    first = save()
    before = contents(tmp_path / "out")
    assert save() == first
    (tmp_path / "out" / "tables" / "terms.csv").write_text("term\n")
    assert save() != first
    assert contents(tmp_path / "out") == before
    (tmp_path / "w" / "saved.json").write_text("{")
    save()
    assert contents(tmp_path / "out") == before


@pytest.mark.usefixtures("small_batches")
def test_damaged_results_are_made_again(reference, tmp_path):
    compare(small_corpus(), work_dir=tmp_path)
    one, two = sorted((tmp_path / "measure").glob("*.scores.parquet"))[:2]
    one.write_bytes(one.read_bytes()[:100])
    two.write_bytes(two.read_bytes()[:40] + b"\x00\xff" + two.read_bytes()[42:])
    same(compare(small_corpus(), work_dir=tmp_path), reference)


def test_tables_come_back_from_the_store_as_they_went(tmp_path):
    articles = small_corpus(3)
    quotes = find_quotes(articles)
    empty = quotes[:0]
    scores = score_sentiment(label_voice(ss.split_sentences(articles), quotes)).assign(compound=np.nan)
    store = open_store(tmp_path / "store")
    store.write("measure", "k", {"quotes": quotes, "scores": scores, "empty": empty})
    back = read_whole(store, "measure", "k")
    pd.testing.assert_frame_equal(back["quotes"], quotes, check_exact=True)
    pd.testing.assert_frame_equal(back["scores"], scores, check_exact=True)
    assert len(back["empty"]) == 0


def test_a_table_made_in_parts_stays_in_the_store(tmp_path, monkeypatch):
    monkeypatch.setattr(pieces_module, "LARGE_ROWS", 5)
    whole = pd.DataFrame({"n": range(7), "word": pd.Series(list("abcdefg"), dtype="str")})

    def made():
        yield from ((part_of("numbers", i), whole[a : a + 3]) for i, a in enumerate((0, 3, 6)))
        yield "other", whole[:2]

    with Pipeline(work_dir=tmp_path / "store") as run:
        kept = [run.once("step", lambda: "key", made) for _ in range(2)]
    with Pipeline() as run:
        kept.append(run.once("step", lambda: "key", made))
    assert isinstance(kept[0]["numbers"], Pieces)
    assert not isinstance(kept[2]["numbers"], Pieces)
    for found in kept:
        tables = study_tables.StudyTables({}) | found
        assert list(tables) == ["numbers", "other"]
        pd.testing.assert_frame_equal(tables["numbers"], whole, check_exact=True)
        pd.testing.assert_frame_equal(tables["other"], whole[:2], check_exact=True)
    (tmp_path / "store" / "step" / "key.numbers.part00001.parquet").write_bytes(b"")
    with Pipeline(work_dir=tmp_path / "store") as run:  # what is damaged is made again
        assert len(run.once("step", lambda: "key", made)["numbers"]) == 7


def test_a_store_needs_a_folder_of_its_own(tmp_path):
    (tmp_path / "thesis.doc").write_text("mine")
    with pytest.raises(OutputError, match=r"no work_dir of samestory; it holds thesis\.doc"):
        compare(small_corpus(3), work_dir=tmp_path)
    assert [p.name for p in tmp_path.iterdir()] == ["thesis.doc"]


def test_two_runs_on_one_store_do_not_meet(tmp_path):
    with Pipeline(work_dir=tmp_path), pytest.raises(OutputError, match="another run is at work"):
        compare(small_corpus(3), work_dir=tmp_path)
    compare(small_corpus(3), work_dir=tmp_path)


def test_what_killed_runs_left_half_written_is_taken_away(tmp_path):
    compare(small_corpus(3), work_dir=tmp_path)
    left = tmp_path / "measure" / ".k.scores.parquet.partial-1"
    left.write_bytes(b"half")
    compare(small_corpus(3), work_dir=tmp_path)
    assert not left.exists()


def test_the_clock_going_back_changes_nothing(reference, tmp_path, monkeypatch):
    now = iter(range(10**9, 0, -1000))
    monkeypatch.setattr(time, "time", lambda: float(next(now)))
    same(compare(small_corpus(), work_dir=tmp_path), reference)
    same(compare(small_corpus(), work_dir=tmp_path), reference)


@pytest.mark.parametrize(
    ("code", "says"),
    [(errno.ENOSPC, "the disk is full"), (errno.EROFS, "read-only"), (errno.EACCES, "may not")],
)
def test_a_disk_that_cannot_be_written_is_told(reference, tmp_path, monkeypatch, code, says):
    sync, calls = os.fsync, []

    def failing(handle):
        calls.append(handle)
        if len(calls) > 9:
            raise OSError(code, os.strerror(code))
        sync(handle)

    monkeypatch.setattr(durable.os, "fsync", failing)
    with pytest.raises(OutputError, match=says):
        compare(small_corpus(), work_dir=tmp_path)
    assert not list(tmp_path.rglob("*partial*"))
    monkeypatch.setattr(durable.os, "fsync", sync)
    same(compare(small_corpus(), work_dir=tmp_path), reference)


@pytest.mark.skipif(sys.platform != "linux" or os.geteuid() != 0, reason="mounting needs root on Linux")
def test_a_full_disk_of_its_own(reference, tmp_path):
    disk = tmp_path / "disk"
    disk.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", disk], check=False)
    if mounted.returncode:
        pytest.skip("a tmpfs cannot be mounted here")
    try:
        with pytest.raises(OutputError, match="the disk is full"):
            compare(small_corpus(), work_dir=disk / "w")
        assert not list(disk.rglob("*.partial*"))
        subprocess.run(["mount", "-o", "remount,size=8m", disk], check=True)
        same(compare(small_corpus(), work_dir=disk / "w"), reference)
    finally:
        subprocess.run(["umount", disk], check=True)


@pytest.mark.skipif(sys.platform != "linux", reason="forks")
def test_a_run_killed_while_it_writes_ends_with_the_same_bytes_when_started_again():
    script = Path(__file__).resolve().parents[1] / "bench" / "faults.py"
    if not script.is_file():
        pytest.skip("bench/ does not travel with this copy of the tests")
    done = subprocess.run(
        [sys.executable, "-W", "ignore", script, "--most", "4"], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "4 runs killed, 4 ended with the same bytes, 0 wrong" in done.stdout


# Executors


def test_with_one_worker_aside_the_others_are_at_work():
    workers = Processes(2)

    def spans(n):
        return sorted(span for _, span in workers.outcomes(batch_faults.timed, [0.2] * n))

    try:
        with workers.one_aside():
            alone = spans(4)
        together = spans(8)
    finally:
        workers.close()
    assert all(later[0] >= earlier[1] for earlier, later in pairwise(alone))
    assert any(later[0] < earlier[1] for earlier, later in pairwise(together))


@pytest.mark.parametrize("make", [Serial, lambda: Processes(2)])
def test_executors_give_every_task_once(make):
    executor = make()
    try:
        assert sorted(executor.outcomes(batch_faults.square, range(20))) == [(i, i * i) for i in range(20)]
        lost = dict(executor.outcomes(batch_faults.no_memory_on_three, range(6)))
        assert lost == {i: Lost("memory") if i == 3 else i * i for i in range(6)}
    finally:
        executor.close()


def test_a_dead_worker_loses_tasks_and_no_more():
    executor = Processes(2)
    try:
        found = dict(executor.outcomes(batch_faults.die_on_three, range(20)))
        assert sorted(found) == list(range(20))
        assert found[3] == Lost("died")
        assert sum(isinstance(v, Lost) for v in found.values()) <= 4
        assert all(v == k * k for k, v in found.items() if not isinstance(v, Lost))
        assert dict(executor.outcomes(batch_faults.square, [5])) == {5: 25}
    finally:
        executor.close()


@pytest.mark.parametrize("fatal", [False, True])
def test_what_needs_the_whole_corpus_is_made_by_workers_or_else_here(tmp_path, fatal):
    steps = {
        "one": (lambda: "key of one", partial(batch_faults.where_made, os.getpid())),
        "other": (lambda: "key of other", partial(batch_faults.where_made, os.getpid(), fatal=fatal)),
    }
    with Pipeline("processes", workers=1, work_dir=tmp_path) as run:
        first = run.begin_whole(steps, articles=2)()
    assert list(first) == ["one", "other"]
    assert first["other"]["made"]["elsewhere"].tolist() == [not fatal]
    assert ("made by the main process" in (tmp_path / "run.log").read_text()) == fatal
    with Pipeline("serial", work_dir=tmp_path) as run:  # what is kept is not made again
        again = run.begin_whole(steps, articles=2)()
        assert run.made_of() == [("one", "key of one"), ("other", "key of other")]
    assert all(again[step]["made"].equals(first[step]["made"]) for step in steps)


@settings(max_examples=30, deadline=None)
@given(st.lists(st.lists(st.sampled_from(["b", "a", "ä", "", None]), max_size=5), min_size=1, max_size=130))
def test_texts_of_many_pieces_become_the_categories_of_the_whole(columns):
    """Oracle: the pieces put together first, made categories by pandas."""
    pieces = [pd.DataFrame({"who": pd.Series(c, dtype="str"), "n": range(len(c))}) for c in columns]
    whole = pd.concat(pieces, ignore_index=True)
    found = coded(iter(pieces))
    assert found["who"].cat.categories.tolist() == sorted(whole["who"].dropna().unique())
    assert found["who"].astype("str").equals(whole["who"])
    assert found["n"].tolist() == whole["n"].tolist()


def test_what_is_done_elsewhere_comes_back_in_order():
    executor = Processes(2)
    try:
        assert list(in_order(executor, batch_faults.late_or_square, range(6))) == [k * k for k in range(6)]
        # 3 kills its worker, and with it what the pool holds; all of it is done here.
        fatal = partial(batch_faults.die_elsewhere, os.getpid())
        assert list(in_order(executor, fatal, range(6))) == [0, 1, 2, 3, 4, 5]
    finally:
        executor.close()


def test_steps_that_need_much_memory_are_made_one_by_one(tmp_path):
    steps = {
        name: (partial(str, name), partial(batch_faults.made_alone, tmp_path / "mark", os.getpid()))
        for name in ("one", "two", "three")
    }
    with Pipeline("processes", workers=2, work_dir=tmp_path / "work") as run:
        made = run.begin_whole(steps, articles=1_000_000)()
    assert [made[step]["made"]["alone_elsewhere"].tolist() for step in steps] == [[True]] * 3


@pytest.mark.parametrize("executor", ["serial", "processes"])
def test_what_needs_the_whole_corpus_is_made_without_a_store(executor):
    with Pipeline(executor) as run:
        step = (lambda: "", partial(batch_faults.where_made, os.getpid()))
        made = run.begin_whole({"one": step}, articles=2)()
    assert made["one"]["made"]["elsewhere"].tolist() == [False]


@pytest.mark.usefixtures("small_batches")
@pytest.mark.parametrize(
    ("executor", "function"),
    [("processes", batch_faults.perform_or_die), ("serial", batch_faults.perform_or_starve)],
)
def test_an_article_that_kills_workers_is_left_out_with_a_reason(monkeypatch, executor, function, tmp_path):
    monkeypatch.setattr(pipeline, "perform", function)
    raw = small_corpus()
    raw.loc[7, "text"] = raw.loc[7, "text"].replace("toll", "POISON")
    study = compare(raw, executor=executor, work_dir=tmp_path)
    flags = study.tables["articles"].set_index("article_id")["flags"]
    assert flags[flags.str.contains("quarantined")].index.tolist() == ["a007"]
    assert study.summary["n_articles_used"] == 23
    assert study.summary["flags"] == {"quarantined": 1}
    assert "a007" not in set(study.tables["scores"]["article_id"])
    assert "a007 left out" in (tmp_path / "run.log").read_text()


def test_a_worker_killed_from_outside_changes_nothing(reference, monkeypatch):
    monkeypatch.setattr(pipeline, "perform", batch_faults.perform_slowly)
    monkeypatch.setattr(
        Pipeline.__init__, "__kwdefaults__", Pipeline.__init__.__kwdefaults__ | {"batch_articles": 2}
    )
    killed = []

    def kill_one():
        for _ in range(200):
            time.sleep(0.05)
            for child in _grandchildren(os.getpid()):
                os.kill(child, signal.SIGKILL)
                killed.append(child)
                return

    killer = threading.Thread(target=kill_one)
    killer.start()
    same(compare(small_corpus(), executor="processes", workers=2), reference)
    killer.join()
    assert len(killed) == 1


def _grandchildren(pid):
    """Processes that the fork server made: the workers."""
    parents = {}
    for path in Path("/proc").glob("[0-9]*"):
        try:
            parents[int(path.name)] = int((path / "stat").read_text().rpartition(")")[2].split()[1])
        except (OSError, IndexError):
            continue
    return [p for p, parent in parents.items() if parents.get(parent) == pid]


@pytest.mark.filterwarnings("ignore")
@pytest.mark.usefixtures("small_batches")
def test_a_dask_cluster_that_loses_a_worker_gives_the_same_study(reference, monkeypatch):
    distributed = pytest.importorskip("distributed")
    monkeypatch.setattr(pipeline, "perform", batch_faults.perform_slowly)
    cluster = distributed.LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None)
    try:
        with distributed.Client(cluster, set_as_default=False) as client:
            pids = list(client.run(os.getpid).values())
        assert len(pids) == 2
        threading.Timer(1.0, os.kill, (pids[0], signal.SIGKILL)).start()
        study = compare(small_corpus(), executor="dask", scheduler=cluster.scheduler_address)
    finally:
        cluster.close()
    same(study, reference)


def test_executors_say_what_they_need(monkeypatch):
    for options, says in (
        ({"name": "threads", "workers": None, "scheduler": None}, "serial, processes, dask; 'threads'"),
        ({"name": "serial", "workers": 2, "scheduler": None}, "executor='processes'"),
        ({"name": "processes", "workers": 0, "scheduler": None}, "at least 1"),
        ({"name": "processes", "workers": 2, "scheduler": "tcp://a:1"}, "executor='dask'"),
    ):
        with pytest.raises(OptionError, match=says):
            make_executor(**options)
    monkeypatch.setattr("samestory.study.batches.cluster.find_spec", lambda name: None)
    with pytest.raises(MissingExtraError, match=r"samestory\[cluster\]"):
        make_executor("dask", workers=2, scheduler=None)
    with pytest.raises(OptionError, match="such as 1/4"):
        prepare_shard(small_corpus(3), (5, 4), work_dir="w")


def dying_starts(monkeypatch, times):
    """Let the server that begins worker processes die before its answer, so many times."""
    from multiprocessing import popen_forkserver

    real, left = popen_forkserver.Popen._launch, [times]

    def launch(self, process):
        if left[0]:
            left[0] -= 1
            raise EOFError("unexpected EOF")
        real(self, process)

    monkeypatch.setattr(popen_forkserver.Popen, "_launch", launch)


@pytest.mark.skipif(sys.platform == "win32", reason="there, no server begins the workers")
def test_a_worker_that_cannot_begin_is_begun_again(monkeypatch):
    dying_starts(monkeypatch, 2)
    workers = Processes(2)
    try:
        found = dict(workers.outcomes(batch_faults.square, range(5)))
    finally:
        workers.close()
    assert found == {i: i * i for i in range(5)}


@pytest.mark.skipif(sys.platform == "win32", reason="there, no server begins the workers")
def test_workers_that_never_begin_end_the_run_with_what_to_do(monkeypatch):
    monkeypatch.setattr(executors, "_PAUSES", (0.0, 0.0))
    dying_starts(monkeypatch, 10**6)
    workers = Processes(2)
    try:
        with pytest.raises(OutputError, match=r"cannot be started.*executor='serial'"):
            list(workers.outcomes(batch_faults.square, range(5)))
    finally:
        workers.close()


# Progress


def test_the_meter_says_how_far_the_work_is():
    seen = []
    meter = Meter(seen.append)
    meter.begin("measure", 100)
    meter.add(40, kept=True)
    time.sleep(0.01)
    meter.add(30)
    assert (seen[-1].done, seen[-1].total) == (70, 100)
    assert seen[-1].rate > 0
    assert seen[-1].seconds_left == pytest.approx(30 / seen[-1].rate, rel=0.5)
    if sys.platform == "linux":
        assert memory_in_use() > 50e6


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="only the GNU C library can be asked to")
def test_freed_memory_is_given_back_to_the_system():
    blocks = [bytes(2000) for _ in range(100_000)]
    kept = blocks[::1000]  # what stands between keeps the library from giving the rest back by itself
    before = memory_in_use()
    del blocks
    give_back()
    assert memory_in_use() < before - 150e6
    assert len(kept) == 100


def test_a_notebook_shows_a_bar_without_widgets(monkeypatch):
    display = pytest.importorskip("IPython.display")
    shown = []

    class Place:
        def update(self, html):
            shown.append(html.data)

    monkeypatch.setattr(display, "display", lambda html, display_id: Place())
    with ProgressBar(["clean <pages>", "measure"], console=Console(force_jupyter=True)) as bar:
        bar("clean <pages>")
        bar.watch(Status("clean", 10, 40, 5.0, 6.0, 10**9))  # too soon after the last picture
        bar("measure")
    assert len(shown) == 3
    assert '<progress value="0.000" max="2"></progress> clean &lt;pages&gt; · 1/2' in shown[0]
    assert '<progress value="1.000" max="2"></progress> measure · 2/2' in shown[1]
    assert shown[2].startswith("measure · ended after 0:0")


# The command line


@pytest.fixture
def news(tmp_path):
    path = tmp_path / "news.csv"
    small_corpus().to_csv(path, index=False)
    return path


def contents(folder):
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def test_shards_and_merge_on_the_command_line(news, tmp_path):
    run = lambda *words: CliRunner().invoke(main, [str(w) for w in words], catch_exceptions=False)  # noqa: E731
    assert run("compare", news, "--out", tmp_path / "one").exit_code == 0
    for i in (1, 2):
        done = run("compare", news, "--shard", f"{i}/2", "--work-dir", tmp_path / "w")
        assert done.exit_code == 0, done.output
        assert f"shard {i} of 2 is done" in done.output
    done = run("merge", news, "--work-dir", tmp_path / "w", "--out", tmp_path / "two")
    assert done.exit_code == 0, done.output
    assert contents(tmp_path / "one") == contents(tmp_path / "two")
    assert not list(tmp_path.glob(".*"))
    assert run("compare", news, "--shard", "3/2", "--work-dir", tmp_path / "w").exit_code == 2
    assert "Missing option '--out'" in run("compare", news).output
    assert "needs --work-dir" in run("compare", news, "--shard", "1/2").output


@pytest.mark.skipif(sys.platform == "win32", reason="signals")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_stopped_run_says_what_to_type_next(news, tmp_path, number):
    command = ["-m", "samestory", "compare", news, "--out", tmp_path / "out", "--work-dir", tmp_path / "w"]
    run = subprocess.Popen(
        [sys.executable, *map(str, command), "--executor", "processes", "--workers", "2"],
        stderr=subprocess.PIPE,
        text=True,
    )
    log = tmp_path / "w" / "run.log"
    while run.poll() is None and not (log.exists() and "measure" in log.read_text()):
        time.sleep(0.05)
    run.send_signal(number)
    said = run.communicate(timeout=120)[1]
    assert run.returncode == 128 + number
    assert "Finished batches are kept in" in said
    assert f"--work-dir {tmp_path / 'w'}" in said
    assert "Traceback" not in said
    assert {p.name for p in tmp_path.iterdir()} == {"news.csv", "w"}


def test_two_commands_for_one_output_do_not_meet(news, tmp_path):
    with durable.only_one(tmp_path / ".out.lock", what="out", remove=True):
        done = CliRunner().invoke(main, ["compare", str(news), "--out", str(tmp_path / "Out")])
    assert done.exit_code == 2
    assert "another run is at work on" in done.output
    assert not (tmp_path / "Out").exists()
