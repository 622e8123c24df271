"""Lines that recur in the articles of one outlet: furniture in any language.

Lines are compared by a 64-bit mark, so that what must be known of a whole corpus is a few numbers per line:
:func:`mark_lines` makes them batch by batch, :func:`recurring_marks` looks at all of them together.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from hashlib import blake2b
from itertools import pairwise

import numpy as np
import pandas as pd

from samestory.cleaning.lines import Line, is_sentence, size

__all__ = ["mark_lines", "recurring_in", "recurring_marks"]

_ARTICLES = 3  # distinct articles of the outlet that must have a line
_SHARE = 0.2  # share of the outlet's articles that must have it where it reads like a sentence of the body
_EDGE = 3  # lines from the head or foot where a sentence need not be that frequent
_COPY = 3  # long lines that two articles share before they may be copies of one text
_LONG = 80  # size of a long line


def mark_lines(pages: Sequence[Sequence[Line]]) -> pd.DataFrame:
    r"""Make a mark of every line that is not blank.

    Parameters
    ----------
    pages : sequence of sequence of Line
        The lines of the articles.

    Returns
    -------
    DataFrame
        One row per line in order: ``row`` (place of the article), ``mark`` (equal for equal plain lines), and
        whether the line reads like a ``sentence`` and is ``long``.

    Examples
    --------
    >>> from samestory.cleaning.lines import read_lines
    >>> lines = mark_lines([read_lines("Rain fell.\nBack to top"), read_lines("Back to top")])
    >>> lines["row"].tolist(), bool(lines["mark"][1] == lines["mark"][2])
    ([0, 0, 1], True)
    """
    rows: list[int] = []
    lines: list[str] = []
    for row, page in enumerate(pages):
        rows += [row] * len(page)
        lines += [line.plain for line in page]
    return pd.DataFrame(
        {
            "row": np.array(rows, dtype=np.int64),
            "mark": np.array([_mark(line) for line in lines], dtype=np.uint64),
            "sentence": np.array([is_sentence(line) for line in lines], dtype=bool),
            "long": np.array([size(line) >= _LONG for line in lines], dtype=bool),
        }
    )


def recurring_marks(lines: pd.DataFrame, outlets: Sequence[object]) -> dict[str, frozenset[int]]:
    """Find the lines that recur in each outlet.

    Parameters
    ----------
    lines : DataFrame
        As :func:`mark_lines` makes it; ``row`` is the place of the article in ``outlets``.
    outlets : sequence
        Outlet of each article; an article without outlet ("" or missing) is compared with none.

    Returns
    -------
    dict of str to frozenset of int
        For each outlet the marks of the lines that stand in at least three distinct articles. A line that
        reads like a sentence must also stand in a fifth of them, or mostly near head or foot, since
        reporters repeat a sentence of background. Copies and updates of one article count once.
    """
    ends = np.searchsorted(lines["row"].to_numpy(), np.arange(len(outlets) + 1))
    marks = lines["mark"].to_numpy()
    sentences, long = lines["sentence"].to_numpy(), lines["long"].to_numpy()
    members: dict[str, list[int]] = defaultdict(list)
    for i, outlet in enumerate(outlets):
        if isinstance(outlet, str) and outlet:
            members[outlet].append(i)
    found = {}
    for outlet, articles in members.items():
        if len(articles) < _ARTICLES:
            continue
        held = {i: marks[ends[i] : ends[i + 1]].tolist() for i in articles}
        rows = np.concatenate([np.arange(ends[i], ends[i + 1]) for i in articles])
        common = _common(held, articles, set(marks[rows[sentences[rows]]].tolist()), marks[rows[long[rows]]])
        if common:
            found[outlet] = frozenset(common)
    return found


def recurring_in(page: Sequence[Line], marks: Collection[int]) -> frozenset[str]:
    """Return the plain lines of a page that have one of the marks."""
    return frozenset(line.plain for line in page if _mark(line.plain) in marks) if marks else frozenset()


def _mark(line: str) -> int:
    return int.from_bytes(blake2b(line.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "little")


def _common(
    lines: Mapping[int, Sequence[int]], articles: Sequence[int], sentences: set[int], long: np.ndarray
) -> set[int]:
    """Find the lines that recur within one outlet."""
    where: dict[int, set[int]] = defaultdict(set)
    near_edge: dict[int, int] = defaultdict(int)
    for i in articles:
        for line in set(lines[i]):
            where[line].add(i)
        for line in {*lines[i][:_EDGE], *lines[i][-_EDGE:]}:
            near_edge[line] += 1
    where = {line: held for line, held in where.items() if len(held) >= 2}
    family = _families(where, lines, articles, set(long.tolist()))
    total = len(set(family.values()))
    common = set()
    for line, held in where.items():
        n = len({family[i] for i in held})
        frequent = n >= _SHARE * total or near_edge[line] > 0.5 * len(held)
        if n >= _ARTICLES and (frequent or line not in sentences):
            common.add(line)
    return common


def _families(
    where: dict[int, set[int]], lines: Mapping[int, Sequence[int]], articles: Sequence[int], long: set[int]
) -> dict[int, int]:
    """Put articles that share most of their long lines into one family, named by its first member."""
    n_long = {i: sum(line in long for line in set(lines[i])) for i in articles}
    shared: dict[tuple[int, int], int] = defaultdict(int)
    for line, held in where.items():
        if line in long:
            # Neighbours in order are enough: copies of one text stand in the same lines' lists.
            order = sorted(held)
            for a, b in pairwise(order):
                shared[a, b] += 1
    first: dict[tuple[int, ...], int] = {}
    family = {i: first.setdefault(tuple(lines[i]), i) for i in articles}
    for (a, b), n in sorted(shared.items()):
        if n >= _COPY and n >= 0.5 * min(n_long[a], n_long[b]):
            family[b] = family[a]
    return family
