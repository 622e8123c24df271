"""The quality of a corpus as tables to print: the same rows for the terminal and for a page of its own."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from types import MappingProxyType

import pandas as pd
from jinja2 import Environment, StrictUndefined
from markupsafe import Markup

from samestory import tables
from samestory.errors import OutputError
from samestory.report.safe import plain

__all__ = ["QualitySection", "quality_sections", "write_quality"]

_MOST_ROWS = 200


@dataclass(frozen=True)
class QualityColumn:
    """One column to print."""

    name: str
    number: bool


@dataclass(frozen=True)
class QualitySection:
    """One table to print: all cells are text."""

    anchor: str
    heading: str
    note: str
    columns: Sequence[QualityColumn]
    rows: Sequence[Sequence[str]]
    more: int = 0


def _number(value: object) -> str:
    return "–" if pd.isna(value) else f"{float(str(value)):,.0f}"  # type: ignore[call-overload]


def _share(value: object) -> str:
    return "–" if pd.isna(value) else f"{float(str(value)):.0%}"  # type: ignore[call-overload]


def _day(value: object) -> str:
    return value.strftime("%Y-%m-%d") if isinstance(value, pd.Timestamp) and not pd.isna(value) else "–"


def _words(value: object) -> str:
    return plain(value) if isinstance(value, str) else "–"


_Shown = Mapping[str, tuple[str, Callable[[object], str]]]
_ARTICLES: _Shown = MappingProxyType(
    {
        "outlet": ("outlet", _words),
        "n_articles": ("articles", _number),
        "n_measured": ("measured", _number),
        "n_short": ("short", _number),
        "n_not_english": ("not English", _number),
        "n_duplicates": ("duplicates", _number),
    }
)
_DATES: _Shown = MappingProxyType(
    {
        "outlet": ("outlet", _words),
        "first": ("first", _day),
        "last": ("last", _day),
        "n_undated": ("undated", _number),
        "n_guessed": ("guessed", _number),
    }
)
_TEXTS: _Shown = MappingProxyType(
    {
        "outlet": ("outlet", _words),
        "words_low": ("shortest", _number),
        "words_median": ("median", _number),
        "words_high": ("longest", _number),
        "furniture_share": ("furniture", _share),
        "curly_share": ("curly", _share),
        "straight_share": ("straight", _share),
    }
)
_STANCES: _Shown = MappingProxyType(
    {
        "outlet": ("outlet", _words),
        "stance": ("stance", _words),
        "stance_source": ("who says so", _words),
        "stance_date": ("when", _words),
    }
)
_REMARKS: _Shown = MappingProxyType({"subject": ("about", _words), "remark": ("remark", _words)})
_COUNTS: _Shown = MappingProxyType(
    {
        "kind": ("kind", _words),
        "value": ("value", _words),
        "n": ("number", _number),
        "meaning": ("meaning", _words),
    }
)
_DUPLICATES: _Shown = MappingProxyType(
    {
        "article_id": ("article", _words),
        "duplicate_of": ("repeats", _words),
        "reason": ("by", _words),
    }
)


def quality_sections(quality: Mapping[str, pd.DataFrame]) -> list[QualitySection]:
    """Lay out what :func:`samestory.corpus_quality` found.

    Parameters
    ----------
    quality : mapping of str to DataFrame
        ``outlet_quality``, ``months``, ``quality_counts``, ``duplicates`` and ``quality_warnings``.

    Returns
    -------
    list of QualitySection
        Tables of text, in reading order.

    Raises
    ------
    TableError
        A table is not what it should be.
    """
    q = {name: tables.check(frame, tables.TABLES[name]) for name, frame in quality.items()}
    outlets = q["outlet_quality"]
    return [
        _section("Remarks", "What to look at before measuring.", q["quality_warnings"], _REMARKS),
        _section(
            "Articles",
            "Measured: with text, in English. Short: fewer than 50 words. Duplicates repeat an earlier one.",
            outlets,
            _ARTICLES,
        ),
        _section(
            "Dates",
            "First and last publication, UTC; articles without date, or dated by file name or address.",
            outlets,
            _DATES,
        ),
        _months(q["months"]),
        _section(
            "Texts",
            "Words per article; share of characters that is page furniture; share of articles with curly and "
            "with straight quotation marks.",
            outlets,
            _TEXTS,
        ),
        _section(
            "Stances",
            "A stance is a claim: it needs somebody who makes it and a date.",
            outlets[outlets["stance"].notna()],
            _STANCES,
        ),
        _section(
            "Counts", "Articles by value; for removed lines, lines by reason.", q["quality_counts"], _COUNTS
        ),
        _section("Duplicates", "Later articles in the corpus, with the first.", q["duplicates"], _DUPLICATES),
    ]


def _section(heading: str, note: str, frame: pd.DataFrame, shown: _Shown) -> QualitySection:
    rows = [
        [form(row[column]) for column, (_, form) in shown.items()]
        for row in frame.head(_MOST_ROWS).to_dict("records")
    ]
    columns = [QualityColumn(name, form in (_number, _share, _day)) for name, form in shown.values()]
    return QualitySection(heading.lower(), heading, note, columns, rows, max(0, len(frame) - _MOST_ROWS))


def _months(months: pd.DataFrame) -> QualitySection:
    """Put outlets side by side: one row per month, or per year where there are more than 36 months."""
    times = months["month"].drop_duplicates()
    by_year = len(times) > 36
    period = months["month"].str[:4] if by_year else months["month"]
    wide = months.assign(period=period).pivot_table(
        index="period", columns="outlet", values="n_articles", aggfunc="sum", sort=True
    )
    heading = "Years" if by_year else "Months"
    columns = [
        QualityColumn(heading.lower()[:-1], False),
        *(QualityColumn(plain(str(c)), True) for c in wide.columns),
    ]
    rows = [
        [plain(str(when)), *map(_number, row)] for when, row in zip(wide.index, wide.to_numpy(), strict=True)
    ]
    note = "Articles by time of publication, UTC."
    return QualitySection(
        heading.lower(), heading, note, columns, rows[:_MOST_ROWS], max(0, len(rows) - _MOST_ROWS)
    )


def write_quality(path: str | Path, quality: Mapping[str, pd.DataFrame], *, title: str) -> Path:
    """Write the quality of a corpus as one page that needs no network and no other file.

    Parameters
    ----------
    path : str or Path
        The ``.html`` file to write.
    quality : mapping of str to DataFrame
        What :func:`samestory.corpus_quality` found.
    title : str
        Heading of the page.

    Returns
    -------
    Path
        The file written.

    Raises
    ------
    OutputError
        The file cannot be written.
    """
    target = Path(path)
    outlets = quality["outlet_quality"]
    n, measured = (int(outlets[c].sum()) for c in ("n_articles", "n_measured"))
    css, template = (
        files("samestory.report").joinpath("templates", name).read_text(encoding="utf-8")
        for name in ("report.css", "quality.html.j2")
    )
    environment = Environment(
        autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    page = environment.from_string(template).render(
        title=plain(title),
        lead=f"{n:,} articles of {len(outlets)} outlets; {measured:,} can be measured.",
        css=Markup(css),
        css_hash=base64.b64encode(hashlib.sha256(css.encode("utf-8")).digest()).decode("ascii"),
        sections=quality_sections(quality),
    )
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(page.encode("utf-8", "replace"))
    except OSError as problem:
        raise OutputError(
            f"cannot write the page ({problem.strerror or problem})", hint="choose another place", path=target
        ) from problem
    return target
