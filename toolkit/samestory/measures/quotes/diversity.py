"""How many voices an outlet lets speak, and how evenly."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from math import exp, fsum, lgamma, log

import pandas as pd

from samestory.errors import OptionError
from samestory.measures.quotes.counting import attribution_rates, grouped

__all__ = ["hill_number", "rarefied_hill_number", "shannon_entropy", "speaker_diversity"]

_UNITS = {"speaker": "speaker_resolved", "speaker_kind": "kind_counted"}


def speaker_diversity(
    quotes: pd.DataFrame, *, by: str = "outlet", of: str = "speaker", at: int | None = None
) -> pd.DataFrame:
    r"""Measure the diversity of the speakers in each group, at its own and at an equal number of quotes.

    Parameters
    ----------
    quotes : DataFrame
        Quotes table, best after ``link_speakers``.
    by : str
        The column of ``quotes`` that holds the groups. Quotes with a missing group are left out.
    of : {"speaker", "speaker_kind"}
        Whose diversity.
    at : int, optional
        The number of quotes to rarefy to; by default that of the group with the fewest quotes with a speaker.

    Returns
    -------
    DataFrame
        Diversity table: one row per group. ``n_quotes`` are the attributions whose speaker has a name,
        ``attribution_rate`` their share of all. ``entropy`` is Shannon's, in nats; ``hill_0`` counts the
        speakers, ``hill_1`` and ``hill_2`` are the numbers of equally frequent speakers that would give the
        same entropy and the same chance that two quotes have one speaker. The ``rarefied_`` columns are
        expected values for ``at_quotes`` quotes drawn without replacement; they alone compare groups of
        unequal size, and are missing for a group with fewer quotes than that.

    Raises
    ------
    TableError
        ``quotes`` is not a quotes table or has no column ``by``.
    OptionError
        ``of`` is unknown, or ``at`` is below 1.

    Notes
    -----
    With :math:`n_i` the quotes of speaker i, :math:`n` their sum and :math:`p_i = n_i/n`, entropy is
    :math:`H = -\sum p_i \ln p_i` [1]_, and the Hill numbers [2]_ are :math:`{}^0D = S`,
    :math:`{}^1D = e^H`, :math:`{}^2D = 1/\sum p_i^2` [3]_. In a sample of m quotes
    :math:`f_k = \sum_i \binom{n_i}{k}\binom{n-n_i}{m-k}/\binom{n}{m}` speakers are expected to have k quotes,
    which gives :math:`{}^qD(m) = \left(\sum_k (k/m)^q f_k\right)^{1/(1-q)}` and
    :math:`{}^1D(m) = \exp\left(-\sum_k (k/m)\ln(k/m) f_k\right)` [5]_; for q = 0 this is the rarefied
    richness of [4]_. All of it describes the quotes found: missed and wrong attributions are not in it.

    References
    ----------
    .. [1] Shannon, C. E. (1948). A mathematical theory of communication. Bell System Technical Journal 27.
    .. [2] Hill, M. O. (1973). Diversity and evenness: a unifying notation and its consequences. Ecology 54.
    .. [3] Jost, L. (2006). Entropy and diversity. Oikos 113.
    .. [4] Hurlbert, S. H. (1971). The nonconcept of species diversity. Ecology 52.
    .. [5] Chao, A., et al. (2014). Rarefaction and extrapolation with Hill numbers. Ecological Monographs 84.

    Examples
    --------
    >>> from samestory.measures.quotes import find_quotes
    >>> texts = ["“No,” Kerrel said. “Yes,” Pohl said. “No,” Moss said. “No,” Kerrel said.",
    ...          "“No,” Pohl said. “Yes,” Pohl said."]
    >>> articles = pd.DataFrame({"article_id": ["a", "b"], "outlet": ["Herald", "Harbour"], "text": texts})
    >>> found = speaker_diversity(find_quotes(articles))
    >>> found[["outlet", "n_quotes", "hill_0", "hill_1", "at_quotes", "rarefied_hill_0"]].round(2)
        outlet  n_quotes  hill_0  hill_1  at_quotes  rarefied_hill_0
    0  Harbour         2     1.0    1.00          2             1.00
    1   Herald         4     3.0    2.83          2             1.83
    """
    if of not in _UNITS:
        raise OptionError(f"of should be one of {', '.join(_UNITS)}; found {of!r}")
    if at is not None and at < 1:
        raise OptionError(f"at should be a number of quotes, 1 or more; found {at!r}")
    known = grouped(quotes, by)
    named = known[known["speaker_resolved"].notna()]
    rates = attribution_rates(known, by)
    found = named.groupby([by, _UNITS[of]], observed=True).size()
    counts: dict[object, list[int]] = {group: [] for group in sorted(rates, key=str)}
    for group, sizes_of in found.groupby(level=0, observed=True):
        counts[group] = sorted(sizes_of.tolist(), reverse=True)
    sizes = [sum(c) for c in counts.values() if c]
    m = at if at is not None else min(sizes, default=0)
    rows = [_row(by, group, of, c, rates[group], m) for group, c in counts.items()]
    out = pd.DataFrame(rows, columns=[by, *_COLUMNS])
    return out.astype(
        {"of": "str", "n_quotes": "int64", "at_quotes": "int64"}
        | dict.fromkeys([c for c in _COLUMNS if c not in ("of", "n_quotes", "at_quotes")], "float64")
    )


_ORDERS = (0, 1, 2)
_COLUMNS = (
    "of", "n_quotes", "attribution_rate", "entropy", "hill_0", "hill_1", "hill_2",
    "at_quotes", "rarefied_hill_0", "rarefied_hill_1", "rarefied_hill_2",
)  # fmt: skip


def _row(by: str, group: object, of: str, counts: Sequence[int], rate: float, m: int) -> dict[str, object]:
    enough = bool(counts) and 1 <= m <= sum(counts)
    return (
        {by: group, "of": of, "n_quotes": sum(counts), "attribution_rate": rate, "at_quotes": m}
        | {"entropy": shannon_entropy(counts) if counts else None}
        | {f"hill_{q}": hill_number(counts, q) if counts else None for q in _ORDERS}
        | {f"rarefied_hill_{q}": rarefied_hill_number(counts, q, m) if enough else None for q in _ORDERS}
    )


def shannon_entropy(counts: Sequence[int]) -> float:
    """Return Shannon's entropy of counts, in nats.

    Examples
    --------
    >>> round(shannon_entropy([2, 2]), 4)
    0.6931
    """
    n = sum(counts)
    return max(0.0, -fsum(c / n * log(c / n) for c in counts if c))


def hill_number(counts: Sequence[int], q: int) -> float:
    """Return the effective number of classes of order q.

    Examples
    --------
    >>> [round(hill_number([3, 1], q), 2) for q in (0, 1, 2)]
    [2.0, 1.75, 1.6]
    """
    if q == 1:
        return exp(shannon_entropy(counts))
    n = sum(counts)
    return float(fsum((c / n) ** q for c in counts if c) ** (1 / (1 - q)))


def rarefied_hill_number(counts: Sequence[int], q: int, m: int) -> float:
    """Return the Hill number of order q to expect in m units drawn without replacement.

    Examples
    --------
    >>> round(rarefied_hill_number([2, 1, 1], 0, 2), 4)
    1.8333
    """
    n = sum(counts)
    expected = [0.0] * (m + 1)  # classes to expect with k units
    for c, times in sorted(Counter(counts).items()):  # most classes of a large corpus have few units
        for k in range(max(1, m - (n - c)), min(c, m) + 1):
            expected[k] += times * exp(_log_choose(c, k) + _log_choose(n - c, m - k) - _log_choose(n, m))
    if q == 1:
        return exp(max(0.0, -fsum(k / m * log(k / m) * f for k, f in enumerate(expected) if k)))
    return float(fsum((k / m) ** q * f for k, f in enumerate(expected) if k) ** (1 / (1 - q)))


def _log_choose(n: int, k: int) -> float:
    return lgamma(n + 1) - lgamma(k + 1) - lgamma(n - k + 1)
