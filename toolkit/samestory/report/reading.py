"""The stories to read side by side: outlets in columns, sentences in order, speech marked, tone as a tint."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from samestory import tables
from samestory.report.facets import Facets, speaker_names
from samestory.report.places import NO_STORY, PER_PAGE, UNPAGED, Places, story_of
from samestory.report.safe import plain, web_address

__all__ = ["Reader", "tone_class"]

_MOST_LETTERS = 40_000  # of one article; the page says how many sentences it leaves out
_MOST_REMOVED = 200  # removed lines of one article
# What is read of sentences, quotes and lines, and the order in which they stand in an article.
_READ = frozenset(
    "article_id start end text voice compound spans kind cue in_headline name kept reason".split()
)
_ORDER = ("article_id", "line", "start", "end")

#: A row of a table.
Row = Mapping[Any, Any]


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

    def stories(self, page: int) -> Iterator[dict[str, Any]]:
        """Give the stories of a page, each with its articles, one at a time."""
        wanted = self.places.pages[page]
        keyed = self.articles.assign(_story=story_of(self.articles))
        keyed = keyed[keyed["_story"].isin(set(wanted))]
        ids = set(keyed["article_id"])
        said, heard, lines = (_by_article(t, ids) for t in (self.sentences, self.quotes, self.lines))
        everyone = sorted(set(self.articles["outlet"].dropna()) - {""})
        told_by = dict(iter(keyed.groupby("_story")))
        shown = 0
        for story in wanted:
            told, columns = told_by[story], []
            for outlet, mine in sorted(told.groupby("outlet", dropna=False), key=lambda pair: str(pair[0])):
                texts = []
                for row in _in_order(mine).to_dict("records"):
                    shown += 1
                    key = row["article_id"]
                    parts = (said.get(key, []), heard.get(key, []), lines.get(key, []))
                    full = shown <= (PER_PAGE if self.places.paged else UNPAGED)
                    texts.append(self._article(row, *parts, page=page, full=full))
                columns.append({"outlet": plain(outlet), "stance": _first(mine, "stance"), "articles": texts})
            loose = story.startswith(NO_STORY)
            absent = [] if loose else [plain(o) for o in everyone if o not in set(told["outlet"])]
            yield {**self.heading(story, told), "columns": columns, "absent": absent}

    def index(self) -> Iterator[dict[str, Any]]:
        """Give one line per story shown: its heading, its address, and what it can be chosen by."""
        keyed = self.articles.drop(columns="text").assign(_story=story_of(self.articles))
        told_by = dict(iter(keyed[keyed["_story"].isin(self.places.page_of)].groupby("_story")))
        for story in (s for stories in self.places.pages for s in stories):
            told = told_by[story]
            ids = told["article_id"]
            outlets = told["outlet"].dropna().map(plain).unique()
            yield {
                **self.heading(story, told),
                "href": self.places.story(story),
                "n_outlets": told["outlet"].nunique(),
                "outlets": _numbers(self.facets.outlet_of[o] for o in outlets),
                "speakers": _numbers(n for a in ids for n in self.facets.speakers_in.get(a, [])),
                "topics": _numbers(n for a in ids for n in self.facets.topics_in.get(a, [])),
            }

    def heading(self, story: str, told: pd.DataFrame) -> dict[str, Any]:
        """Say what a story is called, when it was first told, and in how many articles."""
        loose = story.startswith(NO_STORY)
        return {
            "anchor": self.places.stories[story],
            "id": "" if loose else plain(story),
            "title": "Articles in no story" if loose else _first(_in_order(told), "title") or plain(story),
            "n_articles": len(told),
            "date": _day(told["published"].min()) if "published" in told.columns else "",
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


def _by_article(frame: pd.DataFrame, ids: set[str]) -> dict[str, list[Row]]:
    """Give the rows of each article, in order; as dicts, since a table for each takes longer to make."""
    out: dict[str, list[Row]] = {}
    if frame.empty:
        return out
    rows = frame[frame["article_id"].isin(ids)].sort_values([c for c in _ORDER if c in frame.columns])
    if "speaker" in rows.columns:
        rows = rows.assign(name=speaker_names(rows))
    for row in rows[[c for c in rows.columns if c in _READ]].to_dict("records"):
        out.setdefault(row["article_id"], []).append(row)
    return out


def _numbers(numbers: Iterable[int]) -> str:
    return " ".join(str(n) for n in sorted(set(numbers)))


def _in_order(articles: pd.DataFrame) -> pd.DataFrame:
    return articles.sort_values([c for c in ("published", "article_id") if c in articles.columns])


def _first(rows: pd.DataFrame, column: str) -> str:
    known = rows[column].dropna().tolist() if column in rows.columns else []
    return plain(known[0]) if known else ""


def _day(moment: Any) -> str:
    return "" if pd.isna(moment) else f"{moment:%Y-%m-%d}"


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
    at = 0
    for one in speech:
        a, b = max(one.start - offset, at), min(one.end - offset, len(text))
        if a >= b:
            continue
        if a > at:
            yield plain(text[at:a]), None
        yield plain(text[a:b]), one
        at = b
    if at < len(text):
        yield plain(text[at:]), None
