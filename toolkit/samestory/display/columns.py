"""What each kind of table is shown with: which columns, under which headers, in which form."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

import pandas as pd

from samestory import tables
from samestory.display.shown import ShownColumn

__all__ = ["Column", "columns_for"]

_MISSING = "–"
Row = Mapping[Hashable, Any]


@dataclass(frozen=True)
class Column:
    """One column to show: its header with the unit, how a row fills it, whether it is a number."""

    header: str
    cell: Callable[[Row], str]
    number: bool = False

    def filled(self, table: pd.DataFrame) -> ShownColumn:
        """Fill the column from the rows of a table."""
        cells = tuple(self.cell(row) for row in table.to_dict("records"))
        return ShownColumn(header=self.header, cells=cells, number=self.number)


def columns_for(table: pd.DataFrame) -> list[Column]:
    """Choose the columns for a table: by what kind it is, or all of them."""
    for name, make in _LAYOUTS.items():
        if all(c in table.columns for c, column in tables.TABLES[name].columns.items() if column.required):
            return make(table)
    return [_plain_column(table, c) for c in table.columns]


def _known(value: Any) -> bool:
    return not (pd.api.types.is_scalar(value) and pd.isna(value))


def _text(name: str) -> Callable[[Row], str]:
    return lambda row: str(row[name]) if _known(row.get(name)) else _MISSING


def _count(name: str) -> Callable[[Row], str]:
    return lambda row: f"{row[name]:,.0f}" if _known(row.get(name)) else _MISSING


def _signed(value: Any, decimals: int = 2) -> str:
    text = f"{value:+.{decimals}f}".replace("-", "−")
    return text if any(c in "123456789" for c in text) else text[1:]


def _with_interval(name: str, *, decimals: int = 2) -> Callable[[Row], str]:
    def cell(row: Row) -> str:
        if not _known(row[name]):
            return _MISSING
        if not (_known(row.get("low")) and _known(row.get("high"))):
            return f"{_signed(row[name], decimals)} [no interval]"
        low, high = (_signed(row[end], decimals) for end in ("low", "high"))
        return f"{_signed(row[name], decimals)} [{low}, {high}]"

    return cell


def _probability(name: str) -> Callable[[Row], str]:
    def cell(row: Row) -> str:
        if not _known(row.get(name)):
            return _MISSING
        return "< .001" if row[name] < 0.001 else f"{row[name]:.3f}".removeprefix("0")

    return cell


def _level(table: pd.DataFrame) -> str:
    levels = sorted(set(table["level"].dropna())) if "level" in table.columns else []
    return f"{100 * levels[0]:g} % interval" if len(levels) == 1 else "interval"


def _estimates(table: pd.DataFrame) -> list[Column]:
    def read_as(row: Row) -> str:
        return f"{row['tier']}: {row['reason']}" if _known(row["reason"]) else str(row["tier"])

    return [
        Column("measure", _text("measure")),
        Column("group − reference", lambda r: f"{r['group']} − {r['reference']}"),
        Column(f"difference [{_level(table)}], in the measure’s unit", _with_interval("estimate"), True),
        Column("p", _probability("p"), True),
        Column("p, adjusted", _probability("p_adjusted"), True),
        Column(
            "effect size (d_z)",
            lambda r: _signed(r["effect_size"]) if _known(r["effect_size"]) else _MISSING,
            True,
        ),
        Column("stories (n)", _count("n_stories"), True),
        Column("what that allows", read_as),
    ]


def _quotes(table: pd.DataFrame) -> list[Column]:
    first = [Column("outlet", _text("outlet"))] if "outlet" in table.columns else []
    return [
        *first,
        Column("speaker", _text("speaker_resolved")),
        Column("cue", _text("cue")),
        Column("kind", _text("kind")),
        Column("said", _text("text")),
        Column("confidence (0–1)", lambda r: f"{r['confidence']:.2f}", True),
        Column("article, characters", lambda r: f"{r['article_id']}, {r['start']:.0f}–{r['end']:.0f}"),
    ]


def _articles(table: pd.DataFrame) -> list[Column]:
    def when(row: Row) -> str:
        return f"{row['published']:%Y-%m-%d %H:%M}" if _known(row.get("published")) else _MISSING

    def begins(row: Row) -> str:
        text = " ".join(str(row["text"]).split()) if _known(row["text"]) else ""
        return text if len(text) <= 160 else text[:159].rstrip() + "…"

    have = set(table.columns)
    wanted = [
        ("article_id", Column("article", _text("article_id"))),
        ("outlet", Column("outlet", _text("outlet"))),
        ("published", Column("published (UTC)", when)),
        ("title", Column("headline", _text("title"))),
        ("text", Column("text begins", begins)),
        ("text", Column("words (n)", lambda r: f"{len(str(r['text']).split()):,}", True)),
        ("story_id", Column("story", _text("story_id"))),
        ("reprint_of", Column("reprint of", _text("reprint_of"))),
        ("flags", Column("reservations", lambda r: _flags(r["flags"]))),
    ]
    return [column for name, column in wanted if name in have]


def _flags(codes: Any) -> str:
    return "; ".join(tables.FLAGS.get(c, c) for c in str(codes).split()) if _known(codes) else ""


def _speakers(table: pd.DataFrame) -> list[Column]:
    def share(row: Row) -> str:
        if not _known(row["share"]):
            return _MISSING
        ends: list[Any] = [row.get("low"), row.get("high")]
        interval = f" [{100 * ends[0]:.0f}, {100 * ends[1]:.0f}]" if all(map(_known, ends)) else ""
        return f"{100 * row['share']:.1f}{interval}"

    interval = " [95 % interval]" if "low" in table.columns else ""
    first = [Column("outlet", _text("outlet"))] if "outlet" in table.columns else []
    return [
        *first,
        Column("speaker", lambda r: str(r["speaker"]) if _known(r["speaker"]) else "no speaker named"),
        Column(f"share of attributions, %{interval}", share, True),
        Column("attributions (n)", _count("n_quotes"), True),
        Column("quoted words", _count("quoted_words"), True),
        Column("articles (n)", _count("n_articles"), True),
    ]


def _sentiment(table: pd.DataFrame) -> list[Column]:
    return [
        Column("group", _text("group")),
        Column("part", _text("part")),
        Column("voice", _text("voice")),
        Column(f"mean tone, −1 to 1 [{_level(table)}]", _with_interval("mean"), True),
        Column("sentences (n)", _count("n_sentences"), True),
        Column("articles (n)", _count("n_articles"), True),
        Column("keep in mind", lambda r: _warnings(r["warnings"])),
    ]


def _warnings(codes: Any) -> str:
    known = str(codes).split() if _known(codes) else []
    return "; ".join(tables.SENTIMENT_WARNINGS.get(c, c) for c in known)


def _terms(table: pd.DataFrame) -> list[Column]:
    first = [Column("outlet", _text("outlet"))] if "outlet" in table.columns else []
    return [
        *first,
        Column("term", _text("term")),
        Column("log-odds against the others [± 1.96 SE]", _with_interval("log_odds"), True),
        Column("z", lambda r: _signed(r["z"], 1), True),
        Column("per 1,000 words", lambda r: f"{r['rate']:.2f}", True),
        Column("uses (n)", _count("count"), True),
        Column("articles (n)", _count("n_articles"), True),
    ]


def _plain_column(table: pd.DataFrame, name: Hashable) -> Column:
    number = pd.api.types.is_numeric_dtype(table[name].dtype) and not pd.api.types.is_bool_dtype(
        table[name].dtype
    )
    whole = pd.api.types.is_integer_dtype(table[name].dtype)

    def cell(row: Row) -> str:
        value = row[name]
        if not _known(value):
            return _MISSING
        return f"{value:,}" if number and whole else f"{value:.3f}" if number else str(value)

    return Column(str(name), cell, number)


# In this order: a table is shown as the first kind it is.
_LAYOUTS: Mapping[str, Callable[[pd.DataFrame], list[Column]]] = MappingProxyType(
    {
        "estimates": _estimates,
        "quotes": _quotes,
        "speakers": _speakers,
        "sentiment": _sentiment,
        "terms": _terms,
        "articles": _articles,
    }
)
