"""Tables to look at: what they say, and that no text in them is ever markup."""

import runpy
from html.parser import HTMLParser
from pathlib import Path
from types import SimpleNamespace

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

import samestory as ss
from samestory.errors import OptionError

MADE = SimpleNamespace(**runpy.run_path(str(Path(__file__).with_name("report_tables.py"))))
ALLOWED = {"table", "caption", "thead", "tbody", "tr", "th", "td", "bdi"}


class Page(HTMLParser):
    """Collects elements, attributes and the text of every cell."""

    def __init__(self, html):
        super().__init__()
        self.tags, self.attributes, self.cells = [], [], []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.attributes += attrs
        if tag in {"td", "th"}:
            self.cells.append("")

    def handle_data(self, data):
        if self.cells:
            self.cells[-1] += data


def cells(table, **options):
    return Page(ss.show(table, **options)._repr_html_()).cells


def test_estimates_have_units_intervals_and_n():
    table = MADE.estimates(8, 3)
    page = cells(table)
    assert "difference [95 % interval], in the measure’s unit" in page
    assert "stories (n)" in page
    row = table.iloc[0]
    said = f"{row['estimate']:+.2f} [{row['low']:+.2f}, {row['high']:+.2f}]".replace("-", "−")
    assert said in page
    assert f"{row['n_stories']}" in page


def test_what_was_not_tested_says_why():
    page = cells(MADE.estimates(2, 2))
    assert "no test: two stories give no useful interval" in page
    assert any(c.endswith("[no interval]") for c in page)


@pytest.mark.parametrize(
    "part", ["articles", "quotes", "speakers", "terms", "coverage", "estimates", "pairs"]
)
def test_every_table_can_be_shown_both_ways(part):
    table = MADE.all_tables(4, 3)[part]
    shown = ss.show(table, rows=5, caption="A look")
    assert shown.caption.startswith("A look: ")
    assert max(map(len, shown.text(width=160).splitlines())) <= 160
    page = Page(shown._repr_html_())
    assert set(page.tags) <= ALLOWED
    assert page.tags.count("tr") == 1 + min(5, len(table))


@pytest.mark.parametrize(
    "part", ["articles", "quotes", "speakers", "terms", "coverage", "estimates", "pairs"]
)
def test_hostile_text_is_inert(part):
    table = MADE.hostile_tables()[part]
    shown = ss.show(table, rows=100, caption=MADE.HOSTILE[0])
    page = Page(shown._repr_html_())
    assert set(page.tags) <= ALLOWED
    assert {name for name, _ in page.attributes} <= {"class", "style", "scope"}
    assert not any("javascript:" in value for _, value in page.attributes)
    html, text = shown._repr_html_(), str(shown)
    for mark in "\u202e\u2066\x1b":
        assert mark not in html
        assert mark not in text
    if part != "pairs":
        words = " ".join(page.cells)
        assert any(h in words for h in MADE.HOSTILE)


def test_a_terminal_gets_no_escape_sequences():
    table = MADE.articles(1, 1).assign(title="\x1b[31mred\x1b]0;title\x07", text="\x9b2Jgone")
    assert not {c for c in str(ss.show(table)) if ord(c) < 32 and c != "\n"} | {"\x9b"} & set(
        str(ss.show(table))
    )


def test_long_texts_are_wrapped():
    table = MADE.quotes(MADE.articles(2, 2)).assign(text="word " * 200)
    lines = ss.show(table, rows=1).text(width=100).splitlines()
    assert max(map(len, lines)) <= 100
    assert " ".join(lines).count("word") == 200


@given(st.lists(st.text(max_size=50), min_size=1, max_size=4), st.integers(30, 140))
def test_any_text_fits(texts, width):
    shown = ss.show(pd.DataFrame({"a": texts, "b": range(len(texts))}))
    assert set(Page(shown._repr_html_()).tags) <= ALLOWED
    assert shown.text(width=width).count("\n") >= len(texts) + 1


def test_the_table_is_left_alone_and_rows_are_counted():
    table = MADE.terms(3)
    before = table.copy(deep=True)
    assert ss.show(table, rows=4).caption == f"the first 4 of {len(table)} rows"
    pd.testing.assert_frame_equal(table, before)
    with pytest.raises(OptionError, match="at least 1"):
        ss.show(table, rows=0)


def test_an_empty_table_shows_its_headers():
    shown = ss.show(MADE.estimates(8, 2).iloc[:0])
    assert "0 rows" in str(shown)
    assert "stories (n)" in shown.text(width=120)
