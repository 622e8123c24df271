"""Diversity of speakers: against enumeration, and the tables around it."""

from __future__ import annotations

from collections import Counter
from itertools import combinations
from math import exp, log

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from samestory import tables
from samestory.errors import OptionError, TableError
from samestory.measures.quotes import count_speaker_kinds, count_speakers, find_quotes, speaker_diversity
from samestory.measures.quotes.diversity import hill_number, rarefied_hill_number, shannon_entropy

COUNTS = st.lists(st.integers(1, 4), min_size=1, max_size=4)


def expected_by_enumeration(counts: list[int], m: int) -> Counter[int]:
    """How many classes have k units, averaged over every sample of m."""
    units = [i for i, c in enumerate(counts) for _ in range(c)]
    samples = list(combinations(units, m))
    totals: Counter[int] = Counter()
    for sample in samples:
        totals.update(Counter(Counter(sample).values()))
    return Counter({k: v / len(samples) for k, v in totals.items()})


@settings(max_examples=60, deadline=None)
@given(COUNTS, st.integers(1, 8))
def test_rarefied_numbers_are_those_of_all_samples(counts: list[int], m: int) -> None:
    m = min(m, sum(counts))
    f = expected_by_enumeration(counts, m)
    assert rarefied_hill_number(counts, 0, m) == pytest.approx(sum(f.values()))
    assert rarefied_hill_number(counts, 1, m) == pytest.approx(
        exp(-sum(k / m * log(k / m) * v for k, v in f.items()))
    )
    assert rarefied_hill_number(counts, 2, m) == pytest.approx(
        1 / sum((k / m) ** 2 * v for k, v in f.items())
    )


@given(COUNTS)
def test_the_whole_sample_is_not_rarefied(counts: list[int]) -> None:
    for q in (0, 1, 2):
        assert rarefied_hill_number(counts, q, sum(counts)) == pytest.approx(hill_number(counts, q))
    assert exp(shannon_entropy(counts)) == pytest.approx(hill_number(counts, 1))
    assert 1 <= hill_number(counts, 2) <= hill_number(counts, 1) + 1e-9 <= len(counts) + 1e-8


@pytest.mark.parametrize("n", [1, 2, 5])
def test_even_speakers_count_as_many(n: int) -> None:
    for q in (0, 1, 2):
        assert hill_number([3] * n, q) == pytest.approx(n)


def quotes_of(**outlets: str) -> pd.DataFrame:
    articles = pd.DataFrame(
        {"article_id": list(outlets), "outlet": list(outlets), "text": list(outlets.values())}
    ).astype("str")
    return find_quotes(articles)


HERALD = (
    "“It snowed,” Ida Moss said. “A lot,” she said. “No,” Bram Tolley said. The ministry said it rained. "
    "Some said it was late."
)
HARBOUR = "“Yes,” Bram Tolley said. “Yes again,” Tolley said."


def test_diversity_compares_at_equal_numbers_of_quotes() -> None:
    found = speaker_diversity(quotes_of(Herald=HERALD, Harbour=HARBOUR)).set_index("outlet")
    assert found["n_quotes"].to_dict() == {"Harbour": 2, "Herald": 4}
    assert found["at_quotes"].unique().tolist() == [2]
    assert found.loc["Herald", "attribution_rate"] == pytest.approx(0.8)
    assert found.loc["Herald", "rarefied_hill_0"] == pytest.approx(2 - 1 / 6)
    assert found.loc["Harbour", "rarefied_hill_0"] == pytest.approx(1)
    tables.check(found.reset_index(), tables.DIVERSITY)
    more = speaker_diversity(quotes_of(Herald=HERALD, Harbour=HARBOUR), at=3).set_index("outlet")
    assert pd.isna(more.loc["Harbour", "rarefied_hill_1"])
    assert not pd.isna(more.loc["Harbour", "hill_1"])


def test_a_group_without_speakers_stays_with_missing_numbers() -> None:
    found = speaker_diversity(quotes_of(Herald=HERALD, Nobody="Some said it was late."))
    row = found.set_index("outlet").loc["Nobody"]
    assert (row["n_quotes"], row["attribution_rate"]) == (0, 0)
    assert pd.isna(row["entropy"])
    assert found.set_index("outlet").loc["Herald", "at_quotes"] == 4


def test_kinds_are_counted_with_pronouns_as_what_they_stand_for() -> None:
    quotes = quotes_of(Herald=HERALD, Harbour=HARBOUR)
    kinds = count_speaker_kinds(quotes)
    tables.check(kinds, tables.SPEAKER_KINDS)
    herald = kinds[kinds["outlet"] == "Herald"].set_index("speaker_kind")
    assert herald["n_quotes"].to_dict() == {"person": 3, "organisation": 1, "group": 1}
    assert kinds.groupby("outlet")["share"].sum().tolist() == pytest.approx([1, 1])
    by_kind = speaker_diversity(quotes, of="speaker_kind").set_index("outlet")
    assert by_kind.loc["Herald", "hill_0"] == 2


def test_every_count_carries_the_attribution_rate_of_its_group() -> None:
    quotes = quotes_of(Herald=HERALD, Harbour=HARBOUR)
    for counted in (count_speakers(quotes), count_speaker_kinds(quotes)):
        rates = counted.groupby("outlet")["attribution_rate"].unique()
        assert rates["Herald"].tolist() == pytest.approx([0.8])
        assert rates["Harbour"].tolist() == [1]
    speakers = count_speakers(quotes)
    assert dict(speakers[["speaker", "speaker_kind"]].dropna().to_numpy())["Ida Moss"] == "person"


def test_counting_works_without_the_kind_column_and_on_nothing() -> None:
    quotes = quotes_of(Herald=HERALD)
    pd.testing.assert_frame_equal(
        count_speaker_kinds(quotes.drop(columns="speaker_kind")), count_speaker_kinds(quotes)
    )
    assert count_speaker_kinds(quotes.iloc[:0]).empty
    assert speaker_diversity(quotes.iloc[:0]).empty


def test_bad_options() -> None:
    quotes = quotes_of(Herald=HERALD)
    with pytest.raises(OptionError, match="of should"):
        speaker_diversity(quotes, of="words")
    with pytest.raises(OptionError, match="at should"):
        speaker_diversity(quotes, at=0)
    with pytest.raises(TableError, match="stance"):
        speaker_diversity(quotes, by="stance")


@pytest.mark.parametrize("of", [shannon_entropy, lambda c: hill_number(c, 2), lambda c: hill_number(c, 1)])
def test_diversity_does_not_depend_on_the_order_of_counts(of) -> None:
    # Sums of floats are rounded once, so neither the order nor Python's version shows in the last digit.
    counts = [1 + 7 * i % 23 for i in range(120)]
    shuffled = [sorted(counts), sorted(counts, reverse=True), counts[60:] + counts[:60]]
    assert {of(c) for c in shuffled} == {of(counts)}
