#!/usr/bin/env python3
"""Write what ``find_quotes`` finds in the training articles by labels of chains that had not seen them, for the scorer.

    python bench/cross_validate_quotes.py polnear_train.jsonl.gz weights.npz WORK_DIR PREDICTED.jsonl

WORK_DIR is that of train_quotes.py, which wrote the labels of its four parts there; linker and calibration are those of
the weights, fitted on the same labels. Ten times the articles of the development part, so that small changes of rules and
thresholds can be told from noise.
"""

from __future__ import annotations

import argparse
import gzip
import json
from pathlib import Path

import numpy as np
import pandas as pd

from samestory.measures.quotes import find_quotes, table
from samestory.measures.quotes.model.attributions import assemble
from samestory.measures.quotes.model.labels import SIZE
from samestory.measures.quotes.model.state import frame_of
from samestory.measures.quotes.model.tokens import tokenize
from samestory.measures.quotes.model.weights import load_weights
from samestory.measures.quotes.model.words import word_keys


def unseen(work: Path) -> tuple[np.ndarray, np.ndarray]:
    """Labels and probabilities of all training tokens, each from a chain trained on the other parts."""
    parts = [np.load(path) for path in sorted(work.glob("unseen2_*.npz"))]
    n = sum(len(z["keep"]) for z in parts)
    labels, p = np.zeros(n, np.int8), np.zeros((n, SIZE), np.float32)
    for z in parts:
        labels[z["keep"]], p[z["keep"]] = z["labels"], z["p"]
    return labels, p


def modelled(texts: list[str], weights_path: str, work: Path):
    """What the model says of each text in turn."""
    weights, (labels, p) = load_weights(weights_path), unseen(work)
    at = 0
    for text in texts:
        tokens = tokenize(text)
        part = slice(at, at + len(tokens))
        at += len(tokens)
        low = np.array(
            [word_keys(w, weights.clusters, weights.cluster_ids)[1] for w in tokens.words], np.uint64
        )
        found = assemble(tokens, frame_of(tokens), low, labels[part], p[part], weights)
        yield [attribution for _, attribution in found]


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("train", type=Path)
    parser.add_argument("weights")
    parser.add_argument("work", type=Path)
    parser.add_argument("predicted", type=Path)
    options = parser.parse_args()
    with gzip.open(options.train, "rt", encoding="utf-8") as lines:
        records = [json.loads(line) for line in lines]
    articles = pd.DataFrame(
        {
            "article_id": [r["id"] for r in records],
            "outlet": "x",
            "title": [r["title"] for r in records],
            "text": [r["text"] for r in records],
        }
    ).astype("str")
    table.read_by_model = lambda texts, _: modelled(list(texts), options.weights, options.work)
    found: dict[str, list[dict[str, object]]] = {r["id"]: [] for r in records}
    for q in find_quotes(articles).itertuples():
        found[q.article_id].append(
            {"source": q.speaker_spans, "cue": q.cue_spans, "content": q.spans, "confidence": q.confidence}
        )
    with options.predicted.open("w", encoding="utf-8") as out:
        for article, attributions in found.items():
            out.write(json.dumps({"id": article, "attributions": attributions}) + "\n")


if __name__ == "__main__":
    main()
