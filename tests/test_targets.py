"""Mentions of actors, and sentiment towards them. Every sentence here was written for this test."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import samestory as ss
from samestory.errors import OptionError, TableError
from samestory.measures.sentiment.target_model import load_model


def corpus(*texts, outlets=None):
    n = len(texts)
    return pd.DataFrame(
        {
            "article_id": [f"a{i}" for i in range(n)],
            "outlet": outlets or ["Herald", "Ledger"] * (n // 2) + ["Herald"] * (n % 2),
            "text": list(texts),
        }
    )


def found(text, actors):
    mentions = ss.find_mentions(corpus(text), actors)
    assert [text[a:b] for a, b in zip(mentions["start"], mentions["end"], strict=True)] == mentions[
        "text"
    ].tolist()
    return list(zip(mentions["text"], mentions["actor"], mentions["kind"], strict=True))


def test_names_titles_and_short_names_are_found():
    text = "President Ada Orlan spoke. Later Mrs. Orlan’s aides met Bo Lind, and Orlan left with Lind."
    assert found(text, ["Ada Orlan", "Bo Lind"]) == [
        ("President Ada Orlan", "Ada Orlan", "name"),
        ("Mrs. Orlan", "Ada Orlan", "short"),
        ("Bo Lind", "Bo Lind", "name"),
        ("Orlan", "Ada Orlan", "short"),
        ("Lind", "Bo Lind", "short"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Mira Orlan sang.",  # another person
        "The Orlan Institute opened.",  # an organisation
        "Orlans are birds.",
        "The orlan tree fell.",
        "Neo-Orlan voters left.",
    ],
)
def test_what_only_looks_like_the_short_name_is_left_out(text):
    assert [m for m in found(f"Ada Orlan won. {text}", ["Ada Orlan"]) if m[2] == "short"] == []


def test_a_short_name_needs_the_full_name_in_the_article_or_a_title():
    assert found("Orlan won the vote.", ["Ada Orlan"]) == []
    assert found("Premier Orlan won the vote.", ["Ada Orlan"]) == [("Premier Orlan", "Ada Orlan", "short")]


def test_a_short_name_that_two_actors_share_is_given_to_neither():
    text = "Ada Orlan met Ben Orlan. Then Orlan left."
    assert [m[2] for m in found(text, ["Ada Orlan", "Ben Orlan"])] == ["name", "name"]
    assert found("Ada Orlan came. Then Orlan left.", ["Ada Orlan", "Ben Orlan"])[1][:2] == (
        "Orlan",
        "Ada Orlan",
    )


def test_variants_are_found_as_written():
    text = "The Harbour Union struck. The HU has 300 members."
    assert found(text, {"Harbour Union": ["HU"]}) == [
        ("Harbour Union", "Harbour Union", "name"),
        ("HU", "Harbour Union", "variant"),
    ]
    assert found("Union members met.", {"Harbour Union": []}) == []


def test_a_pronoun_is_found_only_where_safe():
    actors = ["Ada Orlan", "Bo Lind"]
    safe = found("Ada Orlan spoke on Monday. She won.", actors)
    assert safe[-1] == ("She", "Ada Orlan", "pronoun")
    for unsafe in (
        "Ada Orlan met Bo Lind. She won.",  # two actors
        "Ada Orlan thanked Carl Moos. He won.",  # somebody else
        "It rained. She won.",  # nobody
        "Ada Orlan spoke. She won. Ada Orlan left. He stayed.",  # both pronouns
        "Ada Orlan spoke. It rained. She won.",  # too far
    ):
        assert [m for m in found(unsafe, actors) if m[2] == "pronoun"] == [], unsafe
    chain = found("Ada Orlan spoke. She won. She thanked the town.", actors)
    assert [m[2] for m in chain] == ["name", "pronoun", "pronoun"]


def test_mentions_do_not_overlap_and_the_longest_wins():
    text = "New Talvera Bank sued the Talvera Bank."
    assert [m[1] for m in found(text, ["Talvera Bank", "New Talvera Bank"])] == [
        "New Talvera Bank",
        "Talvera Bank",
    ]


def test_typography_does_not_hide_a_name():
    assert [m[0] for m in found("Ana O’Dowd came; O’Dowd won.", ["Ana O'Dowd"])] == ["Ana O’Dowd", "O’Dowd"]
    assert len(found("Ada\u00a0Orlan won.", ["Ada Orlan"])) == 1


def test_no_mention_gives_an_empty_table():
    mentions = ss.find_mentions(corpus("Rain fell.", ""), ["Ada Orlan"])
    assert len(mentions) == 0
    scored = ss.score_targets(ss.split_sentences(corpus("Rain fell.")), mentions)
    assert {"polarity", "neg", "neu", "pos", "not_scored"} <= set(scored.columns)


@pytest.mark.parametrize("actors", [[], {}, [""], ["  "], [3], {"Ada Orlan": [None]}])
def test_actors_that_are_no_names_are_told(actors):
    with pytest.raises(OptionError, match="actor"):
        ss.find_mentions(corpus("Rain fell."), actors)


def test_one_name_may_be_given_as_such():
    assert len(ss.find_mentions(corpus("Ada Orlan won."), "Ada Orlan")) == 1


def test_the_actors_all_outlets_mention_are_proposed():
    articles = corpus(
        "Premier Ada Orlan met Carl Moos. The NHS closed.",
        "On Monday Ada Orlan left. The NHS opened.",
        "Ada Orlan spoke to Carl Moos.",
        "Nothing about anybody.",
    )
    proposed = ss.propose_actors(articles)
    assert proposed["actor"].tolist() == ["Ada Orlan", "NHS"]
    assert proposed["n_articles"].tolist() == [3, 2]
    assert proposed["fewest"].tolist() == [1, 1]
    assert len(ss.propose_actors(articles[:0])) == 0
    with pytest.raises(OptionError):
        ss.propose_actors(articles, top=0)


def scored(text, actor, **options):
    start = text.index(actor)
    sentences = pd.DataFrame({"article_id": ["a"], "start": [0], "end": [len(text)], "text": [text]})
    mentions = pd.DataFrame(
        {"article_id": ["a"], "start": [start], "end": [start + len(actor)], "actor": [actor]}
    )
    return ss.score_targets(sentences, mentions, **options).iloc[0]


@pytest.mark.parametrize(
    ("text", "polarity"),
    [
        ("Ada Orlan was praised for her brave and honest work.", 1),
        ("Ada Orlan is a corrupt liar and a disgrace to the town.", -1),
        ("Ada Orlan will arrive in the city on Tuesday.", 0),
        ("Critics attacked Ada Orlan as dishonest and incompetent.", -1),
        ("The mayor called Ada Orlan a great leader and a true friend.", 1),
    ],
)
def test_plain_cases_come_out_right(text, polarity):
    row = scored(text, "Ada Orlan")
    assert row["polarity"] == polarity
    assert row[["neg", "neu", "pos"]].sum() == pytest.approx(1)


def test_rows_and_order_stay():
    articles = corpus("Ada Orlan won. Bo Lind lied to everyone.", "Bo Lind is a hero. Ada Orlan failed.")
    mentions = ss.find_mentions(articles, ["Ada Orlan", "Bo Lind"]).assign(mine=range(4))
    mixed = mentions.sample(frac=1, random_state=1)
    before = mixed.copy()
    out = ss.score_targets(ss.split_sentences(articles), mixed)
    pd.testing.assert_frame_equal(mixed, before)
    pd.testing.assert_frame_equal(out[mixed.columns], mixed)
    straight = ss.score_targets(ss.split_sentences(articles), mentions)
    pd.testing.assert_frame_equal(out.sort_index(), straight)
    twice = ss.score_targets(ss.split_sentences(articles), pd.concat([mentions, mentions], ignore_index=True))
    assert twice["neg"].tolist() == [*straight["neg"], *straight["neg"]]


def test_a_mention_outside_the_sentences_is_told_not_scored():
    sentences = pd.DataFrame(
        {
            "article_id": ["a", "a", "b"],
            "start": [5, 40, 0],
            "end": [30, 60, 40],
            "text": [
                "Ada Orlan won the vote..",
                "Nothing else happened",
                "Das ist nicht der Plan und wird es nicht.",
            ],
        }
    )
    spans = [("a", 0, 3), ("a", 5, 14), ("a", 35, 38), ("a", 90, 95), ("c", 0, 3), ("b", 0, 3), ("a", 20, 20)]
    mentions = pd.DataFrame(spans, columns=["article_id", "start", "end"]).assign(actor="Ada Orlan")
    out = ss.score_targets(sentences, mentions)
    assert out["not_scored"].fillna("").tolist() == [
        "no_sentence",
        "",
        "no_sentence",
        "no_sentence",
        "no_sentence",
        "not_english",
        "no_sentence",
    ]
    assert out["polarity"].isna().sum() == 6
    assert out["polarity"].dtype == "Int64"


def test_the_lexicon_judges_the_sentence_whoever_is_meant():
    text = "Ada Orlan thanked the brave crews."
    assert scored(text, "Ada Orlan", model="lexicon")["polarity"] == 1
    assert scored(text, "crews", model="lexicon")["polarity"] == 1
    assert scored("Ada Orlan left.", "Ada Orlan", model="lexicon")["polarity"] == 0


def test_a_model_of_one_s_own_is_asked_with_the_place_of_the_mention():
    asked = []

    def own(sentence, start, end):
        asked.append((sentence, start, end))
        return 0.1, 0.2, 0.7

    articles = corpus("Rain fell. Ada Orlan won.")
    mentions = ss.find_mentions(articles, ["Ada Orlan"])
    out = ss.score_targets(ss.split_sentences(articles), mentions, model=own)
    assert asked == [("Ada Orlan won.", 0, 9)]
    assert out.loc[0, ["polarity", "neg", "neu", "pos"]].tolist() == [1, 0.1, 0.2, 0.7]
    tie = ss.score_targets(ss.split_sentences(articles), mentions, model=lambda *_: (0.5, 0.0, 0.5))
    assert tie["polarity"].tolist() == [0]


@pytest.mark.parametrize(
    "answer", [None, (1, 2), (0.5, 0.5, 0.5), (-1, 1, 1), ("a", "b", "c"), (np.nan,) * 3]
)
def test_a_model_that_gives_no_probabilities_is_told(answer):
    with pytest.raises(OptionError, match="model"):
        scored("Ada Orlan won.", "Ada Orlan", model=lambda *_: answer)


def test_an_unknown_model_is_told():
    with pytest.raises(OptionError, match="linear"):
        scored("Ada Orlan won.", "Ada Orlan", model="neural")


def test_tables_that_are_none_are_told():
    sentences = ss.split_sentences(corpus("Ada Orlan won."))
    with pytest.raises(TableError, match="actor"):
        ss.score_targets(sentences, pd.DataFrame({"article_id": ["a"], "start": [0], "end": [3]}))


@settings(deadline=None, max_examples=60)
@given(st.text(max_size=60), st.integers(0, 60), st.integers(0, 60))
def test_any_text_and_span_gives_probabilities(text, start, end):
    shares = load_model()(text, start, end)
    assert sum(shares) == pytest.approx(1)
    assert min(shares) >= 0


def test_the_model_is_small_and_loads_without_pickle():
    from importlib.resources import files

    path = files("samestory").joinpath("models/targets.npz")
    assert len(path.read_bytes()) <= 5_000_000
    with np.load(str(path), allow_pickle=False) as stored:
        assert all(stored[name].dtype != object for name in stored.files)
    assert files("samestory").joinpath("models/targets.md").read_text(encoding="utf-8").startswith("# ")


def test_the_table_of_proposed_actors_can_be_given():
    articles = pd.DataFrame(
        {"article_id": ["a"], "outlet": ["Herald"], "text": ["Ada Orlan won. Orlan smiled."]}
    )
    proposed = pd.DataFrame({"actor": ["Ada Orlan"], "n_articles": [1]})
    pd.testing.assert_frame_equal(
        ss.find_mentions(articles, proposed), ss.find_mentions(articles, ["Ada Orlan"])
    )
    with pytest.raises(OptionError, match="column actor"):
        ss.find_mentions(articles, proposed.rename(columns={"actor": "name"}))
