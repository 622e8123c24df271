"""Cleaning: furniture goes, the body stays, and every line that goes is listed."""

from __future__ import annotations

import time
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from samestory.cleaning import clean_articles, clean_characters, removed_lines
from samestory.cleaning.body import find_body
from samestory.cleaning.finder import furniture_finder
from samestory.cleaning.lexicon import furniture, plain_line
from samestory.errors import TableError

SHARED = Path(__file__).resolve().parents[1].parent / "shared"

PARAGRAPHS = [
    "Harvest crews walked off the orchards near Velm on Tuesday when talks on night pay broke down.",
    "“We picked until our lamps went out,” said Orla Finch, who has worked there since she was sixteen.",
    "The growers’ league answered that its offer, two crowns more a crate, would stand until Friday.",
    "No date was set for another meeting.",
]
HEAD = ["Velm Courier", "Home", "Politics", "Farms", "Sign in", ""]
HEADLINE = "Velm orchard crews walk off over night pay"
FOOT = [
    "Most read",
    "1. Where the plums went",
    "2. A bridge, a goat and a fine",
    "",
    "Leave a comment",
    "Your email address will not be published.",
    "Post comment",
    "Back to top",
    "© 2031 Velm Courier",
]


def table(*texts: str, outlet: str = "Velm Courier", **columns: list[object]) -> pd.DataFrame:
    ids = [f"a{i}" for i in range(len(texts))]
    return pd.DataFrame({"article_id": ids, "outlet": outlet, "text": list(texts), **columns})


def page(*middle: str, head: list[str] = HEAD, foot: list[str] = FOOT) -> str:
    """Build a pasted page with some lines after the second paragraph."""
    body = [PARAGRAPHS[0], "", PARAGRAPHS[1], "", *middle, "", PARAGRAPHS[2], "", PARAGRAPHS[3], ""]
    return "\n".join([*head, HEADLINE, "By Tamsin Ode", "4 May 2031, 8.15 a.m.", "", *body, *foot])


BODY = "\n\n".join(PARAGRAPHS)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("cafe\u0301", "café"),
        ("har\u00advest\u200b \ufeffcrew", "harvest crew"),
        ("5\u00a0crowns\u2009each", "5 crowns each"),
        ("“It wasn’t – ‘fair’”", "“It wasn’t – ‘fair’”"),
        ("One. \r\n\r\n\r\n\r\nTwo.\u2028Three.\t", "One.\n\nTwo.\nThree."),
        ("", ""),
    ],
)
def test_characters(before, after):
    assert clean_characters(before) == after


@given(st.text(max_size=300))
def test_clean_characters_twice_is_once(text):
    once = clean_characters(text)
    assert clean_characters(once) == once


@pytest.mark.parametrize(
    "middle",
    [
        ["Read more", "Plum prices fall for a third week"],
        ["Read more", "Who owns the orchards of Velm?"],
        ["Related", "Timeline: ten harvests", "Map: the upper rows"],
        ["Pickers at the upper gate on Tuesday. Photo: R. Sable / Courier"],
        ["Pickers at the gate, May 4, 2031. © Courier / R. Sable"],
        ["Share  Post  Email"],
        ["Advertisement"],
        ["Get the Courier Letter every Friday.", "Your email address", "Sign up", "We never sell your data."],
        [
            "Keep the Courier free",
            "Nobody owns this paper but you.",
            "“I pay two crowns and sleep better,” writes Bo, a reader.",
            "Give once",
            "Give monthly",
            "Card | Bank transfer",
        ],
        ["We use cookies to remember your settings.", "Accept all"],
    ],
)
def test_furniture_between_paragraphs_goes(middle):
    cleaned = clean_articles(table(page(*middle))).iloc[0]
    assert cleaned["text"] == BODY
    assert cleaned["title"] == HEADLINE
    assert cleaned["byline"] == "By Tamsin Ode"


def test_page_without_blank_lines():
    text = "\n".join(
        line for line in page("Read more", "Plum prices fall for a third week").split("\n") if line
    )
    cleaned = clean_articles(table(text)).iloc[0]
    assert cleaned["text"] == "\n".join(PARAGRAPHS)
    assert cleaned["title"] == HEADLINE


def test_appeal_of_several_paragraphs_at_the_end():
    appeal = [
        "A message from the Velm Courier:",
        "",
        "Dear readers,",
        "",
        "Last winter the league called our pages “a danger to the harvest”. We disagree.",
        "",
        "Your support keeps two reporters in the rows.",
        "",
        "Once",
        "Monthly",
        "Not ready to give today?",
    ]
    cleaned = clean_articles(
        table(page("Advertisement", foot=["Talvik Wire contributed reporting.", "", *appeal]))
    )
    assert cleaned["text"].iloc[0] == BODY
    assert cleaned["credit"].iloc[0] == "Talvik Wire contributed reporting."


def test_headline_is_moved_and_the_deck_stays():
    deck = "Pickers in the upper rows want two crowns more for each crate picked after dark"
    text = "\n\n".join(["Farms & Orchards", HEADLINE, deck, BODY])
    cleaned = clean_articles(table(text)).iloc[0]
    assert cleaned["title"] == HEADLINE
    assert cleaned["text"] == f"{deck}\n\n{BODY}"


def test_on_a_page_the_deck_above_the_byline_goes_with_the_headline():
    deck = "Pickers in the upper rows want two crowns more for each crate picked after dark."
    text = page("Advertisement").replace(HEADLINE, f"{HEADLINE}\n{deck}", 1)
    gone = removed_lines(table(text)).set_index("text")["reason"]
    assert gone[deck] == "deck"
    assert clean_articles(table(text))["text"].iloc[0] == BODY
    assert deck in clean_articles(table(text), without=["deck"])["text"].iloc[0]


def test_long_line_that_stands_twice_on_a_page_goes():
    caption = "Pickers sit on upturned crates beside the road to Velm on Tuesday morning, lamps unlit."
    more = "Nobody at the gate would say who had put out the lamps, or who would light them again. " * 3
    text = page(caption, caption, "", more.strip())
    assert clean_articles(table(text))["text"].iloc[0] == BODY.replace(
        "sixteen.", f"sixteen.\n\n{more.strip()}"
    )
    assert set(removed_lines(table(text)).set_index("text")["reason"][[caption]]) == {"repeated"}


def test_refrains_and_texts_pasted_twice_stay():
    asked = "What would you change first if the orchards of Velm were yours for one whole summer?"
    told = [f"Picker number {n} said that the lamps should stay on for longer." for n in "123456"]
    text = page(*[line for one in told for line in (asked, "", one, "")])
    assert clean_articles(table(text))["text"].iloc[0].count(asked) == len(told)
    twice = page("Advertisement", *PARAGRAPHS[:3])
    assert PARAGRAPHS[2] in clean_articles(table(twice))["text"].iloc[0]


def test_table_of_numbers_is_a_body():
    rows = [f"{n} Orchard {chr(64 + n)} {900 - 7 * n} {40 - n} {n % 4}" for n in range(1, 21)]
    intro = "Crates picked, lamps lit and ladders broken in the twenty orchards of Velm this week."
    text = "\n".join([*HEAD, HEADLINE, "4 May 2031, 8.15 a.m.", "", *rows[:12], intro, *rows[12:], "", *FOOT])
    kept = clean_articles(table(text))["text"].iloc[0]
    assert all(row in kept for row in rows)


def test_known_headline_is_taken_from_the_text_and_kept_as_given():
    title = "Velm Orchard Crews Walk Off Over Night Pay"
    for text in (f"{HEADLINE}\n\n{BODY}", page("Advertisement")):
        cleaned = clean_articles(table(text, title=[title])).iloc[0]
        assert (cleaned["title"], cleaned["text"]) == (title, BODY)


@pytest.mark.parametrize(
    "text",
    [
        BODY,
        "\n".join(PARAGRAPHS),
        PARAGRAPHS[0] + "\n\n“No,” she said.\n\nWhat now?\n\n" + PARAGRAPHS[2],
        PARAGRAPHS[0]
        + "\n\nThe league offered:\n\n- two crowns a crate\n\n- a lamp for each row\n\n"
        + PARAGRAPHS[2],
        PARAGRAPHS[2]
        + "\n\nthree crates of plums\n\none lamp\n\ntwo ladders\n\na rope\n\nfour sacks\n\na goat",
        PARAGRAPHS[0] + "\n\nHe asked readers for help: “Support us, please,” he said at the gate.",
        PARAGRAPHS[0] + "\n\nThe photo showed a ladder. The Back to Work party called it a fake.",
    ],
)
def test_clean_text_stays(text):
    articles = table(text, title=["Another headline altogether"])
    assert clean_articles(articles)["text"].tolist() == [text]
    assert removed_lines(articles).empty


def test_every_line_is_kept_or_listed():
    articles = table(page("Read more", "Plum prices fall for a third week"), BODY, "")
    cleaned, removed = clean_articles(articles), removed_lines(articles)
    for name, before, after in zip(articles["article_id"], articles["text"], cleaned["text"], strict=True):
        gone = removed.loc[removed["article_id"] == name]
        lines = before.split("\n")
        assert [lines[n - 1] for n in gone["line"]] == gone["text"].tolist()
        assert sorted([*gone["text"], *filter(None, after.split("\n"))]) == sorted(filter(None, lines))
    assert set(removed["reason"]) >= {"headline", "byline", "date", "read_more", "comments", "copyright"}


def test_cleaning_twice_is_cleaning_once():
    once = clean_articles(table(page("Advertisement"), BODY))
    pd.testing.assert_frame_equal(clean_articles(once), once)


def test_input_is_not_changed_and_row_order_does_not_matter():
    articles = table(page("Advertisement"), BODY, page("Share"), BODY + "\n\nMore orchards soon.")
    before = articles.copy(deep=True)
    forward = clean_articles(articles)
    pd.testing.assert_frame_equal(articles, before)
    backward = clean_articles(articles.iloc[::-1]).iloc[::-1]
    pd.testing.assert_frame_equal(forward, backward)


def test_nothing_left_is_flagged():
    cleaned = clean_articles(table("Share\nBack to top\n© 2031 Velm Courier", "", BODY))
    assert cleaned["text"].tolist() == ["", "", BODY]
    assert cleaned["flags"].tolist() == ["furniture_only", "", ""]


def stories(n: int) -> list[list[str]]:
    """Write n articles that share no sentence."""
    towns = ["Velm", "Orsk", "Tarn", "Hale", "Brack", "Molde"]
    return [
        [
            f"The council of {t} met for the {k} time about the well, and the mayor left before the vote.",
            f"Two engineers told the {k} sitting that the pump under {t} had one winter left in it.",
            f"A baker from {t} asked who would pay, and the {k} answer was that nobody could say.",
        ]
        for t, k in zip(towns[:n], ["first", "second", "third", "fourth", "fifth", "sixth"], strict=False)
    ]


def test_line_that_recurs_in_the_outlet_goes():
    box = "Die Redaktion freut sich auf Ihre Post aus allen Orten des Tals."
    texts = ["\n\n".join([*s, box]) for s in stories(4)]
    cleaned = clean_articles(table(*texts))
    assert cleaned["text"].tolist() == ["\n\n".join(s) for s in stories(4)]
    assert set(removed_lines(table(*texts))["reason"]) == {"recurring"}
    # In two articles, or in those of another outlet each, it is no evidence.
    for few in (table(*texts[:2]), table(*texts).assign(outlet=list("abcd")), table(*texts, outlet="")):
        assert clean_articles(few)["text"].tolist() == few["text"].tolist()


def test_background_sentence_and_copies_stay():
    background = "The well was dug in the year of the great drought by people of three valleys."
    others = [
        [
            f"{name} sold {n} lamps on the square, and the lamps were gone by noon on every day of the fair."
            for name in names
        ]
        for n, names in enumerate([("Ada", "Bo", "Cy"), ("Dot", "Ed", "Fay"), ("Gus", "Hal", "Ivy")] * 6)
    ]
    told = [[s[0], s[0] + " Yes.", s[1], background, s[2], s[2] + " No.", s[1] + " So."] for s in stories(3)]
    articles = table(*["\n\n".join(s) for s in told + others])
    assert background not in removed_lines(articles)["text"].tolist()
    copies = table(*["\n\n".join(stories(1)[0])] * 4)
    assert clean_articles(copies)["text"].tolist() == copies["text"].tolist()


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("BACK TO TOP ↑", "navigation"),
        ("Home » Farms » Plums", "navigation"),
        ("Tags: plums, pay", "tags"),
        ("212 comments", "comments"),
        ("3 min read", "date"),
        ("Most viewed this hour", "list"),
        ("Terminal login", "subscription"),
        ("Source", "source"),
        ("* * *", "ornament"),
    ],
)
def test_reasons(line, reason):
    found = furniture_finder()(plain_line(line))
    assert found is not None
    assert found.reason == reason


_PIECES = [
    "Share",
    "this",
    "story",
    "Photo: A. Moor",
    "(Photo: Moor)",
    "Newsletter",
    "sign up for",
    "our newsletter",
    "said",
    "© 2031",
    "Back to",
    "top",
    "Read more:",
    "Velm",
    "no bank",
    "your support",
    "reader",
    "5 min ago",
    "By",
    "İ",
    "É.",
    "All rights reserved.",
    "cookies",
    "[WATCH]",
    "/ Reuters",
    "The league answered that its offer would stand.",
]


@given(st.lists(st.sampled_from(_PIECES), min_size=1, max_size=6), st.sampled_from([" ", ". ", ": "]))
def test_the_quick_test_finds_what_the_list_finds_entry_by_entry(pieces, between):
    line = plain_line(between.join(pieces))
    expected = next((f for f in furniture() if f.matches(line, line.lower())), None)
    assert furniture_finder()(line) is expected


@given(st.text(max_size=80))
def test_a_plain_line_is_plain(text):
    once = plain_line(text)
    assert plain_line(once) == once


@given(st.lists(st.integers(-50, 50), max_size=25))
def test_find_body_is_the_best_stretch(values):
    start, end = find_body(values)
    sums = [sum(values[i:j]) for i in range(len(values) + 1) for j in range(i, len(values) + 1)]
    assert sum(values[start:end]) == max(sums)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.sampled_from([*PARAGRAPHS, *HEAD, *FOOT, HEADLINE, "Read more", "Donate", "x" * 300]), max_size=30
    )
)
def test_any_mixture_of_lines_is_accounted_for(lines):
    articles = table("\n".join(lines))
    kept = [line for line in clean_articles(articles)["text"].iloc[0].split("\n") if line]
    assert sorted([*kept, *removed_lines(articles)["text"]]) == sorted(filter(None, lines))


@pytest.mark.parametrize(
    "text",
    [
        "rain " * 200_000,
        "Rain fell.\n" * 30_000,
        ("Share\n" * 9 + PARAGRAPHS[0] + "\n") * 2_000,
        "/" * 500_000,
    ],
)
def test_large_input_is_fast(text):
    started = time.perf_counter()
    clean_articles(table(text))
    assert time.perf_counter() - started < 20


def test_not_an_articles_table():
    with pytest.raises(TableError):
        clean_articles(pd.DataFrame({"text": ["Rain."]}))


def test_empty_table():
    empty = table().astype({"article_id": "str", "outlet": "str", "text": "str"})
    assert len(clean_articles(empty)) == 0
    assert removed_lines(empty).columns.tolist() == ["article_id", "line", "text", "reason"]


def test_shared_pair_of_pages():
    folder = SHARED / "data" / "putin-raisi"
    if not folder.is_dir():
        pytest.skip("the shared pair of pages is not here")
    from samestory.readers import read_corpus

    cleaned = clean_articles(read_corpus(folder)).set_index("article_id")
    text = "\n".join(cleaned["text"])
    for gone in (
        "Read more",
        "Sputnik",
        "Press Service",
        "newsletter",
        "Dear readers",
        "Monthly",
        "Back to top",
        "AFP",
    ):
        assert gone not in text
    assert cleaned["title"].notna().all()
    assert cleaned["credit"]["moscow_times"].startswith("AFP")
    assert [t.count("\n\n") + 1 for t in cleaned["text"]] == [9, 7]


def test_shared_clean_articles_keep_their_characters():
    file = SHARED / "data" / "alignment" / "basil_dev.jsonl.gz"
    if not file.is_file():
        pytest.skip("the shared articles are not here")
    from samestory.readers import read_corpus

    articles = read_corpus(file)
    kept = (
        clean_articles(articles)["text"].str.len().sum()
        / articles["text"].map(clean_characters).str.len().sum()
    )
    assert kept > 0.995


def test_copies_of_one_short_article_are_not_furniture():
    text = "Ferry crews at Port Verrin walked out on Tuesday, and no boat left the quay before noon."
    articles = pd.DataFrame({"article_id": list("abcd"), "outlet": "Herald", "text": text})
    assert clean_articles(articles)["text"].tolist() == [text] * 4
