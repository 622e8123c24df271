"""The figures of a study: what each is drawn from, and how it is drawn and saved by itself."""

from __future__ import annotations

import gc
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from samestory.export import save_figure
from samestory.study.batches.memory import give_back
from samestory.study.saving import foremost_terms, pairs_behind
from samestory.study.tables import StudyTables

if TYPE_CHECKING:
    from samestory.charts.settings import Settings
    from samestory.charts.style import Axes

__all__ = ["FIGURES", "Drawn", "FigureFiles", "drawn_from"]

#: The figures of a study, in order.
FIGURES = ("tone", "voices", "emphasis", "topics", "speakers", "terms", "coverage", "over_time")
_FORESTS = {"tone": "tone,", "emphasis": "emphasis,"}  # figure → how its measures begin
# Figure → its table, in which topics show the measures of emphasis only.
_OTHERS = {
    "voices": "sentiment",
    "topics": "groups",
    "speakers": "speakers",
    "terms": "terms",
    "coverage": "coverage",
    "over_time": "over_time",
}
_SHOWS = {"topics": "emphasis"}
# A forest of more rows fills no page and takes minutes to letter; then the foremost stand for all.
_MOST_ROWS, _FOREMOST = 150, 60
_MOST_STORIES = 60


@dataclass(frozen=True)
class Drawn:
    """What one figure is drawn from, no more of it than the figure can show.

    Attributes
    ----------
    name : str
        Name of the figure.
    tables : StudyTables
        Its table, which may be in the store.
    options : mapping of str to object
        What else the chart is told.
    kept : str
        Which rows of a larger table stand beside the figure; empty for all.
    """

    name: str
    tables: StudyTables
    options: Mapping[str, Any] = field(default_factory=dict)
    kept: str = ""

    def data(self) -> pd.DataFrame:
        """Return the table."""
        return next(iter(self.tables.values()))

    def draw(self) -> Axes:
        """Draw the figure."""
        from samestory import charts  # matplotlib is slow to import, and not every study is drawn

        chart = "estimates" if self.name in _FORESTS else self.name
        ax: Axes = getattr(charts, f"plot_{chart}")(self.data(), **self.options)
        return charts.detached(ax)

    def save(self, ax: Axes, base: Path) -> None:
        """Save the figure with the numbers that it shows."""
        data = self.data()
        numbers = _speakers_shown(data) if self.name == "speakers" else data
        kept = self.kept
        if len(numbers) < len(data):
            kept = f"those of the {numbers['speaker'].nunique():,} speakers shown; shares are of all"
        save_figure(ax, base, data=data, numbers=numbers, options={"rows": kept} if kept else None)


def drawn_from(tables: StudyTables, name: str) -> Drawn:
    """Return what a figure is drawn from.

    Parameters
    ----------
    tables : StudyTables
        The tables of the study.
    name : str
        One of ``FIGURES``.
    """
    if name in _FORESTS:
        from samestory.charts.estimates import rows_shown

        rows = _of_measures(tables["estimates"], _FORESTS[name])
        most = _most(rows)
        pairs = pairs_behind(tables, rows_shown(rows, most))
        return Drawn(name, StudyTables({name: rows}), {"pairs": pairs, "most": most})
    if name == "coverage":
        return _coverage(tables)
    if name == "terms":
        return Drawn(name, StudyTables({name: foremost_terms(tables)}))
    if name in _SHOWS:
        return Drawn(name, StudyTables({name: _of_measures(tables[_OTHERS[name]], _FORESTS[_SHOWS[name]])}))
    return Drawn(name, tables.only(_OTHERS[name]))


def _coverage(tables: StudyTables) -> Drawn:
    from samestory.charts.coverage import told_by_most

    stories = tables.columns("coverage", ["story_id"])["story_id"].nunique()
    # Each piece holds its stories whole, so the foremost of all are among the foremost of the pieces.
    foremost = tables.some("coverage", lambda piece: told_by_most(piece, _MOST_STORIES))
    shown = told_by_most(foremost, _MOST_STORIES)
    left_out = stories - shown["story_id"].nunique()
    kept = f"those of the {_MOST_STORIES} stories that most outlets tell, of {stories:,}" if left_out else ""
    return Drawn("coverage", StudyTables({"coverage": shown}), {"left_out": left_out}, kept)


def _speakers_shown(speakers: pd.DataFrame) -> pd.DataFrame:
    from samestory.charts.speakers import speakers_shown

    return speakers[speakers["speaker"].isin(speakers_shown(speakers)) | speakers["speaker"].isna()]


def _of_measures(table: pd.DataFrame, begin: str) -> pd.DataFrame:
    return table[table["measure"].str.startswith(begin)]


def _most(table: pd.DataFrame) -> int | None:
    """Return how many rows of a forest are drawn; None for all."""
    return None if int(table["estimate"].notna().sum()) <= _MOST_ROWS else _FOREMOST


@dataclass(frozen=True)
class FigureFiles:
    """Draws one figure, saves it and lets it go; what is sent to a worker."""

    drawn: Drawn
    base: Path
    settings: Settings

    def __call__(self) -> None:
        """Write the files."""
        with self.settings.applied():
            self.drawn.save(self.drawn.draw(), self.base)
        gc.collect()  # a figure and its parts hold each other
        give_back()
