"""Cleaning on record: steps by name, every line listed, every character led back, furniture of one's own."""

from __future__ import annotations

import gzip
import json
import unicodedata
from itertools import pairwise
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from samestory import tables
from samestory.cleaning import (
    clean_articles,
    clean_with_lines,
    cleaning_lines,
    cleaning_steps,
    raw_offsets,
    read_furniture,
    removed_lines,
)
from samestory.cleaning.characters import CHARACTER_STEPS, trace_characters
from samestory.cleaning.edits import apply_edits
from samestory.errors import CorpusError, OptionError, TableError
from samestory.text import split_sentences

SHARED = Path(__file__).resolve().parents[1].parent / "shared"

BODY = (
    "The millers of Orsk closed their gates on Friday after the weir gave way for the second time.",
    "“Nobody slept,” said Dita Raum, who keeps the sluice. “It’s the noise.”",
    "The council promised a new gate before the autumn rain, and nobody asked who would pay.",
)
PAGE = "\r\n".join(
    [
        "Home",
        "Weir at Orsk gives way again",
        "By Pell Ander",
        "",
        BODY[0].replace("closed", "clo\u00adsed"),
        "",
        "Read more",
        "Who built the weir?",
        "",
        BODY[1].replace(" who", "\u00a0who"),
        "",
        BODY[2],
        "",
        "Leave a comment",
        "Back to top",
    ]
)
LETTERS = st.sampled_from(
    "a|b| |e|.|\n|\r|\t|e\u0301|\u0301|\u00ad|\u200b|\u00a0|Ã©|â€™|é|’|“|\u2028|\u1100\u1161|\u0958|"
    "\U0001f600|Â\u00a0|ﬁ|\x85|\ufeff".split("|")
)


_MOJIBAKE = {*"ÃÂâ\x85"}


def _made_of(raw: str) -> str:
    """Return what a piece of a page can become."""
    return raw + trace_characters(raw)[0] + unicodedata.normalize("NFC", raw)


def test_mended_letters_lead_back():
    raw = "Itâ€™s a cafÃ© on the quay"
    plain, trace = trace_characters(raw)
    spans = [raw[slice(*trace.raw_span(plain.index(c), plain.index(c) + 1))] for c in "’sé"]
    assert spans == ["â€™", "s", "Ã©"]


def table(*texts: str, outlet: str = "Orsk Echo") -> pd.DataFrame:
    return pd.DataFrame({"article_id": [f"a{i}" for i in range(len(texts))], "outlet": outlet, "text": texts})


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("Itâ€™s a cafÃ©", "It’s a café"),
        ("â€œHush,â€\x9d she said", "“Hush,” she said"),
        ("ÐŸÑ€Ð¸Ð²ÐµÑ‚", "Привет"),
        ("“It’s” – café", "“It’s” – café"),
        ("L’Échec: à la volée", "L’Échec: à la volée"),
    ],
)
def test_mojibake_is_mended_and_typography_survives(before, after):
    assert trace_characters(before)[0] == after


@settings(max_examples=300)
@given(st.lists(LETTERS, max_size=40).map("".join))
def test_every_character_leads_back_to_what_it_was_made_of(raw):
    plain, trace = trace_characters(raw)
    last = 0
    for i, letter in enumerate(plain):
        start, end = trace.raw_span(i, i + 1)
        assert last <= end, "in the order of the page"
        assert 0 <= start < end <= len(raw)
        # Mojibake is mended by its line, so that a letter alone may not show what it became.
        assert letter in _made_of(raw[start:end]) or _MOJIBAKE & set(raw)
        last = start
    assert trace.raw_span(0, len(plain))[0] <= len(raw)


@given(st.text(max_size=80))
def test_steps_are_edits_in_order(text):
    for step in CHARACTER_STEPS.values():
        edits = step(text)
        assert all(a.end <= b.start for a, b in pairwise(edits))
        assert apply_edits(text, edits).count("\n") >= text.count("\n") - text.count("\r\n")


def test_lines_say_what_became_of_each():
    articles = table(PAGE, "", BODY[2])
    cleaned, lines = clean_with_lines(articles)
    pd.testing.assert_frame_equal(cleaned, clean_articles(articles))
    pd.testing.assert_frame_equal(lines, cleaning_lines(articles))
    assert cleaned["text"].tolist() == ["\n\n".join(BODY), "", BODY[2]]
    for row in lines.itertuples():
        raw = articles.set_index("article_id").loc[row.article_id, "text"]
        assert trace_characters(raw[row.raw_start : row.raw_end])[0] == row.text
        if row.kept:
            text = cleaned.set_index("article_id").loc[row.article_id, "text"]
            assert text[row.start : row.end] == row.text
        assert row.kept == pd.isna(row.reason) == pd.notna(row.start)
    reasons = dict(zip(lines["text"], lines["reason"], strict=True))
    assert reasons["Who built the weir?"] == "read_more"
    assert reasons["Weir at Orsk gives way again"] == "headline"
    assert lines["line"].iloc[0] == 1
    gone = lines[~lines["kept"]]
    assert removed_lines(articles)["text"].tolist() == gone["text"].tolist()


def test_sentences_lead_back_to_the_page():
    articles = table(PAGE, BODY[2])
    cleaned, lines = clean_with_lines(articles)
    back = raw_offsets(split_sentences(cleaned), lines, articles)
    raw = articles.set_index("article_id")["text"]
    for row in back.itertuples():
        assert trace_characters(raw[row.article_id][row.raw_start : row.raw_end])[0] == row.text
    assert any("\u00ad" in raw["a0"][r.raw_start : r.raw_end] for r in back.itertuples())


@settings(max_examples=100, deadline=None)
@given(st.lists(st.one_of(LETTERS, st.sampled_from(BODY)), max_size=30).map("".join))
def test_any_text_leads_back(raw):
    articles = table(raw)
    cleaned, lines = clean_with_lines(articles)
    text = cleaned["text"].iloc[0]
    spans = pd.DataFrame(
        [("a0", i, i + 1) for i in range(len(text)) if text[i] != "\n"],
        columns=["article_id", "start", "end"],
    )
    for row in raw_offsets(spans, lines, articles).itertuples():
        assert text[row.start] in _made_of(raw[row.raw_start : row.raw_end]) or _MOJIBAKE & set(raw)


def test_offsets_need_the_same_articles():
    articles = table(PAGE)
    lines = cleaning_lines(articles)
    spans = pd.DataFrame({"article_id": ["a0"], "start": [0], "end": [3]})
    with pytest.raises(TableError, match="not those of these articles"):
        raw_offsets(spans, lines, articles.assign(text="x" * 2000))
    with pytest.raises(TableError, match="no line"):
        raw_offsets(spans.assign(article_id="b"), lines, articles)
    with pytest.raises(TableError, match="start"):
        raw_offsets(spans.drop(columns="start"), lines, articles)


@pytest.mark.parametrize(
    ("step", "back"),
    [
        ("comments", "Leave a comment"),
        ("groups", "Who built the weir?"),
        ("headline", "Weir at Orsk gives way again"),
        ("byline", "By Pell Ander"),
    ],
)
def test_a_step_can_be_left_out(step, back):
    text = f"{BODY[0]}\n\nRead more\nWho built the weir?\n\n{BODY[1]}\n\n{BODY[2]}\n\nLeave a comment"
    head = f"Home\nPolitics\nWeir at Orsk gives way again\nBy Pell Ander\n\n{text}"
    without = [step, "body"]
    before, after = (
        clean_articles(table(head), without=["body"]),
        clean_articles(table(head), without=without),
    )
    assert back not in before["text"].iloc[0].split("\n")
    assert back in after["text"].iloc[0].split("\n")


def test_recurrence_and_characters_can_be_left_out():
    box = "Orsk Echo thanks the mill for the flour"
    texts = [f"{a} {k}.\n\n{box}\n\n{BODY[2]} {k}" for k, a in enumerate(BODY)]
    assert box not in clean_articles(table(*texts))["text"].str.cat()
    assert clean_articles(table(*texts), without=["recurring", "body"])["text"].str.contains(box).all()
    soft = "The har\u00advest ended on Friday, the millers said."
    assert clean_articles(table(soft), without=["invisible"])["text"].iloc[0] == soft


def test_steps_have_names_and_wrong_ones_are_refused():
    assert {"mojibake", "caption", "recurring", "body"} <= cleaning_steps().keys()
    assert all(cleaning_steps().values())
    with pytest.raises(OptionError, match="no step 'captions'"):
        clean_articles(table("Rain."), without=["captions"])


def test_furniture_of_ones_own(tmp_path):
    file = tmp_path / "furniture.toml"
    file.write_text(
        "[house_ad]\nlines = ['Flour by post: write to the mill!']\n"
        "[ticker]\nplace = 'edge'\npatterns = ['weir level: \\d+ cm']\n",
        encoding="utf-8",
    )
    known = read_furniture(file)
    text = "\n\n".join([BODY[0], "FLOUR BY POST: write to the mill!", BODY[1], "Weir level: 81 cm", BODY[2]])
    lines = cleaning_lines(table(text), furniture=known)
    assert lines.loc[~lines["kept"], "reason"].tolist() == ["house_ad", "ticker"]
    assert "house_ad" in cleaning_steps(known)
    assert clean_articles(table(text))["text"].iloc[0] == text
    spared = clean_articles(table(text), furniture=known, without=["ticker"])["text"].iloc[0]
    assert "81 cm" in spared


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("[a]\nlines = 'x'", "list of texts"),
        ("[a]\npatterns = ['(']", "no regular expression"),
        ("[a]\nlines = ['x']\nplace = 'middle'", "place is one of"),
        ("[a]\nword = ['x']", "table with the keys"),
        ("[a]", "needs lines or patterns"),
        ("a = [", "not TOML"),
        ("[a]\nguarded = [{ pattern = 'x' }]", "guarded"),
    ],
)
def test_furniture_that_cannot_be_used(tmp_path, content, message):
    file = tmp_path / "furniture.toml"
    file.write_text(content, encoding="utf-8")
    with pytest.raises(CorpusError, match=message):
        read_furniture(file)
    with pytest.raises(CorpusError, match="cannot be read"):
        read_furniture(tmp_path / "none.toml")


def test_lines_of_an_empty_table():
    empty = table().astype({"article_id": "str", "outlet": "str", "text": "str"})
    tables.check(cleaning_lines(empty), tables.LINES)


def test_shared_pages_are_cut_to_the_body():
    """The floor for pasted pages; what is counted here is rougher than the scorer and never looser."""
    file = SHARED / "data" / "cleaning" / "pages_dev.jsonl.gz"
    if not file.is_file():
        pytest.skip("the shared pages are not here")
    with gzip.open(file, "rt", encoding="utf-8") as rows:
        pages = [json.loads(row) for row in rows]
    articles = pd.DataFrame(
        {
            "article_id": [p["page_id"] for p in pages],
            "outlet": [p["domain"] for p in pages],
            "text": ["\n".join(line["text"] for line in p["lines"]) for p in pages],
        }
    )
    scores = []
    for page, text in zip(pages, clean_articles(articles)["text"], strict=True):
        wanted = sum(len(x) for x in page["gold_body"].split())
        given_ = sum(len(x) for x in text.split())
        gold = set(page["gold_body"].split("\n"))
        common = sum(len(w) for line in text.split("\n") if line in gold for w in line.split())
        scores.append(2 * min(common, wanted) / (wanted + given_) if wanted + given_ else 0.0)
    assert sum(scores) / len(scores) > 0.85
