"""Planted emphasis, prominence and naming of the demo corpus come out, and nothing else."""

import csv
import json
import re
import tomllib
from collections import Counter

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


def signed(table, measure, contrasts):
    """For each planted contrast: the outlet that dwells on the topic less the other one, and the p."""
    parts = [(topic, rows, measure) for topic, rows in table.groupby("topic")]
    found = {(r.measure, r.group, r.reference): r for r in ss.compare_measures(parts).itertuples()}
    out = {}
    for topic, more, less in contrasts:
        row = found.get((topic, more, less)) or found[topic, less, more]
        out[topic, more, less] = (row.estimate if row.group == more else -row.estimate, row.p_adjusted)
    return out


def test_prominence_is_recovered_and_nothing_else(articles, contrasts):
    """The body shows all that was planted; one headline and two lede sentences are too little text."""
    found = ss.prominence(articles, ss.read_codebook())
    assert significant(found, "body_share", "prominence") == contrasts
    assert significant(found, "in_lede", "prominence") == {("parliament", "Talnews", "Free Harbour")}
    assert significant(found, "in_headline", "prominence") == set()


def test_planted_prominence_shows_by_sign_in_lede_and_headline(articles, contrasts):
    """What is too little for a test can be seen, but for accountability, where one story of 25 differs."""
    found = ss.prominence(articles, ss.read_codebook())
    lede = {c for c, (difference, _) in signed(found, "in_lede", contrasts).items() if difference > 0}
    assert lede == {c for c in contrasts if c[0] != "accountability"}
    headline = {c: round(d, 2) for c, (d, _) in signed(found, "in_headline", contrasts).items()}
    assert {c[0] for c, d in headline.items() if d > 0} == {"security", "hardship", "parliament"}
    assert sum(d > 0 for d in headline.values()) == 6
    assert min(headline.values()) == -0.08


@pytest.fixture(scope="module")
def naming():
    plan = tomllib.loads((KEY / "framing.toml").read_text(encoding="utf-8"))["naming"]
    return {actor: {OUTLET[o]: set(names[o]) for o in OUTLET} for actor, names in plan.items()}


def test_planted_names_are_recovered_and_no_other_name(articles, naming):
    """Each outlet calls the actor by the names planted for it and by no other, in its place and as often."""
    actors = {actor: sorted(set().union(*plan.values())) for actor, plan in naming.items()}
    found = ss.actor_descriptions(ss.split_sentences(articles), actors)
    nouns = found[found["kind"] == "noun"]
    # A search of the bodies in the key, letter for letter, is the second count.
    gold = [json.loads(line) for line in (KEY / "articles.jsonl").read_text(encoding="utf-8").splitlines()]
    expected = Counter()
    for article in gold:
        for actor, names in actors.items():
            for name in names:
                n = len(re.findall(rf"(?<![\w'-]){name}(?![\w'-])", article["text"], flags=re.IGNORECASE))
                expected[actor, name.lower(), article["id"]] += n
    assert Counter(zip(nouns["actor"], nouns["description"], nouns["article_id"], strict=True)) == +expected
    text = articles.set_index("article_id")["text"]
    for row in nouns.itertuples():
        assert text[row.article_id][row.start : row.end].lower() == row.description
        assert text[row.article_id][row.sentence_start :].startswith(row.sentence)
    for actor, plan in naming.items():
        for outlet, names in plan.items():
            mine = nouns[(nouns["actor"] == actor) & (nouns["outlet"] == outlet)]
            ranked = mine["description"].value_counts()
            # The Herald's report on the trawler has both names once.
            extra = {"a morvian trawler"} if (actor, outlet) == ("trawler", "Talvera Herald") else set()
            assert set(ranked.index) == {n.lower() for n in names} | extra, (actor, outlet)


def test_planted_names_stand_in_too_few_stories_for_any_test(articles, naming):
    """Stated, not hidden: at most five stories tell of the same actor in two outlets, and none is tested."""
    actors = {actor: sorted(set().union(*plan.values())) for actor, plan in naming.items()}
    found = ss.actor_descriptions(ss.split_sentences(articles), actors)
    shares = ss.description_shares(found, min_articles=1)
    parts = [(" ".join(key), rows, "share") for key, rows in shares.groupby(["actor", "kind", "description"])]
    out = ss.compare_measures(parts, family="naming")
    assert out["p"].isna().all()
    assert out["reason_code"].notna().all()
    assert 3 <= out["n_stories"].max() <= 5


def test_terms_with_a_claim_lead_back_to_their_sentences(articles):
    sentences = ss.split_sentences(articles)
    terms = ss.distinctive_terms(sentences, exclude=list(OUTLET.values()))
    row = terms[(terms["outlet"] == "Talvera Herald") & (terms["term"] == "business")].iloc[0]
    assert row["p_stories_adjusted"] < 0.05
    assert row["rank_high"] <= 10
    lines = ss.keyword_in_context(sentences, "business")
    assert (lines["outlet"] == "Talvera Herald").sum() == row["count"]
