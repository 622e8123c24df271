"""Reason codes of the estimates table: why a number is missing, or says little."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

__all__ = ["REASONS", "reason_of", "tier_of"]

#: Reason codes of ``estimates.reason_code``: the sentence that stands beside them in ``reason``.
REASONS: Mapping[str, str] = MappingProxyType(
    {
        "no_value": "no shared story: the measure has no value for one of the two groups",
        "no_shared_story": "no shared story: there is nothing to compare",
        "one_shared_story": "one shared story allows description only: one difference has no spread",
        "two_shared_stories": "two shared stories: the smallest possible two-sided p is 0.5, so nothing "
        "is tested",
        "few_shared_stories": "{n} shared stories: the smallest possible two-sided p is {smallest:.4g}, "
        "above .05",
        "few_differing_stories": "only {k} of the {n} stories differ at all: the smallest possible "
        "two-sided p is {smallest:.4g}, above .05",
        "stance_described": "an outlet's stance is one draw: with a handful of outlets per stance, outlet "
        "and stance cannot be told apart, so stances are described and not tested",
        "constant_difference": "the difference is the same in every story: no effect size",
    }
)


def tier_of(n: int) -> tuple[str, str | None]:
    """Say what a number of shared stories allows, and the reason code.

    Examples
    --------
    >>> tier_of(4)
    ('not informative', 'few_shared_stories')
    """
    if n < 2:
        return "descriptive", "one_shared_story" if n else "no_shared_story"
    if n == 2:
        return "no test", "two_shared_stories"
    return ("not informative", "few_shared_stories") if n < 6 else ("tested", None)


def reason_of(code: str | None, n: int, *, differing: int | None = None) -> str | None:
    """Spell a reason code out; only stories that differ can make a p small.

    Examples
    --------
    >>> reason_of("few_shared_stories", 5)
    '5 shared stories: the smallest possible two-sided p is 0.0625, above .05'
    >>> reason_of("few_differing_stories", 8, differing=0)
    'the two do not differ in any of the 8 stories: there is nothing to test'
    """
    k = n if differing is None else differing
    if code == "few_differing_stories" and k == 0:
        return f"the two do not differ in any of the {n} stories: there is nothing to test"
    return None if code is None else REASONS[code].format(n=n, k=k, smallest=min(1.0, 2.0 ** (1 - k)))
