"""What a study returns: its tables, figures and summary, and how they are saved."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from samestory.errors import OutputError
from samestory.report import Report, Summary, begin_report, references_bib
from samestory.study.batches.durable import sweep_folders
from samestory.study.batches.memory import give_back
from samestory.study.batches.record import Record, file_hash
from samestory.study.drawing import FIGURES, FigureFiles, drawn_from
from samestory.study.saving import MOST_ARTICLES, report_tables, table_files
from samestory.study.tables import PIECE_ROWS, StudyTables
from samestory.study.together import written_together

if TYPE_CHECKING:
    from samestory.charts.style import Axes

__all__ = ["Study", "refuse_existing"]

_MANIFEST = "manifest.json"


@dataclass(frozen=True, eq=False)
class Study:
    """The result of :func:`samestory.compare`.

    Attributes
    ----------
    tables : mapping of str to DataFrame
        Tables of more than 200,000 rows that were made with a work_dir stay in it
        (:class:`~samestory.study.tables.StudyTables`).
        ``articles``, ``files`` (what became of each file; not for a table given), ``lines``, ``scores``,
        ``quotes``, ``speakers``, ``speaker_kinds``, ``diversity``, ``topic_shares``, ``terms``,
        ``term_lines``, ``coverage``, ``estimates``,
        ``pairs``, ``groups``, ``sentiment``, ``over_time``, ``estimates_news_neutral``, ``word_shift`` (for
        at most 10 pairs of outlets), ``prominence``, ``estimates_prominence``, ``leave_one_out``,
        ``families`` (the register of everything tested) and, where there are reprints,
        ``estimates_without_reprints``; with actors and with a topic model the tables that
        ``samestory.study.emphasis`` names.
    summary : dict
        Counts, options, versions; ``summary["methods"]`` is the methods paragraph.
    inputs : mapping of str to str
        SHA-256 of each input file.
    record : Record, optional
        With a work_dir, what remembers where this result was saved.
    workers : int, default 1
        How many processes write the files of a result; the files are the same.
    figures : dict of str to Axes
        ``tone``, ``voices``, ``emphasis``, ``topics``, ``speakers``, ``terms``, ``coverage`` and
        ``over_time``, drawn on first use.
    """

    tables: StudyTables
    summary: Summary
    inputs: Mapping[str, str]
    record: Record | None = None
    workers: int = 1

    @cached_property
    def figures(self) -> dict[str, Axes]:
        """The charts of the study by name."""
        return {name: drawn_from(self.tables, name).draw() for name in FIGURES}

    def save(self, out: str | Path, *, overwrite: bool = False, excel_safe: bool = False) -> Path:
        """Save tables, figures, report, methods text and manifest into one folder.

        Parameters
        ----------
        out : str or Path
            A folder that does not exist yet.
        overwrite : bool, default False
            Replace an earlier result of samestory; anything else is never overwritten. A folder that holds
            this very result, whole, made by the same code and with the same work_dir, is left as it is.
        excel_safe : bool, default False
            Write the tables so that a spreadsheet runs no text as a formula (:func:`samestory.save_table`).

        Returns
        -------
        Path
            The folder.

        Raises
        ------
        OutputError
            The folder exists, or cannot be written. Nothing partial is left behind.
        """
        target = Path(out)
        refuse_existing(target, overwrite=overwrite)
        key = self.record.key(excel_safe, sorted(self.inputs.items()), self.summary) if self.record else ""
        if self.record and self.record.holds(target, key):
            return target
        partial = target.with_name(f".{target.name}.partial-{os.getpid()}")
        try:
            sweep_folders(target, "partial")
            partial.mkdir(parents=True)
            self._write(partial, excel_safe=excel_safe)
            _replace(partial, target)
            sweep_folders(target, "old")
        except OSError as error:
            raise OutputError(
                f"the results cannot be written: {error.strerror or error}",
                hint="choose another place",
                path=out,
            ) from error
        finally:
            shutil.rmtree(partial, ignore_errors=True)
        if self.record:
            self.record.note(target, key)
        return target

    def _write(self, folder: Path, *, excel_safe: bool) -> None:
        names, figures = self._figure_files(folder / "figures")
        stored, at_hand = table_files(self.tables, folder / "tables", excel_safe=excel_safe)
        report: list[Report] = []

        def stories() -> None:
            report.append(self._report(folder / "report.html"))
            report[0].write_stories()
            give_back()

        written_together([*figures, *stored], [*at_hand, stories], workers=self.workers)
        pictures = {n: (folder / "figures" / f"{n}.svg").read_text(encoding="utf-8") for n in names}
        report[0].write_first(pictures)
        (folder / "methods.md").write_text(self.summary["methods"], encoding="utf-8", newline="\n")
        works = references_bib(self.summary)
        (folder / "references.bib").write_text(works, encoding="utf-8", newline="\n")
        (folder / _MANIFEST).write_text(self._manifest(folder), encoding="utf-8", newline="\n")

    def _report(self, path: Path) -> Report:
        return begin_report(
            path,
            tables=report_tables(self.tables),
            summary=self.summary,
            title=f"{self.summary['corpus']}: how its outlets tell the same stories",
            most_articles=MOST_ARTICLES,
            heard=lambda columns: self.tables.batches("quotes", columns, lists=False, rows=PIECE_ROWS),
        )

    def _figure_files(self, folder: Path) -> tuple[list[str], list[Callable[[], None]]]:
        """Name the figures, and return what writes each; those drawn already are saved as they are now."""
        drawn = vars(self).get("figures")
        if drawn is None:
            from samestory.charts.settings import settings_now  # matplotlib is slow to import

            settings = settings_now()
            shown = {name: drawn_from(self.tables, name) for name in FIGURES}
            return list(shown), [FigureFiles(shown[n], folder / n, settings) for n in shown]
        for name, ax in drawn.items():
            drawn_from(self.tables, name).save(ax, folder / name)
        return list(drawn), []

    def _manifest(self, folder: Path) -> str:
        files = sorted(p for p in folder.rglob("*") if p.is_file())
        outputs = {p.relative_to(folder).as_posix(): file_hash(p) for p in files}
        facts = {k: v for k, v in self.summary.items() if k != "methods"}
        content = {"made_by": "samestory", **facts, "inputs": dict(self.inputs), "outputs": outputs}
        return json.dumps(content, indent=2, ensure_ascii=False) + "\n"


def refuse_existing(out: Path, *, overwrite: bool) -> None:
    """Refuse a folder that exists, unless it is an earlier result and may be replaced.

    Raises
    ------
    OutputError
        Saying what stands there and what to do.
    """
    if not out.exists() and not out.is_symlink():
        return
    if not overwrite:
        raise OutputError("this already exists", hint="choose another folder, or add --overwrite", path=out)
    manifest = out / _MANIFEST
    if not manifest.is_file() or '"made_by": "samestory"' not in manifest.read_text("utf-8", "replace"):
        raise OutputError(
            "this is not a result of samestory, so it is not overwritten",
            hint="choose another folder",
            path=out,
        )


def _replace(partial: Path, target: Path) -> None:
    """Put the finished folder in its place; an earlier result goes only when the new one is there."""
    if not target.exists():
        partial.rename(target)
        return
    old = target.with_name(f".{target.name}.old-{os.getpid()}")
    target.rename(old)
    partial.rename(target)
    shutil.rmtree(old)
