"""Compare how outlets of different editorial stance tell the same story.

The public names, in the order in which the data walks through them::

    articles  = read_corpus("corpora/demo")     # folder, .csv, .jsonl, .parquet … → articles
    articles  = clean_articles(articles)        # page furniture out
    articles  = mark_language(articles)         # + language
    articles  = align_stories(articles)         # + story_id
    articles  = mark_reprints(articles)         # + reprint_of
    quotes    = find_quotes(articles)
    sentences = split_sentences(articles)
    sentences = label_voice(sentences, quotes)  # + voice
    scores    = score_sentiment(sentences)      # + compound, neg, neu, pos
    tone      = compare_groups(scores, "compound", by="outlet", seed=2026)

``compare(corpus)`` does all of it in one call. Names are loaded when they are first used, so that
``import samestory`` costs next to nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from samestory.charts import (
        figure_presets,
        plot_coverage,
        plot_estimates,
        plot_over_time,
        plot_slopes,
        plot_speakers,
        plot_terms,
        plot_topics,
        plot_voices,
        plot_word_shift,
    )
    from samestory.cleaning import (
        clean_articles,
        cleaning_lines,
        cleaning_steps,
        raw_offsets,
        read_furniture,
        removed_lines,
    )
    from samestory.comparison import (
        adjust_family,
        cliffs_delta,
        compare_groups,
        compare_measures,
        describe_groups,
        describe_over_time,
        equivalence_test,
        leave_one_out,
        list_families,
        mixed_model,
        pair_stories,
        sign_flip_test,
    )
    from samestory.display import show
    from samestory.errors import SamestoryError
    from samestory.export import save_figure, save_table
    from samestory.language import mark_language
    from samestory.measures.naming import actor_descriptions, description_shares
    from samestory.measures.quotes import (
        count_speaker_kinds,
        count_speakers,
        find_quotes,
        label_voice,
        link_speakers,
        speaker_diversity,
    )
    from samestory.measures.sentiment import (
        Vader,
        explain_sentiment,
        find_mentions,
        propose_actors,
        read_sentiment_lexicon,
        score_sentiment,
        score_targets,
        summarise_sentiment,
    )
    from samestory.measures.terms import distinctive_terms, keyword_in_context, term_lines
    from samestory.measures.topic_model import TopicModel, fit_topics, intrusion_sheet
    from samestory.measures.topics import prominence, shared_terms, topic_share
    from samestory.quality import corpus_quality
    from samestory.readers import read_corpus, read_corpus_files
    from samestory.readers.actors import read_actors
    from samestory.readers.codebook import read_codebook
    from samestory.readers.corrections import read_corrections
    from samestory.report import methods_text, references_bib, write_report
    from samestory.stories import (
        align_stories,
        align_storylines,
        mark_reprints,
        review_sheet,
        story_coverage,
        story_links,
    )
    from samestory.study import Study, compare, demo_corpus
    from samestory.study.topics import compare_topics
    from samestory.text import split_sentences

_HOMES = {
    "read_corpus": "readers",
    "read_actors": "readers.actors",
    "read_corpus_files": "readers",
    "read_codebook": "readers.codebook",
    "clean_articles": "cleaning",
    "cleaning_lines": "cleaning",
    "cleaning_steps": "cleaning",
    "raw_offsets": "cleaning",
    "read_furniture": "cleaning",
    "removed_lines": "cleaning",
    "mark_language": "language",
    "corpus_quality": "quality",
    "read_corrections": "readers.corrections",
    "align_stories": "stories",
    "align_storylines": "stories",
    "story_links": "stories",
    "review_sheet": "stories",
    "mark_reprints": "stories",
    "story_coverage": "stories",
    "split_sentences": "text",
    "find_quotes": "measures.quotes",
    "link_speakers": "measures.quotes",
    "label_voice": "measures.quotes",
    "count_speakers": "measures.quotes",
    "count_speaker_kinds": "measures.quotes",
    "speaker_diversity": "measures.quotes",
    "score_sentiment": "measures.sentiment",
    "summarise_sentiment": "measures.sentiment",
    "explain_sentiment": "measures.sentiment",
    "propose_actors": "measures.sentiment",
    "find_mentions": "measures.sentiment",
    "score_targets": "measures.sentiment",
    "read_sentiment_lexicon": "measures.sentiment",
    "Vader": "measures.sentiment",
    "topic_share": "measures.topics",
    "prominence": "measures.topics",
    "shared_terms": "measures.topics",
    "distinctive_terms": "measures.terms",
    "keyword_in_context": "measures.terms",
    "term_lines": "measures.terms",
    "fit_topics": "measures.topic_model",
    "intrusion_sheet": "measures.topic_model",
    "TopicModel": "measures.topic_model",
    "actor_descriptions": "measures.naming",
    "description_shares": "measures.naming",
    "compare_topics": "study.topics",
    "compare_groups": "comparison",
    "compare_measures": "comparison",
    "pair_stories": "comparison",
    "mixed_model": "comparison",
    "describe_groups": "comparison",
    "describe_over_time": "comparison",
    "adjust_family": "comparison",
    "sign_flip_test": "comparison",
    "cliffs_delta": "comparison",
    "equivalence_test": "comparison",
    "leave_one_out": "comparison",
    "list_families": "comparison",
    "plot_estimates": "charts",
    "plot_slopes": "charts",
    "plot_speakers": "charts",
    "plot_voices": "charts",
    "plot_topics": "charts",
    "plot_terms": "charts",
    "plot_word_shift": "charts",
    "plot_coverage": "charts",
    "plot_over_time": "charts",
    "figure_presets": "charts",
    "show": "display",
    "save_figure": "export",
    "save_table": "export",
    "methods_text": "report",
    "references_bib": "report",
    "write_report": "report",
    "compare": "study",
    "demo_corpus": "study",
    "Study": "study",
    "SamestoryError": "errors",
}

__all__ = [
    "SamestoryError",
    "Study",
    "TopicModel",
    "Vader",
    "actor_descriptions",
    "adjust_family",
    "align_stories",
    "align_storylines",
    "clean_articles",
    "cleaning_lines",
    "cleaning_steps",
    "cliffs_delta",
    "compare",
    "compare_groups",
    "compare_measures",
    "compare_topics",
    "corpus_quality",
    "count_speaker_kinds",
    "count_speakers",
    "demo_corpus",
    "describe_groups",
    "describe_over_time",
    "description_shares",
    "distinctive_terms",
    "equivalence_test",
    "explain_sentiment",
    "figure_presets",
    "find_mentions",
    "find_quotes",
    "fit_topics",
    "intrusion_sheet",
    "keyword_in_context",
    "label_voice",
    "leave_one_out",
    "link_speakers",
    "list_families",
    "mark_language",
    "mark_reprints",
    "methods_text",
    "mixed_model",
    "pair_stories",
    "plot_coverage",
    "plot_estimates",
    "plot_over_time",
    "plot_slopes",
    "plot_speakers",
    "plot_terms",
    "plot_topics",
    "plot_voices",
    "plot_word_shift",
    "prominence",
    "propose_actors",
    "raw_offsets",
    "read_actors",
    "read_codebook",
    "read_corpus",
    "read_corpus_files",
    "read_corrections",
    "read_furniture",
    "read_sentiment_lexicon",
    "references_bib",
    "removed_lines",
    "review_sheet",
    "save_figure",
    "save_table",
    "score_sentiment",
    "score_targets",
    "shared_terms",
    "show",
    "sign_flip_test",
    "speaker_diversity",
    "split_sentences",
    "story_coverage",
    "story_links",
    "summarise_sentiment",
    "term_lines",
    "topic_share",
    "write_report",
]


def __getattr__(name: str) -> Any:
    if name == "__version__":
        from importlib.metadata import version

        return version("samestory")
    if name not in _HOMES:
        raise AttributeError(f"module 'samestory' has no attribute '{name}'")
    return getattr(import_module(f"samestory.{_HOMES[name]}"), name)


def __dir__() -> list[str]:
    return [*__all__, "__version__"]
