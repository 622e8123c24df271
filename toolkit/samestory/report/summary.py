"""What a whole run is summed up as: the counts, options and versions that report and methods text quote."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, TypedDict, cast

__all__ = ["Summary", "as_summary", "steps_of"]


class Summary(TypedDict, total=False):
    """The facts of one run. Every key may be absent; what is absent is not claimed.

    Attributes
    ----------
    corpus : str
        Name of the corpus.
    n_articles_read, n_articles_used : int
        Articles found, and articles with text and outlet that were measured.
    n_outlets : int
        Outlets among the articles used.
    outlets : list of dict
        One dict per outlet: ``outlet``, ``stance`` (as the corpus claims it, or None), ``n_articles``.
    n_stories, n_shared_stories : int
        Stories, and those told by at least two outlets.
    corrections : dict of str to int
        Pairs of articles that hand corrections put together (``must``) and apart (``cannot``), and those
        ``without_effect``, since one of the two has no text.
    selection : str
        Why a story that an outlet lacks is not to be read as its selection; empty where it may be.
    n_reprints : int
        Articles marked as reprints of another.
    reprints : dict of str to int
        Of these, copies of another outlet's text (``copy``) and versions of the outlet's own (``version``).
    without_reprints_change : float
        The most that leaving out the reprints moves any estimate.
    n_sentences, n_quotes : int
        Sentences, and attributions of speech.
    n_quotes_with_speaker : int
        Attributions whose speaker is named.
    voices : dict of str to int
        Sentences by voice.
    n_not_english : int
        Sentences in another language than English, which have no score of tone.
    news_neutral_change : float
        The most that masking the names of the news moves any estimate of tone.
    flags : dict of str to int
        Articles per reason code of ``samestory.tables.FLAGS``.
    removed_lines : int
        Lines taken out by cleaning.
    options : dict
        Options by name, or by function and name.
    versions : dict of str to str
        Versions by package.
    seed : int or None
        Seed of random steps.
    tier : str
        What the number of shared stories allows, in words.
    family_size : int
        Tests in the family.
    families : list of dict
        Every family of tests: ``family``, ``n_tests``, ``rejected_adjusted``; the first is the study's own.
    adjustments : list of str
        Adjustments for many tests, such as ``"Holm"``.
    tests : list of str
        The distinct ``method`` texts of the estimates table.
    measures : list of str
        The measures compared.
    steps : list of str
        The functions that ran, such as ``"clean_articles"``; by default told from the counts present.
    methods : str
        The text of :func:`samestory.report.methods_text`, shown at the end of the report.
    """

    corpus: str
    n_articles_read: int
    n_articles_used: int
    n_outlets: int
    outlets: list[dict[str, Any]]
    n_stories: int
    n_shared_stories: int
    corrections: dict[str, int]
    selection: str
    n_reprints: int
    reprints: dict[str, int]
    without_reprints_change: float
    n_sentences: int
    n_quotes: int
    n_quotes_with_speaker: int
    voices: dict[str, int]
    n_not_english: int
    news_neutral_change: float
    flags: dict[str, int]
    removed_lines: int
    options: dict[str, Any]
    versions: dict[str, str]
    seed: int | None
    tier: str
    family_size: int
    families: list[dict[str, Any]]
    adjustments: list[str]
    tests: list[str]
    measures: list[str]
    steps: list[str]
    methods: str


# Which count shows that a step ran, for a summary that does not list its steps.
_SHOWN_BY = {
    "clean_articles": "removed_lines",
    "align_stories": "n_stories",
    "mark_reprints": "n_reprints",
    "split_sentences": "n_sentences",
    "find_quotes": "n_quotes",
    "compare_groups": "tests",
}


def as_summary(facts: Mapping[str, object]) -> Summary:
    """Take a mapping as a summary; keys it does not know are left aside."""
    return cast(Summary, {k: v for k, v in facts.items() if k in Summary.__annotations__ and v is not None})


def steps_of(summary: Summary) -> Sequence[str]:
    """Name the functions that ran.

    Examples
    --------
    >>> steps_of({"n_quotes": 12})
    ['find_quotes']
    """
    return summary.get("steps") or [step for step, key in _SHOWN_BY.items() if key in summary]
