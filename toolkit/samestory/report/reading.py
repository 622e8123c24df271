"""The stories to read side by side: outlets in columns, sentences in order, speech marked, tone as a tint."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import pandas as pd

from samestory import tables
from samestory.report.facets import Facets
from samestory.report.places import NO_STORY, PER_PAGE, UNPAGED, Places, story_of
from samestory.report.rows import Row, RowsByArticle, records
from samestory.report.safe import plain, web_address

__all__ = ["Reader", "tone_class"]

_MOST_LETTERS = 40_000  # of one article; the page says how many sentences it leaves out
_MOST_REMOVED = 200  # removed lines of one article


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


@dataclass(frozen=True)
class Speech:
    """A stretch of attributed content: where it stands, of which kind, and who says it."""

    start: int
    end: int
    kind: str
    title: str
    speaker: int | None


@dataclass(frozen=True)
class Removed:
    """A line that cleaning took out, and where in the cleaned text it stood."""

    place: int
    text: str
    reason: str


@dataclass(frozen=True)
class Block:
    """A paragraph of sentences, or lines that were taken out at this place."""

    sentences: list[dict[str, Any]]
    removed: list[Removed]


@dataclass(frozen=True)
class Reader:
    """Arranges articles as the pages show them.

    Attributes
    ----------
    articles, sentences, quotes, lines : DataFrame
        The tables; sentences may carry ``voice`` and ``compound``; all but the first may be empty.
    places : Places
        What stands where.
    facets : Facets
        What articles can be chosen by.
    """

    articles: pd.DataFrame
    sentences: pd.DataFrame
    quotes: pd.DataFrame
    lines: pd.DataFrame
    places: Places
    facets: Facets

    @cached_property
    def _told(self) -> dict[str, list[Row]]:
        """The articles of each story shown, in the order of the table."""
        story = story_of(self.articles)
        shown = story.isin(set(self.places.page_of)).to_numpy()
        out: dict[str, list[Row]] = {}
        for name, row in zip(story[shown].tolist(), records(self.articles[shown]), strict=True):
            out.setdefault(name, []).append(row)
        return out

    @cached_property
    def _read(self) -> tuple[RowsByArticle, RowsByArticle, RowsByArticle]:
        return RowsByArticle(self.sentences), RowsByArticle(self.quotes), RowsByArticle(self.lines)

    def stories(self, page: int) -> Iterator[dict[str, Any]]:
        """Give the stories of a page, each with its articles, one at a time."""
        wanted = self.places.pages[page]
        ids = [row["article_id"] for story in wanted for row in self._told[story]]
        said, heard, lines = (rows.of(ids) for rows in self._read)
        everyone = sorted(set(self.articles["outlet"].dropna()) - {""})
        shown = 0
        for story in wanted:
            told, columns = self._told[story], []
            outlets: dict[Any, list[Row]] = {}
            for row in told:
                outlets.setdefault(row["outlet"] if isinstance(row["outlet"], str) else None, []).append(row)
            for outlet, mine in sorted(outlets.items(), key=lambda pair: pair[0] or "nan"):
                texts = []
                for row in _in_order(mine):
                    shown += 1
                    key = row["article_id"]
                    parts = (said.get(key, []), heard.get(key, []), lines.get(key, []))
                    full = shown <= (PER_PAGE if self.places.paged else UNPAGED)
                    texts.append(self._article(row, *parts, page=page, full=full))
                columns.append({"outlet": plain(outlet), "stance": _first(mine, "stance"), "articles": texts})
            loose = story.startswith(NO_STORY)
            absent = [] if loose else [plain(o) for o in everyone if o not in outlets]
            yield {**self.heading(story), "columns": columns, "absent": absent}

    def index(self) -> Iterator[dict[str, Any]]:
        """Give one line per story shown: its heading, its address, and what it can be chosen by."""
        for story in (s for stories in self.places.pages for s in stories):
            told = self._told[story]
            ids = [row["article_id"] for row in told]
            outlets = {row["outlet"] for row in told if isinstance(row["outlet"], str)}
            yield {
                **self.heading(story),
                "href": self.places.story(story),
                "n_outlets": len(outlets),
                "outlets": _numbers(self.facets.outlet_of[plain(o)] for o in outlets),
                "speakers": _numbers(n for a in ids for n in self.facets.speakers_in.get(a, [])),
                "topics": _numbers(n for a in ids for n in self.facets.topics_in.get(a, [])),
            }

    def heading(self, story: str) -> dict[str, Any]:
        """Say what a story is called, when it was first told, and in how many articles."""
        loose, told = story.startswith(NO_STORY), _in_order(self._told[story])
        return {
            "anchor": self.places.stories[story],
            "id": "" if loose else plain(story),
            "title": "Articles in no story" if loose else _first(told, "title") or plain(story),
            "n_articles": len(told),
            "date": _day(told[0].get("published")),
        }

    def _article(
        self,
        row: Mapping[Any, Any],
        said: list[Row],
        heard: list[Row],
        lines: list[Row],
        *,
        page: int,
        full: bool,
    ) -> dict[str, Any]:
        key, source = row["article_id"], row.get("reprint_of")
        anchor, moment = self.places.articles[key], row.get("published")
        gone = list(_removed(lines)) if full else []
        blocks, left_out = self._blocks(row["text"], said, heard, anchor, gone) if full else ([], 0)
        return {
            "anchor": anchor,
            "id": plain(key),
            "title": plain(row.get("title")) or "(no headline)",
            "when": "date unknown" if moment is None or pd.isna(moment) else f"{moment:%Y-%m-%d %H:%M} UTC",
            "href": web_address(row.get("url")),
            "url": plain(row.get("url")),
            "flags": [tables.FLAGS.get(code, code) for code in plain(row.get("flags")).split()],
            "reprint_of": plain(source),
            "reprint_href": self.places.article(source, here=page) if isinstance(source, str) else None,
            "blocks": blocks,
            "left_out": left_out,
            "listed_only": not full,
            "more_removed": max(0, len(gone) - _MOST_REMOVED),
            "outlet_number": self.facets.outlet_of.get(plain(row.get("outlet")), ""),
            "speakers": _numbers(self.facets.speakers_in.get(key, [])),
            "topics": _numbers(self.facets.topics_in.get(key, [])),
        }

    def _blocks(
        self,
        text: str,
        said: list[Row],
        heard: list[Row],
        anchor: str,
        gone: list[Removed],
    ) -> tuple[list[Block], int]:
        """Put the sentences in order, a new paragraph at each line break, removed lines where they stood.

        The number says how many sentences were left out.
        """
        speech = list(_speech(heard, self.facets))
        out: list[Block] = []
        waiting = gone[:_MOST_REMOVED]
        last, left_out = 0, 0
        for i, row in enumerate(said):
            if row["start"] > _MOST_LETTERS:
                left_out = len(said) - i
                break
            fresh = not out or "\n" in text[last : row["start"]]
            if fresh:
                waiting = _placed(waiting, row["start"], out)
                out.append(Block([], []))
            last = row["end"]
            out[-1].sentences.append(_sentence(row, speech, f"{anchor}-s{i + 1}"))
        _placed(waiting, len(text), out)
        return out, left_out


def _removed(lines: list[Row]) -> Iterator[Removed]:
    """Give the lines that cleaning took out, each with the place in the cleaned text where it stood."""
    place = 0
    for row in lines:
        if row["kept"]:
            place = place if pd.isna(row["end"]) else int(row["end"])
        else:
            yield Removed(place, plain(row["text"]), plain(row["reason"]).replace("_", " "))


def _placed(waiting: list[Removed], before: int, out: list[Block]) -> list[Removed]:
    """Put out the removed lines that stood before a character; return the others."""
    now = [line for line in waiting if line.place <= before]
    if now:
        out.append(Block([], now))
    return waiting[len(now) :]


def _numbers(numbers: Iterable[int]) -> str:
    return " ".join(str(n) for n in sorted(set(numbers)))


def _in_order(articles: list[Row]) -> list[Row]:
    """Put articles in the order of publication, those without a date last."""

    def key(row: Row) -> tuple[bool, Any, str]:
        moment = row.get("published")
        unknown = moment is None or moment is pd.NaT
        return unknown, 0 if unknown else moment, row["article_id"]

    return sorted(articles, key=key)


def _first(rows: list[Row], column: str) -> str:
    known = (row.get(column) for row in rows)
    return next((plain(value) for value in known if value is not None and not pd.isna(value)), "")


def _day(moment: Any) -> str:
    return "" if moment is None or pd.isna(moment) else f"{moment:%Y-%m-%d}"


def _sentence(row: Mapping[Any, Any], speech: list[Speech], anchor: str) -> dict[str, Any]:
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


def _speech(heard: list[Row], facets: Facets) -> Iterator[Speech]:
    """Give the spans of attributed content in the body: start, end, kind, and who says it."""
    for row in heard:
        if row.get("in_headline") is True:
            continue
        cue, name = plain(row.get("cue")), row["name"]
        who = f"{name or 'speaker not named'}{f' ({cue})' if cue else ''}"
        kind = row["kind"] if row["kind"] in {"direct", "indirect", "mixed"} else "direct"
        for start, end in row["spans"]:
            yield Speech(int(start), int(end), kind, f"{kind} speech: {who}", facets.speaker_of.get(name))


def _pieces(text: str, offset: int, speech: list[Speech]) -> Iterator[tuple[str, Speech | None]]:
    """Cut a sentence where speech begins and ends; where two overlap, the one that began first goes on."""
    at, beyond = 0, offset + len(text)
    for one in speech:
        if one.end <= offset or one.start >= beyond:
            continue
        a, b = max(one.start - offset, at), min(one.end - offset, len(text))
        if a >= b:
            continue
        if a > at:
            yield plain(text[at:a]), None
        yield plain(text[a:b]), one
        at = b
    if at < len(text):
        yield plain(text[at:]), None
