"""Evaluate sentiment: human ratings of sentences, sentiment towards mentions by the lexicon, and the
switches.

    python bench/evaluate_sentiment.py ../shared

ratings    Pearson r of compound with mean human ratings, and F1 of three classes (negative, neutral,
positive;
           mean of the classes' F1 weighted by their size), against the published figures of VADER. A rating
           above, at or below 0 is the class; compound is cut at -.05 and .05.
mentions   the lexicon-only mode on NewsMTSC train, which it has not seen; for the linear model see
           train_targets.py --evaluate
switches   how many sentences of English news articles the mask of news names changes, by how much, and how
many
           are taken for another language
"""

from __future__ import annotations

import argparse
import gzip
import json
from itertools import islice
from pathlib import Path

import numpy as np
import pandas as pd

import samestory as ss

# Hutto & Gilbert (2014), r with the mean of 20 raters and overall F1.
PUBLISHED = {"tweets": (0.881, 0.96), "movie": (0.451, 0.61), "amazon": (0.565, 0.63)}


def read(path, n=None):
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in islice(lines, n)]


def as_sentences(texts):
    ids = [f"{i}" for i in range(len(texts))]
    return pd.DataFrame({"article_id": ids, "start": 0, "end": [len(t) for t in texts], "text": texts})


def f1_by_class(gold, predicted):
    out = []
    for c in (-1, 0, 1):
        right = ((gold == c) & (predicted == c)).sum()
        out.append(2 * right / max(1, (gold == c).sum() + (predicted == c).sum()))
    return np.array(out)


def three_classes(values, cut):
    return np.where(values > cut, 1, np.where(values < -cut, -1, 0))


def ratings(folder):
    print("ratings (strict: text as given)")
    for name, (r_published, f1_published) in PUBLISHED.items():
        lines = read(folder / f"icwsm_{name}.jsonl.gz")
        rating = np.array([line["rating"] for line in lines])
        engine = ss.Vader()
        compound = np.array([engine.polarity_scores(line["text"])["compound"] for line in lines])
        gold, predicted = three_classes(rating, 0), three_classes(compound, 0.05 - 1e-9)
        sizes = [(gold == c).sum() for c in (-1, 0, 1)]
        f1 = np.average(f1_by_class(gold, predicted), weights=sizes)
        r = np.corrcoef(rating, compound)[0, 1]
        print(
            f"  {name:8} n {len(lines):6}   r {r:.3f} (published {r_published:.3f}, {r - r_published:+.3f})"
            f"   F1 {f1:.3f} (published {f1_published:.2f}, {f1 - f1_published:+.3f})"
        )


def mentions(folder):
    lines = read(folder / "newsmtsc_train.jsonl.gz")
    sentences = as_sentences([line["sentence"] for line in lines])
    places = pd.DataFrame(lines)[["start", "end"]].assign(article_id=sentences["article_id"], actor="x")
    gold = np.array([line["polarity"] for line in lines])
    scored = ss.score_targets(sentences, places, model="lexicon")
    known = scored["polarity"].notna().to_numpy()
    predicted = scored["polarity"].fillna(0).to_numpy(dtype=int)
    f1 = f1_by_class(gold, predicted)
    print(f"mentions   n {len(lines)} ({(~known).sum()} not scored)   lexicon macro-F1 {f1.mean():.3f}")


def switches(path, n):
    articles = pd.DataFrame(read(path, n))[["article_id", "outlet", "text"]]
    articles = articles[articles["text"].str.strip() != ""].drop_duplicates("article_id")
    sentences = ss.split_sentences(articles)
    plain, masked = ss.score_sentiment(sentences), ss.score_sentiment(sentences, news_neutral=True)
    strict = ss.score_sentiment(sentences, strict=True)
    foreign = (plain["not_scored"] == "not_english").mean()
    print(f"switches   n {len(sentences)} sentences of {len(articles)} articles")
    print(f"  taken for another language: {foreign:.2%}; mean coverage {plain['coverage'].mean():.3f}")
    for name, other in (("news names masked", masked), ("typography as typeset", strict)):
        gap = (other["compound"] - plain["compound"]).dropna()
        by_article = gap.groupby(plain.loc[gap.index, "article_id"]).mean()
        print(
            f"  {name}: {(gap != 0).mean():.1%} of sentences change; compound {gap.mean():+.4f} on average, "
            f"by {by_article.abs().quantile(0.95):.3f} or more in one article of 20"
        )


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("shared", type=Path, help="folder with data/")
    parser.add_argument("--articles", type=int, default=300)
    args = parser.parse_args()
    ratings(args.shared / "data" / "sentiment")
    mentions(args.shared / "data" / "sentiment")
    switches(args.shared / "data" / "alignment" / "allsides_18k.jsonl.gz", args.articles)


if __name__ == "__main__":
    main()
