"""The columns that say more about an attribution: kind of speaker, negation, nesting, place."""

from __future__ import annotations

import json

import pandas as pd
import pytest

from samestory import tables
from samestory.measures.quotes import find_quotes
from samestory.measures.quotes.confidence import RESOLUTION_PRECISION
from samestory.measures.quotes.nesting import enclosing
from samestory.measures.quotes.speaker_kind import SPEAKER_KINDS, speaker_kind


def quotes_of(text: str) -> pd.DataFrame:
    return find_quotes(pd.DataFrame({"article_id": ["a"], "outlet": ["x"], "text": [text]}).astype("str"))


@pytest.mark.parametrize(
    ("phrase", "kind"),
    [
        ("Tobias Kerrel", "person"),
        ("Finance Minister Tobias Kerrel, who came late", "person"),
        ("Mr Smith", "person"),
        ("the prime minister", "person"),
        ("the 40-year-old baker", "person"),
        ("Kerrel’s lawyer", "person"),
        ("the ministry", "organisation"),
        ("The Board of Trade", "organisation"),
        ("police", "organisation"),
        ("a spokesman for the museum", "organisation"),
        ("the opposition", "organisation"),
        ("NATO", "organisation"),
        ("the Kremlin", "organisation"),
        ("critics", "group"),
        ("Republicans", "group"),
        ("many residents of the quay", "group"),
        ("Pohl and Tolley", "group"),
        ("the report", "document"),
        ("a study by two universities", "document"),
        ("his letter to the board", "document"),
        ("two officials", "anonymous"),
        ("a senior official who asked not to be named", "anonymous"),
        ("people familiar with the talks", "anonymous"),
        ("sources", "anonymous"),
        ("a resident", "anonymous"),
        ("he", "pronoun"),
        ("Who", "pronoun"),
        ("", "none"),
        (None, "none"),
    ],
)
def test_speaker_kinds(phrase: str | None, kind: str) -> None:
    assert speaker_kind(phrase) == kind


def test_kinds_in_the_table_are_of_the_speaker_as_written() -> None:
    quotes = quotes_of("Mayor Lena Torvik came. “It is wet,” she said. “Very wet,” the mayor said.")
    assert quotes["speaker_kind"].tolist() == ["pronoun", "person"]
    assert set(quotes["speaker_kind"]) <= set(SPEAKER_KINDS)
    assert quotes["speaker_resolved"].tolist() == ["Lena Torvik", "Lena Torvik"]


@pytest.mark.parametrize(
    ("text", "negated"),
    [
        ("Kerrel did not say that the tax would rise.", True),
        ("Kerrel didn’t say whether the tax would rise.", True),
        ("Ferrant has never claimed that the vote was bought.", True),
        ("Kerrel declined to say whether he would pay.", True),
        ("No one said that the bridge was safe.", True),
        ("Kerrel denied that he had seen the letter.", False),
        ("Kerrel said that he had not seen the letter.", False),
        ("“I do not know,” Kerrel said.", False),
        ("Kerrel not only said that it rained, he proved it.", False),
    ],
)
def test_negated(text: str, negated: bool) -> None:
    assert quotes_of(text)["negated"].tolist()[:1] == [negated]


def test_nested_in_names_the_attribution_around() -> None:
    text = "The bridge, which Kerrel said was safe, fell in May, Ida Moss said on Tuesday."
    quotes = quotes_of(text)
    inner = quotes[quotes["speaker"] == "Kerrel"].iloc[0]
    outer = quotes[quotes["speaker"] == "Ida Moss"].iloc[0]
    assert inner["nested_in"] == [[outer["start"], outer["end"]]]
    assert outer["nested_in"] == []


def test_enclosing_is_the_innermost_one() -> None:
    spans = [[(0, 100)], [(10, 90)], [(20, 80)], [(95, 99)], [(200, 210)]]
    assert enclosing(spans, [s[0] for s in spans]) == [None, 0, 1, 0, None]
    assert enclosing([[(0, 5)], [(0, 5)]], [(0, 5), (0, 5)]) == [None, None]
    assert enclosing([], []) == []


def test_place_floating_and_confidence() -> None:
    text = (
        "“The dike will hold,” Paul Egede said. Rain fell for two days and the town slept badly.\n\n"
        "“Nobody asked the people who live below it.”"
    )
    quotes = quotes_of(text)
    assert quotes["position"].tolist() == pytest.approx([s / len(text) for s in quotes["start"]])
    assert quotes["floating"].tolist() == [
        pd.isna(s) and pd.isna(c) for s, c in zip(quotes["speaker"], quotes["cue"], strict=True)
    ]
    named = quotes["speaker_resolved"].notna()
    assert quotes.loc[named, "resolution_confidence"].between(0, 1).all()
    assert quotes.loc[~named, "resolution_confidence"].isna().all()
    assert all(0 < p <= 1 for p in RESOLUTION_PRECISION.values())


def test_a_name_is_surer_than_a_pronoun_with_a_rival() -> None:
    text = "Tobias Kerrel met Jonas Aldermoor. “No,” Kerrel said. Aldermoor left with him. “Well,” he said."
    found = quotes_of(text).set_index("speaker")["resolution_confidence"]
    assert found["Kerrel"] > found["he"]


def test_columns_are_declared_and_keep_in_json() -> None:
    quotes = quotes_of("Ida Moss said that the minister had told her that the bridge was safe.")
    declared = set(tables.QUOTES.columns)
    assert set(quotes.columns) - {"stance", "published", "reprint_of"} <= declared
    for column in ("spans", "speaker_spans", "cue_spans", "nested_in"):
        assert json.loads(json.dumps(quotes[column].tolist())) == quotes[column].tolist()
