"""find_quotes: content, cue and speaker of attributions, in our own sentences."""

from __future__ import annotations

import gzip
import json
from itertools import pairwise
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from samestory import tables
from samestory.errors import OptionError, TableError
from samestory.measures.quotes import find_quotes
from samestory.measures.quotes.confidence import RULE_PRECISION
from samestory.measures.quotes.cues import cue_lexicon
from samestory.measures.quotes.marks import find_quotations

SHARED = Path(__file__).resolve().parents[1].parent / "shared"


def articles_of(*texts: str, **columns: object) -> pd.DataFrame:
    ids = [f"a{i}" for i in range(len(texts))]
    table = pd.DataFrame({"article_id": ids, "outlet": ["Herald"] * len(texts), "text": list(texts)})
    return table.astype("str").assign(**columns)


def said(text: str) -> list[tuple[list[str], str | None, str | None, str]]:
    """Content parts, speaker, cue and kind of each attribution of one text."""
    quotes = find_quotes(articles_of(text))
    return [
        (
            [text[a:b] for a, b in q.spans],
            None if pd.isna(q.speaker) else q.speaker,
            None if pd.isna(q.cue) else q.cue,
            q.kind,
        )
        for q in quotes.itertuples()
    ]


@pytest.mark.parametrize(
    ("text", "marked"),
    [
        ('He heard “yes” and "no".', ["“yes”", '"no"']),
        ("They wrote ``never again'' on it.", ["``never again''"]),
        ("‘It’s the voters’ choice,’ she said.", ["‘It’s the voters’ choice,’"]),
        ("'It's late,' he said, and the boys' coats hung there.", ["'It's late,'"]),
        ("A „Boot“ and a «bateau» and a »Kahn«.", ["„Boot“", "«bateau»", "»Kahn«"]),
        ("“She cried ‘stop’ and “go” at once,” he said.", ["“She cried ‘stop’ and “go” at once,”"]),
        ('"We sail at dawn,” Pohl said.', ['"We sail at dawn,”']),
        ('The 6\' 2" mast and the 5" rope.', []),
        ("In the ‘90s the crews’ pay was low.", []),
        ("“It never ends.\nThe square was empty.", ["“It never ends."]),
        ('A line with one " mark.\n“Fine,” he said.', ["“Fine,”"]),
    ],
)
def test_marks(text: str, marked: list[str]) -> None:
    assert [text[q.start : q.end] for q in find_quotations(text)] == marked


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("“We sail at dawn,” Pohl said.", [(["“We sail at dawn,”"], "Pohl", "said", "direct")]),
        ("“We sail at dawn,” said Greta Pohl, the union's chair.",
         [(["“We sail at dawn,”"], "Greta Pohl, the union's chair", "said", "direct")]),
        ('Pohl said: "We sail at dawn."', [(['"We sail at dawn."'], "Pohl", "said", "direct")]),
        ("“The ferry,” Pohl said, “is sold.”", [(["“The ferry,”", "“is sold.”"], "Pohl", "said", "direct")]),
        ("“We sail,” Pohl said. “We sail at dawn.”",
         [(["“We sail,”", "“We sail at dawn.”"], "Pohl", "said", "direct")]),
        ("“Who pays?” the mayor asked.", [(["“Who pays?”"], "the mayor", "asked", "direct")]),
        ("Pohl said that the crews had been promised “a fair share” of it.",
         [(["that the crews had been promised “a fair share” of it"], "Pohl", "said", "mixed")]),
        ("The ministry said the bridge was safe.",
         [(["the bridge was safe"], "The ministry", "said", "indirect")]),
        ("The bridge was safe, the ministry said on Tuesday.",
         [(["The bridge was safe"], "the ministry", "said", "indirect")]),
        ("The bridge, the ministry said, was safe.",
         [(["The bridge", "was safe"], "the ministry", "said", "indirect")]),
        ("The bridge was safe, according to the ministry.",
         [(["The bridge was safe"], "the ministry", "according to", "indirect")]),
        ("According to Greta Pohl, the crews were ready.",
         [(["the crews were ready"], "Greta Pohl", "According to", "indirect")]),
        ("The bridge, according to two engineers, was safe.",
         [(["The bridge", "was safe"], "two engineers", "according to", "indirect")]),
        ("The mayor, Lena Torvik, told reporters that the bridge was safe.",
         [(["that the bridge was safe"], "The mayor, Lena Torvik,", "told", "indirect")]),
        ("Kerrel has repeatedly denied that he knew.",
         [(["that he knew"], "Kerrel", "has repeatedly denied", "indirect")]),
        ("“The tide does not wait.” ― Bram Tolley",
         [(["“The tide does not wait.”"], "Bram Tolley", "―", "direct")]),
        ("In a letter, the bishop wrote:\n\n“Bring the old bell home by autumn.”",
         [(["“Bring the old bell home by autumn.”"], "the bishop", "wrote", "direct")]),
        ("Kerrel: budget will hold", [(["budget will hold"], "Kerrel", ":", "indirect")]),
    ],
)  # fmt: skip
def test_one_attribution(text: str, expected: list[object]) -> None:
    assert said(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "The so-called “golden quay” was swept on Monday.",
        "She had read “The Salt Road” and “Harbour Songs” twice.",
        "The 6' 2\" post fell over in the wind.",
        "",
        "\n\n",
        "The ferry left at noon. It was full.",
        "Read more: Ferry fares to rise",
    ],
)
def test_nothing_is_attributed(text: str) -> None:
    assert said(text) == []


def test_a_participle_speaks_for_the_subject_before_it() -> None:
    found = said("Kerrel closed the session, saying that the vote was final.")
    assert found == [(["that the vote was final"], "Kerrel", "saying", "indirect")]


def test_two_verbs_share_a_subject() -> None:
    found = said("Moss opened the file and said that two pages were missing.")
    assert found == [(["that two pages were missing"], "Moss", "said", "indirect")]


def test_a_quotation_over_paragraphs_is_one_attribution() -> None:
    text = (
        "“We waited for hours,” Reke said. “Nobody came.\n\n“So we walked home.\n\n“It snowed.”\n\nShe left."
    )
    ((content, speaker, _, kind),) = said(text)
    assert (speaker, kind) == ("Reke", "direct")
    assert content[-2:] == ["“So we walked home.", "“It snowed.”"]


def test_an_opening_paragraph_waits_for_its_speaker() -> None:
    text = "“I scrub floors in Amsel all week.\n\n“And now this,” Milo Tarn said."
    ((content, speaker, _, _),) = said(text)
    assert speaker == "Milo Tarn"
    assert content == ["“I scrub floors in Amsel all week.", "“And now this,”"]


def test_a_floating_quotation_keeps_the_speaker() -> None:
    text = "“The dike will hold,” Paul Egede said.\n\n“It has held for eighty winters.”"
    quotes = find_quotes(articles_of(text))
    assert set(quotes["speaker_resolved"]) == {"Paul Egede"}
    assert [text[a:b] for spans in quotes["spans"] for a, b in spans] == [
        "“The dike will hold,”",
        "“It has held for eighty winters.”",
    ]


def test_an_odd_mark_stays_in_its_paragraph() -> None:
    good = "“The dike will hold,” Egede said."
    broken = f"Somebody left a “ mark here and “there.\n\n{good}"
    assert said(broken)[-1] == said(good)[0]


def test_kinds_count_single_and_low_marks() -> None:
    for text in (
        "‘We sail at dawn,’ Pohl said.",
        "„We sail at dawn“, Pohl said.",
        "«We sail at dawn», Pohl said.",
    ):
        quotes = find_quotes(articles_of(text))
        assert quotes["kind"].tolist() == ["direct"], text
        assert quotes["quoted_words"].tolist() == [4], text


def test_headlines_are_marked() -> None:
    quotes = find_quotes(articles_of("Kerrel: budget will hold\n\n“It will,” Kerrel said."))
    assert quotes["in_headline"].tolist() == [True, False]
    titled = find_quotes(
        articles_of("Kerrel said it rained.\n\nMoss said it poured.", title=["Kerrel said it rained."])
    )
    assert titled["in_headline"].tolist() == [True, False]


def test_columns_travel_along_and_options_select() -> None:
    text = "“We sail,” Pohl said. The ministry said the bridge was safe."
    articles = articles_of(text, story_id=["s1"], stance=["opposition"])
    quotes = find_quotes(articles)
    assert quotes[["story_id", "stance", "outlet"]].iloc[0].tolist() == ["s1", "opposition", "Herald"]
    assert find_quotes(articles, kinds=("indirect",))["kind"].tolist() == ["indirect"]
    sure = find_quotes(articles, min_confidence=0.9)
    assert sure["kind"].tolist() == ["direct"]
    assert quotes["confidence"].between(0, 1).all()


def test_bad_options_and_tables() -> None:
    articles = articles_of("It rained.")
    with pytest.raises(OptionError, match="kinds"):
        find_quotes(articles, kinds=("spoken",))
    with pytest.raises(OptionError, match="kinds"):
        find_quotes(articles, kinds="direct")
    with pytest.raises(OptionError, match="min_confidence"):
        find_quotes(articles, min_confidence=1.5)
    with pytest.raises(TableError, match="text"):
        find_quotes(articles.drop(columns="text"))


def test_no_article_gives_an_empty_table() -> None:
    quotes = find_quotes(articles_of("It rained.").iloc[:0])
    assert quotes.empty
    tables.check(quotes, tables.QUOTES)


def test_the_lexicon_is_sound() -> None:
    lexicon = cue_lexicon()
    assert {c.stance for c in lexicon.values()} == {"neutral", "endorsing", "doubting", "emotive"}
    assert len({c.lemma for c in lexicon.values()}) > 200
    assert all(0 < p <= 1 for p in RULE_PRECISION.values())


PIECES = st.sampled_from(
    [*"“”\"‘’'„«»,.?:;() \n", "``", "''", " – ", "\n\n", " said ", " Pohl ", " he ", " that ", " and ",
     " the mayor ", " saying ", " according to ", " told ", " reporters ", " it was late", " Greta Pohl",
     " is expected to ", " who ", " 6' 2\" ", "é", "\u00a0", "\u2028", "X.", "Mr. "]
)  # fmt: skip
TEXTS = st.one_of(st.text(max_size=80), st.lists(PIECES, max_size=40).map("".join))


@settings(max_examples=300, deadline=None)
@given(TEXTS)
def test_any_text_gives_valid_spans(text: str) -> None:
    assert_sound(text)


def assert_sound(text: str) -> None:
    """What must hold of the quotes of any text."""
    articles = articles_of(text)
    quotes = find_quotes(articles)
    for q in quotes.itertuples():
        assert q.start == min(a for a, _ in q.spans)
        assert q.end == max(b for _, b in q.spans)
        assert q.text == " ".join(text[a:b] for a, b in q.spans)
        assert all(
            0 <= a < b <= len(text) for spans in (q.spans, q.speaker_spans, q.cue_spans) for a, b in spans
        )
        assert all(first[1] <= second[0] for first, second in pairwise(q.spans))
        assert not any(a < d and c < b for a, b in q.cue_spans for c, d in q.spans)
        assert pd.isna(q.speaker) == (not q.speaker_spans)
    marks = find_quotations(text)
    assert all(a.end <= b.start for a, b in pairwise(marks))
    assert not any("\n" in text[m.start : m.end] for m in marks)


@settings(max_examples=60, deadline=None)
@given(TEXTS, TEXTS)
def test_other_articles_change_nothing(one: str, other: str) -> None:
    alone = find_quotes(articles_of(one))
    both = find_quotes(articles_of(one, other))
    pd.testing.assert_frame_equal(alone, both[both["article_id"] == "a0"].reset_index(drop=True))


PROSE = st.lists(
    st.sampled_from(
        ["“The quay is shut,” said Ada Moss.", "Kerrel, the harbour master, said that it was late.",
         "According to the crew, nobody slept.", "“And then? ", "He told them: ‘Go home.’", "MOSS: No.",
         "“Never,” — Bo Kerrel", "She added, “We wait.", "\n", "\n\n", " ", "It rained. ", '"Why?" ', "–",
         "the mayor, Lena Torvik, ", "claimed ", "did not say ", "Dr. ", "3.5 ", "''", "``Fine'' "]
    ),
    max_size=14,
).map(" ".join)  # fmt: skip


@settings(max_examples=100, deadline=None)
@given(PROSE)
def test_scrambled_news_gives_valid_spans(text: str) -> None:
    assert_sound(text)


@settings(max_examples=25, deadline=None)
@given(st.lists(PROSE, min_size=2, max_size=6))
def test_the_order_of_articles_changes_nothing(texts: list[str]) -> None:
    articles = articles_of(*texts)
    forth = find_quotes(articles)
    back = find_quotes(articles.iloc[::-1].reset_index(drop=True))
    for article in articles["article_id"]:
        one, other = (q[q["article_id"] == article].reset_index(drop=True) for q in (forth, back))
        pd.testing.assert_frame_equal(one, other)


def test_an_endless_paragraph_is_read_to_its_end() -> None:
    text = "? " * 20_000 + "The rain went on and on " * 2_000 + "and Ada Moss said that it would stop."
    quotes = find_quotes(articles_of(text))
    assert quotes["speaker"].tolist()[-1].endswith("Ada Moss")
    assert quotes["text"].tolist()[-1] == "that it would stop"


@pytest.mark.parametrize("mark", ['"', "“", "'", "’"])
def test_a_row_of_marks_is_ornament(mark: str) -> None:
    text = f"{mark * 100_000}\n“It is late,” Ada Moss said."
    assert said(text) == [(["“It is late,”"], "Ada Moss", "said", "direct")]


@pytest.mark.parametrize(
    "piece", ['"', "“", "'a ", "he said ", "“a,” x said. ", "X, who said, ", "al ", "(", "X. "]
)
def test_text_that_is_no_prose_runs_through(piece: str) -> None:
    tables.check(find_quotes(articles_of(piece * 3_000)), tables.QUOTES)


def test_hard_cases() -> None:
    path = SHARED / "data/quotes/hard_cases.jsonl"
    if not path.exists():
        pytest.skip("the shared hard cases are not here")
    cases = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    right = sum(
        said(c["text"]) == [(e["content"], e["speaker"], e["cue"], e["type"]) for e in c["expected"]]
        for c in cases
    )
    assert right >= 15


def test_real_articles_run_through() -> None:
    path = SHARED / "data/alignment/basil_dev.jsonl.gz"
    if not path.exists():
        pytest.skip("the shared articles are not here")
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        texts = [json.loads(line)["text"] for _, line in zip(range(40), lines, strict=False)]
    quotes = find_quotes(articles_of(*texts))
    assert len(quotes) > 5 * len(texts)
    assert quotes["speaker"].notna().mean() > 0.9
