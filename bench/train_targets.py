"""Train the model of sentiment towards a mention, and evaluate it by cross-validation.

    python bench/train_targets.py ../shared                  # writes models/targets.npz
    python bench/train_targets.py ../shared --evaluate       # grouped cross-validation, writes nothing

Labels are those of NewsMTSC train. The lines stand in the order of their articles but name none, so that a
fold is made of blocks of 40 neighbouring lines, with equal sentences in one fold. Word vectors are made
without labels from the articles of allsides_18k: positive pointwise mutual information of words up to 4
apart, truncated SVD.
"""

from __future__ import annotations

import argparse
import gzip
import json
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path

import numpy as np
import scipy.sparse as sp
from sklearn.linear_model import LogisticRegression
from sklearn.utils.extmath import randomized_svd

from samestory.measures.sentiment.target_features import meaning, named_features, read_mention, tokens, tone
from samestory.measures.sentiment.target_model import N_BUCKETS, named_row
from samestory.text import normalise_typography

MODEL = Path(__file__).resolve().parents[1] / "toolkit" / "samestory" / "models" / "targets.npz"
CLASSES = (-1, 0, 1)
VOCABULARY, DIMENSIONS, WINDOW, RAREST = 20_000, 100, 4, 15
C, MEANING = 0.5, 0.05  # strength of the prior; scale of word vectors against the other features
FOLDS, BLOCK, SEED = 5, 40, 2026
N_TONE = 32


def read(path):
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def word_vectors(path):
    """Return words, their vectors in whole numbers from -127 to 127, and the size of one step."""
    counts, texts = Counter(), []
    for article in read(path):
        texts.append(tokens(normalise_typography(article["text"])))
        counts.update(texts[-1])
    words = [w for w, n in sorted(counts.items(), key=lambda c: (-c[1], c[0])) if n >= RAREST][:VOCABULARY]
    rows = {w: i for i, w in enumerate(words)}
    gap = [-1] * WINDOW
    near = sp.csr_matrix((len(words),) * 2, dtype=np.float64)
    for first in range(0, len(texts), 3000):
        line = np.array([rows.get(w, -1) for t in texts[first : first + 3000] for w in (*t, *gap)])
        for d in range(1, WINDOW + 1):
            known = (line[:-d] >= 0) & (line[d:] >= 0)
            pair = line[:-d][known], line[d:][known]
            near = near + sp.coo_matrix((np.full(known.sum(), 1 / d), pair), shape=near.shape).tocsr()
    near = (near + near.T).tocoo()
    total = np.bincount(near.row, near.data)
    smooth = total**0.75 / (total**0.75).sum()
    information = np.log(near.data / (total[near.row] * smooth[near.col]))
    keep = information > 0
    matrix = sp.csr_matrix((information[keep], (near.row[keep], near.col[keep])), shape=near.shape)
    left, size, _ = randomized_svd(matrix, DIMENSIONS, n_iter=4, random_state=SEED)
    vectors = left * np.sqrt(size)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True) + 1e-9
    # In single precision: the last digits of a decomposition differ between processors.
    step = float(np.float32(np.quantile(np.abs(vectors), 0.9999) / 127))
    return words, np.clip(np.rint(vectors / step), -127, 127).astype(np.int8), step


def features(lines, words, vectors):
    rows, width = {w: i for i, w in enumerate(words)}, 0
    places, values, ends, dense = [], [], [0], []
    for line in lines:
        mention = read_mention(line["sentence"], line["start"], line["end"])
        where, weight = named_row(named_features(mention))
        places += where
        values += weight
        ends.append(len(places))
        dense.append(np.concatenate([tone(mention), meaning(mention, rows, vectors)]))
    width = len(dense[0])
    named = sp.csr_matrix((values, places, ends), shape=(len(lines), N_BUCKETS))
    named.sum_duplicates()
    return named, np.array(dense).reshape(-1, width)


def fit(named, dense, labels):
    """Return weights of the features as they come out of the sentence, without any scaling."""
    centre = dense.mean(axis=0)
    scale = np.ones(dense.shape[1])
    scale[N_TONE:] = MEANING / dense[:, N_TONE:].std(axis=0).mean()
    used = np.unique(named.indices)
    table = sp.hstack([named[:, used], sp.csr_matrix((dense - centre) * scale)]).tocsr()
    model = LogisticRegression(C=C, max_iter=1000, tol=1e-4).fit(table, labels)
    weights = np.zeros((N_BUCKETS, 3))
    weights[used] = model.coef_[:, : len(used)].T
    return weights, model.coef_[:, len(used) :].T * scale[:, None], centre, model.intercept_


def folds(lines):
    """Number the fold of each line."""
    first = {}
    for i, line in enumerate(lines):
        first.setdefault(line["sentence"], i // BLOCK)
    block = np.array([first[line["sentence"]] for line in lines])
    order = np.random.default_rng(SEED).permutation(block.max() + 1)
    return order[block] % FOLDS


def evaluate(lines, named, dense, scorer, gold):
    labels, fold = np.array([line["polarity"] for line in lines]), folds(lines)
    predicted = np.zeros(len(lines), dtype=int)
    for k in range(FOLDS):
        weights, slopes, centre, intercept = fit(named[fold != k], dense[fold != k], labels[fold != k])
        logits = named[fold == k] @ weights + (dense[fold == k] - centre) @ slopes + intercept
        predicted[fold == k] = np.array(CLASSES)[logits.argmax(axis=1)]
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "predicted.jsonl")
        file.write_text("".join(json.dumps({"polarity": int(p)}) + "\n" for p in predicted), "utf-8")
        subprocess.run([sys.executable, str(scorer), str(gold), str(file)], check=True)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("shared", type=Path, help="folder with data/ and eval/")
    parser.add_argument("--evaluate", action="store_true")
    parser.add_argument("--out", type=Path, default=MODEL)
    args = parser.parse_args()
    gold = args.shared / "data" / "sentiment" / "newsmtsc_train.jsonl.gz"
    lines = read(gold)
    words, vectors, step = word_vectors(args.shared / "data" / "alignment" / "allsides_18k.jsonl.gz")
    named, dense = features(lines, words, vectors * step)
    if args.evaluate:
        evaluate(lines, named, dense, args.shared / "eval" / "score_targets.py", gold)
        return
    weights, slopes, centre, intercept = fit(named, dense, [line["polarity"] for line in lines])
    named_step = np.float32(np.abs(weights).max() / 127)
    args.out.parent.mkdir(exist_ok=True)
    np.savez_compressed(
        args.out,
        words=np.frombuffer("\n".join(words).encode("utf-8"), dtype=np.uint8),
        vectors=vectors,
        vectors_step=np.float32(step),
        named=np.rint(weights / named_step).astype(np.int8),
        named_step=named_step,
        # Rounded, so that the last bits of a solver on another machine do not show.
        dense=np.round(slopes, 4).astype(np.float32),
        centre=np.round(centre, 4).astype(np.float32),
        intercept=np.round(intercept, 3).astype(np.float32),
    )
    print(f"{args.out}: {args.out.stat().st_size / 1e6:.2f} MB, {len(words)} words, {len(lines)} mentions")


if __name__ == "__main__":
    main()
