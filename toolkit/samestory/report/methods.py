"""The methods paragraph of a paper, from the facts of the run: what did not run is not claimed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from samestory import tables
from samestory.report.summary import Summary, as_summary, steps_of

__all__ = ["methods_text"]

_REFERENCES = {
    "kiss": "Kiss, T., & Strunk, J. (2006). Unsupervised multilingual sentence boundary detection. "
    "Computational Linguistics, 32(4), 485–525.",
    "hutto": "Hutto, C. J., & Gilbert, E. (2014). VADER: A parsimonious rule-based model for sentiment "
    "analysis of social media text. Proceedings of the International AAAI Conference on Web and Social "
    "Media, 8, 216–225.",
    "monroe": "Monroe, B. L., Colaresi, M. P., & Quinn, K. M. (2008). Fightin’ words: Lexical feature "
    "selection and evaluation for identifying the content of political conflict. Political Analysis, "
    "16(4), 372–403.",
    "holm": "Holm, S. (1979). A simple sequentially rejective multiple test procedure. Scandinavian Journal "
    "of Statistics, 6(2), 65–70.",
    "fisher": "Fisher, R. A. (1935). The design of experiments. Oliver and Boyd.",
    "pitman": "Pitman, E. J. G. (1937). Significance tests which may be applied to samples from any "
    "populations. Supplement to the Journal of the Royal Statistical Society, 4(1), 119–130.",
    "pedregosa": "Pedregosa, F., Varoquaux, G., Gramfort, A., et al. (2011). Scikit-learn: Machine learning "
    "in Python. Journal of Machine Learning Research, 12, 2825–2830.",
}


def methods_text(summary: Mapping[str, object]) -> str:
    r"""Write the methods paragraph of a run.

    Parameters
    ----------
    summary : mapping
        The facts of the run, with the keys of :class:`~samestory.report.Summary`; all are optional.

    Returns
    -------
    str
        Markdown: a heading, paragraphs, and the references that the text cites, in the order of the alphabet.

    Examples
    --------
    >>> print(methods_text({"corpus": "demo", "n_articles_read": 3, "n_articles_used": 2}).split("\n")[2])
    The corpus “demo” held 3 articles; 2 of them had a text and an outlet and were used.
    """
    facts = as_summary(summary)
    steps = set(steps_of(facts))
    parts = [_corpus(facts, steps), _measures(facts, steps), _inference(facts, steps), _software(facts)]
    text = "\n\n".join(said for part in parts if (said := " ".join(" ".join(part).split())))
    cited = sorted(_REFERENCES[k] for k in _cited(facts, steps))
    references = "\n".join(f"- {r}" for r in cited)
    return "## Methods\n\n" + text + (f"\n\n### References\n\n{references}\n" if cited else "\n")


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
            "Articles on the same event were aligned to stories by the likeness of their words "
            f"(scikit-learn; Pedregosa et al., 2011){found}{shared}{_with(facts, 'align_stories')}."
        )
        fixes = facts.get("corrections", {})
        if any(fixes.values()):
            yield (
                f"The alignment was corrected by hand: {_count(fixes.get('must', 0), 'pair', 'pairs')} of "
                f"articles put together, {_count(fixes.get('cannot', 0), 'pair', 'pairs')} put apart."
            )
    if "mark_reprints" in steps:
        n = _found(facts, "n_reprints", "article was", "articles were", ": {} marked")
        yield f"Reprints of the same text were identified{n}{_with(facts, 'mark_reprints')}."


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
        yield f"Texts were split{n} with Punkt (Kiss & Strunk, 2006) and a fixed list of abbreviations."
    if "find_quotes" in steps:
        n = _found(facts, "n_quotes", "attribution", "attributions", " ({})")
        how = _with(facts, "find_quotes")
        yield f"Attributed speech was found, with its speaker, by a trained model and rules{n}{how}."
    if "label_voice" in steps:
        yield "Each sentence was labelled as the outlet’s own voice, quoted voice or mixed."
    if "score_sentiment" in steps:
        other = facts.get("n_not_english", 0)
        left = f"; {_count(other, 'sentence', 'sentences')} in other languages had no score" if other else ""
        yield f"Sentences were scored with VADER (Hutto & Gilbert, 2014), compound from −1 to 1{left}."
        if "news_neutral_change" in facts:
            yield (
                "Masking names of the news that VADER takes for praise or blame (such as those of courts and "
                f"parties) moves the estimates of tone by at most {facts['news_neutral_change']:.3f}."
            )
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
        yield "Speakers were counted as shares of each outlet’s attributions with a named speaker."
    if "distinctive_terms" in steps:
        yield (
            "Distinctive terms were ranked by log-odds with an informative Dirichlet prior "
            f"(Monroe et al., 2008); they describe and are not tested{_with(facts, 'distinctive_terms')}."
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
        yield "The sign-flip test permutes the signs of the differences (Fisher, 1935; Pitman, 1937)."
    if "family_size" in facts:
        family = f"The family held {_count(facts['family_size'], 'test', 'tests')}"
        how = f", adjusted after {' and '.join(facts['adjustments'])}" if facts.get("adjustments") else ""
        yield f"{family}{how}{' (Holm, 1979)' if _names(facts, 'holm') else ''}."
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
        yield f"Software: {', '.join(f'{k} {v}' for k, v in facts['versions'].items())}."


def _with(facts: Summary, function: str) -> str:
    """Quote the options of one function in brackets, where the summary holds them."""
    options = facts.get("options", {}).get(function)
    return f" ({_options(options)})" if isinstance(options, Mapping) and options else ""


def _options(options: Mapping[str, Any]) -> str:
    return ", ".join(f"{k} = {v}" for k, v in options.items())


def _names(facts: Summary, word: str) -> bool:
    """Say whether a test or an adjustment that ran is called this."""
    return any(word in str(t).lower() for t in (*facts.get("tests", ()), *facts.get("adjustments", ())))


def _cited(facts: Summary, steps: set[str]) -> Iterator[str]:
    for step, key in {
        "split_sentences": "kiss",
        "score_sentiment": "hutto",
        "distinctive_terms": "monroe",
        "align_stories": "pedregosa",
    }.items():
        if step in steps:
            yield key
    if "compare_groups" in steps and _names(facts, "sign-flip"):
        yield from ("fisher", "pitman")
    if "compare_groups" in steps and "family_size" in facts and _names(facts, "holm"):
        yield "holm"
