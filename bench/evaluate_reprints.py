#!/usr/bin/env python3
"""Find planted reprints among made-up texts, by the look-up of mark_reprints and by MinHash.

    python bench/evaluate_reprints.py [--articles N]

The texts are drawn from made-up words, as frequent as words are (Zipf), and N of them are on their own. Planted
beside them are full copies, first halves, copies with a beginning and an end of the outlet's own, copies of
which every twentieth word is another, and, as what must not be found, texts that share a quarter of their
words (one quote) with an earlier one. Each is found if it is linked to its source. MinHash (datasketch, if it is
installed; the project does not need it) has 128 permutations over the same runs of five words, and
locality-sensitive hashing at several thresholds of resemblance; an article is linked to all that it returns.
"""

from __future__ import annotations

import argparse
import time

import numpy as np
import pandas as pd

from samestory.stories import mark_reprints
from samestory.stories.shingles import shingled

PLANTED, PERMUTATIONS, THRESHOLDS = 200, 128, (0.2, 0.3, 0.4, 0.5, 0.6)
KINDS = ("full copy", "first half", "inside a longer text", "edited", "shares a quote")


def made_up(rng: np.random.Generator, n_words: int) -> list[str]:
    """Draw words as frequent as the r-th word is in a text, 1 / r."""
    ranks = np.minimum(rng.zipf(1.2, n_words), 50_000)
    return [f"w{r}" for r in ranks]


def planted(kind: str, source: list[str], rng: np.random.Generator) -> list[str]:
    """Make a text of a kind from its source."""
    n = len(source)
    if kind == "first half":
        return source[: n // 2]
    if kind == "inside a longer text":
        return [*made_up(rng, n // 5), *source, *made_up(rng, n // 5)]
    if kind == "edited":
        return [f"e{i}" if i % 20 == 10 else word for i, word in enumerate(source)]
    if kind == "shares a quote":
        return [*made_up(rng, n // 2), *source[n // 4 : n // 2], *made_up(rng, n // 4)]
    return source


def corpus(n: int) -> tuple[pd.DataFrame, dict[str, str], dict[str, str]]:
    """Articles; the source and the kind of each planted one."""
    rng = np.random.default_rng(0)
    texts = [made_up(rng, int(rng.integers(200, 800))) for _ in range(n)]
    ids, source, kind_of = [f"a{i:06}" for i in range(n)], {}, {}
    for kind in KINDS:
        for i in rng.choice(n, PLANTED, replace=False):
            name = f"p{len(ids):06}"
            ids.append(name)
            texts.append(planted(kind, texts[i], rng))
            source[name], kind_of[name] = f"a{i:06}", kind
    outlets = [f"Outlet {i % 20}" for i in range(len(ids))]
    frame = pd.DataFrame({"article_id": ids, "outlet": outlets, "text": [" ".join(t) for t in texts]})
    return frame, source, kind_of


def by_minhash(articles: pd.DataFrame, thresholds: tuple[float, ...]) -> dict[float, dict[str, set[str]]]:
    """For each threshold, the earlier articles that each article is linked to."""
    from datasketch import MinHash, MinHashLSH

    sketches = []
    for runs in shingled(articles["text"].tolist()):
        sketch = MinHash(num_perm=PERMUTATIONS)
        sketch.update_batch([run.tobytes() for run in runs])
        sketches.append(sketch)
    found: dict[float, dict[str, set[str]]] = {}
    for threshold in thresholds:
        index = MinHashLSH(threshold=threshold, num_perm=PERMUTATIONS)
        found[threshold] = {}
        for name, sketch in zip(articles["article_id"], sketches, strict=True):
            found[threshold][name] = set(index.query(sketch))
            index.insert(name, sketch)
    return found


def row(found: dict[str, set[str]], source: dict[str, str], kind_of: dict[str, str]) -> dict[str, float]:
    """Share found of each kind, and share right of all links; a copy of the source's copy is right too."""
    counted = {}
    for kind in KINDS:
        names = [name for name in source if kind_of[name] == kind]
        counted[kind] = sum(source[name] in found[name] for name in names) / len(names)
    reprint = {name: s for name, s in source.items() if kind_of[name] != "shares a quote"}
    links = [(name, other) for name, others in found.items() for other in others]
    right = sum(
        name in reprint and (other == reprint[name] or reprint.get(other) == reprint[name])
        for name, other in links
    )
    return {**counted, "precision": right / max(1, len(links)), "links": len(links)}


def main() -> None:
    """Run both, and print shares found, precision and processor time."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--articles", type=int, default=3000)
    args = parser.parse_args()
    articles, source, kind_of = corpus(args.articles)
    start = time.process_time()
    marked = mark_reprints(articles).set_index("article_id")["reprint_of"]
    seconds = {"look-up": time.process_time() - start}
    rows = {
        "look-up": row(
            {a: {s} - {pd.NA} if pd.notna(s) else set() for a, s in marked.items()}, source, kind_of
        )
    }
    start = time.process_time()
    try:
        linked = by_minhash(articles, THRESHOLDS)
    except ImportError:
        print("MinHash is left out: install datasketch to compare")
        linked = {}
    seconds["MinHash, all thresholds"] = time.process_time() - start
    rows |= {f"MinHash {t}": row(found, source, kind_of) for t, found in linked.items()}
    print(pd.DataFrame(rows).T.round(3).to_string())
    print(f"{len(articles)} articles; processor seconds:", {k: round(v, 1) for k, v in seconds.items()})


if __name__ == "__main__":
    main()
