"""Attributions, and who is heard."""

from __future__ import annotations

from samestory.tables.declaration import ID, OUTLET_TRAVELS, STORY, Column, table

QUOTES = table(
    "quotes",
    "attribution",
    ("article_id", "start", "end"),
    {
        "article_id": ID,
        "start": Column("number", "first character of the content in articles.text"),
        "end": Column("number", "one past the last character of the content in articles.text"),
        "spans": Column("spans", "the parts of the content"),
        "kind": Column("text", "direct, mixed or indirect"),
        "text": Column("text", "the parts of the content, joined by a blank"),
        "quoted_words": Column("number", "words inside quotation marks"),
        "speaker": Column("text", "the speaker as written", True, True),
        "speaker_spans": Column("spans", "where the speaker is written"),
        "speaker_kind": Column(
            "text",
            "the speaker as written: person, organisation, group (several speakers at once, people in the "
            "plural), "
            "document, anonymous (somebody whom the outlet leaves unnamed), pronoun, or none (no speaker "
            "written)",
            False,
        ),
        "speaker_resolved": Column(
            "text", "one name per speaker within the article; across articles after link_speakers", True, True
        ),
        "resolution_confidence": Column(
            "number",
            "0 to 1: how often names found in this way are right; missing where there is no name",
            False,
            True,
        ),
        "cue": Column("text", "the words that attribute", True, True),
        "cue_spans": Column("spans", "where the cue is written"),
        "cue_lemma": Column("text", "the cue's verb as the cue lexicon lists it", False, True),
        "cue_stance": Column(
            "text",
            "what the cue says of the words it reports: neutral, endorsing (takes them for true), doubting "
            "(keeps them "
            "at a distance) or emotive (tells the speaker's temper); missing for a cue that the lexicon "
            "lacks",
            False,
            True,
        ),
        "negated": Column("truth", "the text says that the speaker did not say this", False),
        "confidence": Column(
            "number", "0 to 1: the estimated probability that content and speaker are right"
        ),
        "in_headline": Column("truth", "the content stands in the headline", False),
        "floating": Column(
            "truth",
            "neither speaker nor cue is written; speaker_resolved, where there is one, is that of the "
            "attribution before",
            False,
        ),
        "nested_in": Column(
            "spans",
            "the innermost attribution whose content holds all of this one, as its [start, end]; empty "
            "where none does",
            False,
        ),
        "position": Column(
            "number", "share of the article's characters that stand before the content, 0 to 1", False
        ),
        "rule": Column("text", "what found it: the model, or the name of a rule", False),
        "outlet": OUTLET_TRAVELS,
        "story_id": STORY,
    },
)

_RATE = Column("number", "share of the group's attributions whose speaker has a name, 0 to 1", False)

SPEAKERS = table(
    "speakers",
    "outlet × speaker",
    ("outlet", "speaker"),
    {
        "outlet": Column("text", "the group, by default the news outlet", False),
        "speaker": Column("text", "resolved speaker", True, True),
        "n_quotes": Column("number", "attributions"),
        "quoted_words": Column("number", "words inside quotation marks"),
        "share": Column("number", "share of the group's attributions with a speaker, 0 to 1", True, True),
        "n_articles": Column("number", "articles in which the speaker is heard"),
        "low": Column("number", "lower end of the 95 % interval of the share (Wilson)", False, True),
        "high": Column("number", "upper end of the 95 % interval of the share (Wilson)", False, True),
        "speaker_kind": Column("text", "kind of speaker most often written, as in quotes", False),
        "attribution_rate": _RATE,
    },
)

SPEAKER_KINDS = table(
    "speaker_kinds",
    "outlet × kind of speaker",
    ("outlet", "speaker_kind"),
    {
        "outlet": Column("text", "the group, by default the news outlet", False),
        "speaker_kind": Column(
            "text", "person, organisation, group, document, anonymous, pronoun (unresolved) or none"
        ),
        "n_quotes": Column("number", "attributions"),
        "quoted_words": Column("number", "words inside quotation marks"),
        "share": Column("number", "share of all attributions of the group, 0 to 1"),
        "n_articles": Column("number", "articles in which such a speaker is heard"),
        "attribution_rate": _RATE,
    },
)

DIVERSITY = table(
    "diversity",
    "outlet",
    ("outlet", "of"),
    {
        "outlet": Column("text", "the group, by default the news outlet", False),
        "of": Column("text", "whose diversity: speaker or speaker_kind"),
        "n_quotes": Column("number", "attributions whose speaker has a name"),
        "attribution_rate": _RATE,
        "entropy": Column("number", "Shannon entropy in nats", True, True),
        "hill_0": Column("number", "speakers", True, True),
        "hill_1": Column("number", "effective number of speakers, exp(entropy)", True, True),
        "hill_2": Column("number", "effective number of speakers, 1 / sum of squared shares", True, True),
        "at_quotes": Column("number", "quotes that the rarefied figures are for"),
        "rarefied_hill_0": Column("number", "speakers to expect in that many quotes", True, True),
        "rarefied_hill_1": Column("number", "as hill_1, expected in that many quotes", True, True),
        "rarefied_hill_2": Column("number", "as hill_2, expected in that many quotes", True, True),
    },
)
