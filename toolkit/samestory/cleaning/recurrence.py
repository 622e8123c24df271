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

from samestory.cleaning.lexicon import plain_line
from samestory.cleaning.lines import is_sentence, size

__all__ = ["mark_lines", "recurring_in", "recurring_lines", "recurring_marks"]

_ARTICLES = 3  # distinct articles of the outlet that must have a line
_SHARE = 0.2  # share of the outlet's articles that must have it where it reads like a sentence of the body
_EDGE = 3  # lines from the head or foot where a sentence need not be that frequent
_COPY = 3  # long lines that two articles share before they may be copies of one text
_LONG = 80  # size of a long line


def mark_lines(texts: Sequence[str]) -> pd.DataFrame:
    r"""Make a mark of every line that is not blank.

    Parameters
    ----------
    texts : sequence of str
        Texts after :func:`~samestory.cleaning.characters.clean_characters`.

    Returns
    -------
    DataFrame
        One row per line in order: ``row`` (place of the text), ``mark`` (equal for equal plain lines), and
        whether the line reads like a ``sentence`` and is ``long``.

    Examples
    --------
    >>> lines = mark_lines(["Rain fell.\nBack to top", "Back to top"])
    >>> lines["row"].tolist(), bool(lines["mark"][1] == lines["mark"][2])
    ([0, 0, 1], True)
    """
    rows: list[int] = []
    lines: list[str] = []
    for row, text in enumerate(texts):
        plain = _plain_lines(text)
        rows += [row] * len(plain)
        lines += plain
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


def recurring_in(text: str, marks: Collection[int]) -> frozenset[str]:
    """Return the plain lines of a text that have one of the marks."""
    return frozenset(line for line in _plain_lines(text) if _mark(line) in marks) if marks else frozenset()


def recurring_lines(texts: Sequence[str], outlets: Sequence[object]) -> list[frozenset[str]]:
    """Find for each article the plain lines that recur in its outlet; see :func:`recurring_marks`.

    Parameters
    ----------
    texts : sequence of str
        The articles.
    outlets : sequence of str
        Their outlets.

    Returns
    -------
    list of frozenset of str
        The lines, article by article.
    """
    found = recurring_marks(mark_lines(texts), outlets)
    return [
        recurring_in(text, found.get(outlet, frozenset()) if isinstance(outlet, str) else frozenset())
        for text, outlet in zip(texts, outlets, strict=True)
    ]


def _plain_lines(text: str) -> list[str]:
    return [plain_line(line) for line in text.split("\n") if line.strip()]


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
