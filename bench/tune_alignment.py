#!/usr/bin/env python3
"""Choose threshold and size power, and see what rarity at the time adds, on silver stories.

    python bench/tune_alignment.py DATA_FOLDER [--dense] [--confirm]

Strict F1 over pairs, as the alignment scorer counts it, with the likeness and the linkage of align_stories, for
a grid; mean over the two tasks of triples and over the four of quoting groups (see silver.py), among 4,000
distractors or (--dense) all of them. --confirm puts hidden_dev.jsonl.gz beside them: for a look, not for a
choice.
"""

from __future__ import annotations

import argparse
import gzip
import itertools
import json
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import numpy as np
import pandas as pd
from evaluate_alignment import read
from silver import Hidden, hidden_quoting, hidden_triples, strict_f1

from samestory.stories import likeness, rarity
from samestory.stories.linkage import cluster

DISTRACTORS = 4000
RARITY, SIZES = (0.0, 0.5), (0.2, 0.3)
THRESHOLDS = tuple(np.arange(0.054, 0.1141, 0.006).round(4))


def tasks(folder: Path, *, dense: bool, confirm: bool) -> Iterator[Hidden]:
    """Yield the silver tasks, and hidden_dev last."""
    distractors = None if dense else DISTRACTORS
    yield from hidden_triples(folder, distractors=distractors)
    yield from hidden_quoting(folder, distractors=distractors)
    if confirm:
        path = folder / "hidden_dev.jsonl.gz"
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            story = {a["article_id"]: a["story_id"] for a in map(json.loads, lines) if a["story_id"]}
        yield Hidden("hidden_dev", read(path, dates=True), story)


def figures(task: Hidden) -> Iterator[tuple[float, float, float, float]]:
    """Yield power of rarity, size power, threshold and strict F1."""
    articles = task.articles.sort_values("article_id", ignore_index=True)
    gold = pd.factorize(articles["article_id"].map(task.story))[0]
    for power in RARITY:
        rarity.POWER = power
        used = likeness.likeness_of(articles)
        pairs = list(used.pairs(THRESHOLDS[0]))
        for size, threshold in itertools.product(SIZES, THRESHOLDS):
            likeness.SIZE_POWER = size
            need = partial(likeness.needed, threshold=threshold)
            labels = cluster(len(articles), pairs, used.among, need)
            f1 = strict_f1(gold, labels, among_gold=not task.name.startswith("quoting"))
            yield power, size, threshold, f1


def main() -> None:
    """Run the grid, and print it as a table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=Path)
    parser.add_argument("--dense", action="store_true", help="among all distractors")
    parser.add_argument("--confirm", action="store_true", help="hidden_dev beside the silver tasks")
    args = parser.parse_args()
    rows = [
        (task.name.split(" ", maxsplit=1)[0], *row)
        for task in tasks(args.folder, dense=args.dense, confirm=args.confirm)
        for row in figures(task)
    ]
    table = pd.DataFrame(rows, columns=["task", "rarity", "size power", "threshold", "F1"])
    means = table.pivot_table(index=["rarity", "size power", "threshold"], columns="task", values="F1")
    print(means.round(4).to_string())


if __name__ == "__main__":
    main()
