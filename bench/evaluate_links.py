#!/usr/bin/env python3
"""Fit and measure the chances of links between articles.

    python bench/evaluate_links.py fit DATA_FOLDER            fit the two constants on silver triples
    python bench/evaluate_links.py ARTICLES.jsonl[.gz] ...    calibration on gold stories

Fitting makes the same kind of tasks as the gold data without its articles: the triples of silver_triples.jsonl
are stories, hidden among all other articles of allsides_18k.jsonl.gz with dates, and among 4,000 without
(see silver.py). Only pairs with at least one article of a known story are counted. ECE is the expected
calibration error over ten bins of equal width, of the pairs listed (chance of at least 0.05).
"""

from __future__ import annotations

import argparse
import itertools
import json
from pathlib import Path

import numpy as np
import pandas as pd
from evaluate_alignment import read
from silver import hidden_triples, undated_triples
from sklearn.linear_model import LogisticRegression

from samestory.stories import story_links

UNDATED_DISTRACTORS = 4000


def labelled(links: pd.DataFrame, story: pd.Series) -> pd.DataFrame:
    """Add ``truth`` to the pairs of which at least one article has a known story."""
    one, other = links["article_id"].map(story), links["other_id"].map(story)
    known = one.notna() | other.notna()
    return links.assign(truth=(one == other).astype(float))[known]


def expected_calibration_error(chance: np.ndarray, truth: np.ndarray) -> float:
    """Mean over pairs of |share right - mean chance| of the pair's bin."""
    bins = np.minimum((chance * 10).astype(int), 9)
    gaps = [abs(truth[bins == b].mean() - chance[bins == b].mean()) * (bins == b).sum() for b in set(bins)]
    return float(sum(gaps) / len(chance))


def fit(folder: Path) -> None:
    """Print the logistic of the logarithm of the score, on both halves of the triples."""
    tasks = itertools.chain(
        hidden_triples(folder, distractors=None), undated_triples(folder, distractors=UNDATED_DISTRACTORS)
    )
    parts = [labelled(story_links(task.articles, least=0.0005), pd.Series(task.story)) for task in tasks]
    pairs = pd.concat(parts)
    model = LogisticRegression(C=1e6).fit(np.log(pairs[["score"]]), pairs["truth"])
    steepness = float(model.coef_[0, 0])
    print(f"{len(pairs)} pairs, {int(pairs['truth'].sum())} of one story")
    print(f"STEEPNESS {steepness:.2f}, EVEN {float(np.exp(-model.intercept_[0] / steepness)):.4f}")


def measure(path: Path, *, dates: bool) -> None:
    """Print the calibration table of one file."""
    import gzip

    opened = gzip.open if path.suffix == ".gz" else open
    with opened(path, "rt", encoding="utf-8") as lines:
        story = {a["article_id"]: a["story_id"] for a in map(json.loads, lines)}
    pairs = labelled(story_links(read(path, dates=dates)), pd.Series(story, dtype="str"))
    chance, truth = pairs["probability"].to_numpy(), pairs["truth"].to_numpy()
    print(f"{path.name}, dates {'given' if dates else 'withheld'}: {len(pairs)} pairs")
    bins = np.minimum((chance * 10).astype(int), 9)
    for b in sorted(set(bins)):
        inside = bins == b
        print(
            f"  {b / 10:.1f}-{(b + 1) / 10:.1f}  n {inside.sum():5d}  "
            f"mean chance {chance[inside].mean():.2f}  share right {truth[inside].mean():.2f}"
        )
    print(f"  ECE {expected_calibration_error(chance, truth):.3f}")


def main() -> None:
    """Run the measurement."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("what", nargs="+")
    parser.add_argument("--no-dates", action="store_true")
    args = parser.parse_args()
    if args.what[0] == "fit":
        fit(Path(args.what[1]))
        return
    for path in args.what:
        measure(Path(path), dates=not args.no_dates)


if __name__ == "__main__":
    main()
