"""Planted emphasis, prominence and naming of the demo corpus come out after adjustment, and nothing else."""

import csv
import tomllib

import pytest

import samestory as ss

KEY = ss.demo_corpus() / "key"
OUTLET = {"talvera-herald": "Talvera Herald", "free-harbour": "Free Harbour", "talnews": "Talnews"}


@pytest.fixture(scope="module")
def articles():
    with (KEY / "stories.csv").open(encoding="utf-8", newline="") as file:
        story = {r["article_id"]: r["story_id"] for r in csv.DictReader(file)}
    found = ss.clean_articles(ss.read_corpus(ss.demo_corpus()))
    return found.assign(story_id=found["article_id"].map(story))


@pytest.fixture(scope="module")
def planted():
    framing = tomllib.loads((KEY / "framing.toml").read_text(encoding="utf-8"))
    return {topic: OUTLET[folder] for folder, topics in framing["emphasis"].items() for topic in topics}


def significant(table, measure, family):
    parts = [(topic, rows, measure) for topic, rows in table.groupby("topic")]
    out = ss.compare_measures(parts, family=family)
    return out[out["p_adjusted"] < 0.05]


@pytest.mark.parametrize("measure", ["share", "word_share"])
def test_emphasis_is_recovered_and_nothing_else(articles, planted, measure):
    shares = ss.topic_share(ss.split_sentences(articles), ss.read_codebook())
    found = significant(shares, measure, "emphasis")
    assert {"economy", "security", "parliament"} <= set(found["measure"]) <= set(planted)
    for row in found.itertuples():
        more = row.group if row.estimate > 0 else row.reference
        assert more == planted[row.measure], row


@pytest.mark.parametrize("measure", ["in_headline", "in_lede", "body_share"])
def test_prominence_is_recovered_and_nothing_else(articles, planted, measure):
    found = significant(ss.prominence(articles, ss.read_codebook()), measure, "prominence")
    for row in found.itertuples():
        more = row.group if row.estimate > 0 else row.reference
        assert more == planted[row.measure], row
    if measure == "body_share":
        assert {"economy", "security", "parliament"} <= set(found["measure"])


def test_terms_with_a_claim_lead_back_to_their_sentences(articles):
    sentences = ss.split_sentences(articles)
    terms = ss.distinctive_terms(sentences, exclude=list(OUTLET.values()))
    row = terms[(terms["outlet"] == "Talvera Herald") & (terms["term"] == "business")].iloc[0]
    assert row["p_stories_adjusted"] < 0.05
    assert row["rank_high"] <= 10
    lines = ss.keyword_in_context(sentences, "business")
    assert (lines["outlet"] == "Talvera Herald").sum() == row["count"]
