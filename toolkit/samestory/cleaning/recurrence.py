"""Lines that recur in the articles of one outlet: furniture in any language."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from itertools import pairwise

from samestory.cleaning.lines import Line, is_sentence, size

__all__ = ["recurring_lines"]

_ARTICLES = 3  # distinct articles of the outlet that must have a line
_SHARE = 0.2  # share of the outlet's articles that must have it where it reads like a sentence of the body
_EDGE = 3  # lines from the head or foot where a sentence need not be that frequent
_COPY = 3  # long lines that two articles share before they may be copies of one text


def recurring_lines(pages: Sequence[Sequence[Line]], outlets: Sequence[str]) -> list[frozenset[str]]:
    """Find for each article the lines that recur in its outlet.

    Parameters
    ----------
    pages : sequence of sequence of Line
        The lines of the articles.
    outlets : sequence of str
        Their outlets; an article without outlet ("" or missing) is compared with none.

    Returns
    -------
    list of frozenset of str
        For each article the plain lines that stand in at least three distinct articles of its outlet. A line
        that reads like a sentence must also stand in a fifth of them, or mostly near head or foot, since
        reporters repeat a sentence of background. Copies and updates of one article count once.
    """
    lines = [[line.plain for line in page] for page in pages]
    members: dict[str, list[int]] = defaultdict(list)
    for i, outlet in enumerate(outlets):
        if isinstance(outlet, str) and outlet:
            members[outlet].append(i)
    found: list[frozenset[str]] = [frozenset()] * len(pages)
    for articles in members.values():
        if len(articles) >= _ARTICLES:
            common = _common(lines, articles)
            for i in articles:
                found[i] = frozenset(common.intersection(lines[i]))
    return found


def _common(lines: Sequence[Sequence[str]], articles: Sequence[int]) -> set[str]:
    """Find the lines that recur within one outlet."""
    where: dict[str, set[int]] = defaultdict(set)
    near_edge: dict[str, int] = defaultdict(int)
    for i in articles:
        for line in set(lines[i]):
            where[line].add(i)
        for line in {*lines[i][:_EDGE], *lines[i][-_EDGE:]}:
            near_edge[line] += 1
    where = {line: held for line, held in where.items() if len(held) >= 2}
    family = _families(where, lines, articles)
    total = len(set(family.values()))
    common = set()
    for line, held in where.items():
        n = len({family[i] for i in held})
        frequent = n >= _SHARE * total or near_edge[line] > 0.5 * len(held)
        if n >= _ARTICLES and (frequent or not is_sentence(line)):
            common.add(line)
    return common


def _families(
    where: dict[str, set[int]], lines: Sequence[Sequence[str]], articles: Sequence[int]
) -> dict[int, int]:
    """Put articles that share most of their long lines into one family, named by its first member."""
    long = {i: sum(size(line) >= 80 for line in set(lines[i])) for i in articles}
    shared: dict[tuple[int, int], int] = defaultdict(int)
    for line, held in where.items():
        if size(line) >= 80:
            # Neighbours in order are enough: copies of one text stand in the same lines' lists.
            order = sorted(held)
            for a, b in pairwise(order):
                shared[a, b] += 1
    first: dict[tuple[str, ...], int] = {}
    family = {i: first.setdefault(tuple(lines[i]), i) for i in articles}
    for (a, b), n in sorted(shared.items()):
        if n >= _COPY and n >= 0.5 * min(long[a], long[b]):
            family[b] = family[a]
    return family
