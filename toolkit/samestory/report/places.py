"""Where everything stands: which page holds a story, and the anchors of stories, articles and sentences."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from samestory.report.safe import anchors

__all__ = [
    "FOLDER",
    "NO_STORY",
    "PER_PAGE",
    "UNPAGED",
    "Places",
    "articles_shown",
    "places_of",
    "story_of",
]

NO_STORY = "\uffff"  # begins the name of every heap of articles without a story; sorts after all stories
UNPAGED = 500  # articles that one file may hold
PER_PAGE = 150  # articles of a page, once there are several
FOLDER = "report_stories"  # the pages stand beside the report


@dataclass(frozen=True)
class Places:
    """Where stories, articles and sentences stand.

    Attributes
    ----------
    pages : list of list of str
        The stories of each page in order; one page alone means that they stand in the report itself.
    page_of : mapping of str to int
        Page of a story.
    stories, articles : mapping of str to str
        Anchors.
    story_of : mapping of str to str
        Story of an article.
    sentences : mapping of tuple to str
        Anchor of a sentence by article and first character.
    left_out : int
        Articles that are shown on no page.
    """

    pages: list[list[str]]
    page_of: Mapping[str, int]
    stories: Mapping[str, str]
    articles: Mapping[str, str]
    story_of: Mapping[str, str]
    sentences: Mapping[tuple[str, int], str]
    left_out: int = 0

    @property
    def paged(self) -> bool:
        """Whether the stories stand in files of their own."""
        return len(self.pages) > 1

    def page_name(self, page: int) -> str:
        """Name the file of a page, as seen from the report."""
        return f"{FOLDER}/{page + 1:03d}.html"

    def story(self, story: str, *, here: int | None = None) -> str | None:
        """Address of a story, seen from the report or from page ``here``; None where it is on no page."""
        if story not in self.page_of:
            return None
        return f"{self._file(self.page_of[story], here)}#{self.stories[story]}"

    def article(self, article: str, *, here: int | None = None) -> str | None:
        """Address of an article; None where it is on no page."""
        story = self.story_of.get(article)
        if story is None or story not in self.page_of:
            return None
        return f"{self._file(self.page_of[story], here)}#{self.articles[article]}"

    def sentence(self, article: str, start: int, *, here: int | None = None) -> str | None:
        """Address of a sentence, or of its article where the sentence is unknown; None where on no page."""
        address = self.article(article, here=here)
        anchor = self.sentences.get((article, start))
        return address if address is None or anchor is None else f"{address.split('#')[0]}#{anchor}"

    def _file(self, page: int, here: int | None) -> str:
        if not self.paged or page == here:
            return ""
        return self.page_name(page) if here is None else f"{page + 1:03d}.html"


def story_of(articles: pd.DataFrame) -> pd.Series[str]:
    """Story of each article; those in none are heaped by the hundred, so that no page is endless."""
    ids = articles["story_id"] if "story_id" in articles.columns else pd.Series(pd.NA, index=articles.index)
    loose = ids.isna()
    rank = articles["article_id"][loose].rank(method="first").astype(int).sub(1) // 100 + 1
    return ids.astype("object").where(~loose, rank.map(lambda n: f"{NO_STORY}{n:05d}"))


def places_of(articles: pd.DataFrame, sentences: pd.DataFrame, *, most_articles: int) -> Places:
    """Decide what stands where.

    Parameters
    ----------
    articles, sentences : DataFrame
        The tables.
    most_articles : int
        Articles shown at most; stories told by most outlets come first, and a story is shown whole.

    Returns
    -------
    Places
        One page for up to 500 articles, else pages of about 150 articles each.

    Examples
    --------
    >>> articles = pd.DataFrame({"article_id": ["a", "b"], "outlet": ["Herald", "Ledger"], "story_id": "s1"})
    >>> places_of(articles, pd.DataFrame(), most_articles=10).story("s1")
    '#story-s1'
    """
    told = story_of(articles)
    shown = _shown(articles, told, most_articles)
    taken = sum(shown.values())
    pages = [list(shown)] if taken <= UNPAGED else _split(list(shown), shown)
    numbered = {}
    if len(sentences):
        rows = sentences.sort_values(["article_id", "start"])
        place = rows.groupby("article_id").cumcount() + 1
        names = anchors(articles["article_id"], "a-")
        for article, start, i in zip(rows["article_id"], rows["start"], place, strict=True):
            if article in names:
                numbered[article, int(start)] = f"{names[article]}-s{i}"
    return Places(
        pages=pages,
        page_of={s: p for p, stories in enumerate(pages) for s in stories},
        stories=_story_anchors(told),
        articles=anchors(articles["article_id"], "a-"),
        story_of=dict(zip(articles["article_id"], told, strict=True)),
        sentences=numbered,
        left_out=len(articles) - taken,
    )


def articles_shown(articles: pd.DataFrame, *, most_articles: int) -> pd.Series[bool]:
    """Say which articles stand on a page, so that the sentences of no others need be at hand.

    Examples
    --------
    >>> articles = pd.DataFrame({"article_id": ["a", "b", "c"], "outlet": ["Herald", "Ledger", "Ledger"],
    ...                          "story_id": ["s1", "s2", "s2"]})
    >>> articles_shown(articles, most_articles=1).tolist()
    [True, False, False]
    """
    told = story_of(articles)
    return told.isin(list(_shown(articles, told, most_articles)))


def _shown(articles: pd.DataFrame, told: pd.Series[str], most_articles: int) -> dict[str, int]:
    """Choose the stories that are shown, in order, each with the number of its articles."""
    sizes = told.groupby(told).size()
    reach = articles.assign(_story=told).groupby("_story")["outlet"].nunique()
    order = sorted(sizes.index, key=lambda s: (s.startswith(NO_STORY), -reach[s], s))
    shown: dict[str, int] = {}
    taken = 0
    for story in order:
        if taken and taken + sizes[story] > most_articles:
            break
        shown[str(story)] = int(sizes[story])
        taken += int(sizes[story])
    return shown


def _story_anchors(told: pd.Series[str]) -> dict[str, str]:
    loose = told.str.startswith(NO_STORY)
    heaps = sorted(set(told[loose]))
    return anchors(told[~loose], "story-") | {h: f"no-story-{i + 1}" for i, h in enumerate(heaps)}


def _split(stories: list[str], sizes: dict[str, int]) -> list[list[str]]:
    """Fill pages with whole stories; a story larger than a page has one to itself."""
    pages: list[list[str]] = [[]]
    held = 0
    for story in stories:
        if held and held + sizes[story] > PER_PAGE:
            pages.append([])
            held = 0
        pages[-1].append(story)
        held += sizes[story]
    return pages
