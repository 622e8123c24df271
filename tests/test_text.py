import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from samestory import text
from samestory.errors import OptionError, TableError
from samestory.text import tokens


@pytest.mark.parametrize(
    ("given_text", "expected"),
    [
        ("The dike held. Nobody slept.", ["The dike held.", "Nobody slept."]),
        ("Mr. Torvik met Dr. Reke at 9 a.m. on Monday.", ["Mr. Torvik met Dr. Reke at 9 a.m. on Monday."]),
        ("“Go home.” He left.", ["“Go home.”", "He left."]),
        ('"Go home." He left.', ['"Go home."', "He left."]),
        ("“Who pays?” she asked.", ["“Who pays?” she asked."]),
        ("A headline without a stop\nThe text begins.", ["A headline without a stop", "The text begins."]),
        ("It cost 2.5 million crowns. Too much.", ["It cost 2.5 million crowns.", "Too much."]),
        ("It ends (so they say.) Nobody knows.", ["It ends (so they say.)", "Nobody knows."]),
        ("", []),
        (" \n\n \t", []),
    ],
)  # fmt: skip
def test_sentences(given_text, expected):
    assert [given_text[a:b] for a, b in text.sentence_spans(given_text)] == expected


prose = st.text(st.sampled_from("abAB .!?\n“”\"'’«»()…12\u00a0é"), max_size=200)


@given(prose)
def test_every_letter_is_in_exactly_one_sentence(s):
    spans = text.sentence_spans(s)
    seen = [0] * len(s)
    for start, end in spans:
        assert 0 <= start < end <= len(s)
        assert s[start:end] == s[start:end].strip()
        for i in range(start, end):
            seen[i] += 1
    assert all(n == (1 if not c.isspace() else n) and n <= 1 for n, c in zip(seen, s, strict=True))


@given(st.text(max_size=100))
def test_normalising_keeps_the_length(s):
    plain = text.normalise_typography(s)
    assert len(plain) == len(s)
    assert text.normalise_typography(plain) == plain


def test_typography_does_not_change_the_sentences():
    straight = "\"It isn't over,\" she said. 'Not yet.' They left."
    curly = "“It isn’t over,” she said. ‘Not yet.’ They left."
    assert text.sentence_spans(straight) == text.sentence_spans(curly)


def test_split_sentences_keeps_offsets_and_context():
    articles = pd.DataFrame(
        {
            "article_id": ["b", "a", "c"],
            "outlet": ["Herald", "Ledger", "Herald"],
            "text": ["Rain fell. Dikes held.", "", "One line"],
            "story_id": ["s1", "s1", None],
        }
    )
    out = text.split_sentences(articles)
    assert out["article_id"].tolist() == ["b", "b", "c"]
    texts = articles.set_index("article_id")["text"]
    assert all(texts[r.article_id][r.start : r.end] == r.text for r in out.itertuples())
    assert out["outlet"].tolist() == ["Herald"] * 3
    assert pd.isna(out["story_id"].iloc[2])


def test_an_empty_table_gives_no_sentences():
    none = pd.DataFrame({"article_id": [], "outlet": [], "text": []}, dtype="str")
    assert text.split_sentences(none).empty


def test_a_missing_column_is_named():
    with pytest.raises(TableError, match="text"):
        text.split_sentences(pd.DataFrame({"article_id": ["a"], "outlet": ["x"]}))


def test_a_megabyte_on_one_line_is_split():
    long = "The river rose again. " * 45_000
    assert len(text.sentence_spans(long)) == 45_000


@pytest.mark.parametrize("arrow", [True, False])
@given(st.lists(st.text(alphabet="aB'’.- \n\u00a0\u2003\x1cΣσ1_“é\ud800", max_size=30), max_size=5))
def test_numbered_words_are_the_words(arrow, given_texts):
    """With PyArrow and without, in blocks of two texts: the same as word by word."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(tokens, "_TEXTS_AT_ONCE", 2)
        if not arrow:
            patch.setattr(tokens, "find_spec", lambda name: None)
        table = text.encode_words(iter(given_texts))
    found = [[] for _ in given_texts]
    for row, word in zip(table.rows, table.ids, strict=True):
        found[row].append(table.vocabulary[word])
    assert found == [text.words(t) for t in given_texts]
    assert len(set(table.vocabulary)) == len(table.vocabulary)
    assert list(dict.fromkeys(w for words in found for w in words)) == table.vocabulary


@pytest.mark.parametrize(
    ("dateline", "report"),
    [
        ("AMSEL, March 3 (Talnews) – ", "The Chamber met."),
        ("PORT VERRIN (AP) — ", "“Nobody sailed,” she said."),
        ("ST. ORRIN, Talv. — ", "3,000 marched."),
        ("AMSEL/PORT VERRIN (Reuters) - ", "Talks began."),
        ("Lower Kessel (Talnews) -- ", "The dike broke."),
        ("ÖSTERBY—", "Snow fell."),
        ("", "NATO leaders met."),
        ("", "FILE - A ferry leaves the harbour."),
        ("", "The dike – the old one – broke."),
        ("", "AMSEL – but not Port Verrin – voted."),
        ("", "Amsel - The city voted."),
    ],
)
def test_a_dateline_is_masked_and_nothing_else(dateline, report):
    given = pd.DataFrame({"article_id": ["a"], "start": [0], "end": [9], "text": [dateline + report]})
    assert text.mask_datelines(given) == [" " * len(dateline) + report]
    late = given.assign(start=500)
    assert text.mask_datelines(late) == [dateline + report]


def test_regular_expressions_are_told_from_terms():
    for term in ("tax.*", ".*", "/tax/", "a|b", "tax(es)?", "^tax", r"tax\w+", "interest .?"):
        with pytest.raises(OptionError, match="regular expression"):
            text.term_pieces(term)
    assert text.term_pieces("U.S.* and/or Ex-?inister*") == ["u.s.*", "and/or", "ex-?inister*"]
