#!/usr/bin/env python3
"""Train the quotation model from PolNeAR: the same input gives the same bytes.

    python bench/train_quotes.py polnear_train.jsonl.gz clusters.npz weights.npz [--work DIR] [--processes 2]

Needs Numba beside the toolkit; clusters.npz is made by quote_training/train_clusters.py. Steps: features of the training articles; first chain on four parts and on the whole, so
that the second chain learns from labels that the first one gave to articles it had not seen; second chain in the same
way; linker and calibration on what the second chain says of unseen articles; 8-bit weights.
"""

from __future__ import annotations

import argparse
import gzip
import json
import multiprocessing
import os
import sys
import time
from pathlib import Path

# Sums must run in one order for the weights to come out the same; set before NumPy loads its linear algebra.
for _name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[_name] = "1"

import numpy as np
from quote_training.chain_trainer import train_chain
from quote_training.fit_linker import fit_confidence, fit_linker
from quote_training.gold import gold_labels, gold_ranges

from samestory.measures.quotes.model import columns, state
from samestory.measures.quotes.model.chain import best_labels, chains, probabilities
from samestory.measures.quotes.model.labels import CUE_BEGINS, SIZE
from samestory.measures.quotes.model.model import CUE_BIAS
from samestory.measures.quotes.model.second import second_columns
from samestory.measures.quotes.model.tokens import tokenize
from samestory.measures.quotes.model.weights import Weights, in_steps, save_weights
from samestory.measures.quotes.model.words import word_keys

FOLDS = 4
BITS, SECOND_BITS = 19, 17
RAREST = 3
SMALLEST = 0.0045
SEEDS = 1, 2  # the weights that ship are the mean over these
FIRST = {"epochs": 5, "rate": 0.012, "decay": 0.005, "drop": 0.5}
SECOND = {"epochs": 4, "rate": 0.010, "decay": 0.005, "drop": 0.5}


def read(path: str) -> list[dict]:
    """Articles in the order of the file."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def prepare(articles: list[dict], clusters: dict[str, int], ids: np.ndarray) -> dict:
    """Tokens, frames, rows and gold of all articles, concatenated."""
    types: dict[str, int] = {}
    tokens = [tokenize(a["text"]) for a in articles]
    for one in tokens:
        for word in one.words:
            types.setdefault(word, len(types) + 1)
    keys = np.array([[1] * len(columns.KINDS)] + [word_keys(w, clusters, ids) for w in types], np.uint64)
    by_offset = columns.word_rows(keys, BITS)
    frames = [state.frame_of(t) for t in tokens]
    numbers = [np.array([types[w] for w in t.words], np.int64) for t in tokens]
    ranges = [gold_ranges(t, a["attributions"]) for t, a in zip(tokens, articles)]
    rows = [_rows(keys, by_offset, *x) for x in zip(tokens, frames, numbers)]
    edges = np.cumsum([0, *map(len, tokens)])
    return {
        "tokens": tokens,
        "frames": frames,
        "ranges": ranges,
        "low": [keys[n, 1] for n in numbers],
        "edges": edges,
        "rows": _without_rare(np.concatenate(rows), 1 << BITS),
        "gold": np.concatenate([gold_labels(*x) for x in zip(tokens, frames, ranges)]),
        "context": np.concatenate([f.context for f in frames]).astype(np.int32),
        "spans": [chains(t.paragraph, t.sentence) + a for t, a in zip(tokens, edges)],
    }


def _rows(keys, by_offset, tokens, frame, numbers) -> np.ndarray:
    out = [by_offset[k][state.shifted(numbers, k, frame.paragraph, 0)] for k in by_offset]
    out += [r[:, None] for r in columns.tuple_rows(keys, numbers, frame, BITS, 0)]
    out += [r[:, None] for r in columns.state_rows(keys, numbers, state.state_columns(tokens, frame), BITS)]
    return np.concatenate(out, axis=1)


def _without_rare(rows: np.ndarray, size: int) -> np.ndarray:
    """Rows seen fewer than RAREST times become -1: they would learn noise and cost room."""
    count = np.bincount(rows.ravel(), minlength=size)
    rows[count[rows] < RAREST] = -1
    return rows


def second_rows(data: dict, labels: np.ndarray, p: np.ndarray) -> np.ndarray:
    """Rows of the second chain: those of the first, then those over its output."""
    parts = []
    for k, (tokens, frame, low) in enumerate(zip(data["tokens"], data["frames"], data["low"])):
        part = slice(data["edges"][k], data["edges"][k + 1])
        made = second_columns(tokens, frame, labels[part].astype(np.int64), p[part], low)
        made = [
            columns.place_rows(c, columns.SECOND_PLACES + t, SECOND_BITS) for t, c in enumerate(made.values())
        ]
        parts.append(np.stack(made, axis=1))
    extra = _without_rare(np.concatenate(parts), 1 << SECOND_BITS)
    return np.concatenate([data["rows"], np.where(extra >= 0, extra + (1 << BITS), -1)], axis=1)


def emission(rows: np.ndarray, weights: np.ndarray, bias: float) -> np.ndarray:
    """Scores, shape (n, labels), with the bias towards cues."""
    padded = np.concatenate([weights, np.zeros((1, SIZE), np.float32)])
    out = np.zeros((len(rows), SIZE), np.float32)
    for j in range(rows.shape[1]):
        out += padded[rows[:, j]]
    out[:, CUE_BEGINS] += bias
    return out


def quantised(weights: np.ndarray) -> np.ndarray:
    """Weights with the small ones set to nought."""
    return np.where(np.abs(weights) < SMALLEST, 0, weights).astype(np.float32)


def _job(task: tuple) -> None:
    """Train on all parts but one (or on all) and label that part."""
    work, stage, fold, options, size = task
    rows = np.load(f"{work}/rows{stage}.npy", mmap_mode="r")
    with np.load(f"{work}/data.npz") as z:
        gold, context, spans, part = z["gold"], z["context"], z["spans"], z["part"]
    print(f"stage {stage} fold {fold}", flush=True)
    seeds = SEEDS if fold == FOLDS else SEEDS[:1]
    made = [
        train_chain(np.asarray(rows), gold, context, spans[part != fold], size, seed=s, **options)
        for s in seeds
    ]
    weights, transition = (np.mean(parts, axis=0) for parts in zip(*made))
    if fold == FOLDS:
        np.savez(f"{work}/stage{stage}.npz", weights=weights, transition=transition)
        return
    mine = spans[part == fold]
    keep = np.concatenate([np.arange(a, b) for a, b in mine])
    local = mine - mine[:, :1] + np.concatenate([[0], np.cumsum(mine[:, 1] - mine[:, 0])[:-1]])[:, None]
    score = emission(np.asarray(rows[keep]), quantised(weights), CUE_BIAS[stage - 1])
    labels = best_labels(score, context[keep], transition, local)
    p = probabilities(score, context[keep], transition, local)
    np.savez(f"{work}/unseen{stage}_{fold}.npz", keep=keep, labels=labels, p=p)


def run_stage(work: Path, stage: int, rows: np.ndarray, options: dict, size: int, processes: int) -> tuple:
    """Unseen labels and probabilities of all articles."""
    np.save(work / f"rows{stage}.npy", rows)
    tasks = [(str(work), stage, fold, options, size) for fold in (FOLDS, *range(FOLDS))]
    with multiprocessing.get_context("spawn").Pool(processes) as pool:
        pool.map(_job, tasks, chunksize=1)
    labels, p = np.zeros(len(rows), np.int8), np.zeros((len(rows), SIZE), np.float32)
    for fold in range(FOLDS):
        with np.load(work / f"unseen{stage}_{fold}.npz") as z:
            labels[z["keep"]], p[z["keep"]] = z["labels"], z["p"]
    return labels, p


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("train")
    parser.add_argument("clusters")
    parser.add_argument("weights")
    parser.add_argument("--work", default="train_quotes_work")
    parser.add_argument("--processes", type=int, default=2)
    args = parser.parse_args()
    work = Path(args.work)
    work.mkdir(exist_ok=True)
    began = time.time()
    with np.load(args.clusters) as z:
        words, ids = z["words"].tolist(), np.stack([z["c48"], z["c200"], z["c800"]], axis=1).astype(np.int16)
    clusters = {w: k for k, w in enumerate(words)}
    data = prepare(read(args.train), clusters, ids)
    part = np.concatenate([np.full(len(s), k % FOLDS) for k, s in enumerate(data["spans"])])
    np.savez(
        work / "data.npz",
        gold=data["gold"],
        context=data["context"],
        spans=np.concatenate(data["spans"]),
        part=part,
    )
    print(
        f"prepared {len(data['gold'])} tokens, {data['rows'].shape[1]} templates, {time.time() - began:.0f} s",
        flush=True,
    )
    labels, p = run_stage(work, 1, data["rows"], FIRST, 1 << BITS, args.processes)
    rows = second_rows(data, labels, p)
    print(f"first chain {time.time() - began:.0f} s", flush=True)
    labels, p = run_stage(work, 2, rows, SECOND, (1 << BITS) + (1 << SECOND_BITS), args.processes)
    print(f"second chain {time.time() - began:.0f} s", flush=True)
    content, source = fit_linker(data, labels)
    with np.load(work / "stage1.npz") as one, np.load(work / "stage2.npz") as two:
        shared = np.concatenate([one["weights"], two["weights"][: 1 << BITS]], axis=1)
        second, t1, t2 = two["weights"][1 << BITS :], one["transition"], two["transition"]
    blank = np.zeros(14, np.float32)
    shared, second = in_steps(quantised(shared)), in_steps(quantised(second))
    weights = Weights(shared, second, t1, t2, content, source, blank, clusters, ids)
    weights = fit_confidence(data, labels, p, weights)
    save_weights(args.weights, weights)
    print(f"{args.weights}: {Path(args.weights).stat().st_size} bytes, {time.time() - began:.0f} s")


if __name__ == "__main__":
    sys.exit(main())
