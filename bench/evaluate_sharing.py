#!/usr/bin/env python3
"""How well a fingerprint tells one text from another, and what a package costs.

    python bench/evaluate_sharing.py DATA [--articles N]

DATA/cleaning/pages_dev.jsonl.gz has pages with their bodies: the same article from two extractions.
DATA/alignment/allsides_18k.jsonl.gz has articles of many outlets: different articles, and edited ones.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
import tempfile
import time
from pathlib import Path

import numpy as np
import pandas as pd

from samestory.readers.html import page_row
from samestory.sharing import dehydrate, hydrate, read_package
from samestory.sharing.fingerprint import fingerprint, likeness, shingles
from samestory.text import sentence_spans


def rows(path: Path) -> list[dict[str, str]]:
    """Read JSON Lines."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def told(name: str, values: list[float]) -> None:
    """Print quartiles and the shares at the two limits."""
    found = np.array(values)
    low, middle, high = np.quantile(found, [0.25, 0.5, 0.75])
    print(
        f"{name}: n = {len(found)}, median {middle:.2f} (quartiles {low:.2f} to {high:.2f}), "
        f"0.8 or more {np.mean(found >= 0.8):.3f}, 0.5 or more {np.mean(found >= 0.5):.3f}"
    )


def alike(one: str, other: str) -> float:
    """Return the likeness of two texts by their fingerprints."""
    first, second = shingles(one), shingles(other)
    return likeness(fingerprint(first), fingerprint(second)) if len(first) and len(second) else 0.0


def edited(text: str, share: float, draw: random.Random) -> str:
    """Take a share of the sentences out, and change one word in as many others."""
    out = []
    for start, end in sentence_spans(text):
        chance = draw.random()
        if chance < share:
            continue
        parts = text[start:end].split()
        if chance < 2 * share and parts:
            parts[draw.randrange(len(parts))] = "otherwise"
        out.append(" ".join(parts))
    return " ".join(out)


def main() -> None:
    """Run the measurement."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("data", type=Path)
    parser.add_argument("--articles", type=int, default=2000)
    args = parser.parse_args()
    draw = random.Random(2026)
    pages = rows(args.data / "cleaning" / "pages_dev.jsonl.gz")
    told("one page, two extractions", [alike(page_row(p["html"])["text"], p["gold_body"]) for p in pages])
    texts = [r["text"] for r in rows(args.data / "alignment" / "allsides_18k.jsonl.gz") if r["text"].strip()]
    sample = draw.sample(texts, args.articles)
    for share in (0.02, 0.05, 0.1, 0.2):
        name = f"{share:.0%} of sentences out, a word changed in {share:.0%}"
        told(name, [alike(t, edited(t, share, draw)) for t in sample[:300]])
    prints = np.array([fingerprint(shingles(t)) for t in sample if len(shingles(t))])
    best = [float(np.sort((prints == p).mean(axis=1))[-2]) for p in prints]
    told("the likest of all other articles", best)
    articles = pd.DataFrame(
        {"article_id": [f"a{i}" for i in range(len(sample))], "outlet": "o", "text": sample}
    )
    with tempfile.TemporaryDirectory() as folder:
        start = time.process_time()
        made = dehydrate(articles, Path(folder) / "package")
        middle = time.process_time()
        package = read_package(made)
        report = hydrate(package, articles)[1]
        end = time.process_time()
        size = (made / "articles.csv").stat().st_size
    print(
        f"dehydrate: {len(sample) / (middle - start):.0f} articles/s of CPU, {size / len(sample):.0f} bytes each"
    )
    print(f"hydrate: {len(sample) / (end - middle):.0f} articles/s of CPU, {set(report['status'])}")


if __name__ == "__main__":
    main()
