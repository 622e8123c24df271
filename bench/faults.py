#!/usr/bin/env python3
"""Kill a comparison at every point where it writes, start it again, and compare the bytes.

    python bench/faults.py [--most N] [--keep DIR]

A write point is a call that changes the disk: a file opened for writing, a sync, a rename, a folder made.
Each run is a child of this process that kills itself (SIGKILL) just before its n-th such call; the same run
is then started again on what is left, without a kill. For each n the result must be the bytes of a run that
was never killed, and at no time may a file stand under its final name that is not whole.
"""

from __future__ import annotations

import argparse
import builtins
import hashlib
import io
import os
import signal
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd

import samestory as ss
from samestory.study.batches.pipeline import Pipeline
from samestory.study.batches.store import Store

_TOWNS = ("Port Verrin", "Lower Massen", "Ostwick")


def corpus() -> pd.DataFrame:
    """Return twelve articles of three outlets."""
    rows = [
        (
            f"a{i:03}",
            ("Herald", "Ledger", "Courier")[i % 3],
            f"2025-03-{1 + i // 3:02}",
            f"The council of {_TOWNS[i // 3 % 3]} voted on road {i // 3}.\n\n“We are glad,” Ines Dorrel said.",
        )
        for i in range(12)
    ]
    frame = pd.DataFrame(rows, columns=["article_id", "outlet", "published", "text"])
    return frame.assign(published=pd.to_datetime(frame["published"], utc=True))


def run(folder: Path) -> None:
    """Compare with a store and save the tables of the study, or do what a killed run left to do."""
    Pipeline.__init__.__kwdefaults__["batch_articles"] = 4  # type: ignore[index]
    book = ss.read_codebook()
    few = book[book["topic"] == book["topic"].iloc[0]]  # less to compare, the same files
    study = ss.compare(corpus(), codebook=few, reference="Herald", work_dir=folder / "work")
    vars(study)["figures"] = {}  # drawn from the tables, slowly; their files are written like the others
    study.save(folder / "out", overwrite=True)


def counted(kill_at: int) -> Callable[[], int]:
    """Count write points from now on, and die before the given one; return how to ask for the count."""
    count = [0]

    def point() -> None:
        count[0] += 1
        if count[0] == kill_at:
            os.kill(os.getpid(), signal.SIGKILL)

    def wrap(owner: Any, name: str, writes: Callable[..., bool]) -> None:
        real = getattr(owner, name)

        def wrapped(*args: Any, **kwargs: Any) -> Any:
            if writes(*args, **kwargs):
                point()
            return real(*args, **kwargs)

        setattr(owner, name, wrapped)

    def for_writing(file: Any, mode: str = "r", *rest: Any, **more: Any) -> bool:
        return any(c in mode for c in "wax+")

    always = lambda *args, **kwargs: True  # noqa: E731
    for owner in (builtins, io):
        wrap(owner, "open", for_writing)
    for name in ("fsync", "replace", "rename", "mkdir"):
        wrap(os, name, always)
    return lambda: count[0]


def child(folder: Path, kill_at: int) -> int:
    """Run in a child; return the signal that ended it, and write how many points it passed."""
    pid = os.fork()
    if pid == 0:
        status = 1
        try:
            passed = counted(kill_at)
            run(folder)
            points = passed()
            (folder / "points").write_text(str(points))
            status = 0
        finally:
            os._exit(status)
    return os.waitpid(pid, 0)[1]


def digest(folder: Path) -> dict[str, str]:
    """Return the checksum of every file."""
    return {
        p.relative_to(folder).as_posix(): hashlib.sha256(p.read_bytes()).hexdigest()
        for p in sorted(folder.rglob("*"))
        if p.is_file()
    }


def unwhole(folder: Path) -> list[str]:
    """List what stands under a final name and is not whole."""
    bad = []
    if (folder / "out").exists() and not (folder / "out" / "manifest.json").is_file():
        bad.append("out")
    store = Store(folder / "work")
    for note in store.root.glob("*/*.json"):
        step, key = note.parent.name, note.stem
        if any(store.read_table(step, key, name) is None for name in store.names(step, key)):
            bad.append(f"{step}/{key}")
    for table in store.root.glob("*/*.parquet"):
        try:
            pd.read_parquet(table)
        except (OSError, ValueError):
            bad.append(str(table))
    return bad


def main() -> None:
    """Kill at every write point, or at evenly spread ones."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--most", type=int, help="only so many points, evenly spread")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        whole = Path(name) / "whole"
        whole.mkdir()
        run(whole)  # once here, so that the children need not import anything
        first = digest(whole / "out")
        again = Path(name) / "again"
        again.mkdir()
        child(again, 0)
        points = int((again / "points").read_text())
        chosen = list(range(1, points + 1))
        if args.most and args.most < points:
            chosen = sorted({1 + round(i * (points - 1) / (args.most - 1)) for i in range(args.most)})
        print(f"{points} write points, {len(chosen)} kills", flush=True)
        wrong = killed = 0
        for n in chosen:
            folder = Path(name) / str(n)
            folder.mkdir()
            status = child(folder, n)
            killed += os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL
            partial = unwhole(folder)
            ended = child(folder, 0)
            left = [p.name for p in folder.rglob("*partial*")]
            same = digest(folder / "out") == first if ended == 0 else False
            good = same and not partial and not left
            wrong += not good
            print(f"point {n}: not whole {partial}, left behind {left}, same bytes {same}", flush=True)
        print(f"{killed} runs killed, {len(chosen) - wrong} ended with the same bytes, {wrong} wrong")
    sys.exit(wrong > 0)


if __name__ == "__main__":
    main()
