#!/usr/bin/env python3
"""Time, memory and growth of the whole comparison, and articles per second against the usual notebook.

    python bench/pipeline.py corpus ARTICLES.jsonl.gz CORPUS.parquet [--times N] [--first N]
    python bench/pipeline.py compare CORPUS.parquet [--executor processes] [--workers 2] [--work-dir DIR]
    python bench/pipeline.py steps CORPUS.parquet [--first N]
    python bench/pipeline.py notebook CORPUS.parquet [--first N]

``corpus`` keeps the 19 outlets with the most articles and calls the others "other outlets"; ``--times`` writes
the articles so often, with new ids and later dates, at the same daily rate. ``compare`` runs the command line
and prints wall time, CPU time and the peak of the memory of all its processes. ``steps`` measures each step
of the pipeline on one core, ``notebook`` the pipeline and the usual notebook in turn, three times each.
"""

from __future__ import annotations

import argparse
import gzip
import json
import resource
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
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
    from samestory.study.batches.memory import memory_in_use

    with tempfile.TemporaryDirectory() as folder:
        out = Path(args.out or folder) / "out"
        command = [sys.executable, "-m", "samestory", "compare", str(args.corpus), "--out", str(out)]
        command += ["--executor", args.executor, "--overwrite"]
        command += ["--workers", str(args.workers)] if args.executor != "serial" else []
        command += ["--work-dir", str(args.work_dir)] if args.work_dir else []
        peak, ended = [0], threading.Event()

        def watch() -> None:
            while not ended.wait(2.0):
                peak[0] = max(peak[0], memory_in_use() or 0)

        own = memory_in_use() or 0
        watcher = threading.Thread(target=watch)
        watcher.start()
        before, began = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        seconds, after = time.perf_counter() - began, resource.getrusage(resource.RUSAGE_CHILDREN)
        ended.set()
        watcher.join()
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    print(done.stdout[:300] if done.returncode == 0 else done.stderr[-2000:])
    print(
        f"{args.executor} {args.workers}: {seconds:.0f} s wall, {cpu:.0f} s CPU (waited-for processes), "
        f"peak {(peak[0] - own) / 1e9:.2f} GB in all, {after.ru_maxrss / 1e6:.2f} GB the largest process"
    )


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
