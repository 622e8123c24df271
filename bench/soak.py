#!/usr/bin/env python3
"""Random corpora, options, executors and kills, for as long as asked; nothing may be lost or doubled.

    python bench/soak.py [--seconds 3600] [--seed 2026]

Each round draws a corpus (articles of the demo, some without a date, empty, doubled or broken), options and
an executor. The same comparison is made twice: once in one go, serially and without a work_dir, and once with
a work_dir by a process that is killed (SIGKILL, SIGTERM or SIGINT, or SIGKILL to one of its workers) at a
random moment, up to three times, before it may go to its end. Every file of the two results must be the same
to the byte, every article of the corpus must have one row, the rows of the sentences and quotes one key each,
and nothing half written may be left. Figures are left out: they are drawn from the tables.

A round is known by the seed and its number: ``--only N`` repeats it.
"""

from __future__ import annotations

import argparse
import collections
import os
import random
import signal
import sys
import tempfile
import time
import traceback
from pathlib import Path
from typing import Any

import pandas as pd
from faults import digest

import samestory as ss
from samestory.cli.walk import _stoppable
from samestory.study import demo_corpus
from samestory.study.batches.pipeline import Pipeline

_ODD = (
    "",
    " \n\t\n ",
    "\u201c" * 400,
    "No",
    "caf\ufffd \ufeff broken",
    "x" * 30_000,
    "\u202eltr\u202c. A\u0000b.",
)
_SIGNALS = (signal.SIGKILL, signal.SIGKILL, signal.SIGTERM, signal.SIGINT)
_MOST_SECONDS = 240.0  # a run that takes longer hangs


def draw_corpus(rng: random.Random, demo: pd.DataFrame) -> pd.DataFrame:
    """Draw a corpus: some articles of the demo, and what researchers' corpora hold beside good articles."""
    rows = demo.iloc[rng.sample(range(len(demo)), rng.randint(4, 36))].copy()
    rows["published"] = rows["published"].mask([rng.random() < 0.15 for _ in range(len(rows))])
    odd = rows.sample(rng.randint(0, 4), random_state=rng.randrange(2**31), replace=True)
    odd = odd.assign(
        article_id=[f"odd-{i}" for i in range(len(odd))], text=[rng.choice(_ODD) for _ in range(len(odd))]
    )
    twice = rows.sample(rng.randint(0, 2), random_state=rng.randrange(2**31))
    twice = twice.assign(article_id=twice["article_id"] + "-again", outlet=rng.choice(sorted(demo["outlet"])))
    whole = pd.concat([rows, odd, twice])
    return whole.sample(frac=1, random_state=rng.randrange(2**31)).reset_index(drop=True)


def draw_options(rng: random.Random) -> tuple[dict[str, Any], dict[str, Any], int]:
    """Draw what is compared, who does the work, and the size of a batch."""
    book = ss.read_codebook()
    topics = rng.sample(sorted(book["topic"].unique()), rng.randint(1, 3))
    what = {
        "codebook": book[book["topic"].isin(topics)],
        "clean": rng.random() < 0.8,
        "adjust": rng.choice(["holm", "fdr_bh"]),
        "seed": rng.randrange(10_000),
    }
    if what["clean"] and rng.random() < 0.3:
        what["without"] = rng.sample(sorted(ss.cleaning_steps()), 2)
    workers = rng.choice([1, 1, 2, 3])
    who = {"executor": "serial"} if workers == 1 else {"executor": "processes", "workers": workers}
    return what, who, rng.choice([2, 5, 12])


def run(articles: pd.DataFrame, out: Path, size: int, work_dir: Path | None = None, **options: Any) -> None:
    """Compare and save, without figures."""
    Pipeline.__init__.__kwdefaults__["batch_articles"] = size  # type: ignore[index]
    with _stoppable(work_dir):
        study = ss.compare(articles, work_dir=work_dir, **options)
        vars(study)["figures"] = {}
        study.save(out, overwrite=True)


def begin(log: Path, articles: pd.DataFrame, out: Path, size: int, **options: Any) -> int:
    """Begin a run in a process of its own; return its number."""
    pid = os.fork()
    if pid:
        return pid
    status = 1
    try:
        os.setpgid(0, 0)
        with log.open("a") as file:
            os.dup2(file.fileno(), 1)
            os.dup2(file.fileno(), 2)
        run(articles, out, size, **options)
        status = 0
    except SystemExit as error:
        status = error.code if isinstance(error.code, int) else 1
    except KeyboardInterrupt:  # before the run took the signal into its hands, or after it was done
        status = 128 + signal.SIGINT
    except BaseException:
        traceback.print_exc()
    finally:
        sys.stderr.flush()
        os._exit(status)


def ended(pid: int, within: float) -> int | None:
    """Wait for a run; return how it ended, or None where it goes on."""
    until = time.monotonic() + within
    while time.monotonic() < until:
        done, status = os.waitpid(pid, os.WNOHANG)
        if done:
            return os.waitstatus_to_exitcode(status)
        time.sleep(0.01)
    return None


def workers_of(pid: int) -> list[int]:
    """List the processes at the end of the family of a run: those that have no children."""
    parents: dict[int, int] = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            parents[int(stat.parent.name)] = int(stat.read_text().rpartition(")")[2].split()[1])
        except (OSError, ValueError, IndexError):  # it has ended meanwhile
            continue
    family, found = {pid}, True
    while found:
        found = {p for p, parent in parents.items() if parent in family} - family
        family |= found
    return sorted(p for p in family - {pid} if p not in parents.values())


def disturbed(rng: random.Random, pid: int, length: float, counts: collections.Counter[str]) -> int | None:
    """Wait a random while, then kill the run or one of its workers; return how it ended."""
    status = ended(pid, rng.uniform(0.02, 1.1) * length)
    if status is not None:
        return status
    if rng.random() < 0.25 and (some := workers_of(pid)):
        counts["workers killed"] += 1
        try:
            os.kill(rng.choice(some), signal.SIGKILL)
        except ProcessLookupError:
            counts["workers killed"] -= 1
        return ended(pid, _MOST_SECONDS)
    sent = rng.choice(_SIGNALS)
    counts[f"{sent.name} sent"] += 1
    os.kill(pid, sent)
    return ended(pid, _MOST_SECONDS)


def breaches(articles: pd.DataFrame, out: Path, first: Path, work_dir: Path) -> list[str]:
    """List what is wrong with a result."""
    wrong = []
    one, two = digest(first), digest(out)
    wrong += [
        f"differs: {name}" for name in sorted(one.keys() | two.keys()) if one.get(name) != two.get(name)
    ]
    rows = pd.read_csv(out / "tables" / "articles.csv", keep_default_na=False, dtype=str)
    if sorted(rows["article_id"]) != sorted(articles["article_id"]):
        wrong.append("articles lost or doubled")
    for name in ("scores", "quotes"):
        table = pd.read_csv(out / "tables" / f"{name}.csv", usecols=["article_id", "start", "end"], dtype=str)
        if table.duplicated().any():
            wrong.append(f"{name} doubled")
    left = [p for folder in (out.parent, work_dir) for p in folder.rglob("*partial*")]
    left += list(out.parent.glob(".*.old-*"))
    return wrong + [f"left behind: {p.name}" for p in left]


def one_round(seed: int, number: int, demo: pd.DataFrame, counts: collections.Counter[str]) -> list[str]:
    """Do one round; return what was wrong."""
    rng = random.Random(f"{seed}/{number}")
    articles = draw_corpus(rng, demo)
    what, who, size = draw_options(rng)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        log, first, out, work = folder / "log", folder / "first", folder / "out", folder / "work"
        began = time.monotonic()
        status = ended(begin(log, articles, first, size, **what), _MOST_SECONDS)
        length = time.monotonic() - began
        if status != 0:
            return [f"the undisturbed run ended with {status}: {log.read_text()[-2000:]}"]
        counts["articles"] += len(articles)
        for _ in range(rng.randint(1, 3)):
            pid = begin(log, articles, out, size, work_dir=work, **who, **what)
            status = disturbed(rng, pid, length, counts)
            if status is None:
                os.killpg(pid, signal.SIGKILL)
                return [f"a run hangs: {log.read_text()[-2000:]}"]
            counts["runs that ended early" if status else "runs that were faster than the kill"] += 1
            if status not in (0, -signal.SIGKILL, 128 + signal.SIGTERM, 128 + signal.SIGINT):
                return [f"a disturbed run ended with {status}: {log.read_text()[-2000:]}"]
        status = ended(begin(log, articles, out, size, work_dir=work, **who, **what), _MOST_SECONDS)
        if status != 0:
            return [f"the last run ended with {status}: {log.read_text()[-2000:]}"]
        return breaches(articles, out, first, work)


def main() -> None:
    """Do rounds until the time is over."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--seconds", type=float, default=3600.0)
    parser.add_argument("--seed", type=int, default=2026)
    parser.add_argument("--only", type=int, metavar="N", help="repeat one round")
    args = parser.parse_args()
    demo = ss.read_corpus(demo_corpus())
    run(demo.head(6), Path(tempfile.mkdtemp()) / "warm", 5, codebook=ss.read_codebook())  # import everything
    counts: collections.Counter[str] = collections.Counter()
    began, number = time.monotonic(), args.only or 0
    while time.monotonic() - began < args.seconds:
        wrong = one_round(args.seed, number, demo, counts)
        counts["rounds"] += 1
        counts["rounds with a fault"] += bool(wrong)
        if wrong or number % 20 == 0 or args.only is not None:
            print(f"round {number}: {wrong or 'the same bytes'}; {dict(counts)}", flush=True)
        if args.only is not None:
            break
        number += 1
    print(f"seed {args.seed}, {time.monotonic() - began:.0f} s: {dict(counts)}")
    sys.exit(counts["rounds with a fault"] > 0)


if __name__ == "__main__":
    main()
