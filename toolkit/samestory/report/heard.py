"""Who is heard in all articles: counted piece by piece, with the attributions that the page shows."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

import pandas as pd

from samestory.report.facets import speaker_names

__all__ = ["HEARD", "MOST_NAMES", "MOST_PLACES", "Heard", "heard_in"]

#: What is read of an attribution to say who is heard.
HEARD = ("article_id", "start", "text", "kind", "cue", "outlet", "speaker", "speaker_resolved")
_COUNTED = ("article_id", "outlet", "speaker", "speaker_resolved")
MOST_NAMES = 10  # per outlet
MOST_PLACES = 20  # per name
_MOST_WAITING = 500_000  # rows of counts that wait to be added up


@dataclass(frozen=True)
class Heard:
    """Who is heard.

    Attributes
    ----------
    articles : mapping of str to int
        Articles in which each speaker is heard.
    named : mapping of str to int
        Attributions with a speaker, by outlet.
    foremost : DataFrame
        ``outlet``, ``name``, ``n`` attributions in so many ``articles``: the foremost of each outlet.
    places : DataFrame
        The first attributions of these, with their ``name``, in the order of the articles.
    """

    articles: Mapping[str, int]
    named: Mapping[str, int]
    foremost: pd.DataFrame
    places: pd.DataFrame


def heard_in(pieces: Callable[[tuple[str, ...]], Iterable[pd.DataFrame]]) -> Heard:
    """Count who is heard.

    Parameters
    ----------
    pieces : callable
        Gives columns of the quotes table in pieces that hold their articles whole; called twice.

    Returns
    -------
    Heard
        The counts.

    Examples
    --------
    >>> quotes = pd.DataFrame({"article_id": ["a", "a", "b"], "start": [0, 9, 0], "text": "Rain.",
    ...     "kind": "direct", "cue": "said", "outlet": "Herald", "speaker": ["Moss", "Moss", "Finch"],
    ...     "speaker_resolved": ["Ida Moss", "Ida Moss", "Orla Finch"]})
    >>> heard = heard_in(lambda columns: [quotes[list(columns)]])
    >>> heard.articles, heard.named, heard.foremost["n"].tolist()
    ({'Ida Moss': 1, 'Orla Finch': 1}, {'Herald': 3}, [2, 1])
    """
    counts = _counted(pieces(_COUNTED))
    articles = counts.groupby("name")["articles"].sum()
    told = counts[counts["outlet"].notna()]
    ordered = told.sort_values(["outlet", "n", "name"], ascending=[True, False, True])
    foremost = ordered.groupby("outlet").head(MOST_NAMES).reset_index(drop=True)
    return Heard(
        articles={str(name): int(n) for name, n in articles.items()},
        named={str(outlet): int(n) for outlet, n in told.groupby("outlet")["n"].sum().items()},
        foremost=foremost,
        places=_places(pieces(HEARD), foremost),
    )


def _counted(pieces: Iterable[pd.DataFrame]) -> pd.DataFrame:
    """Count attributions and articles by outlet and name; those without a name are left out."""
    waiting: list[pd.DataFrame] = [pd.DataFrame({"outlet": [], "name": []}, dtype="str")]
    waiting[0] = waiting[0].assign(n=pd.Series(dtype="int64"), articles=pd.Series(dtype="int64"))
    for piece in pieces:
        outlet = piece["outlet"] if "outlet" in piece.columns else pd.Series(pd.NA, index=piece.index)
        rows = pd.DataFrame(
            {"outlet": outlet.astype("str"), "name": speaker_names(piece), "article_id": piece["article_id"]}
        )
        rows = rows[rows["name"] != ""]
        each = rows.groupby(["outlet", "name", "article_id"], dropna=False).size().reset_index(name="n")
        by = each.groupby(["outlet", "name"], dropna=False)["n"]
        waiting.append(by.agg(n="sum", articles="size").reset_index())
        if sum(map(len, waiting)) > _MOST_WAITING + len(waiting[0]):
            waiting = [_added(waiting)]
    return _added(waiting)


def _added(counts: list[pd.DataFrame]) -> pd.DataFrame:
    whole = pd.concat(counts, ignore_index=True)
    return whole.groupby(["outlet", "name"], dropna=False, as_index=False)[["n", "articles"]].sum()


def _places(pieces: Iterable[pd.DataFrame], foremost: pd.DataFrame) -> pd.DataFrame:
    """Take the first attributions of each of the foremost."""
    wanted = pd.MultiIndex.from_frame(foremost[["outlet", "name"]])
    found = pd.DataFrame(columns=[*HEARD, "name"])
    for piece in pieces:
        if len(wanted) == 0:
            break
        rows = piece.assign(name=speaker_names(piece))
        rows = rows[wanted.get_indexer(pd.MultiIndex.from_frame(rows[["outlet", "name"]])) >= 0]
        if len(rows):
            found = pd.concat([found, rows], ignore_index=True) if len(found) else rows
            found = found.sort_values(["article_id", "start"], kind="stable")
            found = found.groupby(["outlet", "name"]).head(MOST_PLACES)
    return found
