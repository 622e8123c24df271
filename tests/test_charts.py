"""Charts draw what the table says, in any size, in any script, and leave matplotlib as it was."""

import runpy
from pathlib import Path
from types import SimpleNamespace

import matplotlib as mpl
import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from matplotlib.figure import Figure
from matplotlib.text import Text

from samestory.charts import labels as lettering
from samestory.charts import plot_coverage, plot_estimates, plot_speakers, plot_terms, style
from samestory.errors import TableError

MADE = SimpleNamespace(**runpy.run_path(str(Path(__file__).with_name("report_tables.py"))))


def coverage(n_stories=8, n_outlets=3):
    return MADE.coverage(MADE.articles(n_stories, n_outlets))


def drawn(ax):
    """Lay the whole figure out, as saving does; a missing letter or a collapsed layout warns, and fails."""
    ax.figure.draw_without_rendering()
    return ax


def texts(ax):
    return [t for t in ax.figure.findobj(Text) if t.get_text()]


def row_labels(ax):
    return [t.get_text() for t in ax.get_yticklabels()]


CHARTS = {
    "estimates": (plot_estimates, lambda n: MADE.estimates(10, n)),
    "speakers": (plot_speakers, MADE.speakers),
    "terms": (plot_terms, MADE.terms),
    "coverage": (plot_coverage, lambda n: coverage(8, n)),
}


@pytest.fixture(params=CHARTS)
def chart(request):
    return CHARTS[request.param]


@pytest.mark.parametrize("n_outlets", [1, 2, 3, 12])
def test_every_chart_draws_without_a_warning(chart, n_outlets):
    plot, make = chart
    if n_outlets == 1 and plot is plot_estimates:
        pytest.skip("one outlet gives no pair")
    ax = drawn(plot(make(n_outlets)))
    assert ax.get_xlabel()
    assert all(t.get_fontsize() >= 6 for t in texts(ax))


def test_draws_on_the_axes_given_and_returns_them(chart):
    plot, make = chart
    ax = Figure(figsize=(7, 5)).add_subplot()
    assert plot(make(3), ax=ax) is ax


def test_leaves_matplotlib_as_it_was(chart):
    plot, make = chart
    before = dict(mpl.rcParams)
    plot(make(3))
    assert dict(mpl.rcParams) == before


def test_changes_no_table(chart):
    plot, make = chart
    table = make(3)
    before = table.copy(deep=True)
    plot(table)
    pd.testing.assert_frame_equal(table, before)


def test_row_order_does_not_matter(chart):
    plot, make = chart
    table = make(3)
    a, b = drawn(plot(table)), drawn(plot(table.sample(frac=1, random_state=3)))
    assert row_labels(a) == row_labels(b)
    assert a.get_xlabel() == b.get_xlabel()


def test_an_empty_table_says_why(chart):
    plot, make = chart
    ax = drawn(plot(make(3).iloc[:0]))
    said = [t.get_text() for t in ax.texts]
    assert len(said) == 1
    assert said[0].startswith("No ")
    assert not ax.axison


def test_a_wrong_table_is_refused(chart):
    with pytest.raises(TableError):
        chart[0](pd.DataFrame({"a": [1]}))


def test_no_name_is_read_as_mathematics():
    told = MADE.hostile_tables()
    for ax in (
        plot_coverage(told["coverage"]),
        plot_speakers(told["speakers"]),
        plot_estimates(told["estimates"], pairs=told["pairs"]),
        plot_terms(told["terms"].assign(outlet="$x_1$ and $")),
    ):
        drawn(ax)
        assert not any(t.get_parse_math() for t in texts(ax) if "$" in t.get_text())
        assert not any("\u202e" in t.get_text() for t in texts(ax))


def test_estimates_stand_where_the_table_says():
    table = MADE.estimates(10, 3)
    ax = plot_estimates(table)
    rows = table.sort_values(["measure", "group", "reference"])
    points = [line.get_xdata()[0] for line in ax.lines if line.get_marker() == "o"]
    bars = [
        tuple(line.get_xdata())
        for line in ax.lines
        if len(line.get_xdata()) == 2 and line.get_linewidth() > 1
    ]
    assert points == pytest.approx(rows["estimate"].tolist())
    assert bars == [pytest.approx((low, high)) for low, high in zip(rows["low"], rows["high"], strict=True)]


def test_every_story_is_a_dot_in_its_row():
    table, pairs = MADE.estimates(10, 3), MADE.pairs(10, 3)
    ax = plot_estimates(table, pairs=pairs)
    (dots,) = [c for c in ax.collections if c.get_gid() == "stories"]
    assert sorted(dots.get_offsets()[:, 0]) == pytest.approx(sorted(pairs["difference"]))
    again = plot_estimates(table, pairs=pairs.sample(frac=1, random_state=1)).collections[0]
    np.testing.assert_array_equal(again.get_offsets(), dots.get_offsets())


@pytest.mark.parametrize(
    ("stories", "note"), [(1, "description only"), (2, "no test"), (4, "not informative"), (8, "8 stories")]
)
def test_the_tier_is_said_in_the_row(stories, note):
    ax = plot_estimates(MADE.estimates(stories, 2))
    (said,) = ax.texts
    assert said.get_text().endswith(note)
    assert (said.get_color() == style.INK) == (stories >= 6)
    has_interval = "[" in said.get_text()
    assert has_interval == (stories >= 3)


def test_pairs_without_a_shared_story_are_counted():
    ax = plot_estimates(MADE.estimates(10, 12))
    assert "not drawn: 57 pairs without a shared story" in " ".join(ax.get_xlabel().split())


def test_two_measures_get_a_header_each():
    ax = plot_estimates(MADE.estimates(10, 3, MADE.MEASURES))
    assert {"compound", "quoted share"} <= set(row_labels(ax))


def test_many_rows_name_the_group_once():
    ax = drawn(plot_estimates(MADE.estimates(30, 12)))
    assert row_labels(ax).count("Harbour Herald") == 1


def test_speakers_are_the_most_quoted_ones():
    table = MADE.speakers(3)
    n = {}
    for row in table.dropna(subset=["speaker"]).itertuples():
        n[row.speaker] = n.get(row.speaker, 0) + row.n_quotes
    wanted = sorted(n, key=lambda s: (-n[s], s))[:4]
    said = [" ".join(t.split()) for t in row_labels(plot_speakers(table, top=4))]
    assert [s.rstrip("…")[:30] for s in said] == [w[:30] for w in wanted]


def test_speakers_not_shown_are_counted():
    label = " ".join(plot_speakers(MADE.speakers(3), top=4).get_xlabel().split())
    assert "not shown: 8 more speakers, 15 attributions without a named speaker" in label


def test_unnamed_speakers_alone_say_so():
    table = MADE.speakers(2)
    ax = drawn(plot_speakers(table[table["speaker"].isna()]))
    assert "no speaker is named for the 10 attributions" in ax.texts[0].get_text()


def test_terms_are_the_most_distinctive_of_each_outlet():
    table = MADE.terms(2)
    ax = plot_terms(table, top=3)
    for outlet, rows in table[table["log_odds"] > 0].groupby("outlet"):
        best = rows.nlargest(3, "z")["term"].tolist()
        ticks = {t.get_text(): y for t, y in zip(ax.get_yticklabels(), ax.get_yticks(), strict=True)}
        assert outlet in ticks
        assert set(best) <= set(ticks)
    assert sum(len(c.get_segments()) for c in ax.collections) == 6


def test_coverage_hatches_what_is_not_told():
    table = coverage()
    ax = plot_coverage(table)
    hatched = [p for p in ax.patches if p.get_hatch()]
    assert len(hatched) == int((table["n_articles"] == 0).sum())
    numbers = {t.get_text() for t in ax.texts}
    assert {f"{w:,}" for w in table.loc[table["n_articles"] > 0, "words"]} == numbers


def test_coverage_numbers_stories_with_the_same_headline():
    ax = plot_coverage(coverage(3, 2).assign(title="Bridge"))
    assert row_labels(ax) == ["Bridge", "Bridge (2)", "Bridge (3)"]


def test_stories_stand_in_the_order_of_time():
    table = coverage(4, 2).drop(columns="title")
    last = table["story_id"] == "s001"
    table.loc[last, "first_published"] = pd.NaT
    assert row_labels(plot_coverage(table)) == ["s002", "s003", "s004", "s001"]


def test_groups_are_told_apart_without_colour():
    look = style.looks([f"outlet {i}" for i in range(12)])
    assert len({(v.colour, v.marker) for v in look.values()}) == 12
    assert len({v.marker for v in look.values()}) == 12


@settings(max_examples=60, deadline=None)
@given(st.lists(st.text(max_size=60), max_size=6))
def test_labels_are_short_drawable_and_distinct(names):
    made = lettering.labels(names, longest=20)
    assert set(made) == set(names)
    assert len(set(made.values())) == len(made)
    known = style.drawable(style.families())
    for label in made.values():
        assert label
        assert len(label) <= 28
        assert all(ord(c) in known for c in label)
        assert "\n" not in label


def test_a_font_the_caller_chose_comes_second():
    with mpl.rc_context({"font.family": ["DejaVu Serif", "no such font at all"]}):
        assert style.families() == ("DejaVu Sans", "DejaVu Serif")
