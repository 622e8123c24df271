#!/usr/bin/env python3
"""Calibration in the open: how often each method calls a difference where there is none.

    python bench/null_calibration.py SHARED_DATA_FOLDER [--parts means power terms variance]
        [--corpora demo "BASIL dev" "AllSides halves"] [--sizes 3 6 12 20 50] [--runs 2000] [--seed 2026]

Within each drawn story two articles are dealt at random to groups A and B, so that no difference is true:
articles of different outlets on one story (demo corpus, BASIL), or two articles of one outlet (AllSides: the
outlet with most articles, split in halves). A draw depends on the seed, the corpus, the number of stories and
its own number, so parts may run side by side. Printed are

means      share of p < .05 of each test, and of intervals that hold zero, for tone and topic shares
power      the same tests where a difference of d standard deviations was added to every story
terms      share of words called different by the test on stories and by token-level keyness
variance   variance of the paired over that of the unpaired estimate between the outlets of BASIL

In brackets stands the standard error over draws: topics of one draw, or its words, go together.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Iterator
from itertools import combinations
from pathlib import Path

import null_tests as tests
import numpy as np
import pandas as pd
from null_corpora import CORPORA, Corpus, read_articles, read_corpus
from null_terms import METHODS, called

import samestory as ss

SIZES = (3, 6, 12, 20, 50)
POWER_SIZES = (6, 8, 12, 20)
EFFECTS = (0.0, 0.5, 1.0, 1.5)
CHECKED = 20  # draws of each cell that are held against the engine itself
MONTE_CARLO = 40  # beyond so many stories the test is drawn, and costs a hundred times as much
PARTS = ("variance", "terms", "means", "power")


def share(hits: np.ndarray, draw: np.ndarray) -> str:
    """Print a share with its standard error over draws (that of a ratio, by linearisation)."""
    if not hits.size:
        return "–"
    rate, code = hits.mean(), np.unique(draw, return_inverse=True)[1]
    off = np.bincount(code, weights=hits - rate)
    return f"{rate:.3f} ({np.sqrt((off**2).sum()) / hits.size:.3f})"


def differences(corpus: Corpus, n: int, runs: int, seed: int) -> dict[str, tuple[np.ndarray, np.ndarray]]:
    """Differences of tone and topic shares, one row per draw and measure; and the draw of each row.

    Rows in which nothing differs are left out: they say nothing of a measure that is not there.
    """
    dealt = [corpus.deal(n, run, seed) for run in range(runs)]
    if dealt[0] is None:
        return {}
    pairs, out = np.stack(dealt), {}
    for measure, values in (("tone", corpus.tone[:, None]), ("topic shares", corpus.topics)):
        d = values[pairs[:, :, 0]] - values[pairs[:, :, 1]]  # draws × stories × columns
        rows = d.transpose(0, 2, 1).reshape(-1, n)
        some = tests.differing(rows) > 0
        out[measure] = rows[some], np.repeat(np.arange(runs), values.shape[1])[some]
    return out


def means(corpus: Corpus, n: int, runs: int, seed: int) -> Iterator[list[str]]:
    for measure, (d, draw) in differences(corpus, n, runs, seed).items():
        tests.check_engine(d[:CHECKED], seed)
        can = np.flatnonzero(tests.testable(d)) if n > 5 else np.arange(0)
        drawn = n > MONTE_CARLO  # the mid-p is then the p but for the last digits
        some = np.arange(min(len(d), runs)) if n >= 20 else np.arange(0)
        verdicts = [(tests.exact, can[:runs] if drawn else can), (tests.mid_p, can[: 0 if drawn else None])]
        verdicts.append((tests.paired_t, can))
        cells = [share(test(d[at]) < 0.05, draw[at]) if at.size else "–" for test, at in verdicts]
        cells.append(share(tests.t_holds(d), draw))
        holds = (tests.bootstrap_holds, tests.percentiles_hold)
        cells += [share(hold(d[some]), draw[some]) if some.size else "–" for hold in holds]
        yield [corpus.name, measure, str(n), str(runs), str(len(d)), str(can.size), *cells]


def power(corpus: Corpus, n: int, runs: int, seed: int) -> Iterator[list[str]]:
    """Add d standard deviations of all differences of the cell to every story; 0 is the null itself."""
    for measure, (d, draw) in differences(corpus, n, runs, seed).items():
        for effect in EFFECTS:
            moved = d + effect * d.std()
            at = np.flatnonzero(tests.testable(moved))[:runs]
            cells = [share(test(moved[at]) < 0.05, draw[at]) for test in tests.TESTS.values()]
            yield [corpus.name, measure, str(n), f"{effect:g}", str(at.size), *cells]


def terms(corpus: Corpus, n: int, runs: int, seed: int) -> Iterator[list[str]]:
    found: dict[str, list[tuple[int, int]]] = {m: [] for m in METHODS}
    for run in range(runs):
        dealt = corpus.deal(n, run, seed)
        if dealt is None:
            return
        for method, counted in called(corpus, dealt).items():
            found[method].append(counted)
    cells = []
    for method in METHODS:
        hits, tested = np.array(found[method], dtype=float).T
        rate = hits.sum() / max(tested.sum(), 1)
        error = np.sqrt(((hits - rate * tested) ** 2).sum()) / max(tested.sum(), 1)
        cells.append(f"{rate:.3f} ({error:.3f})" if tested.sum() else "–")
    words = [str(sum(t for _, t in found[m])) for m in ("G2", "stories")]
    yield [corpus.name, str(n), str(runs), *words, *cells]


def variances(articles: pd.DataFrame) -> Iterator[list[str]]:
    sentences = ss.label_voice(ss.split_sentences(articles), ss.find_quotes(articles))
    scores = ss.score_sentiment(sentences)
    shares = ss.topic_share(sentences, ss.read_codebook())
    words = scores.assign(words=scores["text"].str.split().map(len))
    totals = words.groupby(["article_id", "outlet", "story_id"], as_index=False)["words"].sum()
    measures = [
        ("tone, all sentences", scores, "compound"),
        ("tone, own voice", scores[scores["voice"] == "own"], "compound"),
        ("share of quoted voice", scores, "quoted_share"),
        *((f"emphasis, {t}", shares[shares["topic"] == t], "share") for t in ("economy", "security")),
        ("words", totals, "words"),
    ]
    for name, table, column in measures:
        pairs = ss.pair_stories(table, column)
        ratios, sizes = [], []
        for one, other in combinations(sorted(articles["outlet"].unique()), 2):
            part = pairs[(pairs["group"] == one) & (pairs["reference"] == other)]
            apart = part["group_mean"].var() + part["reference_mean"].var()
            ratios.append(part["difference"].var() / apart)
            sizes.append(len(part))
        stories = str(max(sizes)) if min(sizes) == max(sizes) else f"{min(sizes)}–{max(sizes)}"
        yield [name, stories, *(f"{r:.2f}" for r in ratios), f"{np.mean(ratios):.2f}"]


def print_table(head: list[str], rows: Iterable[list[str]]) -> None:
    """Print row by row: a long run shows how far it is."""
    print("| " + " | ".join(head) + " |\n|" + "---|" * len(head))
    for row in rows:
        print("| " + " | ".join(row) + " |", flush=True)
    print(flush=True)


HEADS = {
    "means": "corpus; measure; stories; draws; rows; tested; exact p < .05; mid-p < .05; t test; "
    "t interval holds 0; bootstrap holds 0; plain percentiles hold 0",
    "power": "corpus; measure; stories; d; tested; " + "; ".join(f"{t} < .05" for t in tests.TESTS),
    "terms": "corpus; stories; draws; words; tested; paired on stories; common words; Welch on articles; "
    "G²; z",
}


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("shared", type=Path)
    parser.add_argument("--runs", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=2026)
    parser.add_argument("--parts", nargs="+", default=PARTS[:3], choices=PARTS)
    parser.add_argument("--corpora", nargs="+", default=CORPORA, choices=CORPORA)
    parser.add_argument("--sizes", nargs="+", type=int, default=SIZES)
    args = parser.parse_args()
    if "variance" in args.parts:
        basil = read_articles(args.shared / "alignment" / "basil_dev.jsonl.gz")
        pairs = [f"{a} v {b}" for a, b in combinations(sorted(basil["outlet"].unique()), 2)]
        print_table(["measure", "stories", *pairs, "mean"], variances(basil))
    makers = {"terms": terms, "means": means, "power": power}
    wanted = [part for part in makers if part in args.parts]
    corpora = [read_corpus(name, args.shared) for name in args.corpora] if wanted else []
    for part in wanted:
        sizes = args.sizes if part != "power" else POWER_SIZES
        cells = ((c, n) for c in corpora for n in sizes)
        print_table(
            HEADS[part].split("; "), (r for c, n in cells for r in makers[part](c, n, args.runs, args.seed))
        )


if __name__ == "__main__":
    main()
