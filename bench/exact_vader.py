"""Compare the engine with vaderSentiment on every sentence and every whole article of a collection.

    python bench/exact_vader.py ARTICLES.jsonl[.gz] [--articles 2000]

ARTICLES has one article a line with "text". Every bit of every float and the order of the keys must agree.
"""

from __future__ import annotations

import argparse
import gzip
import json
import struct
from itertools import islice
from pathlib import Path

from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

from samestory.measures.sentiment.vader import Vader
from samestory.text import sentence_spans


def bits(scores):
    return [(key, type(value), struct.pack("<d", value)) for key, value in scores.items()]


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("articles_file", type=Path)
    parser.add_argument("--articles", type=int, default=2000)
    args = parser.parse_args()
    theirs, engine = SentimentIntensityAnalyzer(), Vader()
    n = {"sentences": 0, "articles": 0}
    different = dict(n)
    opened = gzip.open if args.articles_file.suffix == ".gz" else open
    with opened(args.articles_file, "rt", encoding="utf-8") as lines:
        for line in islice(lines, args.articles):
            text = json.loads(line)["text"] or ""
            pieces = {"sentences": [text[a:b] for a, b in sentence_spans(text)], "articles": [text]}
            for kind, texts in pieces.items():
                n[kind] += len(texts)
                different[kind] += sum(
                    bits(theirs.polarity_scores(t)) != bits(engine.polarity_scores(t)) for t in texts
                )
    print("; ".join(f"{n[kind]:,} {kind}, {different[kind]} different" for kind in n))


if __name__ == "__main__":
    main()
