"""What a command shows: how the work goes on, and at the end what was found and where the files are."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from html import escape
from pathlib import Path
from typing import Any

import pandas as pd
from rich.console import Console
from rich.padding import Padding
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table
from rich.text import Text

from samestory import tables as schema
from samestory.report import Summary
from samestory.study.batches.meter import Status

__all__ = ["ProgressBar", "print_summary"]

_MOST_CLAIMS = 12  # rows of the table of differences; the rest is in the report


class ProgressBar:
    """Shows the steps of a study as they are told, and within a step the articles; for ``progress=``.

    A bar on a terminal, a widget in a notebook. Use it as a context manager.

    Parameters
    ----------
    steps : sequence of str
        All steps, such as ``samestory.study.STEPS``.
    console : Console, optional
        Where to show it; by default standard error.

    Examples
    --------
    >>> import io
    >>> with ProgressBar(["read", "measure"], console=Console(file=io.StringIO())) as bar:
    ...     bar("read")
    """

    def __init__(self, steps: Sequence[str], *, console: Console | None = None) -> None:
        self._steps, self._step = list(steps), "begin"
        where = console or Console(stderr=True)
        self._shown = (_InNotebook if where.is_jupyter else _InTerminal)(len(self._steps), where)

    def __enter__(self) -> ProgressBar:
        self._shown.start()
        return self

    def __exit__(self, *error: object) -> None:
        self._shown.stop()

    def __call__(self, step: str) -> None:
        """Begin a step."""
        place, self._step = self._steps.index(step), step
        self._shown.show(step, place, f"{place + 1}/{len(self._steps)}")

    def watch(self, status: Status) -> None:
        """Show how far a step is."""
        left = "" if status.seconds_left is None else f", {_clock(status.seconds_left)} left"
        memory = "" if status.memory is None else f", {status.memory / 1e9:.1f} GB"
        rate = f", {status.rate:.0f}/s" if status.rate else ""
        more = f"{status.done:,} of {status.total:,} articles{rate}{left}{memory}"
        self._shown.show(self._step, self._steps.index(self._step) + status.done / max(status.total, 1), more)


class _InTerminal:
    """A bar that goes away at the end."""

    def __init__(self, total: int, console: Console) -> None:
        look = (TextColumn("{task.description}"), BarColumn(), TextColumn("{task.fields[more]}"))
        self._bar = Progress(*look, TimeElapsedColumn(), console=console, transient=True)
        self._task = self._bar.add_task("begin", total=total, more="")

    def start(self) -> None:
        self._bar.start()

    def show(self, step: str, done: float, more: str) -> None:
        self._bar.update(self._task, description=step, completed=done, more=more)

    def stop(self) -> None:
        self._bar.stop()


class _InNotebook:
    """A bar of the page itself, which needs no widgets; at the end one line says what the run took."""

    _EVERY = 0.3  # seconds between two pictures of one step

    def __init__(self, total: int, console: Console) -> None:
        self._total, self._began, self._last = total, time.monotonic(), ("", 0.0)

    def start(self) -> None:
        from IPython.display import HTML, display  # there wherever there is a notebook

        show: Any = display  # neither has types
        html: Any = HTML
        self._html, self._place = html, show(html(""), display_id=True)

    def show(self, step: str, done: float, more: str) -> None:
        now = time.monotonic()
        if step == self._last[0] and now - self._last[1] < self._EVERY:
            return
        self._last = (step, now)
        bar = f'<progress value="{done:.3f}" max="{self._total}"></progress>'
        taken = _clock(now - self._began)
        self._place.update(self._html(f"{bar} {escape(step)} · {escape(more)} · {taken}"))

    def stop(self) -> None:
        seconds, step = time.monotonic() - self._began, self._last[0]
        self._place.update(self._html(f"{escape(step)} · ended after {_clock(seconds)}"))


def _clock(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes // 60}:{minutes % 60:02}:{rest:02}" if minutes >= 60 else f"{minutes}:{rest:02}"


def print_summary(
    summary: Summary, tables: Mapping[str, pd.DataFrame], out: Path, *, console: Console | None = None
) -> None:
    """Print what a study found.

    Parameters
    ----------
    summary : Summary
        The facts of the run.
    tables : mapping of str to DataFrame
        The tables of the study.
    out : Path
        Folder of the results.
    console : Console, optional
        Where to print; by default standard output.
    """
    say = console or Console(highlight=False, width=None)
    _found(say, summary)
    _left_out(say, summary, _not_read(tables))
    _differences(say, tables["estimates"])
    say.print(Text("\nFiles", style="bold"))
    for name, what in {
        "report.html": "read this first: every story side by side",
        "figures": "the charts, with their numbers",
        "tables": "all tables; columns.csv explains each column",
        "methods.md": "a methods paragraph for the paper; its works in references.bib",
        "manifest.json": "inputs, options, versions, checksums",
    }.items():
        say.print(Text(f"  {out / name}  "), Text(what, style="dim"), sep="", soft_wrap=True)


def _found(say: Console, summary: Summary) -> None:
    say.print(Text("\nFound", style="bold"))
    outlets = ", ".join(f"{o['outlet']} ({o['n_articles']})" for o in summary["outlets"])
    for line in (
        f"{summary['n_articles_used']} of {summary['n_articles_read']} articles measured; {outlets}",
        f"{_count(summary['n_stories'], 'story', 'stories')}, "
        f"{summary['n_shared_stories']} told by at least two outlets",
        f"{_count(summary['n_sentences'], 'sentence')}, {_count(summary['n_quotes'], 'attributed quote')}",
        f"What this allows: {summary['tier']}.",
    ):
        say.print(Padding(Text(line), (0, 0, 0, 2)))


def _count(n: int, one: str, many: str | None = None) -> str:
    return f"{n:,} {one if n == 1 else many or one + 's'}"


def _not_read(tables: Mapping[str, pd.DataFrame]) -> list[str]:
    if "files" not in tables:
        return []
    files = tables["files"]
    n = int((files["status"] == "not_read").sum())
    return [f"{_count(n, 'file')} of a kind that is not read; see tables/files.csv"] if n else []


def _left_out(say: Console, summary: Summary, not_read: list[str]) -> None:
    lines = not_read + [
        f"{n} × {code}: {schema.FLAGS.get(code, code)}" for code, n in summary["flags"].items()
    ]
    if summary["removed_lines"]:
        lines.append(f"{_count(summary['removed_lines'], 'line')} of page furniture; see tables/lines.csv")
    if any(summary["corrections"].values()):
        fixes = summary["corrections"]
        lines.append(
            f"stories corrected by hand: {_count(fixes['must'], 'pair')} joined, {fixes['cannot']} put apart"
            + (f", {idle} without effect (no text)" if (idle := fixes.get("without_effect", 0)) else "")
        )
    if summary["n_reprints"]:
        lines.append(
            f"{_count(summary['n_reprints'], 'reprint')} of another article: kept and marked; "
            "tables/estimates_without_reprints.csv leaves them out"
        )
    if lines:
        say.print(Text("\nLeft out or marked", style="bold"))
    for line in lines:
        say.print(Padding(Text(line), (0, 0, 0, 2)))


def _differences(say: Console, estimates: pd.DataFrame) -> None:
    shown = estimates[estimates["n_stories"] > 0].head(_MOST_CLAIMS)
    if shown.empty:
        return
    size = int(estimates["family_size"].max()) if estimates["family_size"].notna().any() else 0
    family = f"; p adjusted over {_count(size, 'test')}" if size else ""
    say.print(Text(f"\nDifferences, paired by story{family}", style="bold"))
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="dim")
    table.add_column("  first outlet − second", overflow="fold")
    table.add_column("difference", justify="right")
    table.add_column("interval")
    table.add_column("adj. p", justify="right")
    table.add_column("stories", justify="right")
    for measure, rows in shown.groupby("measure", sort=False):
        table.add_row(Text(f"  {measure}", style="bold"))
        for row in rows.to_dict("records"):
            interval = "–" if pd.isna(row["low"]) else f"{_signed(row['low'])} to {_signed(row['high'])}"
            p = str(row["tier"]) if pd.isna(row["p_adjusted"]) else _p(row["p_adjusted"])
            pair = Text(f"    {row['group']} − {row['reference']}")
            table.add_row(pair, _signed(row["estimate"]), interval, p, str(row["n_stories"]))
    say.print(table)
    if len(estimates) > len(shown):
        say.print(Padding(Text(f"{len(estimates)} in all: tables/estimates.csv", style="dim"), (0, 0, 0, 2)))


def _signed(value: float) -> str:
    return f"{round(value, 2) + 0.0:+.2f}"  # adding zero turns -0.00 into +0.00


def _p(p: float) -> str:
    return "<.001" if p < 0.001 else f"{p:.3f}".removeprefix("0")
