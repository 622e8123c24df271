"""Distinctive terms: which words an outlet uses more than the others, as a description."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import pandas as pd

from samestory import tables, text
from samestory.errors import OptionError
from samestory.measures.terms.concordance import keyword_in_context, term_lines
from samestory.measures.terms.counting import count_terms
from samestory.measures.terms.function_words import function_words as closed_classes
from samestory.measures.terms.keyness import dunning, log_likelihood, log_odds, log_ratio
from samestory.measures.terms.weighing import weigh

__all__ = [
    "distinctive_terms",
    "dunning",
    "keyword_in_context",
    "log_likelihood",
    "log_odds",
    "log_ratio",
    "term_lines",
]

_COLUMNS = [c for c in tables.TERMS.columns if c != "outlet"]


def distinctive_terms(
    sentences: pd.DataFrame,
    *,
    by: str = "outlet",
    prior_words: float = 1000.0,
    min_count: int = 5,
    min_articles: int = 3,
    exclude: Iterable[str] = (),
    function_words: bool = False,
    ngrams: int = 1,
    names: bool = False,
    groups: Iterable[str] | None = None,
    top: int | None = None,
    resamples: int = 200,
    seed: int = 2026,
) -> pd.DataFrame:
    r"""Weigh the words of each group against all other groups by log-odds with an informative prior.

    Parameters
    ----------
    sentences : DataFrame
        Sentences table with the column ``by``; rows without a group are left out.
    by : str, default "outlet"
        Column of the groups.
    prior_words : float, default 1000
        Weight of the prior in words: it is spread over the terms as they are spread over all groups together.
        The larger, the more evidence a rare word needs.
    min_count : int, default 5
        Occurrences over all groups below which a term is not listed.
    min_articles : int, default 3
        Articles, over all groups, below which a term is not listed: a word of one article is that article's.
    exclude : iterable of str
        Words not to list, such as the outlets' own names. They still count as words of the text.
    function_words : bool, default False
        List function words too: articles, pronouns, prepositions, conjunctions, auxiliaries and the other
        words of closed classes in ``lexicons/function_words.csv``. Not listed, they still count as words of
        the text, are not tested and do not stand in pairs; in names ("board of trade") they may stand.
    ngrams : {1, 2}
        Words, or pairs of neighbouring words of a sentence.
    names : bool, default False
        List names of several words ("harbour board", "ada holm") as terms too: runs of capitalised words,
        where the head of a sentence counts only if the corpus writes it with a capital elsewhere. Their words
        are counted as words all the same.
    groups : iterable of str, optional
        Groups to list, by default all; each is always compared with all others of the table.
    top : int, optional
        List only so many terms of each group, those of highest ``z``; by default all. The tests are adjusted
        over all terms all the same.
    resamples : int, default 200
        Corpora of stories drawn with replacement behind ``rank_low`` and ``rank_high``; 0 for none, which
        is quicker on many groups.
    seed : int, default 2026
        Seed of the drawing.

    Returns
    -------
    DataFrame
        Terms table: one row per group and term, by group and falling ``z``. A group that never uses a term
        has a row with count 0; a table of one group has no row. The group column is named as in ``by``.
        Descriptions: ``log_odds`` with ``z``, ``log_ratio``, ``log_likelihood``, ``dispersion``, ``rank``
        with its interval. Tests that may carry a claim: ``p_stories``, ``p_articles`` and their
        Benjamini-Hochberg adjustments, each over all terms and groups of the table;
        :func:`keyword_in_context` shows the sentences behind a count.

    Raises
    ------
    TableError
        A column is absent.
    OptionError
        An option is out of its range, or a group is not in the table.

    Notes
    -----
    Equations 15 to 22 of Monroe, Colaresi and Quinn [1]_: with counts :math:`y`, totals :math:`n` and prior
    :math:`\alpha`, the log-odds of term w in group i are
    :math:`\log\frac{y_{iw}+\alpha_w}{n_i+\alpha_0-y_{iw}-\alpha_w}`; the value is the difference to the same
    quantity for all other groups pooled, its variance about
    :math:`1/(y_{iw}+\alpha_w)+1/(y_{jw}+\alpha_w)`.
    Function words are left out because they say how an outlet builds its sentences, not what these are
    about, and by their number lead any list; to leave them out beforehand is the usual remedy [3]_. General
    stop lists are not used: they hold words of political news such as "bill" and "fire" [4]_. Datelines are
    labels of a report and are not counted.

    The z describes; it is no test, because words are not independent within an article. Nor is the
    log-likelihood [2]_. ``p_articles`` is Welch's t test on the articles' rates, group against all others;
    ``p_stories`` the paired t test on stories: rate of the group less the mean rate of the others that tell
    the story, articles averaged first (from six stories that differ, and never below the smallest p of a
    sign-flip test on these). Stances are described, not tested.

    References
    ----------
    .. [1] Monroe, B. L., Colaresi, M. P., & Quinn, K. M. (2008). Fightin' words: Lexical feature selection
       and evaluation for identifying the content of political conflict. Political Analysis, 16(4), 372-403.
    .. [2] Rayson, P., & Garside, R. (2000). Comparing corpora using frequency profiling. Proceedings of the
       Workshop on Comparing Corpora, 1-6. Log ratio: Hardie, A. (2014). Log Ratio: An informal introduction.
       Dispersion: Gries, S. Th. (2008). Dispersions and adjusted frequencies in corpora. International
       Journal of Corpus Linguistics, 13(4), 403-437.
    .. [3] Grimmer, J., Roberts, M. E., & Stewart, B. M. (2022). Text as Data. Princeton University Press.
    .. [4] Nothman, J., Qin, H., & Yurchak, R. (2018). Stop word lists in free open-source software packages.
       Proceedings of the Workshop for NLP Open Source Software, 7-12.

    Examples
    --------
    >>> sentences = pd.DataFrame({"article_id": ["a", "b"], "start": [0, 0], "end": [9, 9],
    ...                           "outlet": ["A", "B"], "text": ["Calm calm storm", "Storm storm calm"]})
    >>> terms = distinctive_terms(sentences, min_count=1, min_articles=1)
    >>> terms[["outlet", "term", "count"]].head(2)
      outlet   term  count
    0      A   calm      2
    1      A  storm      1
    """
    tables.check(sentences, tables.SENTENCES, need=[by])
    _check_options(
        prior_words, ngrams, {"min_count": min_count, "min_articles": min_articles, "top": top}, resamples
    )
    for name, given in (("exclude", exclude), ("groups", groups)):
        if isinstance(given, str):
            raise OptionError(f"{name} is a list, the text '{given}' was found", hint=f"{name}=[…]")
    known = sentences[sentences[by].notna()]
    named = {w for e in exclude for w in text.words(e)}
    counts = count_terms(
        known,
        by=by,
        ngrams=ngrams,
        min_count=min_count,
        min_articles=min_articles,
        unlisted=named if function_words else named | closed_classes(),
        names=names,
        not_in_names=named,
    )
    found = sorted(counts.units["group"].unique())
    wanted = found if groups is None else sorted(set(groups))
    if not set(wanted) <= set(found):
        unknown = ", ".join(sorted(set(wanted) - set(found)))
        raise OptionError(
            f"the table has no group {unknown}; it has {len(found)}: {', '.join(found[:20])}",
            hint=f"groups names values of the column {by}",
        )
    frames = weigh(counts, wanted, by=by, prior_words=prior_words, resamples=resamples, seed=seed)
    kept = [f if top is None else f[f["rank"] <= top] for f in frames]
    out = pd.concat(kept, ignore_index=True) if kept else no_terms(by)
    return tables.check(out, tables.TERMS) if by == "outlet" else out


def _check_options(
    prior_words: float, ngrams: int, least_one: Mapping[str, int | None], resamples: int
) -> None:
    if not prior_words > 0:
        raise OptionError(f"prior_words is a positive number of words; {prior_words} was found")
    if ngrams not in (1, 2):
        raise OptionError(f"ngrams is 1 for words or 2 for pairs of words; {ngrams} was found")
    for name, value in least_one.items():
        if value is not None and value < 1:
            raise OptionError(f"{name} is a number from 1 on; {value} was found")
    if resamples < 0:
        raise OptionError(f"resamples is a number of corpora, or 0 for none; {resamples} was found")


def no_terms(by: str) -> pd.DataFrame:
    """Give a terms table without rows."""
    text_columns = dict.fromkeys([by, "term"], "str")
    numbers = {c: "float64" for c in _COLUMNS if c != "term"}
    return pd.DataFrame(columns=[by, *_COLUMNS]).astype({**text_columns, **numbers})
