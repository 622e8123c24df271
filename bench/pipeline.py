#!/usr/bin/env python3
"""Time, memory and growth of the whole comparison, and articles per second against the usual notebook.

    python bench/pipeline.py corpus ARTICLES.jsonl.gz CORPUS.parquet [--times N] [--first N]
    python bench/pipeline.py compare CORPUS.parquet [--executor processes] [--workers 2] [--work-dir DIR]
    python bench/pipeline.py steps CORPUS.parquet [--first N]
    python bench/pipeline.py notebook CORPUS.parquet [--first N]

``corpus`` keeps the 19 outlets with the most articles and calls the others "other outlets"; ``--times`` writes
the articles so often, with new ids and later dates, at the same daily rate. ``compare`` runs the command line
and prints wall time, CPU time and the peak of the memory of all its processes; with --work-dir also those of
each step, from its log. ``steps`` measures each step of the pipeline on one core, ``notebook`` the pipeline and
the usual notebook in turn, three times each.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pandas as pd

_OUTLETS = 19


def corpus(args: argparse.Namespace) -> None:
    """Write a corpus as Parquet."""
    with gzip.open(args.source, "rt", encoding="utf-8") as lines:
        frame = pd.DataFrame([json.loads(line) for line in lines])
    frame = frame[["article_id", "outlet", "published", "title", "url", "text"]].head(args.first)
    largest = frame["outlet"].value_counts().index[:_OUTLETS]
    frame = frame.assign(outlet=frame["outlet"].where(frame["outlet"].isin(largest), "other outlets"))
    days = pd.to_datetime(frame["published"], utc=True, errors="coerce")
    known = days[(days > "2000") & (days < "2030")]
    span = known.max() - known.min() + pd.Timedelta(days=1)
    copies = [
        frame.assign(
            article_id=frame["article_id"] + ("" if i == 0 else f"-{i}"),
            published=(days.where(days.index.isin(known.index)) + i * span).dt.strftime("%Y-%m-%d"),
        )
        for i in range(args.times)
    ]
    whole = pd.concat(copies, ignore_index=True)
    whole.to_parquet(args.target, index=False, row_group_size=5000)
    print(f"{len(whole):,} articles of {whole['outlet'].nunique()} outlets in {args.target}")


def compare(args: argparse.Namespace) -> None:
    """Run the command line and watch it."""
    with tempfile.TemporaryDirectory() as folder:
        out, work = Path(args.out or folder) / "out", args.work_dir
        command = [sys.executable, "-m", "samestory", "compare", str(args.corpus), "--out", str(out)]
        command += ["--executor", args.executor, "--overwrite"]
        command += ["--workers", str(args.workers)] if args.executor != "serial" else []
        command += ["--work-dir", str(work)] if work else []
        watched, ended = _Watched(), threading.Event()

        def watch() -> None:
            while not ended.wait(2.0):
                watched.look()

        watcher = threading.Thread(target=watch)
        log = Path(work) / "run.log" if work else None
        logged = log.stat().st_size if log and log.exists() else 0
        watcher.start()
        began = time.time()
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        seconds = time.time() - began
        ended.set()
        watcher.join()
        said = log.read_text(encoding="utf-8")[logged:] if log and log.exists() else ""
    print(done.stdout[:300] if done.returncode == 0 else done.stderr[-2000:])
    print(
        f"{args.executor} {args.workers}: {seconds:.0f} s wall, {sum(watched.cpu.values()):.0f} s CPU of all "
        f"processes, peak {max(watched.memory.values(), default=0) / 1e9:.2f} GB in all"
    )
    steps = [(line[:19], line[26:]) for line in said.splitlines() if line[19:26] == " step: "]
    steps += [(line[:19], "draw and write") for line in said.splitlines() if line[19:] == " the run ended"]
    times = [datetime.fromisoformat(at).replace(tzinfo=UTC).timestamp() for at, _ in steps]
    edges = zip([("", "read"), *steps], [began, *times], [*times, began + seconds], strict=True)
    for (_, name), start, stop in edges if steps else ():
        held = [m for at, m in watched.memory.items() if start <= at < stop + 1]
        print(f"| {name} | {stop - start:.0f} s | {max(held, default=0) / 1e9:.2f} GB |")


class _Watched:
    """Memory over time of the processes that this one began, and the CPU time of each."""

    def __init__(self) -> None:
        self.memory: dict[float, int] = {}
        self.cpu: dict[int, float] = {}

    def look(self) -> None:
        """Take down what is held and used now."""
        parents, ticks, held = {}, {}, {}
        for folder in Path("/proc").glob("[0-9]*"):
            try:
                stat = (folder / "stat").read_text().rpartition(")")[2].split()
                parents[int(folder.name)] = int(stat[1])
                ticks[int(folder.name)] = int(stat[11]) + int(stat[12])
            except (OSError, IndexError, ValueError):  # it has ended meanwhile
                continue
        family = {os.getpid()}
        while more := {p for p, parent in parents.items() if parent in family} - family:
            family |= more
        for process in family - {os.getpid()}:
            try:
                rollup = Path(f"/proc/{process}/smaps_rollup").read_text()
                held[process] = int(rollup.partition("Pss:")[2].split()[0]) * 1024
            except (OSError, IndexError, ValueError):
                continue
            self.cpu[process] = ticks[process] / os.sysconf("SC_CLK_TCK")
        self.memory[time.time()] = sum(held.values())


def _sample(args: argparse.Namespace) -> pd.DataFrame:
    from samestory.readers import read_corpus

    return read_corpus(args.corpus).sort_values("article_id", ignore_index=True).head(args.first or 500)


def steps(args: argparse.Namespace) -> None:
    """Measure each step on one core."""
    from samestory.measures.quotes import find_quotes, label_voice
    from samestory.measures.sentiment import score_sentiment
    from samestory.measures.topics import topic_share
    from samestory.readers.codebook import read_codebook
    from samestory.study.batches import steps as do
    from samestory.text import split_sentences

    raw = _sample(args)
    find_quotes(raw.head(5))  # models are read once, not per article
    rows: list[tuple[str, float]] = []

    def timed(name: str, function: Callable[[], pd.DataFrame]) -> pd.DataFrame:
        began = time.process_time()
        made = function()
        rows.append((name, time.process_time() - began))
        return made

    timed("mark lines", lambda: do.mark(raw, how=do.Cleaning())["marks"])
    cleaned = timed("clean pages", lambda: do.clean(raw, recurring={}, how=do.Cleaning())["articles"])
    sentences = timed("split sentences", lambda: split_sentences(cleaned))
    quotes = timed("find quotes", lambda: find_quotes(cleaned))
    voiced = timed("label voice", lambda: label_voice(sentences, quotes))
    timed("score sentiment", lambda: score_sentiment(voiced))
    timed("score sentiment, news names masked", lambda: score_sentiment(voiced, news_neutral=True))
    timed("topic shares", lambda: topic_share(voiced, read_codebook()))
    total = sum(s for _, s in rows)
    for name, seconds in rows:
        print(f"| {name} | {1000 * seconds / len(raw):.1f} | {100 * seconds / total:.0f} % |")
    print(f"| all | {1000 * total / len(raw):.1f} | {len(raw) / total:.1f} articles/s, n = {len(raw)} |")


def notebook(args: argparse.Namespace) -> None:
    """Measure the pipeline and the usual notebook in turn, on one core."""
    raw = _sample(args)
    for run in range(4):
        ours, theirs = _ours(raw), _theirs(raw["text"].tolist())
        if run:  # the first is to warm up
            print(
                f"pipeline with quotes {len(raw) / sum(ours):.1f} articles/s, without quotes "
                f"{len(raw) / ours[0]:.1f}, usual notebook {len(raw) / theirs:.1f}; "
                f"ratio {theirs / sum(ours):.2f} with quotes, {theirs / ours[0]:.2f} without"
            )


def _ours(raw: pd.DataFrame) -> tuple[float, float]:
    """Seconds of CPU without quotes, and for quotes."""
    from samestory.measures.quotes import find_quotes
    from samestory.measures.sentiment import score_sentiment
    from samestory.study.batches import steps as do
    from samestory.text import encode_words, split_sentences

    began = time.process_time()
    cleaned = do.clean(raw, recurring={}, how=do.Cleaning())["articles"]
    sentences = split_sentences(cleaned)
    score_sentiment(sentences)
    encode_words(sentences["text"])
    middle = time.process_time()
    find_quotes(cleaned)
    return middle - began, time.process_time() - middle


def _theirs(texts: list[str]) -> float:
    """Seconds of CPU of nltk's tokens, vaderSentiment on sentences and TF-IDF."""
    from nltk.tokenize import word_tokenize
    from nltk.tokenize.punkt import PunktSentenceTokenizer
    from sklearn.feature_extraction.text import TfidfVectorizer
    from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

    began = time.process_time()
    splitter, vader = PunktSentenceTokenizer(), SentimentIntensityAnalyzer()
    for text in texts:
        for sentence in splitter.tokenize(text):
            word_tokenize(sentence, preserve_line=True)
            vader.polarity_scores(sentence)
    TfidfVectorizer().fit_transform(texts)
    return time.process_time() - began


def main() -> None:
    """Run one measurement."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    what = parser.add_subparsers(required=True)
    for name, function in (
        ("corpus", corpus),
        ("compare", compare),
        ("steps", steps),
        ("notebook", notebook),
    ):
        one = what.add_parser(name)
        one.set_defaults(run=function)
        one.add_argument("source" if function is corpus else "corpus", type=Path)
        if function is corpus:
            one.add_argument("target", type=Path)
            one.add_argument("--times", type=int, default=1)
        if function is compare:
            one.add_argument("--executor", default="processes")
            one.add_argument("--workers", type=int, default=2)
            one.add_argument("--work-dir", type=Path)
            one.add_argument("--out", type=Path)
        one.add_argument("--first", type=int)
    args = parser.parse_args()
    args.run(args)


if __name__ == "__main__":
    main()
