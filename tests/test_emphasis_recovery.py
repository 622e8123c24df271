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


@pytest.fixture(scope="module")
def contrasts(planted):
    """What a perfect analysis finds: the outlet that dwells on a topic, against each of the two others."""
    return {
        (topic, more, less) for topic, more in planted.items() for less in OUTLET.values() if less != more
    }


def significant(table, measure, family):
    """Topic, the outlet with more and the one with less, for each difference that passes the adjustment."""
    parts = [(topic, rows, measure) for topic, rows in table.groupby("topic")]
    out = ss.compare_measures(parts, family=family)
    assert out["n_stories"].min() == 25
    found = out[out["p_adjusted"] < 0.05]
    return {
        (r.measure, r.group, r.reference) if r.estimate > 0 else (r.measure, r.reference, r.group)
        for r in found.itertuples()
    }


@pytest.mark.parametrize("measure", ["share", "word_share"])
def test_emphasis_is_recovered_and_nothing_else(articles, contrasts, measure):
    shares = ss.topic_share(ss.split_sentences(articles), ss.read_codebook())
    assert significant(shares, measure, "emphasis") == contrasts


def test_prominence_is_recovered_and_nothing_else(articles, contrasts):
    """The body shows what was planted; one headline and two lede sentences are too little for any test."""
    found = ss.prominence(articles, ss.read_codebook())
    assert significant(found, "body_share", "prominence") == contrasts
    for measure in ("in_headline", "in_lede"):
        assert significant(found, measure, "prominence") <= contrasts


def test_planted_names_are_described_and_no_other_name_is_called(articles):
    """The planted names belong to one to three stories each: they can be seen, and nothing can be tested."""
    framing = tomllib.loads((KEY / "framing.toml").read_text(encoding="utf-8"))["naming"]
    sentences = ss.split_sentences(articles)
    own = ss.label_voice(sentences, ss.find_quotes(articles)).query("voice != 'quoted'")
    actors = {actor: [n for o in OUTLET for n in plan[o]] for actor, plan in framing.items()}
    found = ss.actor_descriptions(own, actors)
    nouns = found[found["kind"] == "noun"]
    counts = nouns.groupby(["actor", "description", "outlet"]).size().unstack(fill_value=0)
    for actor, plan in framing.items():
        for folder in OUTLET:
            for noun in plan[folder]:
                if (actor, noun) in counts.index and sum(noun in plan[o] for o in OUTLET) == 1:
                    assert counts.loc[(actor, noun)].idxmax() == OUTLET[folder], noun
    shares = ss.description_shares(found, min_articles=2)
    parts = [(" ".join(key), rows, "share") for key, rows in shares.groupby(["actor", "kind", "description"])]
    out = ss.compare_measures(parts, family="naming")
    assert len(out) >= 9
    assert out["p"].isna().all()
    assert out["n_stories"].max() <= 5


def test_terms_with_a_claim_lead_back_to_their_sentences(articles):
    sentences = ss.split_sentences(articles)
    terms = ss.distinctive_terms(sentences, exclude=list(OUTLET.values()))
    row = terms[(terms["outlet"] == "Talvera Herald") & (terms["term"] == "business")].iloc[0]
    assert row["p_stories_adjusted"] < 0.05
    assert row["rank_high"] <= 10
    lines = ss.keyword_in_context(sentences, "business")
    assert (lines["outlet"] == "Talvera Herald").sum() == row["count"]
