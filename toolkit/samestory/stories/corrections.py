"""Corrections by hand: pairs of articles that must, or cannot, be in one story."""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from scipy.sparse import csgraph, csr_matrix

from samestory import tables
from samestory.errors import CorpusError
from samestory.stories.likeness import Likeness
from samestory.stories.linkage import Need, Rows

__all__ = ["Fixes", "checked_corrections", "corrected"]


@dataclass(frozen=True)
class Fixes:
    """Pairs of articles that must or cannot be together; by id, or (``placed``) by place."""

    must: list[tuple[Any, Any]]
    cannot: list[tuple[Any, Any]]

    def placed(self, ids: pd.Series) -> Fixes:
        """Replace ids by places in ``ids``; a pair with an article that has no text has no effect."""
        place = {name: i for i, name in enumerate(ids)}
        must, cannot = (
            sorted((place[a], place[b]) for a, b in pairs if a in place and b in place)
            for pairs in (self.must, self.cannot)
        )
        return Fixes(must, cannot)


def checked_corrections(articles: pd.DataFrame, corrections: pd.DataFrame | None) -> Fixes:
    """Check that corrections name articles of the corpus and do not contradict each other.

    Raises
    ------
    TableError
        ``corrections`` is not a corrections table.
    CorpusError
        An unknown article, an article paired with itself, an unknown kind of link, or a contradiction.
    """
    if corrections is None or corrections.empty:
        return Fixes([], [])
    tables.check(corrections, tables.CORRECTIONS)
    known = set(articles["article_id"])
    rows = [(_line(r), r["link"], r["article_id"], r["other_id"]) for r in corrections.to_dict("records")]
    for line, link, one, other in rows:
        if link not in ("must", "cannot"):
            raise CorpusError(f"corrections, {line}: the link is 'must' or 'cannot', found '{link}'")
        if one == other:
            raise CorpusError(f"corrections, {line}: '{one}' is paired with itself", hint="delete the line")
        for name in (one, other):
            if name not in known:
                raise CorpusError(
                    f"corrections, {line}: no article is called '{name}'",
                    hint="use the article_id of the articles table, or delete the line",
                )
    must = [r for r in rows if r[1] == "must"]
    for line, _, one, other in (r for r in rows if r[1] == "cannot"):
        way = _way(must, one, other)
        if way:
            raise CorpusError(
                f"corrections: {line} keeps '{one}' and '{other}' apart, {' and '.join(way)} "
                f"{'puts' if len(way) == 1 else 'put'} them in one story",
                hint="delete one of these lines",
            )
    return Fixes([(a, b) for _, _, a, b in must], [(a, b) for _, k, a, b in rows if k == "cannot"])


def _line(row: dict[Hashable, Any]) -> str:
    return f"line {row['line']}" if "line" in row else f"'{row['link']}' of '{row['article_id']}'"


def _way(must: list[tuple[str, object, object, object]], one: object, other: object) -> list[str]:
    """Lines of the must-links that lead from one article to the other, the fewest; empty: no way."""
    ways: dict[object, list[str]] = {one: []}
    edge = [one]
    while edge:
        here = edge.pop(0)
        for line, _, a, b in must:
            for there in [b] if a == here else [a] if b == here else []:
                if there not in ways:
                    ways[there] = [*ways[here], line]
                    edge.append(there)
    return ways.get(other, [])


def corrected(labels: Rows, articles: Likeness, fixes: Fixes, need: Need) -> Rows:
    """Apply corrections to clusters.

    Parameters
    ----------
    labels : array of int
        The cluster of each article.
    articles : Likeness
        The articles.
    fixes : Fixes
        Pairs by place.
    need : callable
        Mean likeness from which clusters are joined, by their joint size.

    Returns
    -------
    array of int
        Clusters that keep to every correction; those without a corrected article are as they were.
    """
    if not fixes.must and not fixes.cannot:
        return labels
    joined = _joined(labels, fixes)
    out = joined.copy()
    broken = sorted({int(joined[a]) for a, b in fixes.cannot if joined[a] == joined[b]})
    for label in broken:
        members = np.flatnonzero(joined == label)
        must, cannot = _within(fixes.must, members), _within(fixes.cannot, members)
        for part in _parted(members, articles, must, cannot, need):
            out[part] = int(out.max()) + 1
    return out


def _joined(labels: Rows, fixes: Fixes) -> Rows:
    """Join the whole stories of pairs that must be together."""
    n = int(labels.max()) + 1
    ends = np.array([(labels[a], labels[b]) for a, b in fixes.must], dtype=np.intp).reshape(-1, 2)
    graph = csr_matrix((np.ones(len(ends)), (ends[:, 0], ends[:, 1])), shape=(n, n))
    return np.asarray(csgraph.connected_components(graph, directed=False)[1][labels], dtype=np.intp)


def _within(pairs: list[tuple[Any, Any]], members: Rows) -> list[tuple[int, int]]:
    """Pairs that lie in a cluster, by place in it."""
    place = {int(m): i for i, m in enumerate(members)}
    return [(place[a], place[b]) for a, b in pairs if a in place and b in place]


def _parted(
    members: Rows,
    articles: Likeness,
    must: list[tuple[int, int]],
    cannot: list[tuple[int, int]],
    need: Need,
) -> Iterator[Rows]:
    """Split one story by average linkage that keeps to the corrections."""
    n = len(members)
    ends = np.array(must, dtype=np.intp).reshape(-1, 2)
    graph = csr_matrix((np.ones(len(ends)), (ends[:, 0], ends[:, 1])), shape=(n, n))
    n_parts, part = csgraph.connected_components(graph, directed=False)
    in_part = np.zeros((n_parts, n))
    in_part[part, np.arange(n)] = 1.0
    apart = np.zeros((n, n))
    for a, b in cannot:
        apart[a, b] = apart[b, a] = 1.0
    total = in_part @ articles.among(members, members) @ in_part.T
    barred = (in_part @ apart @ in_part.T > 0) | np.eye(n_parts, dtype=bool)
    size = in_part.sum(axis=1)
    while True:
        mean = total / np.outer(size, size)
        mean[barred | (mean < need(np.add.outer(size, size)))] = -1.0
        one, other = divmod(int(mean.argmax()), n_parts)
        if mean[one, other] < 0:
            break
        part[part == other] = one
        total[one] += total[other]
        total[:, one] += total[:, other]
        size[one] += size[other]
        barred[one] |= barred[other]
        barred[:, one] |= barred[:, other]
        barred[other] = barred[:, other] = True
    for group in np.unique(part):
        yield members[part == group]
