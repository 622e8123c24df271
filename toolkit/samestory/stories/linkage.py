"""Average linkage over many articles without a matrix of all pairs.

Two clusters are joined while the mean likeness over all their pairs reaches what a cluster of their
joint size needs: the threshold for two articles, as much or more for more. A mean reaches the threshold only
where at least one pair does; so no cluster can reach beyond a connected component of
the graph of such pairs, and it is exact to find that graph first (from blocks of pairs, since likeness
decays with time) and to cluster each component by itself.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

import numpy as np
import numpy.typing as npt
import scipy.sparse as sp
from scipy.cluster import hierarchy
from scipy.sparse import csgraph
from scipy.spatial.distance import squareform

__all__ = ["MAX_COMPONENT", "cluster", "neighbourhoods"]

Floats = npt.NDArray[np.float64]
Rows = npt.NDArray[np.intp]
Among = Callable[[Rows, Rows], Floats]
Pairs = Iterable[tuple[Rows, Rows, Floats]]
Need = Callable[[Floats], Floats]

# Largest component clustered as one: 4,000 articles need about 200 MB.
MAX_COMPONENT = 4000
STEP = 0.02
_BLOCK, _CHUNK = 256, 4096


def cluster(n: int, pairs: Pairs, among: Among, need: Need) -> Rows:
    """Cluster articles by average linkage.

    Parameters
    ----------
    n : int
        Number of articles.
    pairs : iterable of (first, second, likeness)
        All pairs of a likeness of at least what a cluster of two needs, each once, in any blocks; less like
        ones may be there.
    among : callable
        ``among(a, b)``: likeness of articles a × articles b, 0 to 1.
    need : callable
        ``need(sizes)``: mean likeness from which two clusters are joined to one of this size; it does not
        fall as the size grows.

    Returns
    -------
    array of int
        A cluster number per article, without meaning of its own.

    Notes
    -----
    A component of more than ``MAX_COMPONENT`` articles is first split by raising the likeness that
    links two articles, until the pieces are small enough; a component that stays together up to its
    greatest likeness (copies of one text) is one cluster.
    """
    threshold = float(need(np.array([2.0]))[0])
    forest = _forest(n, pairs, threshold)
    labels = np.zeros(n, dtype=np.intp)
    n_labels = 0
    for members in _components(forest, np.arange(n), threshold):
        if len(members) <= 2 or len(members) > MAX_COMPONENT:
            found = np.ones(len(members), dtype=np.intp)
        else:
            found = _average_linkage(_distances(members, among), need)
        labels[members] = found + n_labels
        n_labels += int(found.max())
    return labels


def _forest(n: int, pairs: Pairs, threshold: float) -> sp.coo_matrix:
    """Span the graph of all pairs at or above the threshold.

    A forest of the likest links keeps who is connected at every level, in memory for n links.
    """
    parts = [sp.coo_matrix((n, n))]
    for one, other, likeness in pairs:
        linked = likeness >= threshold
        if linked.any():
            cells = (2.0 - likeness[linked], (one[linked], other[linked]))
            parts.append(csgraph.minimum_spanning_tree(sp.csr_matrix(cells, shape=(n, n))).tocoo())
    together = sp.coo_matrix(
        (
            np.concatenate([p.data for p in parts]),
            (np.concatenate([p.row for p in parts]), np.concatenate([p.col for p in parts])),
        ),
        shape=(n, n),
    )
    return csgraph.minimum_spanning_tree(together.tocsr()).tocoo()


def neighbourhoods(days: Floats, reach: float) -> Iterator[tuple[slice, slice]]:
    """Blocks of articles, each with later articles that can be like them; ``days`` ascend, NaN last."""
    n, n_dated = len(days), int(np.isfinite(days).sum())
    for start in range(0, n, _BLOCK):
        stop = min(start + _BLOCK, n)
        # A dated article looks ahead as far as the decay reaches, and at every undated one.
        until = start
        if start < n_dated:
            until = int(np.searchsorted(days[:n_dated], days[min(stop, n_dated) - 1] + reach, side="right"))
        for left, right in ((start, until), (max(start, n_dated), n)):
            for low in range(left, right, _CHUNK):
                yield slice(start, stop), slice(low, min(low + _CHUNK, right))


def _components(forest: sp.coo_matrix, within: Rows, level: float) -> Iterator[Rows]:
    """Split articles into the parts connected at a level of likeness, too large parts at a higher one."""
    likeness = 2.0 - forest.data
    keep = likeness >= level - 1e-9
    graph = sp.coo_matrix((likeness[keep], (forest.row[keep], forest.col[keep])), shape=forest.shape)
    graph = graph.tocsr()[within][:, within]
    _, part = csgraph.connected_components(graph, directed=False)
    order = np.argsort(part, kind="stable")
    for place in np.split(order, np.flatnonzero(np.diff(part[order])) + 1):
        if len(place) > MAX_COMPONENT and level + STEP < graph[place].max():
            yield from _components(forest, within[place], level + STEP)
        else:
            yield within[place]


def _distances(members: Rows, among: Among) -> Floats:
    """Distances of all pairs, made some rows at a time: what a likeness takes beside itself is far larger."""
    distance = np.empty((len(members), len(members)))
    for start in range(0, len(members), _BLOCK):
        block = slice(start, start + _BLOCK)
        np.subtract(1.0, among(members[block], members), out=distance[block])
    np.fill_diagonal(distance, 0.0)
    distance.clip(0.0, None, out=distance)
    return np.asarray(squareform(distance, checks=False))


def _average_linkage(distance: Floats, need: Need) -> Rows:
    tree = hierarchy.average(distance)
    # A join that falls short of what its size needs is put out of reach, and so are all joins above it.
    enough = 1.0 - tree[:, 2] >= need(tree[:, 3]) - 1e-12
    tree[:, 2] = np.where(enough, 0.0, 1.0)
    return np.asarray(hierarchy.fcluster(tree, 0.5, criterion="distance"), dtype=np.intp)
