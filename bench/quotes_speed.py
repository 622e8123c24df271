"""Time find_quotes over whole articles, on one core.

    OMP_NUM_THREADS=1 python bench/quotes_speed.py ARTICLES.jsonl[.gz] [--every 36] [--repeat 3]

Prints articles, words (between blanks) and tokens (those of the model, marks included) a second of CPU time: the best
of the repetitions, after a first run over three articles that loads the model.
"""

from __future__ import annotations

import argparse
import platform
import time
from pathlib import Path

from check_quotes import read_articles

from samestory import find_quotes
from samestory.measures.quotes.model.tokens import tokenize


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("articles", type=Path)
    parser.add_argument("--every", type=int, default=1, help="take one article in so many")
    parser.add_argument("--repeat", type=int, default=3)
    options = parser.parse_args()
    articles = read_articles(options.articles).iloc[:: options.every].reset_index(drop=True)
    words = int(articles["text"].str.split().str.len().sum())
    tokens = sum(len(tokenize(text)) for text in articles["text"])
    find_quotes(articles.head(3))
    took = []
    for _ in range(options.repeat):
        began = time.process_time()
        found = find_quotes(articles)
        took.append(time.process_time() - began)
    best = min(took)
    print(
        f"{len(articles)} articles, {words} words, {tokens} tokens, {len(found)} quotes; {best:.2f} s of CPU"
    )
    print(
        f"{len(articles) / best:,.1f} articles/s, {words / best:,.0f} words/s, {tokens / best:,.0f} tokens/s"
    )
    print(f"Python {platform.python_version()}, {platform.machine()}")


if __name__ == "__main__":
    main()
