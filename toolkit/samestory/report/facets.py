"""What a reader can choose the articles by: outlet, speaker, topic; numbered, so that no name is code."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from samestory.report.safe import plain

__all__ = ["Choice", "Facets", "facets_of"]

_MOST_SPEAKERS = 200  # a longer list helps nobody; the search finds the others


@dataclass(frozen=True)
class Choice:
    """One entry of a list to choose from."""

    number: int
    label: str
    n_articles: int


@dataclass(frozen=True)
class Facets:
    """The lists to choose from, and the numbers of each article in them.

    Attributes
    ----------
    outlets, speakers, topics : list of Choice
        The entries of each list, in the order shown.
    outlet_of : mapping of str to int
        Number of an outlet.
    speaker_of : mapping of str to int
        Number of a speaker in the list, by the name shown.
    speakers_in, topics_in : mapping of str to list of int
        Numbers of the speakers and topics of an article.
    left_out_speakers : int
        Speakers that the list leaves out.
    """

    outlets: list[Choice]
    speakers: list[Choice]
    topics: list[Choice]
    outlet_of: Mapping[str, int] = field(default_factory=dict)
    speaker_of: Mapping[str, int] = field(default_factory=dict)
    speakers_in: Mapping[str, list[int]] = field(default_factory=dict)
    topics_in: Mapping[str, list[int]] = field(default_factory=dict)
    left_out_speakers: int = 0


def facets_of(
    articles: pd.DataFrame,
    quotes: pd.DataFrame,
    topic_shares: pd.DataFrame,
    heard: Mapping[str, int] | None = None,
) -> Facets:
    """Give numbers to the outlets, speakers and topics that the articles can be chosen by.

    Parameters
    ----------
    articles, quotes, topic_shares : DataFrame
        The tables; the last two may be empty.
    heard : mapping of str to int, optional
        Articles in which each speaker is heard, where ``quotes`` are those of some articles only.

    Returns
    -------
    Facets
        Speakers by the number of articles they are heard in, at most 200; outlets and topics by name.

    Examples
    --------
    >>> articles = pd.DataFrame({"article_id": ["a", "b"], "outlet": ["Herald", "Ledger"]})
    >>> quotes = pd.DataFrame({"article_id": ["b"], "speaker": ["Orla Finch"],
    ...                        "speaker_resolved": ["Orla Finch"]})
    >>> made = facets_of(articles, quotes, pd.DataFrame())
    >>> made.speakers, made.speakers_in
    ([Choice(number=0, label='Orla Finch', n_articles=1)], {'b': [0]})
    """
    outlets = articles[["article_id", "outlet"]].dropna().drop_duplicates()
    outlet_list, _ = _numbered(outlets["article_id"], outlets["outlet"].map(plain))
    pairs = _speakers(quotes)
    counts = Counter(pairs["name"].tolist()) if heard is None else heard
    names = sorted(counts, key=lambda n: (-counts[n], n))
    number = {name: i for i, name in enumerate(names[:_MOST_SPEAKERS])}
    speakers_in: dict[str, list[int]] = {}
    for article, name in zip(pairs["article_id"].tolist(), pairs["name"].tolist(), strict=True):
        if name in number:
            speakers_in.setdefault(article, []).append(number[name])
    told = topic_shares[topic_shares["n_hits"] > 0] if len(topic_shares) else _EMPTY
    topics, topics_in = _numbered(told["article_id"], told["topic"].map(plain))
    return Facets(
        outlets=outlet_list,
        speakers=[Choice(i, name, counts[name]) for name, i in number.items()],
        topics=topics,
        outlet_of={c.label: c.number for c in outlet_list},
        speaker_of=number,
        speakers_in={a: sorted(ns) for a, ns in speakers_in.items()},
        topics_in=topics_in,
        left_out_speakers=max(0, len(names) - _MOST_SPEAKERS),
    )


_EMPTY = pd.DataFrame({"article_id": [], "topic": [], "name": []}, dtype="str")


def _speakers(quotes: pd.DataFrame) -> pd.DataFrame:
    if quotes.empty:
        return _EMPTY
    name = speaker_names(quotes)
    return pd.DataFrame({"article_id": quotes["article_id"], "name": name})[name != ""].drop_duplicates()


def speaker_names(quotes: pd.DataFrame) -> pd.Series[str]:
    """Name each attribution's speaker as the page shows it: resolved where known, else as written."""
    resolved = quotes["speaker_resolved"].where(quotes["speaker_resolved"].notna(), quotes["speaker"])
    places, names = pd.factorize(resolved)
    shown = np.array([*map(plain, names), ""], dtype="object")  # a missing name has the place -1
    return pd.Series(shown[places], index=quotes.index, dtype="str")


def _numbered(articles: Iterable[str], names: Iterable[str]) -> tuple[list[Choice], dict[str, list[int]]]:
    """Give numbers to the names, and list the numbers of each article."""
    pairs = set(zip(articles, names, strict=True))
    counts = Counter(name for _, name in pairs)
    number = {name: i for i, name in enumerate(sorted(counts))}
    inside: dict[str, list[int]] = {}
    for article, name in pairs:
        inside.setdefault(article, []).append(number[name])
    choices = [Choice(i, name, counts[name]) for name, i in number.items()]
    return choices, {a: sorted(ns) for a, ns in inside.items()}
