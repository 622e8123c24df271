"""The methods paragraph of a paper, from the facts of the run: what did not run is not claimed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Literal

from samestory import tables
from samestory.errors import OptionError
from samestory.report.references import bibtex, cited_keys, in_words, reference
from samestory.report.summary import Summary, as_summary, steps_of

__all__ = ["methods_text", "references_bib"]

# Which work stands behind each package; the others have none.
_SOFTWARE = {
    "matplotlib": "hunter2007matplotlib",
    "nltk": "bird2009nltk",
    "numpy": "harris2020numpy",
    "pandas": "mckinney2010pandas",
    "scikit-learn": "pedregosa2011sklearn",
    "scipy": "virtanen2020scipy",
    "statsmodels": "seabold2010statsmodels",
}


def references_bib(summary: Mapping[str, object]) -> str:
    r"""Write the works that the methods paragraph of a run cites, and no others, as BibTeX.

    Parameters
    ----------
    summary : mapping
        The facts of the run, as for :func:`methods_text`.

    Returns
    -------
    str
        BibTeX entries in the order of their keys, in ASCII.

    Examples
    --------
    >>> print(references_bib({"steps": ["score_sentiment"]}).split("\n")[0])
    @inproceedings{hutto2014vader,
    """
    return bibtex(cited_keys(_marked(as_summary(summary))))


def methods_text(summary: Mapping[str, object], *, citations: Literal["words", "keys"] = "words") -> str:
    r"""Write the methods paragraph of a run.

    Parameters
    ----------
    summary : mapping
        The facts of the run, with the keys of :class:`~samestory.report.Summary`; all are optional.
    citations : {"words", "keys"}
        Citations as authors and year, with a list of references below; or as keys of ``references.bib``
        (``[@hutto2014vader]``), for pandoc.

    Returns
    -------
    str
        Markdown: a heading, paragraphs, and the references that the text cites, in the order of the alphabet,
        each with its key in ``references.bib`` (:func:`samestory.references_bib`).

    Raises
    ------
    OptionError
        ``citations`` is something else.

    Examples
    --------
    >>> print(methods_text({"corpus": "demo", "n_articles_read": 3, "n_articles_used": 2}).split("\n")[2])
    The corpus “demo” held 3 articles; 2 of them had a text and an outlet and were used.
    """
    if citations not in ("words", "keys"):
        raise OptionError(f"citations are 'words' or 'keys'; '{citations}' was found")
    text = _marked(as_summary(summary))
    if citations == "keys":
        return f"## Methods\n\n{text}\n"
    references = "\n".join(f"- {reference(k)} `{k}`" for k in sorted(cited_keys(text), key=reference))
    listed = f"\n\n### References\n\n{references}\n" if references else "\n"
    return "## Methods\n\n" + in_words(text) + listed


def _marked(facts: Summary) -> str:
    """Write the paragraphs with every citation as its key."""
    steps = set(steps_of(facts))
    parts = [_corpus(facts, steps), _measures(facts, steps), _inference(facts, steps), _software(facts)]
    return "\n\n".join(said for part in parts if (said := " ".join(" ".join(part).split())))


def _count(n: object, one: str, many: str) -> str:
    value = int(str(n))
    return f"{value:,} {one if value == 1 else many}"


def _corpus(facts: Summary, steps: set[str]) -> Iterator[str]:
    if "n_articles_read" in facts:
        name = f"The corpus “{facts['corpus']}”" if "corpus" in facts else "The corpus"
        used = _found(
            facts, "n_articles_used", "of them", "of them", "; {} had a text and an outlet and were used"
        )
        yield f"{name} held {_count(facts['n_articles_read'], 'article', 'articles')}{used}."
    reasons = {k: n for k, n in facts.get("flags", {}).items() if n}
    if reasons:
        told = "; ".join(f"{n:,} × {tables.FLAGS.get(code, code)}" for code, n in reasons.items())
        yield f"Articles with a reservation, by reason: {told}."
    if facts.get("outlets"):
        told = "; ".join(_outlet(o) for o in facts["outlets"])
        yield f"Outlets, with the stance the corpus claims for them: {told}."
    if "clean_articles" in steps:
        gone = _found(facts, "removed_lines", "line", "lines", "; {} left the texts")
        how = _with(facts, "clean_articles")
        yield f"Page furniture was removed and typography normalised before anything was measured{gone}{how}."
    if "align_stories" in steps:
        found = _found(facts, "n_stories", "story", "stories", ", which gave {}")
        shared = _found(facts, "n_shared_stories", "of them", "of them", ", {} told by at least two outlets")
        yield (
            "Articles on the same event were aligned to stories by average linkage over the likeness of "
            "their words, which are TF-IDF cosines of body, opening and headline [@manning2008ir], each over "
            "its background [@zelnik2004selftuning] and falling with the time between the publications"
            f"{found}{shared}{_with(facts, 'align_stories')}."
        )
        fixes = facts.get("corrections", {})
        if any(fixes.values()):
            yield (
                f"The alignment was corrected by hand: {_count(fixes.get('must', 0), 'pair', 'pairs')} of "
                f"articles put together, {_count(fixes.get('cannot', 0), 'pair', 'pairs')} put apart"
                f"{_idle(fixes.get('without_effect', 0))}."
            )
    if "mark_reprints" in steps:
        n = _found(facts, "n_reprints", "article was", "articles were", ": {} marked")
        how = "by the word shingles that a text takes over from an earlier one [@broder1997resemblance]"
        yield f"Reprints of the same text were identified {how}{n}{_with(facts, 'mark_reprints')}."
        if "without_reprints_change" in facts:
            yield (
                "They were kept; leaving them out moves the estimates by at most "
                f"{facts['without_reprints_change']:.3f}."
            )


def _idle(n: int) -> str:
    return f"; {_count(n, 'pair', 'pairs')} had no effect, since an article had no text" if n else ""


def _found(facts: Summary, key: str, one: str, many: str, phrase: str) -> str:
    """Put a count into a phrase, where the summary holds it."""
    return phrase.format(_count(facts[key], one, many)) if key in facts else ""  # type: ignore[literal-required]


def _outlet(outlet: Mapping[str, Any]) -> str:
    stance = outlet.get("stance")
    n = (
        f", {_count(outlet['n_articles'], 'article', 'articles')}"
        if outlet.get("n_articles") is not None
        else ""
    )
    return (
        f"{outlet.get('outlet')} ({stance if isinstance(stance, str) and stance else 'no stance given'}{n})"
    )


def _measures(facts: Summary, steps: set[str]) -> Iterator[str]:
    if "split_sentences" in steps:
        n = _found(facts, "n_sentences", "sentence", "sentences", " into {}")
        yield f"Texts were split{n} with Punkt [@kiss2006punkt] and a fixed list of abbreviations."
    if "find_quotes" in steps:
        n = _found(facts, "n_quotes", "attribution", "attributions", " ({})")
        how = _with(facts, "find_quotes")
        named = _found(facts, "n_quotes_with_speaker", "of them", "of them", "; {} had a named speaker")
        yield (
            "Attributed speech was found, with its speaker, by rules and a model trained on PolNeAR "
            f"[@newell2018polnear]{n}{named}{how}."
        )
    if "label_voice" in steps:
        counts = "; ".join(f"{v}: {n:,}" for v, n in facts.get("voices", {}).items())
        told = f" (sentences: {counts})" if counts else ""
        yield f"Each sentence was labelled as the outlet’s own voice, quoted voice or mixed{told}."
    if "score_sentiment" in steps:
        other = facts.get("n_not_english", 0)
        left = f"; {_count(other, 'sentence', 'sentences')} in other languages had no score" if other else ""
        yield f"Sentences were scored with VADER [@hutto2014vader], compound from −1 to 1{left}."
        if "news_neutral_change" in facts:
            yield (
                "Masking names of the news that VADER takes for praise or blame (such as those of courts and "
                f"parties) moves the estimates of tone by at most {facts['news_neutral_change']:.3f}."
            )
    if "summarise_sentiment" in steps:
        yield (
            "Mean tone by voice is given with percentile bootstrap intervals over articles "
            "[@efron1993bootstrap], as a description."
        )
    if "explain_sentiment" in steps:
        yield "Word shifts say which words carry a difference in tone [@gallagher2021shift]."
    if "topic_share" in steps:
        how = _with(facts, "topic_share")
        yield f"The share of sentences on each topic was counted with a codebook of terms{how}."
    if "prominence" in steps:
        yield "Topics were also counted in headline, lede (two sentences) and the rest of the body apart."
    if "fit_topics" in steps:
        yield (
            "A topic model (non-negative matrix factorisation of TF-IDF weights) was fitted with 20 seeds "
            "for each number of topics; the most stable number and the medoid run are shown, and its "
            "differences were refitted on resampled stories."
        )
    if "count_speakers" in steps:
        yield (
            "Speakers were counted as shares of each outlet’s attributions with a named speaker, with Wilson "
            "intervals that take attributions as independent [@wilson1927]."
        )
    if "distinctive_terms" in steps:
        yield (
            "Distinctive terms were ranked by log-odds with an informative Dirichlet prior "
            f"[@monroe2008fightin]; they describe and are not tested{_with(facts, 'distinctive_terms')}. "
            "Function words were not listed and datelines not counted."
        )
    if "story_coverage" in steps:
        reason = facts.get("selection")
        limit = (
            f"; a story that an outlet lacks is not read as its selection, since {reason}" if reason else ""
        )
        yield f"Which outlet tells which story was counted apart from how the shared stories are told{limit}."


def _inference(facts: Summary, steps: set[str]) -> Iterator[str]:
    if "compare_groups" not in steps:
        return
    what = f" for {'; '.join(facts['measures'])}" if facts.get("measures") else ""
    yield (
        f"Groups were compared over the stories they share{what}. Values were averaged from sentence to "
        "article to story and outlet, and the estimate is the mean over stories of the paired differences."
    )
    if facts.get("tests"):
        yield f"Method: {'; '.join(facts['tests'])}{_with(facts, 'compare_groups')}."
    if _names(facts, "sign-flip"):
        yield "The sign-flip test permutes the signs of the differences [@fisher1935design; @pitman1937]."
    if _names(facts, "story bootstrap"):
        yield "The bootstrap of stories gives expanded percentile intervals [@hesterberg2015bootstrap]."
    if "family_size" in facts:
        family = f"The family held {_count(facts['family_size'], 'test', 'tests')}"
        how = f", adjusted after {' and '.join(facts['adjustments'])}" if facts.get("adjustments") else ""
        works = {"holm": "holm1979simple", "benjamini": "benjamini1995fdr"}
        cited = "; ".join(f"@{key}" for word, key in works.items() if _names(facts, word))
        yield f"{family}{how}{f' [{cited}]' if cited else ''}."
    others = [f for f in facts.get("families", [])[1:] if f["n_tests"]]
    if others:
        told = "; ".join(
            f"{f['family']} ({_count(f['n_tests'], 'test', 'tests')}, {f['rejected_adjusted']} below .05)"
            for f in others
        )
        yield f"Further families, each adjusted by itself: {told}."
    if facts.get("tier"):
        yield f"What the number of shared stories allows: {str(facts['tier']).rstrip('.')}."
    if "seed" in facts:
        yield f"Random steps were seeded with {facts['seed']}."


def _software(facts: Summary) -> Iterator[str]:
    general = {k: v for k, v in facts.get("options", {}).items() if not isinstance(v, Mapping)}
    if general:
        yield f"Options: {_options(general)}."
    if facts.get("versions"):
        told = [
            f"{name} {number}{f' [@{_SOFTWARE[name]}]' if name in _SOFTWARE else ''}"
            for name, number in facts["versions"].items()
        ]
        yield f"Software: {', '.join(told)}."


def _with(facts: Summary, function: str) -> str:
    """Quote the options of one function in brackets, where the summary holds them."""
    options = facts.get("options", {}).get(function)
    return f" ({_options(options)})" if isinstance(options, Mapping) and options else ""


def _options(options: Mapping[str, Any]) -> str:
    return ", ".join(f"{k} = {v}" for k, v in options.items())


def _names(facts: Summary, word: str) -> bool:
    """Say whether a test or an adjustment that ran is called this."""
    return any(word in str(t).lower() for t in (*facts.get("tests", ()), *facts.get("adjustments", ())))
