"""Silver stories: made of the 18k without a look at the gold stories, for choosing constants.

Stories of two kinds are hidden among other articles of the 18k, whose dates are shifted by 35 days so that none
can tell a story's event:

- the triples of silver_triples.jsonl, found by TF-IDF and dates, hence kind to such a method, and all of
  three articles;
- groups of articles of any size that quote the same eight words within three days, found without TF-IDF. What the
  articles of a group share word for word is cut out of them, so that they are not found by it, and articles that
  share three tenths of their text are reprints and make no group. Such groups are harder: some quote one
  speech in reports of two events.
"""

from __future__ import annotations

import itertools
import json
import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd
import scipy.sparse as sp
from evaluate_alignment import read
from scipy.sparse import csgraph

SHIFT = pd.Timedelta(days=35)
QUOTED, SHARED_RUN, REPRINT = 8, 5, 0.3
MOST_QUOTING, DAYS_APART, MOST_DAYS = 15, 3, 4
_QUOTE, _WORD = re.compile(r"[“\"]([^“”\"]{40,400})[”\"]"), re.compile(r"[^\W_]+")


@dataclass(frozen=True)
class Hidden:
    """Articles, and the stories of those that have one, by article_id."""

    name: str
    articles: pd.DataFrame
    story: dict[str, str]


def hidden_triples(folder: Path, *, distractors: int | None, shift: int = 1) -> Iterator[Hidden]:
    """Two halves of the triples, each among so many other dated articles (None: all)."""
    articles = _dated(folder)
    triples = _triples(folder)
    for half in (0, 1):
        story = {a: t["triple_id"] for t in triples[half::2] for a in t["article_ids"]}
        way = shift * (1 - 2 * half)
        yield Hidden(f"triples {half}", _hide(articles, story, distractors, half, way), story)


def triples_in_corpora(
    folder: Path, *, parts: int, distractors: int | None = None, days: float = math.inf
) -> Iterator[Hidden]:
    """So many parts of the triples, each among so many other articles (None: all) near its stories in time.

    ``days`` is how near, after the shift. None of the others was published within four days of a story of the
    part, so without dates, too, none of them can tell it.
    """
    articles = _dated(folder)
    triples = _triples(folder)
    for part in range(parts):
        story = {a: t["triple_id"] for t in triples[part::parts] for a in t["article_ids"]}
        told = articles["article_id"].isin(story)
        stories, others = articles[told], articles[~told]
        others = others[_days_away(others, stories) > MOST_DAYS]
        others = others.assign(published=others["published"] + (1 - 2 * (part % 2)) * SHIFT)
        others = others[_days_away(others, stories) <= days]
        if distractors is not None:
            others = others.sample(min(distractors, len(others)), random_state=part)
        yield Hidden(f"part {part}", pd.concat([stories, others], ignore_index=True), story)


def hidden_quoting(folder: Path, *, distractors: int | None, parts: int = 4) -> Iterator[Hidden]:
    """So many parts of the groups that quote the same, each among so many other dated articles."""
    articles = _dated(folder)
    groups = quoting_groups(articles)
    texts = dict(zip(articles["article_id"], articles["text"], strict=True))
    for group in groups:
        texts |= _without_shared({a: texts[a] for a in group})
    articles = articles.assign(text=articles["article_id"].map(texts))
    order = np.random.default_rng(0).permutation(len(groups))
    for part in range(parts):
        story = {a: f"Q{k}" for k in order[part::parts] for a in groups[k]}
        hidden = _hide(articles, story, distractors, part, 1 - 2 * (part % 2))
        yield Hidden(f"quoting {part}", hidden, story)


def quoting_groups(articles: pd.DataFrame) -> list[list[str]]:
    """Articles linked by quoting the same words within a few days; dated articles only."""
    ids = articles["article_id"].tolist()
    days = ((articles["published"] - pd.Timestamp(0, tz="UTC")) / pd.Timedelta(days=1)).to_numpy()
    words = [_WORD.findall(text.lower()) for text in articles["text"]]
    quoting: defaultdict[tuple[str, ...], set[int]] = defaultdict(set)
    for i, text in enumerate(articles["text"]):
        for quote in _QUOTE.findall(text):
            for run in _runs(_WORD.findall(quote.lower()), QUOTED):
                quoting[run].add(i)
    linked = {
        pair
        for them in quoting.values()
        if 2 <= len(them) <= MOST_QUOTING
        for pair in itertools.combinations(sorted(them), 2)
        if abs(days[pair[0]] - days[pair[1]]) <= DAYS_APART
    }
    kept = sorted(p for p in linked if not _is_reprint(words[p[0]], words[p[1]]))
    one, other = np.array(kept).T
    graph = sp.csr_matrix((np.ones(len(kept)), (one, other)), shape=(len(ids), len(ids)))
    part = csgraph.connected_components(graph, directed=False)[1]
    groups = pd.Series(range(len(ids))).groupby(part).agg(list)
    return [
        [ids[i] for i in members]
        for members in groups
        if 2 <= len(members) <= MOST_QUOTING and np.ptp(days[members]) <= MOST_DAYS
    ]


def strict_f1(gold: np.ndarray, labels: np.ndarray, *, among_gold: bool = True) -> float:
    """F1 over pairs with at least one article of a known story (``gold``; -1: none).

    Without ``among_gold``, pairs of two known stories are not counted as wrong, since groups of one day that do
    not quote the same may yet tell the same.
    """
    known = pd.DataFrame({"gold": gold, "label": labels})
    told = known[known["gold"] >= 0]
    right = _n_pairs(told.value_counts())
    found = _n_pairs(known["label"].value_counts()) - _n_pairs(
        known[known["gold"] < 0]["label"].value_counts()
    )
    if not among_gold:
        found -= _n_pairs(told["label"].value_counts()) - right
    return 2 * right / (found + _n_pairs(told["gold"].value_counts()))


def _n_pairs(sizes: pd.Series) -> float:
    return float((sizes * (sizes - 1) / 2).sum())


def _dated(folder: Path) -> pd.DataFrame:
    articles = read(folder / "allsides_18k.jsonl.gz", dates=True)
    year = articles["published"].dt.year
    return articles[year.between(2005, 2021)].sort_values("article_id", ignore_index=True)


def _triples(folder: Path) -> list[dict]:
    lines = (folder / "silver_triples.jsonl").read_text(encoding="utf-8").splitlines()
    return sorted((json.loads(line) for line in lines), key=lambda t: t["triple_id"])


def _hide(
    articles: pd.DataFrame, story: dict[str, str], distractors: int | None, seed: int, way: int
) -> pd.DataFrame:
    told = articles["article_id"].isin(story)
    rest = articles[~told]
    rest = rest.sample(distractors, random_state=seed) if distractors else rest
    rest = rest.assign(published=rest["published"] + way * SHIFT)
    return pd.concat([articles[told], rest], ignore_index=True)


def _days_away(articles: pd.DataFrame, stories: pd.DataFrame) -> np.ndarray:
    """Days between each article and the nearest in time of the stories."""
    day = pd.Timedelta(days=1)
    start = stories["published"].min()
    at = ((articles["published"] - start) / day).to_numpy()
    told = np.sort(((stories["published"] - start) / day).to_numpy())
    after = np.searchsorted(told, at)
    return np.minimum(
        np.abs(at - told[(after - 1).clip(0)]), np.abs(told[after.clip(max=len(told) - 1)] - at)
    )


def _runs(words: list[str], length: int) -> Iterator[tuple[str, ...]]:
    return zip(*(words[k:] for k in range(length)), strict=False)


def _is_reprint(one: list[str], other: list[str]) -> bool:
    a, b = set(_runs(one, SHARED_RUN)), set(_runs(other, SHARED_RUN))
    return len(a & b) > REPRINT * min(len(a), len(b))


def _without_shared(texts: dict[str, str]) -> dict[str, str]:
    """Cut out of each text the runs of words that another of them has too."""
    found = {a: list(_WORD.finditer(text)) for a, text in texts.items()}
    runs = {a: list(_runs([m.group().lower() for m in words], SHARED_RUN)) for a, words in found.items()}
    using = Counter(run for of_one in runs.values() for run in set(of_one))
    out = {}
    for a, words in found.items():
        keep = np.ones(len(words), dtype=bool)
        for k, run in enumerate(runs[a]):
            if using[run] > 1:
                keep[k : k + SHARED_RUN] = False
        ends = [*(m.start() for m in words[1:]), len(texts[a])]
        out[a] = "".join(
            texts[a][m.start() : end] for m, end, kept in zip(words, ends, keep, strict=True) if kept
        )
    return out
