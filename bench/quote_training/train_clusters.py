#!/usr/bin/env python3
"""Group words by their neighbours: python train_clusters.py clusters.npz TEXTS.jsonl.gz [TEXTS.jsonl.gz ...]

Counts of the 1,500 commonest words at offsets -2, -1, 1, 2; positive pointwise mutual information; 100 dimensions by
randomised SVD; k-means into 48, 200 and 800 groups. The same texts in the same order give the same bytes: what is
summed in floating point, whose last bits depend on threads and processor, is rounded before anything is decided by it,
and k-means works on whole numbers alone. Needs NumPy, SciPy and scikit-learn.
"""

import collections
import gzip
import json
import os
import random
import re
import sys

for _name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[_name] = "1"

import numpy as np
import scipy.sparse as sp
from sklearn.utils.extmath import randomized_svd

WORDS, NEIGHBOURS, SIZES = 30_000, 1_500, (48, 200, 800)
DIMENSIONS = 100
STEPS = 512  # whole numbers to the unit of a vector
PASSES = 60
TOKEN = re.compile(
    r"(?:[A-Za-z]\.){2,}|(?:Mr|Mrs|Ms|Dr|Sen|Rep|Gov|Gen|Jr|Sr|St)\.(?=\s)|\d+(?:[.,:]\d+)*|"
    r"[^\W\d_]+(?:-[^\W\d_]+)*|['’](?:s|re|ve|ll|d|m|t)\b|[^\w\s]|\n\s*"
)


def normal(word):
    """The form in which a word is counted."""
    if word[0] == "\n":
        return "<p>"
    if word[0].isdigit():
        return re.sub(r"\d", "0", word)
    return '"' if word in '"“”„' else word.replace("’", "'")


def read(paths):
    """Token numbers of all texts, the numbering and the counts."""
    numbers, counts, texts = {}, collections.Counter(), []
    for path in paths:
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            for line in lines:
                words = [normal(m) for m in TOKEN.findall(json.loads(line)["text"])]
                counts.update(words)
                texts.append(np.array([numbers.setdefault(w, len(numbers)) for w in words], np.int32))
    return numbers, counts, texts


def vectors(sequence):
    """Vectors of the common words, of unit length, in whole numbers."""
    blocks = []
    for offset in (-2, -1, 1, 2):
        other = np.roll(sequence, -offset)
        keep = (sequence < WORDS) & (other < NEIGHBOURS)
        pair = sequence[keep].astype(np.int64) * NEIGHBOURS + other[keep]
        pair, number = np.unique(pair, return_counts=True)
        row, column = np.divmod(pair, NEIGHBOURS)
        rows = np.bincount(row, number, WORDS)  # sums of whole numbers, exact in any order
        columns = np.bincount(column, number, NEIGHBOURS)
        value = np.log(number * float(number.sum()) / (rows[row] * columns[column]))
        value = np.round(np.maximum(value, 0) * (1.0 if abs(offset) == 1 else 0.6), 6)
        blocks.append(sp.csr_matrix((value, (row, column)), shape=(WORDS, NEIGHBOURS)))
    u, s, _ = randomized_svd(sp.hstack(blocks).tocsr(), DIMENSIONS, n_iter=4, random_state=0)
    e = u * np.sqrt(s)
    e /= np.linalg.norm(e, axis=1, keepdims=True) + 1e-9
    return np.rint(e * STEPS).astype(np.int64)


def nearest(points, centres):
    """Number of the nearest centre and the squared distance to it; products of whole numbers below 2**53 are exact."""
    c = centres.astype(np.float64)
    squares = (points * points).sum(1)
    away = squares[:, None] - 2 * (points.astype(np.float64) @ c.T) + (c * c).sum(1)
    best = away.argmin(1)
    return best, away[np.arange(len(points)), best].astype(np.int64)


def spread(points, weight, k, chance):
    """First centres: points drawn with chances by weight and squared distance to those already drawn (k-means++)."""
    drawn = [int(np.searchsorted(np.cumsum(weight), chance.randrange(int(weight.sum())), side="right"))]
    away = nearest(points, points[drawn])[1]
    while len(drawn) < k:
        mass = np.cumsum(away * weight)
        drawn.append(int(np.searchsorted(mass, chance.randrange(int(mass[-1])), side="right")))
        away = np.minimum(away, nearest(points, points[drawn[-1:]])[1])
    return points[drawn]


def grouped(points, weight, k):
    """k-means in whole numbers: centres are rounded means, ties go to the lower number."""
    centres = spread(points, weight, k, random.Random(k))
    label = None
    for _ in range(PASSES):
        before, (label, _) = label, nearest(points, centres)
        if before is not None and np.array_equal(before, label):
            break
        share = sp.csr_matrix((weight, (label, np.arange(len(points)))), shape=(k, len(points)))
        total, mass = share @ points, np.asarray(share.sum(1))
        centres = np.where(mass > 0, (2 * total + mass) // np.maximum(2 * mass, 1), centres)
    return label.astype(np.int16)


def main():
    out, *paths = sys.argv[1:]
    numbers, counts, texts = read(paths)
    common = sorted(counts, key=lambda w: (-counts[w], w))[:WORDS]
    place = np.full(len(numbers), WORDS, np.int32)
    place[[numbers[w] for w in common]] = np.arange(len(common))
    gap = np.array([WORDS, WORDS], np.int32)
    points = vectors(np.concatenate([x for t in texts for x in (place[t], gap)]))
    weight = np.rint(16 * np.array([counts[w] for w in common]) ** 0.25).astype(np.int64)
    groups = {f"c{k}": grouped(points, weight, k) for k in SIZES}
    np.savez(out, words=np.array(common), **groups)


if __name__ == "__main__":
    main()
