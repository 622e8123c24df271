"""What is saved reads back, says where it comes from, and is the same bytes every time."""

import hashlib
import json
import os
import re
import runpy
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace
from xml.etree import ElementTree

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from matplotlib.figure import Figure
from PIL import Image

from samestory.charts import (
    plot_coverage,
    plot_estimates,
    plot_over_time,
    plot_slopes,
    plot_speakers,
    plot_terms,
    plot_topics,
    plot_voices,
    plot_word_shift,
)
from samestory.errors import OptionError, OutputError
from samestory.export import figure_alt, figure_svg, save_figure, save_table
from samestory.export.files import csv_bytes
from samestory.export.latex import latex_text

HELPER = Path(__file__).with_name("report_tables.py")
MADE = SimpleNamespace(**runpy.run_path(str(HELPER)))


def saved(folder, **options):
    table = MADE.estimates(8, 3)
    return save_figure(
        plot_estimates(table, pairs=MADE.pairs(8, 3)), folder / "new" / "tone", data=table, **options
    )


def test_notes_below_an_axis_are_one_sentence_however_they_are_wrapped():
    ax = Figure().subplots()
    ax.set_xlabel("share of attributions\nbar: 95 % interval; not shown: 201 more\nspeakers; grey: none")
    alt = figure_alt(ax, pd.DataFrame({"n": [1]}))
    assert "share of attributions; bar: 95 % interval; not shown: 201 more speakers; grey: none." in alt


def test_all_five_files_are_written_and_folders_made(tmp_path):
    files = saved(tmp_path, caption="Tone by outlet")
    assert [f.name for f in files] == ["tone.pdf", "tone.svg", "tone.png", "tone.csv", "tone.json"]
    assert all(f.parent == tmp_path / "new" for f in files)
    assert [f.read_bytes()[:4] for f in files[:3]] == [b"%PDF", b"<?xm", b"\x89PNG"]


def test_the_note_matches_the_table(tmp_path):
    files = {f.suffix: f for f in saved(tmp_path, caption="Tone by outlet")}
    note = json.loads(files[".json"].read_text(encoding="utf-8"))
    assert note["data"]["sha256"] == hashlib.sha256(files[".csv"].read_bytes()).hexdigest()
    assert note["data"]["rows"] == 3
    assert note["seed"] == [2026]
    assert {"matplotlib", "samestory", "pandas", "Python"} <= set(note["versions"])
    assert note["drawing"]["chart"] == "plot_estimates"
    assert note["drawing"]["preset"]["name"] == "page"
    assert note["complaints"] == []
    assert note["caption"] == "Tone by outlet"
    assert note["size_mm"][0] == 180
    assert "Largest tested difference: compound, Harbour Herald minus" in note["alt"]
    assert "n = 6 stories" in note["alt"] or "n = 8 stories" in note["alt"]


def test_same_bytes_twice(tmp_path):
    first = {f.name: f.read_bytes() for f in saved(tmp_path / "a")}
    assert first == {f.name: f.read_bytes() for f in saved(tmp_path / "b")}


def test_same_bytes_in_another_process(tmp_path):
    code = (
        "import runpy, sys; from samestory.charts import *; from samestory.export import *; "
        "M = runpy.run_path(sys.argv[1]); t = M['estimates'](8, 3); "
        "save_figure(plot_estimates(t, pairs=M['pairs'](8, 3)), sys.argv[2] + '/tone', data=t)"
    )
    for seed in ("1", "2"):
        environment = {**os.environ, "PYTHONHASHSEED": seed}
        subprocess.run(
            [sys.executable, "-c", code, str(HELPER), str(tmp_path / seed)], check=True, env=environment
        )
    for file in (tmp_path / "1").iterdir():
        assert file.read_bytes() == (tmp_path / "2" / file.name).read_bytes(), file.name


def test_pdf_embeds_truetype_and_no_date(tmp_path):
    content = saved(tmp_path, formats=["pdf"])[0].read_bytes()
    assert b"/Type3" not in content
    assert b"/FontFile2" in content
    assert b"/CreationDate" not in content


def test_svg_has_no_date_and_carries_the_text_for_the_blind(tmp_path):
    (svg, csv, _) = saved(tmp_path, formats=["svg"])
    assert csv.suffix == ".csv"
    root = ElementTree.fromstring(svg.read_bytes())
    assert not re.search(r"<dc:date>", svg.read_text(encoding="utf-8"))
    assert (
        root.find("{http://www.w3.org/2000/svg}title").text
        == "Forest chart of paired differences with 3 rows."
    )
    assert "Largest tested difference" in root.find("{http://www.w3.org/2000/svg}desc").text
    assert root.get("role") == "img"


def test_svg_ids_differ_by_name():
    ax = plot_coverage(MADE.coverage(MADE.articles(3, 2)))
    clips = [set(re.findall(r'clipPath id="([^"]+)"', figure_svg(ax, name=n))) for n in ("one", "two")]
    assert clips[0]
    assert clips[0].isdisjoint(clips[1])


@pytest.mark.parametrize("part", ["estimates", "speakers", "terms", "coverage"])
def test_hostile_names_are_inert_in_svg(part):
    told = MADE.hostile_tables()
    plot = {
        "estimates": plot_estimates,
        "speakers": plot_speakers,
        "terms": plot_terms,
        "coverage": plot_coverage,
    }[part]
    root = ElementTree.fromstring(figure_svg(plot(told[part]), name=part, data=told[part]))
    for element in root.iter():
        assert element.tag.rpartition("}")[2] not in {"script", "img", "b", "foreignObject"}
        assert not any(a.lower().startswith("on") or "javascript:" in v for a, v in element.attrib.items())


@pytest.mark.parametrize("hostile", MADE.HOSTILE)
def test_hostile_names_are_inert_in_every_svg(hostile):
    charts = {
        "pairs": (plot_slopes, MADE.pairs(6, 2).assign(group=hostile, title=hostile, measure=hostile)),
        "sentiment": (plot_voices, MADE.sentiment(1).assign(group=hostile)),
        "groups": (plot_topics, MADE.topics(1).assign(group=hostile)),
        "over_time": (plot_over_time, MADE.over_time(1).assign(group=hostile, measure=hostile)),
        "word_shift": (
            plot_word_shift,
            MADE.word_shift(3).assign(group=hostile, word=hostile, n_group=[1, 2, 3]),
        ),
    }
    for name, (plot, table) in charts.items():
        table = table.drop_duplicates("word") if name == "word_shift" else table
        text = figure_svg(plot(table), name=name, data=table)
        root = ElementTree.fromstring(text)
        tags = {e.tag.rpartition("}")[2] for e in root.iter() if isinstance(e.tag, str)}
        assert not tags & {"script", "img", "b", "i", "foreignObject", "a"}
        for element in root.iter():
            assert not any(
                a.lower().startswith("on") or "javascript:" in v for a, v in element.attrib.items()
            )
        assert "\u202e" not in text
        assert "\u2066" not in text


def test_an_unknown_format_is_refused(tmp_path):
    with pytest.raises(OptionError, match="bmp"):
        saved(tmp_path, formats=["bmp"])
    assert not list(tmp_path.iterdir())


def test_a_place_that_cannot_be_written_is_named(tmp_path):
    (tmp_path / "new").write_text("a file where a folder is needed", encoding="utf-8")
    with pytest.raises(OutputError, match="new"):
        saved(tmp_path)
    with pytest.raises(OutputError, match=r"t\.csv"):
        save_table(pd.DataFrame({"a": [1]}), tmp_path / "new" / "t.csv")


def test_csv_reads_back_to_the_same_numbers(tmp_path):
    table = pd.DataFrame(
        {"x": [0.1 + 0.2, 1e-300, -1 / 3, np.nan], "n": [1, 2, 3, 4], "t": ["é\n“a”", "b,c", '"', "d"]}
    )
    path = save_table(table, tmp_path / "deep" / "t.csv")
    assert b"\r" not in path.read_bytes()
    back = pd.read_csv(path, dtype="str")
    assert back["t"].tolist() == table["t"].tolist()
    assert [float(x) for x in back["x"][:3]] == table["x"].tolist()[:3]
    assert back["x"].isna().tolist() == [False, False, False, True]


@given(st.lists(st.floats(allow_infinity=False), min_size=1))
def test_every_float_reads_back(values):
    lines = csv_bytes(pd.DataFrame({"x": values})).decode().splitlines()[1:]
    back = [float(line) if line not in {"", '""'} else float("nan") for line in lines]
    np.testing.assert_array_equal(back, values)


def test_spans_are_json(tmp_path):
    quotes = MADE.quotes(MADE.articles(2, 2))
    back = pd.read_csv(save_table(quotes, tmp_path / "q.csv"))
    assert [json.loads(s) for s in back["spans"]] == quotes["spans"].tolist()
    assert isinstance(quotes["spans"].iloc[0], list)


def test_markdown_escapes_its_marks(tmp_path):
    table = pd.DataFrame(
        {"name": ["a|b", "<script>", "x\ny"], "share": [0.12345, np.nan, 1.0], "n": [1, 2, 3]}
    )
    lines = save_table(table, tmp_path / "t.md").read_text(encoding="utf-8").splitlines()
    assert lines == [
        "| name | share | n |",
        "| --- | --- | --- |",
        "| a\\|b | 0.123 | 1 |",
        "| &lt;script> |  | 2 |",
        "| x y | 1.000 | 3 |",
    ]


def test_other_suffixes_are_refused(tmp_path):
    with pytest.raises(OptionError, match=r"\.xlsx"):
        save_table(pd.DataFrame({"a": [1]}), tmp_path / "t.xlsx")


def test_the_text_names_the_largest_contrast():
    speakers, terms, coverage = MADE.speakers(3), MADE.terms(3), MADE.coverage(MADE.articles(8, 3))
    top = speakers.dropna(subset=["speaker"]).sort_values("share").iloc[-1]
    assert f"Largest share: {top['speaker']} in {top['outlet']}" in figure_alt(
        plot_speakers(speakers), speakers
    )
    best = terms.sort_values("z").iloc[-1]
    assert f"“{best['term']}” in {best['outlet']}" in figure_alt(plot_terms(terms), terms)
    assert "8 stories" in figure_alt(plot_coverage(coverage), coverage)


@pytest.mark.parametrize("part", ["estimates", "speakers", "terms", "coverage"])
def test_an_empty_table_has_a_text_too(part):
    table = MADE.all_tables(2, 2)[part].iloc[:0]
    assert "0 rows" in figure_alt(Figure(), table)


def test_a_figure_without_shared_stories_says_so():
    table = MADE.estimates(0, 2)
    assert "No pair shares a story" in figure_alt(plot_estimates(table), table)


PLOTS = {
    "estimates": lambda: (plot_estimates, MADE.estimates(8, 3)),
    "pairs": lambda: (plot_slopes, MADE.pairs(8, 2)),
    "speakers": lambda: (plot_speakers, MADE.speakers(3)),
    "terms": lambda: (plot_terms, MADE.terms(3)),
    "coverage": lambda: (plot_coverage, MADE.coverage(MADE.articles(8, 3))),
    "sentiment": lambda: (plot_voices, MADE.sentiment(3)),
    "groups": lambda: (plot_topics, MADE.topics(3)),
    "over_time": lambda: (plot_over_time, MADE.over_time(3)),
    "word_shift": lambda: (plot_word_shift, MADE.word_shift()),
}


@pytest.mark.parametrize("part", PLOTS)
def test_every_figure_says_what_it_shows_inside_its_files(part, tmp_path):
    plot, table = PLOTS[part]()
    first = save_figure(plot(table), tmp_path / "a" / "fig", data=table, options={"by": "outlet"})
    again = save_figure(plot(table), tmp_path / "b" / "fig", data=table, options={"by": "outlet"})
    assert [f.read_bytes() for f in first] == [f.read_bytes() for f in again]
    files = {f.suffix: f for f in first}
    note = json.loads(files[".json"].read_text(encoding="utf-8"))
    alt, digest = note["alt"], note["data"]["sha256"]
    assert "n = " in alt or part == "coverage"
    assert re.search(r"\d", alt.split("Axes:")[1])
    with Image.open(files[".png"]) as image:
        assert image.mode == "RGB"
        assert image.info["Description"] == alt
        assert digest in image.info["Source"]
    svg = ElementTree.fromstring(files[".svg"].read_bytes())
    assert svg.find("{http://www.w3.org/2000/svg}desc").text == alt
    assert digest in files[".svg"].read_text(encoding="utf-8")
    pdf = files[".pdf"].read_bytes()
    assert b"/Subject" in pdf
    assert b"/Keywords" in pdf
    assert note["options"] == {"by": "outlet"}
    assert note["drawing"]["chart"] == plot.__name__


def test_what_breaks_a_preset_is_told_and_kept(tmp_path):
    table = MADE.speakers(12)
    ax = plot_speakers(table, top=12, preset="nature-column")
    with pytest.warns(UserWarning, match="fig: ") as told:
        files = save_figure(ax, tmp_path / "fig", data=table, formats=["png"])
    said = json.loads(files[-1].read_text(encoding="utf-8"))["complaints"]
    assert [str(w.message).removeprefix("fig: ") for w in told] == said
    assert any("no font on this machine" in c for c in said) or "□" not in "".join(
        t.get_text() for t in ax.get_legend().get_texts()
    )
    assert any("nature-column allows 170 mm" in c for c in said)


def test_transparency_and_small_type_are_complained_of(tmp_path):
    table = MADE.topics(3)
    ax = plot_topics(table, preset="tandf")
    ax.plot([0, 0.1], [0, 1], alpha=0.5)
    ax.text(0, 0, "tiny", fontsize=3)
    with pytest.warns(UserWarning, match="fig: "):
        files = save_figure(ax, tmp_path / "fig", data=table, formats=["svg"])
    said = json.loads(files[-1].read_text(encoding="utf-8"))["complaints"]
    assert any("transparent" in c for c in said)
    assert any("type of 3 pt" in c for c in said)


def test_latex_is_escaped_in_headers_and_cells(tmp_path):
    table = pd.DataFrame(
        {
            "share_%": [0.12345, -0.5, np.nan],
            "name & co": [r"50 % of $x_1$ & \input{a}", "[b] -- {c}~^#<d>|", "x\u202ey\nz"],
            "n": [1, -2, 3],
        }
    )
    lines = save_table(table, tmp_path / "t.tex").read_text(encoding="utf-8").splitlines()
    assert lines == [
        r"% needs \usepackage{booktabs}",
        r"\begin{tabular}{rlr}",
        r"\toprule",
        r"share\_\% & name \& co & n \\",
        r"\midrule",
        r"0.123 & 50 \% of \$x\_1\$ \& \textbackslash{}input\{a\} & 1 \\",
        r"$-$0.500 & {[}b] -{}-{} \{c\}\textasciitilde{}\textasciicircum{}\#\textless{}d\textgreater{}"
        r"\textbar{} & $-$2 \\",
        r" & xy z & 3 \\",
        r"\bottomrule",
        r"\end{tabular}",
    ]


@given(st.text(max_size=40))
def test_no_text_opens_a_command_or_a_group_in_latex(text):
    made = latex_text(text)
    known = (
        "textbackslash{}",
        "textasciitilde{}",
        "textasciicircum{}",
        "textless{}",
        "textgreater{}",
        "textbar{}",
    )
    rest = made
    for name in known:
        rest = rest.replace(f"\\{name}", "")
    rest = re.sub(r"\\[&%$#_{}]", "", rest.replace("$-$", "").replace("{[}", "").replace("{*}", ""))
    assert not set(re.sub(r"([-'`])\{\}", r"\1", rest)) & set("\\&%$#_{}~^<>|")
