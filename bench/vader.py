"""Time the engine against vaderSentiment and nltk: paired medians in one run.

    python bench/vader.py ARTICLES.jsonl[.gz] [--articles 400]

ARTICLES has one article a line with "text". A pair is the same 500 sentences (or the same 5 articles) given
to two engines one after the other, in an order that alternates. Figures are medians of ratios of CPU time.

cold      the engine starts empty and walks through the articles
warm      the engine has seen the articles
coldest   the engine is emptied before every batch
"""

from __future__ import annotations

import argparse
import gzip
import json
from itertools import islice
from pathlib import Path
from statistics import median
from time import process_time

from nltk.sentiment.vader import SentimentIntensityAnalyzer as NltkAnalyzer
from nltk.sentiment.vader import VaderConstants
from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

from samestory.measures.sentiment.vader import Vader
from samestory.text import sentence_spans

SENTENCES, ARTICLES = 500, 5


def nltk_analyzer(lexicon):
    """Nltk's analyser with the lexicon of vaderSentiment, since its own has to be downloaded."""
    analyzer = NltkAnalyzer.__new__(NltkAnalyzer)
    analyzer.lexicon, analyzer.constants = dict(lexicon), VaderConstants()
    return analyzer


def spent(engine, texts):
    score = engine.polarity_scores
    start = process_time()
    for text in texts:
        score(text)
    return process_time() - start


def compared(name, other, engine, batches, emptied=False):
    pairs = []
    for i, batch in enumerate(batches):
        if emptied:
            engine.lexicon = engine.lexicon  # which forgets
        theirs = spent(other, batch) if i % 2 else 0.0
        ours = spent(engine, batch)
        pairs.append((theirs or spent(other, batch), ours))
    ratio = median(theirs / ours for theirs, ours in pairs)
    theirs, ours = (median(pair[k] for pair in pairs) / len(batches[0]) * 1e6 for k in (0, 1))
    print(f"{name:30} {ratio:6.1f} x {theirs:10.1f} us -> {ours:7.1f} us   ({len(pairs)} pairs)", flush=True)


def growth(engine, text):
    """CPU time for 32,000 characters over that for 8,000 of those that follow: nothing is scored twice."""
    ratios = []
    for start in range(0, len(text) - 64_000, 64_000):
        middle, end = start + 32_000, start + 64_000
        longer = spent(engine, [text[start:middle]])
        ratios.append(4 * longer / spent(engine, [text[a : a + 8_000] for a in range(middle, end, 8_000)]))
    print(f"{'32 kB against 8 kB':30} {median(ratios):6.2f} x   ({len(ratios)} pairs)")


def batched(items, size):
    return [items[i : i + size] for i in range(0, len(items) - size + 1, size)]


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("articles_file", type=Path)
    parser.add_argument("--articles", type=int, default=400)
    args = parser.parse_args()
    opened = gzip.open if args.articles_file.suffix == ".gz" else open
    with opened(args.articles_file, "rt", encoding="utf-8") as lines:
        articles = [json.loads(line)["text"] for line in islice(lines, args.articles)]
    sentences = batched([text[a:b] for text in articles for a, b in sentence_spans(text)], SENTENCES)
    whole = batched(articles, ARTICLES)
    theirs, engine = SentimentIntensityAnalyzer(), Vader()
    nltks = nltk_analyzer(theirs.lexicon)
    compared("sentences, cold", theirs, engine, sentences)
    compared("sentences, warm", theirs, engine, sentences)
    compared("sentences, coldest", theirs, Vader(), sentences, emptied=True)
    compared("sentences, warm, nltk", nltks, engine, sentences)
    compared("articles, cold", theirs, Vader(), whole)
    compared("articles, warm", theirs, engine, whole)
    compared("articles, warm, nltk", nltks, engine, whole)
    growth(engine, "\n".join(articles))


if __name__ == "__main__":
    main()
