#!/usr/bin/env python3
"""Group words by their neighbours: python train_clusters.py clusters.npz TEXTS.jsonl.gz [TEXTS.jsonl.gz ...]

Counts of the 1,500 commonest words at offsets -2, -1, 1, 2; positive pointwise mutual information; 100 dimensions by
randomised SVD; k-means into 48, 200 and 800 groups. Seeds are fixed. Needs NumPy, SciPy and scikit-learn.
"""

import collections
import gzip
import json
import re
import sys

import numpy as np
import scipy.sparse as sp
from sklearn.cluster import MiniBatchKMeans
from sklearn.utils.extmath import randomized_svd

WORDS, NEIGHBOURS, SIZES = 30_000, 1_500, (48, 200, 800)
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
    """Unit vectors of the common words."""
    blocks = []
    for offset in (-2, -1, 1, 2):
        other = np.roll(sequence, -offset)
        keep = (sequence < WORDS) & (other < NEIGHBOURS)
        ones = np.ones(keep.sum(), np.float32)
        m = sp.coo_matrix((ones, (sequence[keep], other[keep])), shape=(WORDS, NEIGHBOURS)).tocsr()
        total, row, column = m.sum(), np.asarray(m.sum(1)).ravel(), np.asarray(m.sum(0)).ravel()
        m = m.tocoo()
        value = np.log(m.data * total / (row[m.row] * column[m.col] + 1e-9) + 1e-9)
        value = np.maximum(value, 0) * (1.0 if abs(offset) == 1 else 0.6)
        blocks.append(sp.csr_matrix((value, (m.row, m.col)), shape=(WORDS, NEIGHBOURS)))
    u, s, _ = randomized_svd(sp.hstack(blocks).tocsr(), 100, n_iter=4, random_state=0)
    e = u * np.sqrt(s)
    return e / (np.linalg.norm(e, axis=1, keepdims=True) + 1e-9)


def main():
    out, *paths = sys.argv[1:]
    numbers, counts, texts = read(paths)
    common = [w for w, _ in counts.most_common(WORDS)]
    place = np.full(len(numbers), WORDS, np.int32)
    place[[numbers[w] for w in common]] = np.arange(len(common))
    gap = np.array([WORDS, WORDS], np.int32)
    e = vectors(np.concatenate([x for t in texts for x in (place[t], gap)]))
    weight = np.array([counts[w] for w in common]) ** 0.25
    groups = {}
    for k in SIZES:
        model = MiniBatchKMeans(k, random_state=0, n_init=3, batch_size=4096, max_iter=60)
        groups[f"c{k}"] = model.fit(e, sample_weight=weight).labels_.astype(np.int16)
    np.savez(out, words=np.array(common), **groups)


if __name__ == "__main__":
    main()
