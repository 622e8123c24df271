#!/usr/bin/env python3
"""Hold the confidence of attributions against how often they are right.

    python bench/calibrate_quotes.py EVAL_FOLDER GOLD.jsonl PREDICTED.jsonl

PREDICTED is what evaluate_quotes.py wrote; right is what the scorer in EVAL_FOLDER calls right end to end. Prints the
expected calibration error over ten bins of equal width, and the bins.
"""

import json
import sys
from pathlib import Path

import numpy as np


def _lines(path):
    return map(json.loads, Path(path).read_text(encoding="utf-8").split("\n")[:-1])


def main() -> None:
    folder, gold, predicted = sys.argv[1:]
    sys.path.insert(0, folder)
    from score_quotes import Article, jaccard, matched

    found = {p["id"]: p["attributions"] for p in _lines(predicted)}
    sure, right = [], []
    for line in _lines(gold):
        article, attributions = Article(line["text"]), found[line["id"]]
        truth, made = article.attributions(line["attributions"]), article.attributions(attributions)
        pairs = matched(truth, made)
        good = {j for i, j in pairs if jaccard(truth[i]["source"], made[j]["source"]) >= 0.5}
        sure += [a["confidence"] for a in attributions]
        right += [j in good for j in range(len(made))]
    at = np.minimum((np.array(sure) * 10).astype(int), 9)
    error = 0.0
    for k in np.unique(at):
        mean, share, n = np.array(sure)[at == k].mean(), np.array(right)[at == k].mean(), int((at == k).sum())
        error += abs(mean - share) * n / len(sure)
        print(f"confidence {mean:.2f}  right {share:.2f}  n {n}")
    print(f"expected calibration error {error:.3f} over {len(sure)} attributions")


if __name__ == "__main__":
    main()
