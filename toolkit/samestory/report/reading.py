"""The stories to read side by side: outlets in columns, sentences in order, speech marked, tone as a tint."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from samestory import tables
from samestory.report.safe import anchors, plain, web_address

__all__ = ["Anchors", "anchors_of", "stories", "tone_class"]

# What keeps the page bounded; whatever is left out is said in the page and stands in the tables.
_MOST_ARTICLES, _MOST_LETTERS = 400, 40_000
_NO_STORY = "\uffff"  # sorts after every story


@dataclass(frozen=True)
class Anchors:
    """Where stories and articles stand in the page."""

    stories: Mapping[str, str]
    articles: Mapping[str, str]


def anchors_of(articles: pd.DataFrame) -> Anchors:
    """Give each story and each article its anchor."""
    told = _story_of(articles)
    return Anchors(anchors(told[told != _NO_STORY], "story-"), anchors(articles["article_id"], "a-"))


def tone_class(compound: float) -> str:
    """Name the tint of a sentence: n3 (most negative) to p3, empty within ±0.05 of neutral.

    Examples
    --------
    >>> tone_class(-0.7), tone_class(0.01), tone_class(0.2), tone_class(float("nan"))
    ('n3', '', 'p1', '')
    """
    if not abs(compound) >= 0.05:
        return ""
    return f"{'n' if compound < 0 else 'p'}{1 if abs(compound) < 0.35 else 2 if abs(compound) < 0.65 else 3}"


def stories(articles: pd.DataFrame, sentences: pd.DataFrame, quotes: pd.DataFrame) -> list[dict[str, Any]]:
    """Arrange the articles as the page shows them.

    Parameters
    ----------
    articles, sentences, quotes : DataFrame
        The tables; sentences may carry ``voice`` and ``compound``.

    Returns
    -------
    list of dict
        One per story, those told by most outlets first, articles without a story last.
    """
    marks = anchors_of(articles)
    said = dict(iter(sentences.groupby("article_id"))) if len(sentences) else {}
    heard = dict(iter(quotes.groupby("article_id"))) if len(quotes) else {}
    keyed = articles.assign(story_id=_story_of(articles))
    order = sorted(
        ((story, told) for story, told in keyed.groupby("story_id")),
        key=lambda pair: (pair[0] == _NO_STORY, -pair[1]["outlet"].nunique(), str(pair[0])),
    )
    everyone = sorted(set(articles["outlet"].dropna()) - {""})
    out, shown = [], 0
    for story, told in order:
        columns = []
        for outlet, mine in sorted(told.groupby("outlet"), key=lambda pair: str(pair[0])):
            texts = []
            for row in _in_order(mine).to_dict("records"):
                shown += 1
                key = row["article_id"]
                texts.append(
                    _article(row, said.get(key), heard.get(key), marks, full=shown <= _MOST_ARTICLES)
                )
            columns.append({"outlet": plain(outlet), "stance": _first(mine, "stance"), "articles": texts})
        absent = [plain(o) for o in everyone if o not in set(told["outlet"])]
        out.append(_story(str(story), told, columns, absent, marks))
    return out


def _story_of(articles: pd.DataFrame) -> pd.Series[str]:
    if "story_id" not in articles.columns:
        return pd.Series(_NO_STORY, index=articles.index)
    return articles["story_id"].astype("object").where(articles["story_id"].notna(), _NO_STORY)


def _in_order(articles: pd.DataFrame) -> pd.DataFrame:
    return articles.sort_values([c for c in ("published", "article_id") if c in articles.columns])


def _first(rows: pd.DataFrame, column: str) -> str:
    known = rows[column].dropna().tolist() if column in rows.columns else []
    return plain(known[0]) if known else ""


def _story(
    story: str, told: pd.DataFrame, columns: list[dict[str, Any]], absent: list[str], marks: Anchors
) -> dict[str, Any]:
    loose = story == _NO_STORY
    return {
        "anchor": "no-story" if loose else marks.stories[story],
        "id": "" if loose else plain(story),
        "title": "Articles in no story" if loose else _first(_in_order(told), "title") or plain(story),
        "columns": columns,
        "absent": [] if loose else absent,
        "n_articles": len(told),
        "date": _day(told["published"].min()) if "published" in told.columns else "",
    }


def _day(moment: Any) -> str:
    return "" if pd.isna(moment) else f"{moment:%Y-%m-%d}"


def _article(
    row: Mapping[Any, Any],
    said: pd.DataFrame | None,
    heard: pd.DataFrame | None,
    marks: Anchors,
    *,
    full: bool,
) -> dict[str, Any]:
    anchor = marks.articles[row["article_id"]]
    moment = row.get("published")
    paragraphs, left_out = _paragraphs(row["text"], said, heard, anchor) if full else ([], 0)
    source = row.get("reprint_of")
    return {
        "anchor": anchor,
        "id": plain(row["article_id"]),
        "title": plain(row.get("title")) or "(no headline)",
        "when": "date unknown" if moment is None or pd.isna(moment) else f"{moment:%Y-%m-%d %H:%M} UTC",
        "href": web_address(row.get("url")),
        "url": plain(row.get("url")),
        "flags": [tables.FLAGS.get(code, code) for code in plain(row.get("flags")).split()],
        "reprint_of": plain(source),
        "reprint_anchor": marks.articles.get(source) if isinstance(source, str) else None,
        "paragraphs": paragraphs,
        "left_out": left_out,
        "listed_only": not full,
    }


def _paragraphs(
    text: str, said: pd.DataFrame | None, heard: pd.DataFrame | None, anchor: str
) -> tuple[list[list[dict[str, Any]]], int]:
    """Put the sentences in order, a new paragraph at each line break; say how many were left out."""
    if said is None:
        return [], 0
    speech = list(_speech(heard)) if heard is not None else []
    out: list[list[dict[str, Any]]] = []
    last = 0
    rows = said.sort_values("start").to_dict("records")
    for i, row in enumerate(rows):
        if row["start"] > _MOST_LETTERS:
            return out, len(rows) - i
        if not out or "\n" in text[last : row["start"]]:
            out.append([])
        last = row["end"]
        out[-1].append(_sentence(row, speech, f"{anchor}-s{i + 1}"))
    return out, 0


def _sentence(row: Mapping[Any, Any], speech: list[tuple[int, int, str, str]], anchor: str) -> dict[str, Any]:
    compound = row.get("compound")
    number = float("nan") if compound is None or pd.isna(compound) else float(compound)
    voice = row.get("voice")
    voice = voice if voice in {"own", "quoted", "mixed"} else ""
    told = [] if number != number else [f"tone {number:+.2f}".replace("-", "−")]
    return {
        "anchor": anchor,
        "classes": " ".join(c for c in ("s", voice, tone_class(number)) if c),
        "title": " · ".join([*([f"{voice} voice"] if voice else []), *told]),
        "pieces": list(_pieces(row["text"], int(row["start"]), speech)),
    }


def _speech(heard: pd.DataFrame) -> Iterator[tuple[int, int, str, str]]:
    """Give the spans of attributed content in the body: start, end, kind, and who says it."""
    for row in heard.sort_values(["start", "end"]).to_dict("records"):
        if row.get("in_headline") is True:
            continue
        resolved = plain(row.get("speaker_resolved")) or plain(row.get("speaker"))
        cue = plain(row.get("cue"))
        who = f"{resolved or 'speaker not named'}{f' ({cue})' if cue else ''}"
        kind = row["kind"] if row["kind"] in {"direct", "indirect", "mixed"} else "direct"
        for start, end in row["spans"]:
            yield int(start), int(end), kind, f"{kind} speech: {who}"


def _pieces(
    text: str, offset: int, speech: list[tuple[int, int, str, str]]
) -> Iterator[tuple[str, str | None, str | None]]:
    """Cut a sentence where speech begins and ends; where two overlap, the one that began first goes on."""
    at = 0
    for start, end, kind, title in speech:
        a, b = max(start - offset, at), min(end - offset, len(text))
        if a >= b:
            continue
        if a > at:
            yield plain(text[at:a]), None, None
        yield plain(text[a:b]), kind, title
        at = b
    if at < len(text):
        yield plain(text[at:]), None, None
