"""The walk: every step of the toolkit in order, where the rooms meet."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from importlib import resources
from pathlib import Path
from typing import Any, Literal

import pandas as pd

from samestory import tables
from samestory.comparison import (
    MAX_GROUPS,
    compare_measures,
    describe_groups,
    describe_over_time,
    pair_stories,
)
from samestory.errors import CorpusError, OptionError
from samestory.measures.quotes import count_speakers, find_quotes, label_voice, link_speakers
from samestory.measures.sentiment import score_sentiment
from samestory.measures.terms import distinctive_terms, term_lines
from samestory.measures.topics import topic_share
from samestory.readers import read_corpus_files, read_corpus_info
from samestory.readers.codebook import read_codebook
from samestory.readers.corrections import read_corrections
from samestory.stories import align_stories, align_storylines, mark_reprints, story_coverage
from samestory.study.emphasis import emphasis_tables, register_of
from samestory.study.facts import summarise
from samestory.study.inputs import input_hashes
from samestory.study.prepare import cleaned_articles, measurable, usable
from samestory.study.result import Study
from samestory.study.sentiment import sentiment_tables
from samestory.text import split_sentences

__all__ = ["STEPS", "compare", "demo_corpus"]

#: The steps of :func:`compare`, in order, as told to ``progress``.
STEPS = (
    "read articles",
    "clean pages",
    "align stories",
    "find reprints",
    "split sentences",
    "find quotes",
    "score sentiment",
    "count speakers, topics and terms",
    "compare outlets",
)


def demo_corpus() -> Path:
    """Return the folder of the demo corpus that comes with the toolkit.

    Returns
    -------
    Path
        A folder for :func:`samestory.read_corpus`.

    Examples
    --------
    >>> demo_corpus().name
    'demo'
    """
    package = Path(str(resources.files("samestory")))
    for place in (package / "corpora" / "demo", package.parents[1] / "corpora" / "demo"):
        if place.is_dir():
            return place
    raise CorpusError(
        "the demo corpus was not installed with the toolkit", hint="run from a checkout of the repository"
    )


def compare(
    corpus: str | Path | pd.DataFrame,
    *,
    columns: Mapping[str, str] | None = None,
    date_order: Literal["dmy", "mdy"] | None = None,
    clean: bool = True,
    without: Collection[str] = (),
    stories: Literal["align", "given"] = "align",
    corrections: pd.DataFrame | None = None,
    codebook: pd.DataFrame | None = None,
    actors: Mapping[str, Iterable[str]] | pd.DataFrame | None = None,
    topic_model: bool = False,
    reference: str | None = None,
    level: float = 0.95,
    adjust: Literal["holm", "fdr_bh"] = "holm",
    seed: int = 2026,
    progress: Callable[[str], None] | None = None,
) -> Study:
    """Compare the outlets of a corpus on tone, voices and emphasis, story by story.

    Parameters
    ----------
    corpus : str, Path or DataFrame
        What :func:`samestory.read_corpus` reads, or an articles table.
    columns : mapping of str to str, optional
        For tables in files: our name of a column to its name in the file.
    date_order : {"dmy", "mdy"}, optional
        Whether a date such as 03/04/2024 is 3 April or March 4; by default what ``corpus.toml`` says.
    clean : bool, default True
        Take page furniture out. Switch off for texts that are clean already. A ``furniture.toml`` in the
        corpus folder (:func:`samestory.read_furniture`) is added to the list of the package.
    without : collection of str, optional
        Names of cleaning steps to leave out (:func:`samestory.cleaning_steps`).
    stories : {"align", "given"}
        Align the articles, or take ``story_id`` as it stands in the articles, for stories coded by hand.
    corrections : DataFrame, optional
        Pairs of articles that must or cannot be in one story (:func:`samestory.read_corrections`); by default
        those of ``corrections.csv`` in the corpus folder, where there is one.
    codebook : DataFrame, optional
        Topics to look for; by default the starter codebook (:func:`samestory.read_codebook`).
    actors : mapping of str to iterable of str, or DataFrame, optional
        Actors whose naming is compared (:func:`samestory.actor_descriptions`); by default none.
    topic_model : bool, default False
        Fit a topic model as well (:func:`samestory.fit_topics`): at least 100 articles, some minutes.
    reference : str, optional
        Compare every other outlet with this one; by default all pairs are compared, of at most 20 outlets.
    level : float, default 0.95
        Coverage of the intervals.
    adjust : {"holm", "fdr_bh"}
        Adjustment of p over all tests of the study.
    seed : int, default 2026
        Seed of random steps.
    progress : callable, optional
        Told the name of each step (one of ``STEPS``) as it begins.

    Returns
    -------
    Study
        ``tables`` (a dict of DataFrames), ``summary`` (counts, options, versions), ``figures`` and ``save``.

    Raises
    ------
    CorpusError
        The corpus cannot be read, or holds no article that can be measured.
    OptionError
        An option cannot be used.

    Examples
    --------
    >>> articles = pd.DataFrame({"article_id": ["a", "b"], "outlet": ["Herald", "Ledger"],
    ...     "text": ["The ferry strike began on Monday in Port Verrin, crews said.",
    ...              "Crews began a ferry strike on Monday in Port Verrin."]})
    >>> compare(articles).tables["estimates"][["measure", "n_stories", "tier"]].head(1)
               measure  n_stories         tier
    0  tone, own voice          0  descriptive
    """
    if stories not in ("align", "given"):
        raise OptionError(f"stories is 'align' or 'given'; '{stories}' was found")
    tell = progress or (lambda step: None)
    tell(STEPS[0])
    raw, files = (
        (corpus, None)
        if isinstance(corpus, pd.DataFrame)
        else read_corpus_files(corpus, columns=columns, date_order=date_order)
    )
    topics = read_codebook() if codebook is None else codebook
    _check_outlets(raw, reference)
    fixes = _corrections(corpus, corrections, stories=stories)
    tell(STEPS[1])
    cleaned, lines = cleaned_articles(raw, corpus, clean=clean, without=without, stories=stories)
    articles = _prepared(cleaned, stories=stories, corrections=fixes, tell=tell)
    measured = _measured(articles, topics, tell=tell)
    tell(STEPS[8])
    result = {
        "articles": articles,
        **({} if files is None else {"files": files}),
        "lines": lines,
        **measured,
        "coverage": _coverage(articles, corpus),
    }
    shared: dict[str, Any] = {"reference": reference, "level": level, "adjust": adjust, "seed": seed}
    result |= _compared(result, **shared)
    used = articles[measurable(articles)]
    own = result["scores"][result["scores"]["voice"] == "own"]
    result["over_time"] = describe_over_time(
        own, "compound", articles=_dated(used), level=level, label="tone, own voice"
    )
    result |= sentiment_tables(result["scores"], used, **shared)
    shared["groups"] = sorted(result["scores"]["outlet"].dropna().unique())
    result |= emphasis_tables(used, result, topics, actors=actors, topic_model=topic_model, **shared)
    result["families"] = register_of(result)
    options: dict[str, object] = {"clean": clean, "stories": stories, "level": level, "adjust": adjust}
    options |= {"reference": reference} if reference else {}
    options |= {"without": sorted(set(without))} if without else {}
    options |= {"topic_model": True} if topic_model else {}
    summary = summarise(
        result,
        name=_name(corpus),
        n_read=len(raw),
        n_used=int(measurable(articles).sum()),
        options=options,
        corrections=fixes,
        seed=seed,
    )
    return Study(tables=result, summary=summary, inputs=input_hashes(corpus))


def _name(corpus: str | Path | pd.DataFrame) -> str:
    if isinstance(corpus, pd.DataFrame):
        return "articles table"
    return str(read_corpus_info(corpus).get("name") or Path(corpus).resolve().name)


def _corrections(
    corpus: str | Path | pd.DataFrame, given: pd.DataFrame | None, *, stories: str
) -> pd.DataFrame:
    """Corrections of the stories: those given, or those kept with the corpus."""
    if given is not None:
        if stories == "given":
            raise OptionError("stories='given' takes story_id as it is, so corrections have no effect")
        return given
    folder = not isinstance(corpus, pd.DataFrame) and Path(corpus).is_dir() and stories == "align"
    return read_corrections(str(corpus)) if folder else pd.DataFrame(columns=list(tables.CORRECTIONS.columns))


def _check_outlets(raw: pd.DataFrame, reference: str | None) -> None:
    """Refuse at the start what the comparison would refuse at the end of a long run."""
    outlets = sorted(tables.check(raw, tables.ARTICLES)["outlet"].dropna().unique())
    if reference is None and len(outlets) > MAX_GROUPS:
        raise OptionError(
            f"{len(outlets)} outlets would make {len(outlets) * (len(outlets) - 1) // 2} pairs",
            hint=f"name one outlet as reference, or keep at most {MAX_GROUPS} outlets",
        )
    if reference is not None and reference not in outlets:
        raise OptionError(
            f"the reference '{reference}' is none of the outlets: {', '.join(outlets[:MAX_GROUPS])}"
        )


def _prepared(
    articles: pd.DataFrame, *, stories: str, corrections: pd.DataFrame, tell: Callable[[str], None]
) -> pd.DataFrame:
    """Align and mark reprints."""
    tell(STEPS[2])
    if stories == "align":
        articles = align_storylines(align_stories(articles, corrections=corrections))
    tell(STEPS[3])
    return mark_reprints(articles)


def _measured(
    articles: pd.DataFrame, codebook: pd.DataFrame, *, tell: Callable[[str], None]
) -> dict[str, pd.DataFrame]:
    used = articles[measurable(articles)]
    tell(STEPS[4])
    sentences = split_sentences(used)
    tell(STEPS[5])
    quotes = link_speakers(find_quotes(used))
    voiced = label_voice(sentences, quotes)
    tell(STEPS[6])
    scores = score_sentiment(voiced)
    tell(STEPS[7])
    outlets = sorted(used["outlet"].dropna().unique())
    terms = distinctive_terms(voiced, exclude=outlets)
    return {
        "scores": scores,
        "quotes": quotes,
        "speakers": count_speakers(quotes),
        "topic_shares": topic_share(voiced, codebook),
        "terms": terms,
        "term_lines": term_lines(voiced, terms),
    }


def _dated(articles: pd.DataFrame) -> pd.DataFrame:
    """Give a corpus without dates a column of missing ones."""
    if "published" in articles.columns:
        return articles
    return articles.assign(published=pd.Series(pd.NaT, index=articles.index, dtype="datetime64[us, UTC]"))


def _coverage(articles: pd.DataFrame, corpus: str | Path | pd.DataFrame) -> pd.DataFrame:
    info = {} if isinstance(corpus, pd.DataFrame) else read_corpus_info(corpus)
    return story_coverage(articles[usable(articles)], sampling=info.get("sampling", "unknown"))


def _measures(result: Mapping[str, pd.DataFrame]) -> list[tuple[str, pd.DataFrame, str]]:
    """Name the measures that outlets are compared on: label, table, column."""
    scores, shares = result["scores"], result["topic_shares"]
    return [
        ("tone, own voice", scores[scores["voice"] == "own"], "compound"),
        ("tone, quoted voice", scores[scores["voice"] == "quoted"], "compound"),
        ("tone, all sentences", scores, "compound"),
        ("share of quoted voice", scores, "quoted_share"),
        *((f"emphasis, {t}", shares[shares["topic"] == t], "share") for t in shares["topic"].unique()),
    ]


def _compared(
    result: Mapping[str, pd.DataFrame],
    *,
    reference: str | None,
    level: float,
    adjust: Literal["holm", "fdr_bh"],
    seed: int,
) -> dict[str, pd.DataFrame]:
    """Compare all pairs of outlets on all measures; all tests are one family."""
    measures = _measures(result)
    outlets = sorted(result["scores"]["outlet"].dropna().unique())
    out = {
        "estimates": compare_measures(
            measures, groups=outlets, reference=reference, level=level, adjust=adjust, seed=seed
        ),
        "pairs": pd.concat(
            [pair_stories(t, c, groups=outlets, reference=reference, label=n) for n, t, c in measures],
            ignore_index=True,
        ),
        "groups": pd.concat([describe_groups(t, c, label=n) for n, t, c in measures], ignore_index=True),
    }
    if result["articles"]["reprint_of"].notna().any():
        originals = [(n, t[t["reprint_of"].isna()], c) for n, t, c in measures]
        out["estimates_without_reprints"] = compare_measures(
            originals,
            groups=outlets,
            reference=reference,
            level=level,
            adjust=adjust,
            family="study, without reprints",
            seed=seed,
        )
    return out
