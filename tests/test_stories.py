"""Stories, reprints and coverage: behaviour, properties, bad input, and floors on shared data."""

import gzip
import itertools
import json
import pickle
import sys
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest
import scipy.sparse as sp
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from samestory import tables
from samestory.errors import CorpusError, MissingExtraError, OptionError, TableError
from samestory.readers.corrections import read_corrections
from samestory.stories import (
    align_counted,
    align_stories,
    align_storylines,
    bags_of,
    likeness,
    linkage,
    mark_reprints,
    review_sheet,
    shingles,
    story_coverage,
    story_links,
    storylines_counted,
    usable_rows,
    vectors,
)
from samestory.stories.chances import STEEPNESS, chances_of, crowding, probability
from samestory.stories.likeness import Compared
from samestory.stories.rarity import rarity_now
from samestory.stories.vectors import article_vectors, count_words

SHARED = Path(__file__).resolve().parents[1].parent / "shared"

LIGHTHOUSE = (
    "The keeper of the Grennock lighthouse went on strike on Monday, leaving the lamp dark for one night. "
    "Skippers in Grennock harbour waited until dawn before putting to sea, and the harbour board called it "
    "a dangerous precedent. The keeper wants a second person on the rock in winter."
)
LIGHTHOUSE_TOO = (
    "Grennock harbour lay still overnight because the lighthouse lamp was not lit. The keeper, who works "
    "alone on the rock, struck for a second person in the winter months. Skippers said they understood; the "
    "harbour board did not."
)
LIGHTHOUSE_AGAIN = (
    "For the second time the keeper of the Grennock lighthouse is on strike, now for three nights. The "
    "harbour board has sent a mediator to the rock, and skippers stay in harbour until the lamp is lit."
)
ORCHARD = (
    "A beetle new to the Wellin valley has stripped four hundred plum trees, growers report. The orchard "
    "inspector ordered the worst rows burnt and closed the packing hall for a week. Plums will be dear."
)
ORCHARD_TOO = (
    "Growers in the Wellin valley are burning plum trees after an unknown beetle ate the leaves of four "
    "hundred of them. The packing hall is shut by order of the orchard inspector until next week."
)


def corpus(**columns: list) -> pd.DataFrame:
    frame = pd.DataFrame(
        {
            "article_id": ["h1", "f1", "h2", "h3", "f3"],
            "outlet": ["Herald", "Harbour", "Herald", "Herald", "Harbour"],
            "published": pd.to_datetime(
                [
                    "2025-03-03T07:00Z",
                    "2025-03-04T19:00Z",
                    "2025-03-11T08:00Z",
                    "2025-03-03T06:00Z",
                    "2025-03-03T09:00Z",
                ]
            ),
            "title": [
                "Lamp dark at Grennock",
                "Lighthouse strike",
                "Keeper strikes again",
                "Beetle eats plums",
                None,
            ],
            "text": [LIGHTHOUSE, LIGHTHOUSE_TOO, LIGHTHOUSE_AGAIN, ORCHARD, ORCHARD_TOO],
        }
    )
    return frame.assign(**columns)


def partition(aligned: pd.DataFrame) -> set[frozenset[str]]:
    return {frozenset(ids) for _, ids in aligned.groupby("story_id")["article_id"]}


class TestAlignStories:
    def test_same_event_is_joined_and_the_serial_story_kept_apart(self):
        found = partition(align_stories(corpus()))
        assert found == {frozenset({"h1", "f1"}), frozenset({"h2"}), frozenset({"h3", "f3"})}

    def test_an_undated_article_is_judged_by_its_words(self):
        published = corpus()["published"].mask(corpus()["article_id"] == "f3")
        assert frozenset({"h3", "f3"}) in partition(align_stories(corpus(published=published)))

    @pytest.mark.parametrize("column", [None, "all missing"])
    def test_all_undated(self, column):
        frame = corpus(published=None) if column else corpus().drop(columns="published")
        aligned = align_stories(frame)
        assert frozenset({"h3", "f3"}) in partition(aligned)
        assert aligned["story_id"].str.startswith("undated-").all()

    @settings(max_examples=15, deadline=None)
    @given(order=st.permutations(range(5)))
    def test_row_order_does_not_matter(self, order):
        straight = align_stories(corpus()).set_index("article_id")["story_id"]
        shuffled = align_stories(corpus().iloc[list(order)]).set_index("article_id")["story_id"]
        assert shuffled.loc[straight.index].equals(straight)

    def test_rows_index_and_other_columns_stay(self):
        frame = corpus(extra=list("vwxyz")).set_axis([9, 9, 4, 2, 0])
        aligned = align_stories(frame)
        pd.testing.assert_frame_equal(aligned.drop(columns=["story_id", "story_probability"]), frame)

    def test_input_is_not_changed_and_old_story_ids_are_replaced(self):
        frame = corpus(story_id=["x"] * 5)
        aligned = align_stories(frame)
        assert frame["story_id"].tolist() == ["x"] * 5
        assert aligned["story_id"].nunique() == 3

    def test_labels_say_day_and_subject_and_are_unique(self):
        labels = align_stories(corpus()).set_index("article_id")["story_id"]
        assert labels["h3"].startswith("2025-03-03-")
        assert "beetle" in labels["h3"]
        same_words = corpus(text=["Fog.", "Fog.", "Fog.", "Fog.", "Fog."], title=["Fog"] * 5)
        far = same_words.assign(published=pd.to_datetime([f"2025-0{m}-01T00:00Z" for m in range(1, 6)]))
        assert align_stories(far)["story_id"].nunique() == 5

    def test_articles_without_text_have_no_story(self):
        frame = corpus(
            flags=["", "furniture_only", "", "", ""], text=[LIGHTHOUSE, "Menu", " \n", ORCHARD, ORCHARD_TOO]
        )
        story = align_stories(frame).set_index("article_id")["story_id"]
        assert story.isna().to_dict() == {"h1": False, "f1": True, "h2": True, "h3": False, "f3": False}

    @pytest.mark.parametrize("texts", [["Rain"] * 5, ["the and of"] * 5, ["…", "a", "I", "7", "-"], [""] * 5])
    def test_hardly_any_words(self, texts):
        aligned = align_stories(corpus(text=texts, title=None))
        assert aligned["story_id"].notna().equals(aligned["text"].ne(""))

    def test_no_row_one_row_one_outlet(self):
        assert len(align_stories(corpus().iloc[:0])) == 0
        assert align_stories(corpus().iloc[:1])["story_id"].notna().all()
        assert len(partition(align_stories(corpus(outlet=["Herald"] * 5)))) == 3

    def test_impossible_dates_are_only_far_away(self):
        odd = corpus()["published"].astype("datetime64[us, UTC]")
        odd.iloc[0] = pd.Timestamp("0001-11-30", tz="UTC")
        assert frozenset({"h1"}) in partition(align_stories(corpus(published=odd)))

    def test_wrong_options_and_tables_are_told(self):
        with pytest.raises(OptionError, match="between 0 and 1"):
            align_stories(corpus(), threshold=1.0)
        with pytest.raises(TableError, match="outlet"):
            align_stories(corpus().drop(columns="outlet"))

    def test_many_copies_are_one_story(self):
        n = linkage.MAX_COMPONENT + 500
        copies = pd.DataFrame(
            {"article_id": [f"a{i:05}" for i in range(n)], "outlet": "Wire", "text": ORCHARD}
        )
        assert align_stories(copies)["story_id"].value_counts().tolist() == [n]


class TestLinkage:
    @settings(max_examples=40, deadline=None)
    @given(seed=st.integers(0, 10_000), n=st.integers(1, 40), power=st.sampled_from([0.0, 0.2]))
    def test_blocks_find_the_same_clusters_as_the_whole_matrix(self, seed, n, power):
        """Oracle: greedy average linkage over all pairs, written out."""
        rng = np.random.default_rng(seed)
        dense = rng.random((n, 6)) ** 4  # no zeros, so no ties
        dense /= np.maximum(np.linalg.norm(dense, axis=1, keepdims=True), 1e-9)
        days = np.where(rng.random(n) < 0.2, np.nan, rng.random(n) * 20)

        def decay(a, b):
            apart = np.exp(-np.abs(a[:, None] - b[None, :]))
            return np.where(np.isnan(apart), 0.6, apart)

        likeness = dense @ dense.T * decay(days, days)

        def need(size):
            return 0.3 * np.minimum((np.asarray(size) / 2) ** power, 2.0)

        clusters, whole = [[i] for i in range(n)], {frozenset([i]) for i in range(n)}
        while len(clusters) > 1:
            pairs = itertools.combinations(range(len(clusters)), 2)
            ranked = sorted(
                ((likeness[np.ix_(clusters[i], clusters[j])].mean(), i, j) for i, j in pairs), reverse=True
            )
            best, i, j = ranked[0]
            # Which of two equal likenesses is merged first is a matter of convention, not of right and wrong.
            joined = clusters[i] + clusters[j]
            enough = need(len(joined))
            assume(abs(best - enough) > 1e-9 and (len(ranked) == 1 or best - ranked[1][0] > 1e-9))
            parts = {frozenset(clusters[i]), frozenset(clusters[j])}
            if best >= enough and parts <= whole:
                whole = whole - parts | {frozenset(joined)}
            clusters[i] = joined
            clusters.pop(j)
        compared = Compared(sp.csr_matrix(dense), np.ones(n), days, decay, lambda least: -np.log(least))
        labels = linkage.cluster(n, compared.pairs(0.3), compared.among, need)
        found = {frozenset(np.flatnonzero(labels == k)) for k in set(labels)}
        assert found == whole

    def test_a_larger_story_needs_more(self):
        """Three pairs at 0.1 make a story of two only where three articles need more than that."""
        rows = sp.csr_matrix(np.linalg.cholesky(np.full((3, 3), 0.1) + 0.9 * np.eye(3)))
        for power, n_clusters in ((0.0, 1), (0.2, 2)):
            compared = Compared(
                rows, np.ones(3), np.zeros(3), lambda a, b: np.ones((len(a), len(b))), lambda least: 1.0
            )
            labels = linkage.cluster(
                3,
                compared.pairs(0.01),
                compared.among,
                lambda size, power=power: 0.099 * (size / 2) ** power,
            )
            assert len(set(labels)) == n_clusters

    def test_too_large_components_are_split_not_lost(self, monkeypatch):
        monkeypatch.setattr(linkage, "MAX_COMPONENT", 2)
        assert partition(align_stories(corpus())) == {
            frozenset({"h1", "f1"}), frozenset({"h2"}), frozenset({"h3", "f3"})
        }  # fmt: skip

    @pytest.mark.parametrize("rows", [2, 3, 100])
    def test_blocks_of_dates_compared_elsewhere_give_the_same_stories(self, monkeypatch, rows):
        rng = np.random.default_rng(rows)
        words = [f"word{i}" for i in range(60)]
        texts = [" ".join(rng.choice(words, 12)) for _ in range(40)]
        days = pd.to_datetime("2031-01-01", utc=True) + pd.to_timedelta(rng.integers(0, 60, 40), unit="D")
        frame = pd.DataFrame(
            {"article_id": [f"a{i:02}" for i in range(40)], "outlet": "Herald", "text": texts}
        )
        frame = frame.assign(published=days.where(rng.random(40) < 0.8))
        for name in ("_BLOCK", "_CHUNK"):
            monkeypatch.setattr(linkage, name, 2)
        monkeypatch.setattr(likeness, "_TASK_ROWS", rows)
        sizes = []

        def spread(function, tasks):
            for task in tasks:
                copy = pickle.loads(pickle.dumps(task))
                sizes.append(len(copy.numbers))
                yield pickle.loads(pickle.dumps(function))(copy)

        usable = usable_rows(frame)
        found = [
            storylines_counted(align_counted(frame, usable, bags, spread=how), usable, bags, spread=how)
            for how in (None, spread)
            for bags in [bags_of(frame)]
        ]
        pd.testing.assert_frame_equal(*found, check_exact=True)
        assert found[0]["story_id"].nunique() < 40
        assert max(sizes) <= max(rows, 4)
        assert (len(sizes) > 2) == (rows < 40)

    def test_words_counted_in_small_parts_are_the_same(self, monkeypatch):
        frame = corpus(text=[LIGHTHOUSE, LIGHTHOUSE, ORCHARD, ORCHARD_TOO, "the"])
        held = align_storylines(align_stories(frame))
        monkeypatch.setattr(vectors, "_BATCH", 2)
        pd.testing.assert_frame_equal(align_storylines(align_stories(frame)), held, check_exact=True)

    def test_vectors_have_length_one_or_none(self):
        rows = article_vectors(count_words(["", "A", ""], [LIGHTHOUSE, ORCHARD, "the"])).rows
        assert sp.linalg.norm(rows, axis=1).round(4).tolist() == [1.0, 1.0, 0.0]


class TestRarity:
    @settings(max_examples=40, deadline=None)
    @given(seed=st.integers(0, 10_000), n=st.integers(0, 30))
    def test_window_counts_are_those_of_a_count_for_each_article(self, seed, n):
        """Oracle: the articles of the weeks around, counted anew for every article and word."""
        rng = np.random.default_rng(seed)
        counts = rng.poisson(0.5, (n, 4))
        days = np.where(rng.random(n) < 0.2, np.nan, rng.random(n) * 90)
        article, number = np.nonzero(counts)
        ends = np.searchsorted(article, np.arange(n + 1))
        found = np.zeros((n, 4))
        found[article, number] = rarity_now(number.astype(np.int32), ends, days, n_words=4)
        dated = np.isfinite(days)
        for i in range(n):
            near = dated & (np.abs(np.floor(days) - np.floor(days[i])) <= 14)
            for word in range(4):
                expected = near.sum() * (counts[dated, word] > 0).mean() if dated[i] else 0.0
                times = ((counts[near, word] > 0).sum() + 3) / (expected + 3)
                factor = max(1.0, times) ** -0.5 if dated[i] else 1.0
                assert found[i, word] == pytest.approx(factor * (counts[i, word] > 0), rel=1e-5)

    def test_words_of_an_affair_weigh_less_while_it_lasts(self):
        """Forty articles of one affair, then forty without; the event's own word stands in three of them."""
        affair = ["shutdown talks" + (" veto" if i < 3 else "") for i in range(40)]
        texts = affair + ["harvest report"] * 40
        days = np.repeat([0.0, 300.0], 40)
        plain = article_vectors(count_words([""] * 80, texts))
        timed = article_vectors(count_words([""] * 80, texts), days)
        veto, shutdown = (int(np.flatnonzero(plain.terms == w)[0]) for w in ("veto", "shutdown"))

        def times_heavier(vectors):
            return vectors.rows[0, veto] / vectors.rows[0, shutdown]

        # 40 articles where 20 were expected, and 3 where 1.5 were; 3 more each.
        lowered, kept = (43 / 23) ** -0.5, (6 / 4.5) ** -0.5
        assert times_heavier(timed) / times_heavier(plain) == pytest.approx(kept / lowered, rel=1e-4)
        assert (
            article_vectors(count_words([""] * 80, texts), np.full(80, np.nan)).rows != plain.rows
        ).nnz == 0


class TestMarkReprints:
    def test_a_light_edit_is_a_reprint_and_a_report_of_ones_own_is_not(self):
        edited = LIGHTHOUSE.replace("one night", "a night").replace(" The keeper wants", "\n\nKeeper’s wish:")
        frame = corpus(text=[edited, LIGHTHOUSE, LIGHTHOUSE_TOO, ORCHARD, ORCHARD_TOO])
        marked = mark_reprints(frame).set_index("article_id")
        assert marked["reprint_of"].dropna().to_dict() == {"f1": "h1"}
        assert 0.6 < marked.loc["f1", "reprint_share"] < 1
        assert marked["reprint_share"].notna().sum() == 1

    def test_share_is_the_containment_of_shingles(self):
        words = [f"w{i}" for i in range(30)]
        text, later = " ".join(words), " ".join([*words[:20], "new", *words[21:]])
        frame = corpus().iloc[:2].assign(text=[text, later.upper()])

        def shingles(t):
            w = t.lower().split()
            return {tuple(w[i : i + 5]) for i in range(len(w) - 4)}

        expected = len(shingles(text) & shingles(later)) / len(shingles(later))
        assert mark_reprints(frame)["reprint_share"].iloc[1] == pytest.approx(expected)

    def test_chains_point_to_the_first_and_undated_comes_last(self):
        words = [f"w{i}" for i in range(100)]
        first, second, third = words, [*words[25:], "a"], [*words[50:], "a"]
        frame = corpus(text=[" ".join(t) for t in (first, second, third, first, ["x"])]).assign(
            published=pd.to_datetime(
                ["2025-01-02T00:00Z", "2025-01-03T00:00Z", "2025-01-04T00:00Z", None, None]
            )
        )
        assert mark_reprints(frame)["reprint_of"].dropna().tolist() == ["h1", "h1", "h1"]

    def test_ties_go_by_id_and_row_order_does_not_matter(self):
        frame = corpus(text=[ORCHARD] * 5, published=None)
        for rows in (range(5), [3, 0, 4, 2, 1]):
            marked = mark_reprints(frame.iloc[list(rows)]).set_index("article_id")["reprint_of"]
            assert marked.isna().to_dict() == {i: i == "f1" for i in frame["article_id"]}
            assert set(marked.dropna()) == {"f1"}

    def test_a_source_is_found_behind_an_earlier_half_of_it(self):
        words = [f"w{i}" for i in range(80)]
        draft, full = words[:40], words
        frame = (
            corpus()
            .iloc[:3]
            .assign(
                article_id=["a", "b", "c"],
                text=[" ".join(t) for t in (draft, full, full)],
                published=pd.to_datetime(["2025-01-02T00:00Z", "2025-01-03T00:00Z", "2025-01-04T00:00Z"]),
            )
        )
        assert mark_reprints(frame)["reprint_of"].tolist()[2] == "b"

    def test_bad_input(self):
        assert len(mark_reprints(corpus().iloc[:0])) == 0
        assert mark_reprints(corpus(text=["one two"] * 5))["reprint_of"].isna().all()
        assert mark_reprints(corpus(text=[""] * 5))["reprint_of"].isna().all()
        with pytest.raises(OptionError, match="between 0 and 1"):
            mark_reprints(corpus(), threshold=0)

    def test_many_copies(self):
        copies = pd.DataFrame(
            {"article_id": [f"a{i:05}" for i in range(5000)], "outlet": "Wire", "text": ORCHARD}
        )
        marked = mark_reprints(copies)
        assert marked["reprint_of"].iloc[1:].eq("a00000").all()
        assert pd.isna(marked["reprint_of"].iloc[0])

    def test_furniture_of_short_pages_makes_no_reprint(self):
        """Uncleaned pages of one outlet share most of their words, and yet each has a text of its own."""
        menu = " ".join(f"Menu{i} entry{i}" for i in range(60))
        bodies = [" ".join(f"{name}{i}" for i in range(40)) for name in ("rain", "strike", "plum", "fire")]
        pages = pd.DataFrame(
            {
                "article_id": list("abcdx"),
                "outlet": [*["Herald"] * 4, "Harbour"],
                "text": [*(f"{menu} {body}" for body in bodies), bodies[0]],
                "published": pd.to_datetime(
                    [f"2025-03-0{d}T00:00Z" for d in range(2, 6)] + ["2025-03-01T00:00Z"]
                ),
            }
        )
        marked = mark_reprints(pages).set_index("article_id")
        # The page that carries another outlet's text is found though the menu is most of it.
        assert marked["reprint_of"].dropna().to_dict() == {"a": "x"}
        assert marked.loc["a", "reprint_share"] >= 0.9

    def test_copies_and_versions_are_told_apart(self):
        corrected = LIGHTHOUSE.replace("one night", "two nights")
        frame = corpus(text=[LIGHTHOUSE, LIGHTHOUSE, corrected, ORCHARD, ORCHARD_TOO])
        marked = mark_reprints(frame).set_index("article_id")
        assert marked["reprint_of"].dropna().to_dict() == {"f1": "h1", "h2": "h1"}
        assert marked["reprint_kind"].dropna().to_dict() == {"f1": "copy", "h2": "version"}
        unnamed = mark_reprints(frame.assign(outlet=None)).set_index("article_id")
        assert unnamed["reprint_of"].notna().sum() == 2
        assert unnamed["reprint_kind"].isna().all()

    def test_shingles_that_wait_in_a_file_are_the_same(self, monkeypatch):
        frame = corpus(text=[LIGHTHOUSE, LIGHTHOUSE, ORCHARD, ORCHARD_TOO, LIGHTHOUSE + " " + ORCHARD])
        held = mark_reprints(frame)
        monkeypatch.setattr(shingles, "_MOST_BYTES", 10)
        monkeypatch.setattr(shingles, "_MOST_WORDS", 3)
        pd.testing.assert_frame_equal(mark_reprints(frame), held, check_exact=True)

    def test_versions_of_one_outlet_are_not_its_furniture(self):
        versions = [LIGHTHOUSE, *(LIGHTHOUSE.replace("Monday", day) for day in ("Tuesday", "Friday"))]
        frame = pd.DataFrame({"article_id": list("abc"), "outlet": "Herald", "text": versions})
        assert mark_reprints(frame)["reprint_of"].tolist()[1:] == ["a", "a"]

    @settings(max_examples=10, deadline=None)
    @given(order=st.permutations(range(5)))
    def test_no_column_depends_on_the_order_of_rows(self, order):
        frame = corpus(text=[LIGHTHOUSE, LIGHTHOUSE + " Fog.", LIGHTHOUSE, ORCHARD, ORCHARD + " Frost."])
        straight = mark_reprints(frame).set_index("article_id")
        shuffled = mark_reprints(frame.iloc[list(order)]).set_index("article_id")
        pd.testing.assert_frame_equal(shuffled.loc[straight.index], straight)

    @pytest.mark.parametrize(
        ("columns", "agency"),
        [
            ({"text": f"GRENNOCK (AP) — {LIGHTHOUSE}"}, "AP"),
            ({"text": f"GRENNOCK (Australian Associated Press) {LIGHTHOUSE}"}, "AAP"),
            ({"byline": "By Tessa Lorne, Reuters"}, "Reuters"),
            ({"credit": "The Associated Press contributed to this report."}, "AP"),
            ({"outlet": "United Press International"}, "UPI"),
            ({"agency": "Talnews", "byline": "Reuters"}, "Talnews"),
            ({"text": f"An ap for lighthouses, says the app. {LIGHTHOUSE}"}, None),
        ],
    )
    def test_agencies_are_credited(self, columns, agency):
        found = mark_reprints(corpus().iloc[:1].assign(**columns))["agency"].iloc[0]
        assert found == agency if agency else pd.isna(found)


class TestStoryCoverage:
    def test_every_story_meets_every_outlet(self):
        aligned = align_stories(corpus())
        cover = story_coverage(aligned)
        assert len(cover) == 3 * 2
        assert cover["n_articles"].sum() == 5
        for row in cover.itertuples():
            mine = aligned[(aligned["story_id"] == row.story_id) & (aligned["outlet"] == row.outlet)]
            assert row.n_articles == len(mine)
            assert (row.words == 0) == mine.empty
            assert pd.isna(row.first_published) == mine.empty

    def test_lag_title_and_order(self):
        cover = story_coverage(corpus(story_id=["s1", "s1", "s2", "s0", "s0"]))
        assert cover["story_id"].tolist() == ["s0", "s0", "s1", "s1", "s2", "s2"]
        harbour = cover.set_index(["story_id", "outlet"]).xs("Harbour", level="outlet")
        assert harbour["lag_hours"].to_dict() == pytest.approx(
            {"s0": 3.0, "s1": 36.0, "s2": np.nan}, nan_ok=True
        )
        assert harbour["title"].tolist() == [
            "Beetle eats plums",
            "Lamp dark at Grennock",
            "Keeper strikes again",
        ]

    def test_undated_untitled_and_unaligned(self):
        frame = corpus(story_id=["s1", None, None, "s1", None], published=None, title=None)
        cover = story_coverage(frame)
        assert cover["outlet"].tolist() == ["Harbour", "Herald"]
        assert cover["n_articles"].tolist() == [0, 2]
        assert cover[["first_published", "lag_hours", "title"]].isna().all(axis=None)

    def test_no_story_no_row_and_no_column_is_told(self):
        assert len(story_coverage(corpus(story_id=None))) == 0
        assert len(story_coverage(corpus(story_id="s").iloc[:0])) == 0
        with pytest.raises(TableError, match="story_id"):
            story_coverage(corpus())

    def test_articles_without_an_outlet_are_left_out(self):
        frame = corpus(story_id=["s"] * 5, outlet=["Herald", "", "Herald", "Herald", ""])
        assert story_coverage(frame)["n_articles"].tolist() == [3]

    @pytest.mark.parametrize("sampling", ["all", "query", "story", "unknown"])
    def test_a_gap_is_read_as_selection_only_where_all_was_drawn(self, sampling):
        cover = story_coverage(corpus(story_id=["s1", "s1", "s2", "s0", "s0"]), sampling=sampling)
        gaps = cover["n_articles"] == 0
        assert gaps.sum() == 1
        assert cover["reason"].notna().equals(gaps & (sampling != "all"))

    def test_placement_is_what_the_corpus_says(self):
        frame = corpus(story_id=["s1", "s1", "s1", "s0", "s0"], page=[1.0, None, 7.0, None, None])
        frame = frame.assign(section=["Home", None, "Home", None, " "])
        cover = story_coverage(frame).set_index(["story_id", "outlet"])
        assert cover["placement"].dropna().to_dict() == {
            ("s1", "Herald"): "page 1, section Home; page 7, section Home"
        }
        assert "no placement for these" in cover.loc[("s1", "Harbour"), "placement_reason"]
        assert pd.isna(cover.loc[("s1", "Herald"), "placement_reason"])

    def test_placement_is_not_made_up(self):
        cover = story_coverage(corpus(story_id=["s1", "s1", "s2", "s0", "s0"]))
        assert cover["placement"].isna().all()
        assert cover["covered"].equals(cover["n_articles"] > 0)
        # Where nothing was told, there is nothing to be placed, and no reason to give.
        assert cover["placement_reason"].notna().equals(cover["covered"])
        assert "none of the columns page, position, section" in cover["placement_reason"].iloc[0]

    def test_unknown_sampling_is_told(self):
        with pytest.raises(OptionError, match="sampling is one of"):
            story_coverage(corpus(story_id="s"), sampling="luck")

    def test_tables_fit_together(self):
        cover = story_coverage(mark_reprints(align_stories(corpus())))
        assert tables.check(cover, tables.COVERAGE) is cover


def gold_articles(name: str) -> pd.DataFrame:
    path = SHARED / "data" / "alignment" / name
    if not path.exists():
        pytest.skip(f"evaluation data is absent: {path.name}")
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        frame = pd.DataFrame([json.loads(line) for line in lines])
    return frame.assign(published=pd.to_datetime(frame["published"], utc=True))


def pairwise_f1(gold: pd.Series, found: pd.Series) -> float:
    def pairs(stories: pd.Series) -> set[tuple[int, int]]:
        groups = stories.reset_index(drop=True).groupby(stories.to_numpy()).groups.values()
        return {p for g in groups for p in itertools.combinations(sorted(g), 2)}

    wanted, got = pairs(gold), pairs(found)
    return 2 * len(wanted & got) / (len(wanted) + len(got))


@pytest.mark.parametrize(("dates", "floor"), [(True, 0.99), (False, 0.95)])
def test_gold_stories_come_out(dates, floor):
    articles = gold_articles("basil_dev.jsonl.gz")
    given_articles = articles.drop(columns=["story_id"] if dates else ["story_id", "published"])
    assert pairwise_f1(articles["story_id"], align_stories(given_articles)["story_id"]) >= floor


def test_no_gold_article_is_a_reprint():
    assert mark_reprints(gold_articles("basil_dev.jsonl.gz"))["reprint_of"].isna().all()


def links_by_pair(links: pd.DataFrame) -> dict[tuple[str, str], float]:
    return {(r.article_id, r.other_id): r.probability for r in links.itertuples()}


class TestStoryLinks:
    def test_links_name_pairs_chances_and_terms(self):
        links = story_links(corpus(), least=0.001)
        chance = links_by_pair(links)
        assert chance["f1", "h1"] > max(0.5, chance.get(("f1", "h2"), 0))
        assert chance["f3", "h3"] > 0.9
        assert "beetle" in links.set_index(["article_id", "other_id"]).loc[("f3", "h3"), "terms"]
        assert (links["article_id"] < links["other_id"]).all()
        assert links["probability"].is_monotonic_decreasing

    def test_row_order_does_not_matter_and_least_only_cuts(self):
        links = story_links(corpus(), least=0.001)
        pd.testing.assert_frame_equal(links, story_links(corpus().iloc[::-1], least=0.001))
        cut = story_links(corpus(), least=0.5)
        pd.testing.assert_frame_equal(cut, links[links["probability"] >= 0.5])

    def test_bad_input(self):
        assert len(story_links(corpus().iloc[:0])) == 0
        assert len(story_links(corpus(text=[""] * 5, title=None))) == 0
        with pytest.raises(OptionError, match="between 0 and 1"):
            story_links(corpus(), least=0)

    def test_membership_follows_the_links(self):
        aligned = align_stories(corpus()).set_index("article_id")["story_probability"]
        chance = links_by_pair(story_links(corpus(), least=0.001))
        assert aligned["f3"] == pytest.approx(chance["f3", "h3"], abs=1e-4)
        assert aligned["h2"] > 0.99
        assert align_stories(corpus(text=[""] * 5))["story_probability"].isna().all()


class TestChances:
    def test_the_more_articles_in_the_same_days_the_less_a_likeness_says(self):
        pair, score = (np.array([0]), np.array([1])), np.array([0.12])
        alone = np.array([0.0, 1.0, *np.arange(100.0, 1100.0, 10.0)])
        crowded = np.array([0.0, 1.0, *np.full(20, 0.5), *np.arange(100.0, 900.0, 10.0)])
        assert len(alone) == len(crowded)
        rare, common = (probability(chances_of(days).relative(*pair, score))[0] for days in (alone, crowded))
        assert rare > 0.5 > common

    def test_growing_over_the_years_changes_nothing(self):
        """Twice the articles at the same rate a day: one candidate in twice as many, each second sampled."""
        days = np.arange(0.0, 3000.0)
        longer = np.arange(0.0, 6000.0)
        assert crowding(days)[1500] == crowding(longer)[1500]

    def test_a_pair_with_an_unknown_date_is_judged_as_one_without(self):
        days = np.array([0.0, 1.0, np.nan, np.nan])
        chances = chances_of(days)
        one, other = np.array([0, 0, 2]), np.array([1, 2, 3])
        dated, mixed, undated = chances.relative(one, other, np.full(3, 0.1))
        assert mixed == undated == 0.1 / chances.undated
        assert dated == pytest.approx(0.1 / chances.even[0])

    @given(st.lists(st.floats(-1e4, 1e4) | st.just(np.nan), min_size=2, max_size=30), st.floats(0.001, 0.9))
    def test_no_pair_below_the_least_likeness_has_the_chance(self, days, chance):
        chances = chances_of(np.array(days))
        one, other = np.triu_indices(len(days), k=1)
        score = np.full(len(one), chances.least_likeness(chance) * 0.999)
        assert (probability(chances.relative(one, other, score)) < chance).all()

    def test_doubling_the_likeness_multiplies_the_odds(self):
        low, high = probability([0.9, 1.8])
        assert high / (1 - high) == pytest.approx(2**STEEPNESS * low / (1 - low))


def corrections(*rows: tuple[str, str, str]) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=["link", "article_id", "other_id"])
    return frame.assign(line=range(2, len(frame) + 2))


class TestCorrections:
    def test_must_joins_whole_stories(self):
        found = partition(align_stories(corpus(), corrections=corrections(("must", "h2", "f1"))))
        assert found == {frozenset({"h1", "f1", "h2"}), frozenset({"h3", "f3"})}

    def test_cannot_splits_and_the_others_go_where_they_are_likest(self):
        again = corpus().iloc[[0]].assign(article_id="h1b")
        frame = pd.concat([corpus(), again])
        found = partition(align_stories(frame, corrections=corrections(("cannot", "h1", "f1"))))
        assert frozenset({"h1", "h1b"}) in found
        assert frozenset({"f1"}) in found
        assert frozenset({"h3", "f3"}) in found

    def test_must_and_cannot_in_one_story(self):
        fixes = corrections(("must", "h2", "f1"), ("cannot", "h1", "f1"))
        found = partition(align_stories(corpus(), corrections=fixes))
        assert found == {frozenset({"h1"}), frozenset({"f1", "h2"}), frozenset({"h3", "f3"})}
        shuffled = align_stories(corpus().iloc[::-1], corrections=fixes.iloc[::-1])
        assert partition(shuffled) == found

    @settings(max_examples=30, deadline=None)
    @given(
        pairs=st.lists(
            st.tuples(
                st.sampled_from(["must", "cannot"]), st.sampled_from("abcdefgh"), st.sampled_from("abcdefgh")
            ),
            max_size=6,
            unique=True,
        )
    )
    def test_every_correction_is_kept_or_refused(self, pairs):
        texts = [
            LIGHTHOUSE,
            LIGHTHOUSE_TOO,
            LIGHTHOUSE_AGAIN,
            ORCHARD,
            ORCHARD_TOO,
            ORCHARD,
            LIGHTHOUSE,
            "Fog",
        ]
        frame = pd.DataFrame({"article_id": list("abcdefgh"), "outlet": "Herald", "text": texts})
        try:
            aligned = align_stories(frame, corrections=corrections(*pairs))
        except CorpusError as error:
            assert "line" in str(error)  # noqa: PT017 - either outcome is right
            return
        story = aligned.set_index("article_id")["story_id"]
        for link, one, other in pairs:
            assert (story[one] == story[other]) == (link == "must")

    def test_contradictions_name_their_lines(self):
        fixes = corrections(("must", "h1", "f1"), ("must", "f1", "h2"), ("cannot", "h2", "h1"))
        with pytest.raises(CorpusError, match=r"line 4 keeps .* line 3 and line 2 put"):
            align_stories(corpus(), corrections=fixes)
        with pytest.raises(CorpusError, match=r"line 3 keeps .* line 2 puts"):
            align_stories(corpus(), corrections=corrections(("must", "h1", "f1"), ("cannot", "f1", "h1")))

    @pytest.mark.parametrize(
        ("row", "said"),
        [
            (("must", "h1", "x9"), "line 2: no article is called 'x9'"),
            (("cannot", "h1", "h1"), "line 2: 'h1' is paired with itself"),
            (("maybe", "h1", "f1"), "line 2: the link is 'must' or 'cannot'"),
        ],
    )
    def test_wrong_rows_are_told(self, row, said):
        with pytest.raises(CorpusError, match=said):
            align_stories(corpus(), corrections=corrections(row))

    def test_files(self, tmp_path):
        assert read_corrections(tmp_path).empty
        file = tmp_path / "corrections.csv"
        file.write_text("link,article_id,other_id,title\n,a,b,x\nMust,a,c,y\n", encoding="utf-8")
        fixes = read_corrections(tmp_path)
        assert fixes.to_dict("records") == [{"link": "must", "article_id": "a", "other_id": "c", "line": 3}]
        for text, said in {
            "link,article_id\n": "other_id is not there",
            "link,article_id,other_id\nmust,a,\n": "line 2: a correction names two articles",
            "link,article_id,other_id\nperhaps,a,b\n": "line 2: the link is",
        }.items():
            file.write_text(text, encoding="utf-8")
            with pytest.raises(CorpusError, match=said):
                read_corrections(file)
        with pytest.raises(CorpusError, match="cannot be read"):
            read_corrections(tmp_path / "no.csv")

    def test_a_filled_in_review_sheet_is_a_corrections_file(self, tmp_path):
        aligned = align_stories(corpus())
        sheet = review_sheet(aligned)
        assert set(sheet["together"]) <= {"yes", "no"}
        assert len(review_sheet(aligned, most=1)) == 1
        sheet.loc[0, "link"] = "cannot"
        sheet.to_csv(tmp_path / "corrections.csv", index=False)
        pair = set(sheet.loc[0, ["article_id", "other_id"]])
        found = partition(align_stories(corpus(), corrections=read_corrections(tmp_path)))
        assert not any(pair <= story for story in found)


class TestStorylines:
    def test_chapters_of_one_affair_share_a_storyline(self):
        lines = align_storylines(align_stories(corpus())).set_index("article_id")["storyline_id"]
        assert lines["h1"] == lines["f1"] == lines["h2"]
        assert lines["h3"] == lines["f3"] != lines["h1"]

    def test_a_story_is_in_one_storyline_and_order_does_not_matter(self):
        aligned = align_stories(corpus(published=None))
        lines = align_storylines(aligned)
        assert len(lines[["story_id", "storyline_id"]].drop_duplicates()) == lines["story_id"].nunique()
        back = align_storylines(aligned.iloc[::-1]).set_index("article_id")["storyline_id"]
        assert back.loc[lines["article_id"]].tolist() == lines["storyline_id"].tolist()

    def test_no_story_no_storyline(self):
        assert align_storylines(corpus(story_id=None))["storyline_id"].isna().all()
        with pytest.raises(TableError, match="story_id"):
            align_storylines(corpus())


class TestBadCorpora:
    def test_all_on_one_day(self):
        day = pd.to_datetime(["2025-03-03T00:00Z"] * 5)
        found = partition(align_stories(corpus(published=day)))
        assert frozenset({"h3", "f3"}) in found
        assert all(not ({"h1", "f1", "h2"} & s and {"h3", "f3"} & s) for s in found)

    def test_titles_only(self):
        titles = [
            "Ferry crews strike",
            "Strike by ferry crews",
            "Rate is cut",
            "Beetle eats plums",
            "Plum beetle",
        ]
        aligned = align_stories(corpus(text=titles, title=None))
        assert aligned["story_id"].notna().all()

    def test_one_outlet(self):
        frame = corpus(outlet=["Herald"] * 5)
        cover = story_coverage(mark_reprints(align_stories(frame)), sampling="all")
        assert cover["covered"].all()
        assert len(story_links(frame))

    def test_words_without_texts(self):
        """One word an article: those of one word are one story, and nothing is a reprint."""
        found = mark_reprints(align_stories(corpus(text=["Fog", "fog", "Frost", "Hail", "HAIL"], title=None)))
        stories = found.set_index("article_id")["story_id"]
        assert stories["h3"] == stories["f3"]
        assert stories["h1"] != stories["h3"]
        assert found["reprint_of"].isna().all()

    def test_all_undated_keeps_chapters_together_and_says_so(self):
        aligned = align_stories(corpus(published=None))
        assert aligned["story_id"].str.startswith("undated-").all()
        assert story_links(corpus(published=None))["days_apart"].isna().all()

    def test_five_thousand_copies_among_other_news(self):
        copies = pd.DataFrame(
            {"article_id": [f"a{i:05}" for i in range(5000)], "outlet": "Wire", "text": ORCHARD}
        )
        frame = pd.concat([copies, corpus().assign(published=None)], ignore_index=True)
        aligned = align_stories(frame)
        assert aligned["story_id"].value_counts().iloc[0] >= 5000
        # Twelve million links, of which a sheet makes only those that it lists.
        assert len(review_sheet(aligned, most=10)) == 10

    def test_a_sheet_lists_the_least_certain_of_all_links(self):
        links = story_links(corpus())
        doubt = (links["probability"] - 0.5).abs()
        wanted = links.assign(doubt=doubt).sort_values(["doubt", "article_id", "other_id"])
        for most in (1, 2, 100):
            sheet = review_sheet(corpus(), most=most)
            assert sheet["other_id"].tolist() == wanted["other_id"].head(most).tolist()


class TestEmbeddings:
    def test_a_folder_is_needed(self, tmp_path):
        with pytest.raises(OptionError, match="never downloaded"):
            align_stories(corpus(), embeddings=tmp_path / "no-such-model")

    def test_the_extra_is_named(self, tmp_path, monkeypatch):
        monkeypatch.setitem(sys.modules, "sentence_transformers", None)
        with pytest.raises(MissingExtraError, match=r"samestory\[embeddings\]"):
            align_stories(corpus(), embeddings=tmp_path)

    def test_a_folder_without_a_model_is_told(self, tmp_path, monkeypatch):
        def refuse(*args, **options):
            raise OSError("no modules.json")

        monkeypatch.setitem(sys.modules, "sentence_transformers", SimpleNamespace(SentenceTransformer=refuse))
        with pytest.raises(OptionError, match=r"no modules\.json"):
            align_stories(corpus(), embeddings=tmp_path)

    def test_embeddings_join_what_words_do_not(self, tmp_path, monkeypatch):
        """A made-up model that knows two subjects, and says nothing of words."""

        class Encoder:
            def __init__(self, folder, *, device, local_files_only):
                assert local_files_only
                assert device == "cpu"

            def encode(self, openings, **options):
                return np.array([[1.0, 0.0] if "plum" in text else [0.0, 1.0] for text in openings])

        monkeypatch.setitem(
            sys.modules, "sentence_transformers", SimpleNamespace(SentenceTransformer=Encoder)
        )
        same_day = corpus(published=pd.to_datetime(["2025-03-03T00:00Z"] * 5))
        aligned = align_stories(same_day, embeddings=tmp_path)
        found = partition(aligned)
        assert found == {frozenset({"h1", "f1", "h2"}), frozenset({"h3", "f3"})}
        assert aligned["story_probability"].between(0, 1).all()
        again = align_stories(same_day.iloc[::-1], embeddings=tmp_path)
        assert partition(again) == found
