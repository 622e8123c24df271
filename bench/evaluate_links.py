#!/usr/bin/env python3
"""Fit and measure the chances of links between articles.

    python bench/evaluate_links.py fit DATA_FOLDER            fit the constants on silver triples
    python bench/evaluate_links.py ARTICLES.jsonl[.gz] ...    calibration on gold stories

Fitting hides the triples of silver_triples.jsonl in corpora of eight kinds (see silver.py): few articles or
many, of a week or of ten years, with and without dates. Only pairs with at least one article of a known story
are counted. ECE is the expected calibration error over ten bins of equal width, of the pairs listed (chance of at
least 0.05). "By chance" is what chances that are right have on average, and in 95 of 100 cases at most, since a
bin of few pairs seldom has the very share of right ones that its chances say.
"""

from __future__ import annotations

import argparse
import json
import math
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pandas as pd
from evaluate_alignment import read
from silver import Hidden, triples_in_corpora
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold, cross_val_predict

from samestory.stories import story_links
from samestory.stories.chances import crowding
from samestory.stories.likeness import likeness_of, usable_rows

# Parts of the triples, other articles (None: all), and days within which these were published of a story.
CORPORA = {
    "one story, a week": (300, None, 3.0),
    "one story, three weeks": (300, None, 10.0),
    "ten stories, three weeks each": (30, None, 10.0),
    "50 stories alone": (6, 0, math.inf),
    "50 stories among 350": (6, 350, math.inf),
    "50 stories among 1,350": (6, 1350, math.inf),
    "50 stories among 3,000 within 8 days": (6, 3000, 8.0),
    "150 stories among all, 4,000 if undated": (2, None, math.inf),
}
MOST_UNDATED = 4000
LEAST_SCORE, LEAST_CHANCE = 0.02, 0.05


def labelled(links: pd.DataFrame, story: pd.Series) -> pd.DataFrame:
    """Add ``truth`` to the pairs of which at least one article has a known story."""
    one, other = links["article_id"].map(story), links["other_id"].map(story)
    known = one.notna() | other.notna()
    return links.assign(truth=(one == other).astype(float), story=one.fillna(other))[known]


def expected_calibration_error(chance: np.ndarray, truth: np.ndarray) -> float:
    """Mean over pairs of |share right - mean chance| of the pair's bin."""
    bins = np.minimum((chance * 10).astype(int), 9)
    gaps = [abs(truth[bins == b].mean() - chance[bins == b].mean()) * (bins == b).sum() for b in set(bins)]
    return float(sum(gaps) / len(chance))


def by_chance(chance: np.ndarray, *, times: int = 2000) -> tuple[float, float]:
    """Mean and 95th percentile of the error where the truth is drawn with these very chances."""
    random = np.random.default_rng(0)
    drawn = (random.random((times, len(chance))) < chance).astype(float)
    errors = [expected_calibration_error(chance, truth) for truth in drawn]
    return float(np.mean(errors)), float(np.quantile(errors, 0.95))


def silver_pairs(task: Hidden, *, dates: bool) -> pd.DataFrame:
    """Pairs of a corpus with a known story: logarithms of score and crowding, and the truth."""
    articles = task.articles if dates else task.articles.drop(columns="published")
    articles = articles.iloc[usable_rows(articles)]
    used = likeness_of(articles)
    crowded, ids = np.log(crowding(used.days)), articles["article_id"].to_numpy(dtype=object)
    parts = [
        pd.DataFrame(
            {
                "article_id": ids[one],
                "other_id": ids[other],
                "score": np.log(score),
                "crowding": (crowded[one] + crowded[other]) / 2,
            }
        )
        for one, other, score in used.pairs(LEAST_SCORE)
    ]
    return labelled(pd.concat(parts), pd.Series(task.story)).drop(columns=["article_id", "other_id"])


def all_silver_pairs(folder: Path) -> Iterator[pd.DataFrame]:
    """Yield the pairs of every corpus, with and without dates."""
    for name, (parts, distractors, days) in CORPORA.items():
        for task in triples_in_corpora(folder, parts=parts, distractors=distractors, days=days):
            yield silver_pairs(task, dates=True).assign(corpora=name, dated=1.0)
        if distractors is None and days == math.inf:
            distractors = MOST_UNDATED
        for task in triples_in_corpora(folder, parts=parts, distractors=distractors, days=days):
            yield silver_pairs(task, dates=False).assign(corpora=name, dated=0.0)


def fit(folder: Path) -> None:
    """Print the constants, and the errors of triples that they were not fitted on."""
    pairs = pd.concat(all_silver_pairs(folder), ignore_index=True)
    dated = pairs["dated"]
    columns = {
        "score alone": pairs[["score"]],
        "score and crowding": pd.DataFrame(
            {
                "score": pairs["score"],
                "dated": dated,
                "crowding": pairs["crowding"] * dated,
                "undated crowding": pairs["crowding"] * (1 - dated),
            }
        ),
    }
    logistic = LogisticRegression(C=1e6, max_iter=1000)
    table = pairs.groupby(["dated", "corpora"], sort=False)["truth"].agg(["size", "sum"])
    for name, given in columns.items():
        chance = cross_val_predict(
            logistic, given, pairs["truth"], groups=pairs["story"], cv=GroupKFold(6), method="predict_proba"
        )[:, 1]
        listed = pairs.assign(chance=chance)[chance >= LEAST_CHANCE]
        table[name] = [
            expected_calibration_error(part["chance"].to_numpy(), part["truth"].to_numpy())
            for _, part in listed.groupby(["dated", "corpora"], sort=False)
        ]
    print(table.round(3).to_string())
    print(f"{len(pairs)} pairs, {int(pairs['truth'].sum())} of one story, mean errors")
    print(table[list(columns)].mean().round(3).to_string())
    model = logistic.fit(columns["score and crowding"], pairs["truth"])
    steepness, dates, power, undated_power = model.coef_[0]
    level = float(model.intercept_[0])
    print(f"STEEPNESS {steepness:.2f}")
    print(f"EVEN {math.exp(-(level + dates) / steepness):.4f}, POWER {-power / steepness:.3f}")
    print(f"UNDATED_EVEN {math.exp(-level / steepness):.4f}, UNDATED_POWER {-undated_power / steepness:.3f}")


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
    mean, most = by_chance(chance)
    print(
        f"  ECE {expected_calibration_error(chance, truth):.4f}, by chance {mean:.3f}, 95 % up to {most:.3f}"
    )


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
