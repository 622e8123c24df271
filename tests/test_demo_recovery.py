"""Recovery of a known truth: what was planted in the demo corpus comes out, and what was not does not."""

import csv
import json
import tomllib
from collections import defaultdict
from itertools import combinations
from pathlib import Path

import pytest

import samestory as ss
from samestory.text import word_spans

KEY = Path(__file__).resolve().parents[1] / "corpora" / "demo" / "key"
OUTLET = {"talvera-herald": "Talvera Herald", "free-harbour": "Free Harbour", "talnews": "Talnews"}


@pytest.fixture(scope="module")
def gold():
    lines = (KEY / "articles.jsonl").read_text(encoding="utf-8").splitlines()
    return {a["id"]: a for a in map(json.loads, lines)}


@pytest.fixture(scope="module")
def gold_story():
    with (KEY / "stories.csv").open(encoding="utf-8", newline="") as file:
        return {r["article_id"]: r["story_id"] for r in csv.DictReader(file)}


@pytest.fixture(scope="module")
def framing():
    return tomllib.loads((KEY / "framing.toml").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def study():
    return ss.compare(ss.demo_corpus())


@pytest.fixture(scope="module")
def articles(study):
    return study.tables["articles"].set_index("article_id")


@pytest.fixture(scope="module")
def scores(study, gold_story):
    """Sentence scores with the gold story, so that a slip of alignment is not blamed on the measures."""
    scores = study.tables["scores"]
    return scores.assign(story_id=scores["article_id"].map(gold_story))


def test_pasted_pages_are_cleaned_to_their_gold_body(articles, gold):
    for name, article in gold.items():
        assert articles.loc[name, "text"] == article["text"], name
        assert articles.loc[name, "title"] == article["title"], name


def test_no_line_of_the_body_is_removed(study, gold):
    lines = study.tables["lines"]
    for row in lines[~lines["kept"]].itertuples():
        assert row.text not in gold[row.article_id]["text"].split("\n"), row


def test_stories_are_the_gold_stories(articles, gold_story):
    found, truth = defaultdict(set), defaultdict(set)
    for name, story in gold_story.items():
        truth[story].add(name)
        found[articles.loc[name, "story_id"]].add(name)
    assert {frozenset(m) for m in found.values()} == {frozenset(m) for m in truth.values()}


def test_serial_stories_stay_apart(articles, gold_story, framing):
    for chapters in framing["serial"].values():
        for one, other in combinations(chapters, 2):
            ids = [
                {articles.loc[a, "story_id"] for a, s in gold_story.items() if s == c} for c in (one, other)
            ]
            assert not ids[0] & ids[1], (one, other)


def test_reprints_are_found_and_nothing_else(articles):
    with (KEY / "reprints.csv").open(encoding="utf-8", newline="") as file:
        truth = {r["article_id"]: r["reprint_of"] for r in csv.DictReader(file)}
    assert articles["reprint_of"].dropna().to_dict() == truth


def overlap(text, one, other):
    """Jaccard of the words that two lists of spans touch; nothing and nothing agree."""
    a, b = (
        {w for w in word_spans(text) if any(w[0] < end and start < w[1] for start, end in spans)}
        for spans in (one, other)
    )
    return len(a & b) / len(a | b) if a | b else 1.0


def matched(text, found, truth):
    """Greedy one-to-one by the overlap of content, at least half, as in the scorer of PolNeAR figures."""
    pairs = sorted(
        (
            (overlap(text, t["content"], f.spans), i, j)
            for i, t in enumerate(truth)
            for j, f in enumerate(found)
        ),
        reverse=True,
    )
    used, out = (set(), set()), []
    for score, i, j in pairs:
        if score >= 0.5 and i not in used[0] and j not in used[1]:
            used[0].add(i)
            used[1].add(j)
            out.append((truth[i], found[j]))
    return out


def test_direct_and_mixed_quotes_are_recovered(study, gold):
    quotes = {n: list(q.itertuples()) for n, q in study.tables["quotes"].groupby("article_id")}
    right_gold = right_found = n_gold = n_found = right_speakers = n_speakers = 0
    for name, article in gold.items():
        found = quotes.get(name, [])
        n_gold += sum(t["kind"] != "indirect" for t in article["attributions"])
        n_found += sum(f.kind != "indirect" for f in found)
        for truth, quote in matched(article["text"], found, article["attributions"]):
            if truth["kind"] != "indirect":
                n_speakers += 1
                right_speakers += truth["speaker"] == quote.speaker_resolved
            if overlap(article["text"], truth["source"], quote.speaker_spans) >= 0.5:
                right_gold += truth["kind"] != "indirect"
                right_found += quote.kind != "indirect"
    precision, recall = right_found / n_found, right_gold / n_gold
    assert 2 * precision * recall / (precision + recall) >= 0.90
    assert right_speakers / n_speakers >= 0.85


def test_planted_tone_comes_out_and_no_other(scores, framing):
    own = scores[scores["voice"] == "own"]
    planted = own["story_id"].isin(framing["tone"]["planted"])
    key = ["group", "reference"]
    with_tone = ss.compare_groups(own[planted], "compound").set_index(key)
    without = ss.compare_groups(own[~planted], "compound").set_index(key)
    harbour, herald, agency = (OUTLET[framing["tone"][k]] for k in ("negative", "positive", "neutral"))
    for pair in ((harbour, agency), (harbour, herald), (agency, herald)):
        assert with_tone.loc[pair, "high"] < 0, pair
        assert with_tone.loc[pair, "p_adjusted"] < 0.05, pair
    assert (without["p_adjusted"] > 0.05).all()
    assert (without["estimate"].abs() < 0.1).all()


def test_angry_quotes_are_not_taken_for_the_outlets_tone(scores, framing):
    trap = framing["tone"]["angry_quotes"]
    rows = scores[scores["story_id"].isin(trap["stories"]) & (scores["outlet"] == OUTLET[trap["outlet"]])]
    tone = rows.groupby("voice")["compound"].mean()
    assert tone["quoted"] < tone["own"] - 0.05
    assert tone["own"] > -0.1


def test_planted_voices_come_out(study, framing):
    speakers = study.tables["speakers"]
    camps = {
        camp: speakers[speakers["speaker"].isin(framing["voices"][camp])]
        for camp in ("government", "opposition")
    }
    n = {camp: rows.groupby("outlet")["n_quotes"].sum() for camp, rows in camps.items()}
    assert n["government"]["Talvera Herald"] > 2 * n["opposition"]["Talvera Herald"]
    assert n["opposition"]["Free Harbour"] > 2 * n["government"]["Free Harbour"]
    assert 0.5 < n["government"]["Talnews"] / n["opposition"]["Talnews"] < 2


def test_planted_emphasis_comes_out(study, gold_story, framing):
    shares = study.tables["topic_shares"]
    shares = shares.assign(story_id=shares["article_id"].map(gold_story))
    for folder, topics in framing["emphasis"].items():
        for topic in topics:
            means = shares[shares["topic"] == topic].groupby("outlet")["share"].mean()
            assert means.idxmax() == OUTLET[folder], topic
    for topic, outlet, other in (
        ("economy", "Talvera Herald", "Free Harbour"),
        ("security", "Talvera Herald", "Free Harbour"),
        ("accountability", "Free Harbour", "Talvera Herald"),
        ("hardship", "Free Harbour", "Talvera Herald"),
        ("parliament", "Talnews", "Free Harbour"),
    ):
        rows = ss.compare_groups(shares[shares["topic"] == topic], "share", reference=other)
        assert rows.set_index("group").loc[outlet, "low"] > 0, topic


def test_planted_names_are_told_apart(articles, framing):
    text = articles.groupby("outlet")["text"].agg(" ".join)
    for name in ("protest", "pensions", "trawler"):
        for folder, outlet in OUTLET.items():
            own = [t for t in framing["naming"][name][folder] if t.lower() in text[outlet].lower()]
            assert own, (name, outlet)
