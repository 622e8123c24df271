"""How often the resolved names are right, by the way to them, on a corpus whose key names the speakers.

    python bench/evaluate_speakers.py corpora/demo/key/articles.jsonl [--errors]

Each line of the key holds an article: "id", "text" and "attributions" with "content" (spans) and "speaker" (the
name, or nothing). An attribution counts when content overlaps by half of its characters.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from pathlib import Path

import pandas as pd

from samestory.measures.quotes import find_quotes, link_speakers, table
from samestory.measures.quotes.confidence import RESOLUTION_PRECISION


def characters(spans: list[list[int]]) -> set[int]:
    return {i for a, b in spans for i in range(a, b)}


def plain(name: object) -> str:
    return name.lower().removeprefix("the ") if isinstance(name, str) else ""


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("key", type=Path)
    parser.add_argument("--errors", action="store_true", help="print what was resolved to another name")
    options = parser.parse_args()
    records = [json.loads(line) for line in options.key.read_text(encoding="utf-8").splitlines() if line]
    articles = pd.DataFrame(
        {"article_id": [r["id"] for r in records], "outlet": "x", "text": [r["text"] for r in records]}
    ).astype("str")
    ways = sorted(RESOLUTION_PRECISION)
    table.RESOLUTION_PRECISION = {way: (i + 1) / 100 for i, way in enumerate(ways)}  # to tell ways apart
    quotes = dict(list(link_speakers(find_quotes(articles)).groupby("article_id")))
    right: Counter[str] = Counter()
    n: Counter[str] = Counter()
    named = recovered = 0
    for record in records:
        found = list(quotes[record["id"]].itertuples()) if record["id"] in quotes else []
        for truth in record["attributions"]:
            said = characters(truth["content"])
            best = max(found, key=lambda f: len(said & characters(f.spans)), default=None)
            named += bool(truth["speaker"])
            if best is None or 2 * len(said & characters(best.spans)) < len(said | characters(best.spans)):
                continue
            hit = plain(best.speaker_resolved) == plain(truth["speaker"])
            recovered += hit and bool(truth["speaker"])
            if not pd.isna(best.speaker_resolved) and truth["speaker"]:
                way = ways[round(100 * best.resolution_confidence) - 1]
                n[way] += 1
                right[way] += hit
                if options.errors and not hit:
                    print(
                        f"{record['id']}: {best.speaker!r} → {best.speaker_resolved!r}, {truth['speaker']!r}"
                    )
    for way in sorted(n):
        print(f"{way:14s} said {RESOLUTION_PRECISION[way]:.2f}  right {right[way] / n[way]:.3f}  n {n[way]}")
    print(f"named speakers {named}, right {recovered / max(named, 1):.3f}")
    print(f"resolved {sum(n.values())}, right {sum(right.values()) / max(sum(n.values()), 1):.3f}")


if __name__ == "__main__":
    main()
