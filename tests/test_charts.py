"""Charts draw what the table says, in any size, in any script, and leave matplotlib as it was."""

import re
import runpy
import warnings
from pathlib import Path
from types import SimpleNamespace

import matplotlib as mpl
import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from matplotlib.colors import to_rgb
from matplotlib.figure import Figure
from matplotlib.text import Text

from samestory.charts import (
    figure_presets,
    plot_coverage,
    plot_estimates,
    plot_over_time,
    plot_slopes,
    plot_speakers,
    plot_terms,
    plot_topics,
    plot_voices,
    plot_word_shift,
    style,
)
from samestory.charts import labels as lettering
from samestory.charts.coverage import COVERAGE_MAP
from samestory.errors import OptionError, TableError
from samestory.export import save_figure
from samestory.export.complaints import complaints

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
    "voices": (plot_voices, MADE.sentiment),
    "topics": (plot_topics, MADE.topics),
    "over_time": (plot_over_time, MADE.over_time),
    "slopes": (
        plot_slopes,
        lambda n: MADE.pairs(10, 2).assign(title=lambda t: "Bridge, part " + t["story_id"]),
    ),
    "word_shift": (plot_word_shift, lambda n: MADE.word_shift()),
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
        plot_voices(MADE.sentiment(2).assign(group=MADE.HOSTILE[-1]).drop_duplicates(["part", "voice"])),
        plot_topics(MADE.topics(1).assign(group=MADE.HOSTILE[-1])),
        plot_over_time(MADE.over_time(1).assign(group=MADE.HOSTILE[-1], measure=MADE.HOSTILE[-1])),
        plot_slopes(MADE.pairs(6, 2).assign(group=MADE.HOSTILE[-1], title=MADE.HOSTILE[-1])),
        plot_word_shift(MADE.word_shift().assign(group=MADE.HOSTILE[-1])),
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


def test_the_terms_of_two_outlets_diverge():
    table = MADE.terms(2)
    ax = plot_terms(table, top=3)
    first, second = (
        table[(table["outlet"] == o) & (table["log_odds"] > 0)].nlargest(3, "z")["log_odds"]
        for o in sorted(table["outlet"].unique())
    )
    marks = [x for line in ax.lines if line.get_marker() in {"o", "s"} for x in line.get_xdata()]
    assert marks == pytest.approx([*first, *(-second)])
    assert "(left)" in ax.get_xlabel()


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


def test_slopes_join_the_means_of_each_story():
    pairs = MADE.pairs(10, 2)
    ax = plot_slopes(pairs, estimates=MADE.estimates(10, 2), top=3)
    lines = sorted(tuple(line.get_ydata()) for line in ax.lines if list(line.get_xdata()) == [0, 1])
    wanted = sorted(zip(pairs["group_mean"], pairs["reference_mean"], strict=True))
    assert lines == [pytest.approx(w) for w in wanted]
    largest = pairs.loc[pairs["difference"].abs().nlargest(3).index, "story_id"]
    assert sorted(t.get_text().split(" ")[0] for t in ax.texts) == sorted(largest)
    assert "mean difference (left − right)" in " ".join(ax.get_xlabel().split())
    with pytest.raises(OptionError, match="one pair"):
        plot_slopes(MADE.pairs(10, 3))


def test_voices_stand_apart_by_fill_and_line():
    table = MADE.sentiment(2)
    ax = plot_voices(table)
    marks = [line for line in ax.lines if len(line.get_xdata()) == 1]
    body = table[(table["part"] == "body") & (table["voice"] != "all")]
    assert sorted(m.get_xdata()[0] for m in marks) == pytest.approx(sorted(body["mean"]))
    assert sum(m.get_markerfacecolor() == "white" for m in marks) == 2
    bars = {
        line.get_linestyle() for line in ax.lines if len(line.get_xdata()) == 2 and line.get_linewidth() > 1
    }
    assert bars == {"-", "--"}


def test_topics_stand_without_what_all_their_names_begin_with():
    ax = plot_topics(MADE.topics(3))
    assert "economy" in row_labels(ax)
    table = MADE.topics(3)
    shown = sorted(x for c in ax.collections for x in c.get_offsets()[:, 0])
    assert shown == pytest.approx(sorted(table["mean"]))


def test_a_week_without_an_article_is_a_gap_and_all_panels_share_axes():
    table = MADE.over_time(3)
    ax = plot_over_time(table)
    panels = ax.child_axes
    assert [p.get_title(loc="left") for p in panels] == sorted(table["group"].unique())
    assert len({(p.get_xlim(), p.get_ylim()) for p in panels}) == 1
    for panel in panels:
        (mine,) = [line for line in panel.lines if line.get_marker() not in {"", "None"}]
        rows = table[table["group"] == panel.get_title(loc="left")]
        np.testing.assert_allclose(np.asarray(mine.get_ydata(), dtype=float), rows["mean"])
    with pytest.raises(OptionError, match="one measure"):
        plot_over_time(pd.concat([table, table.assign(measure="other")]))


def test_shares_carry_the_intervals_of_the_table():
    table = MADE.speakers(2).assign(low=lambda t: t["share"] - 0.02, high=lambda t: t["share"] + 0.03)
    ax = plot_speakers(table, top=12)
    bars = sorted(
        tuple(s[:, 0]) for c in ax.collections if hasattr(c, "get_segments") for s in c.get_segments()
    )
    named = table.dropna(subset=["speaker"])
    assert bars == [pytest.approx(w) for w in sorted(zip(named["low"], named["high"], strict=True))]
    assert "Wilson" in ax.get_xlabel()
    assert "Wilson" not in plot_speakers(MADE.speakers(2)).get_xlabel()


PRESETS = sorted(figure_presets())


@pytest.mark.parametrize("preset", PRESETS)
def test_every_preset_keeps_its_size_type_and_fonts(preset, tmp_path):
    look = figure_presets()[preset]
    assert look.sources
    every = preset in {"nature-column", "slides"}  # the narrowest, and the largest type
    for name, (plot, make) in CHARTS.items():
        if not every and name not in {"estimates", "speakers", "over_time"}:
            continue
        table = make(3)
        options = {"top": 6} if name in {"speakers", "terms", "word_shift"} else {}
        ax = plot(table, preset=preset, **options)
        said = complaints(ax.figure)
        assert [c for c in said if "is installed" not in c and " mm tall" not in c] == [], name
        box = ax.figure.get_tightbbox()
        width, height = ax.figure.get_size_inches()
        assert width * 25.4 == pytest.approx(look.width_mm), name
        assert box.x0 > -0.01, name
        assert box.x1 < width + 0.01, name
        assert box.y0 > -0.01, name
        assert box.y1 < height + 0.01, name
        sizes = [t.get_fontsize() for t in texts(ax)]
        assert min(sizes) >= look.smallest_pt, name
        assert max(sizes) <= (look.largest_pt or 99), name
        if name != "estimates":
            continue
        with warnings.catch_warnings():
            warnings.filterwarnings("ignore", message=".*is installed", category=UserWarning)
            pdf = save_figure(ax, tmp_path / name, data=table, formats=["pdf"])[0].read_bytes()
        (page,) = {m.groups() for m in re.finditer(rb"/MediaBox \[ 0 0 ([\d.]+) ([\d.]+) \]", pdf)}
        assert float(page[0]) * 25.4 / 72 == pytest.approx(look.width_mm, abs=0.1)
        assert b"/Type3" not in pdf
        assert b"/FontFile2" in pdf
        assert {float(a) for a in re.findall(rb"/(?:CA|ca) ([\d.]+)", pdf)} <= {1.0}


def test_a_preset_that_is_none_is_refused():
    with pytest.raises(OptionError, match="nature-column"):
        plot_topics(MADE.topics(2), preset="natur")


def luminance(colour):
    """Relative luminance as in WCAG 2, 0 black to 1 white."""
    parts = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in to_rgb(colour)]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


def test_charts_read_in_grey():
    look = style.looks([f"outlet {i:02d}" for i in range(12)])
    every = list(look.values())
    for i, a in enumerate(every):
        assert luminance(a.colour) < 0.5  # seen on white
        for b in every[i + 1 :]:
            near = abs(luminance(a.colour) - luminance(b.colour)) < 0.1
            assert not near or a.marker != b.marker
    assert len({(v.marker, v.line) for v in every}) == 12
    steps = [luminance(c) for c in COVERAGE_MAP(np.linspace(0, 1, 9))[:, :3]]
    assert steps == sorted(steps, reverse=True)


def test_letters_no_font_has_are_told_in_the_figure():
    rare = "\U00013000 Post"  # a hieroglyph
    ax = plot_topics(MADE.topics(1).assign(group=rare))
    if "□" in "".join(t.get_text() for t in ax.get_legend().get_texts()):
        assert "no font on this machine has" in " ".join(ax.get_xlabel().split())
        assert any("Noto" in c for c in complaints(ax.figure))
    plain = plot_topics(MADE.topics(1))
    assert complaints(plain.figure) == []


@pytest.mark.parametrize("n_outlets", [1, 12])
def test_one_story_can_be_drawn(n_outlets):
    drawn(plot_coverage(coverage(1, n_outlets)))
    drawn(plot_slopes(MADE.pairs(1, 2)))
    drawn(plot_over_time(MADE.over_time(n_outlets, n_weeks=1).fillna({"mean": 0.1})))


def test_a_title_is_never_read_as_mathematics(chart):
    plot, make = chart
    ax = plot(make(2))
    ax.set_title(r"Cost $5 \ a_b $x^2$ {%")
    assert not ax.title.get_parse_math()
    drawn(ax)


def test_a_forest_of_many_pairs_shows_those_that_share_most_stories():
    outlets = [f"Outlet {c}" for c in "ABCDE"]
    pairs = [(a, b) for i, a in enumerate(outlets) for b in outlets[i + 1 :]]
    base = {"estimate": 0.1, "low": 0.0, "high": 0.2, "level": 0.95, "p": 0.04, "p_adjusted": 0.04}
    more = {"effect_size": 0.5, "method": "t", "tier": "tested", "reason": None, "seed": 1}
    rows = [
        {"measure": m, "group": a, "reference": b, "n_stories": 6 + i, **base, **more}
        for m in ("tone", "words")
        for i, (a, b) in enumerate(pairs)
    ]
    estimates = pd.DataFrame(rows)
    few, every = plot_estimates(estimates, most=7), plot_estimates(estimates)
    shown = [line for line in few.lines if len(line.get_xdata()) == 1]
    assert len(shown) == 6  # three pairs, two measures each
    assert "7 pairs that share fewer stories" in few.get_xlabel()
    assert "fewer stories" not in every.get_xlabel()
    notes = [t.get_text() for t in few.texts]
    assert sum("15 stories" in n for n in notes) == 2
    assert not any("12 stories" in n for n in notes)


def test_coverage_of_many_stories_shows_those_that_most_outlets_tell():
    rows = [
        {
            "story_id": f"s{s}",
            "outlet": o,
            "n_articles": int(i <= s % 4),
            "words": 300 * int(i <= s % 4),
            "lag_hours": None,
            "first_published": pd.Timestamp("2031-05-02", tz="UTC") + pd.Timedelta(days=s),
        }
        for s in range(12)
        for i, o in enumerate(("Herald", "Ledger", "Tribune", "Courier"))
    ]
    coverage = pd.DataFrame(rows)
    ax = plot_coverage(coverage, most=3)
    assert [t.get_text() for t in ax.get_yticklabels()] == ["s3", "s7", "s11"]
    assert "9 stories that fewer outlets tell" in ax.get_xlabel()
    assert "fewer outlets" not in plot_coverage(coverage).get_xlabel()
