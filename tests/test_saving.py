"""How a study is written: by several processes at the same time, the same files as by one."""

import json
import os
import signal
import warnings
from dataclasses import dataclass, replace
from multiprocessing import parent_process
from pathlib import Path

import matplotlib as mpl
import pandas as pd
import pytest

import samestory as ss
from samestory.charts.settings import settings_now
from samestory.export import save_csv_pieces, save_table
from samestory.study import saving
from samestory.study.drawing import FIGURES, drawn_from
from samestory.study.tables import StudyTables
from samestory.study.together import written_together


@pytest.fixture(scope="module")
def study():
    towns = ("Port Verrin", "Ashby Mere", "Low Harding", "Tarn Cross")
    rows = [
        (
            f"a{i:03}",
            ("Herald", "Ledger", "Tribune")[i % 3],
            f"2025-03-{1 + i // 3:02}",
            f"{towns[i // 3 % 4]} votes on bridge {i // 3}",
            f"The council of {towns[i // 3 % 4]} voted on bridge {i // 3} after a bitter night.\n\n"
            f"“We are {('glad', 'tired', 'furious')[i % 3]} about it,” Mayor Ines Dorrel said.",
        )
        for i in range(24)
    ]
    articles = pd.DataFrame(rows, columns=["article_id", "outlet", "published", "title", "text"])
    return ss.compare(articles.assign(published=pd.to_datetime(articles["published"], utc=True)))


def contents(folder):
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


@dataclass(frozen=True)
class Note:
    path: Path
    text: str = "It rained."

    def __call__(self):
        self.path.write_text(self.text)


@dataclass(frozen=True)
class Fatal(Note):
    """Ends any process but the one that began."""

    def __call__(self):
        if parent_process() is not None:
            os.kill(os.getpid(), signal.SIGKILL)
        super().__call__()


@dataclass(frozen=True)
class Warned(Note):
    def __call__(self):
        warnings.warn("the lines are close", stacklevel=1)


@dataclass(frozen=True)
class Failing(Note):
    def __call__(self):
        raise ss.SamestoryError("the ink is dry", hint="buy more")


def test_the_files_are_the_same_whoever_writes_them(study, tmp_path):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        alone = contents(study.save(tmp_path / "alone"))
        together = contents(replace(study, workers=3).save(tmp_path / "together"))
    assert alone == together
    assert {f"figures/{name}.svg" for name in FIGURES} <= set(alone)


def test_figures_that_are_drawn_already_are_saved_as_they_are(study, tmp_path):
    mine = replace(study)
    mine.figures["tone"].set_title("As I see it")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        saved = replace_figures(mine, "tone").save(tmp_path / "out")
    assert {p.stem for p in (saved / "figures").iterdir()} == {"tone"}
    assert "As I see it" in (saved / "figures" / "tone.svg").read_text(encoding="utf-8")


def replace_figures(study, *names):
    vars(study)["figures"] = {name: study.figures[name] for name in names}
    return study


def test_a_task_whose_worker_dies_is_done_all_the_same(tmp_path):
    tasks = [Note(tmp_path / "one"), Fatal(tmp_path / "two"), Note(tmp_path / "three")]
    written_together(tasks, [Note(tmp_path / "mine")], workers=2)
    assert sorted(p.name for p in tmp_path.iterdir()) == ["mine", "one", "three", "two"]


@pytest.mark.parametrize("workers", [1, 2])
def test_warnings_and_errors_of_a_worker_are_told(tmp_path, workers):
    with pytest.warns(UserWarning, match="the lines are close"):
        written_together([Warned(tmp_path)] * 2, [], workers=workers)
    with pytest.raises(ss.SamestoryError, match=r"the ink is dry\. To do: buy more\."):
        written_together([Failing(tmp_path)] * 2, [], workers=workers)


def test_what_the_user_told_matplotlib_goes_along():
    with mpl.rc_context({"font.size": 17.0}):
        told = settings_now()
    assert mpl.rcParams["font.size"] != 17.0
    with told.applied():
        assert mpl.rcParams["font.size"] == 17.0
    assert not any(key.startswith("backend") for key in told.chosen)


def many_stories(n):
    rows = [
        {"story_id": f"s{i:03}", "outlet": outlet, "n_articles": int(i < told), "words": 100 * int(i < told)}
        for i in range(n)
        for outlet, told in (("Herald", n), ("Ledger", n // 2))
    ]
    days = pd.date_range("2031-05-02", periods=n, tz="UTC").repeat(2)
    table = pd.DataFrame(rows).assign(first_published=days, lag_hours=0.0)
    return table.assign(covered=table["n_articles"] > 0, reason=None, title=None)


def test_beside_a_figure_stand_the_stories_that_it_shows(tmp_path):
    drawn = drawn_from(StudyTables({"coverage": many_stories(130)}), "coverage")
    ax = drawn.draw()
    assert "not drawn: 70 stories" in " ".join(ax.get_xlabel().split())
    drawn.save(ax, tmp_path / "coverage")
    beside = pd.read_csv(tmp_path / "coverage.csv")
    assert beside["story_id"].nunique() == 60
    assert beside.groupby("story_id")["n_articles"].sum().min() == 2
    note = json.loads((tmp_path / "coverage.json").read_text(encoding="utf-8"))
    assert note["options"]["rows"] == "those of the 60 stories that most outlets tell, of 130"
    assert note["data"]["rows"] == 120


def test_beside_the_speakers_stand_those_shown_and_nothing_of_a_small_table_is_left_out(tmp_path):
    names = [f"Speaker {i}" for i in range(30)]
    table = pd.DataFrame(
        {"outlet": "Herald", "speaker": [*names, None], "n_quotes": [*range(60, 30, -1), 7]}
    ).assign(quoted_words=9, share=0.02, n_articles=2)
    few = table[:4]
    for part, rows in ((table, 11), (few, 4)):
        drawn = drawn_from(StudyTables({"speakers": part}), "speakers")
        ax = drawn.draw()
        drawn.save(ax, tmp_path / "speakers")
        assert len(pd.read_csv(tmp_path / "speakers.csv")) == rows
        note = json.loads((tmp_path / "speakers.json").read_text(encoding="utf-8"))
        assert bool(note["options"]) == (len(part) > rows)
        assert f"n = {part.loc[part['speaker'].notna(), 'n_quotes'].sum()}" in note["alt"].replace(",", "")


def test_terms_beside_the_figure_of_a_large_study_are_the_foremost(monkeypatch):
    monkeypatch.setattr(saving, "LARGE_ROWS", 10)
    monkeypatch.setattr(saving, "_MOST_TERMS", 3)
    terms = pd.DataFrame({"outlet": "Herald", "term": [f"t{i}" for i in range(20)], "rank": range(1, 21)})
    assert drawn_from(StudyTables({"terms": terms}), "terms").data()["rank"].max() == 3


@pytest.mark.parametrize("excel_safe", [False, True])
def test_csv_from_pieces_is_csv_of_the_whole(tmp_path, excel_safe):
    table = pd.DataFrame(
        {
            "=article_id": ["a", "b", "c", "d"],
            "title": ["=1+1", None, "Rain, “again”\nand again", "Fog"],
            "spans": [[[0, 4]], [], [[1, 2], [3, 5]], []],
            "share": [0.1, None, 1.0, 2e-9],
        }
    )
    whole = save_table(table, tmp_path / "whole.csv", excel_safe=excel_safe)
    parts = (table[i : i + 2] for i in (0, 2))
    pieces = save_csv_pieces(parts, tmp_path / "pieces.csv", excel_safe=excel_safe)
    assert pieces.read_bytes() == whole.read_bytes()
