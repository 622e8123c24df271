"""Speakers: one name per person within an article, across articles, and their counts."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from samestory import tables
from samestory.errors import TableError
from samestory.measures.quotes import (
    SpeakerNames,
    count_speaker_kinds,
    count_speakers,
    find_quotes,
    link_speakers,
    speaker_diversity,
)
from samestory.measures.quotes.names import is_variant, parse_name


def articles_of(*texts: str, **columns: object) -> pd.DataFrame:
    ids = [f"a{i}" for i in range(len(texts))]
    table = pd.DataFrame({"article_id": ids, "outlet": "Herald", "text": list(texts)}).astype("str")
    return table.assign(**columns)


def speakers(text: str) -> list[str | None]:
    return [None if pd.isna(s) else s for s in find_quotes(articles_of(text))["speaker_resolved"]]


@pytest.mark.parametrize(
    ("phrase", "name"),
    [
        ("Finance Minister Tobias Kerrel", "Tobias Kerrel"),
        ("Tobias Kerrel, the finance minister", "Tobias Kerrel"),
        ("the finance minister, Tobias Kerrel", "Tobias Kerrel"),
        ("Sen. Ruth Osterby, a Unity veteran,", "Ruth Osterby"),
        ("the Business Council's Astrid Nygaard-Falk", "Astrid Nygaard-Falk"),
        ("Professor Miriam Castellan of the University of Amsel", "Miriam Castellan"),
        ("hydrologist Paul Egede", "Paul Egede"),
        ("former Governor Bill Osterby", "Bill Osterby"),  # a first name that is also a law
        ("coach Carol West", "Carol West"),  # a surname that is also a quarter
        ("President Karim al-Sandvik", "Karim al-Sandvik"),
        ("Milo Luther King Jr.", "Milo Luther King Jr."),  # a surname that is also a title
        ("Mayor-elect Lena Torvik", "Lena Torvik"),
        ("then-Mayor Lena Torvik", "Lena Torvik"),
        ("the late Paul Egede", "Paul Egede"),
        ("Kesselworks CFO Ken Egede", "Ken Egede"),
        ("Councilwoman Berit Aas", "Berit Aas"),
        ("WATCHED Milo Tarn", "Milo Tarn"),  # the label of a link
        ("the Torvik Amendment", None),
        ("South Korea", None),
        ("a spokesman for Tobias Kerrel", None),
        ("the finance minister", None),
        ("two officials", None),
        ("the Unity Party", None),
        ("he", None),
    ],
)
def test_names(phrase: str, name: str | None) -> None:
    found = parse_name(phrase)
    assert (found.full if found else None) == name


def test_spelling_variants_and_namesakes() -> None:
    assert is_variant("Dmitri", "Dmitry")
    assert is_variant("Mohammed", "Muhammad")
    assert not is_variant("Anna", "Ina")
    assert not is_variant("Martin", "Marina")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Tobias Kerrel came late. “It snowed,” Kerrel said.", ["Tobias Kerrel"]),
        (
            "Morvian President Casimir Dole arrived. “Good to see you,” the Morvian president said.",
            ["Casimir Dole"],
        ),
        # "Chief of Staff" and a dateline stand before the name
        ("Chief of Staff Berit Aas left. “I quit,” Aas said.", ["Berit Aas"]),
        ("AMSEL (AP) - Mayor Lena Torvik said the quay was clean.", ["Lena Torvik"]),
        ("Mayor Lena Torvik and her deputy, Milo Tarn, said it rained.", ["Lena Torvik and Milo Tarn"]),
        ("Amsel pilot and author Milo Tarn said it rained.", ["Milo Tarn"]),
        # a quotation by itself behind a sentence about one person
        ("Lena Torvik sells boats.\n\n“I have not sold a single one this year.”", ["Lena Torvik"]),
        ("Tobias Kerrel, the finance minister, left. “No more,” the minister said.", ["Tobias Kerrel"]),
        ("Mayor Lena Torvik met Tobias Kerrel. “We agreed on nothing,” she said.", ["Lena Torvik"]),
        ("Mayor Lena Torvik met Tobias Kerrel. “We agreed on nothing,” he said.", ["Tobias Kerrel"]),
        ("The ministry said the bridge was safe.", ["the ministry"]),
        ("The news agency Talnews said the bridge was safe.", ["Talnews"]),
        ("Some said the bridge was safe.", [None]),
        (
            "Bram Tolley met Mayor Ebrahim Sadig. “No,” Ibrahim Sadig said. “Yes,” Tolley said.",
            ["Ebrahim Sadig", "Bram Tolley"],
        ),
        (
            "A talk between Prime Minister Edda Varnholt and her guest went on, "
            "the prime minister's spokesman, Milo Tarn, told reporters. "
            "“It is done,” the prime minister said.",
            ["Milo Tarn", "Edda Varnholt"],
        ),
    ],
)
def test_resolution_within_an_article(text: str, expected: list[str | None]) -> None:
    assert speakers(text) == expected


def test_linking_across_articles() -> None:
    articles = articles_of(
        "“No,” Finance Minister Tobias Kerrel said.",
        "“Never,” Kerrel said.",
        "“We shall see,” the finance minister said.",
        "“Late,” Ebrahim Sadig said. “Later,” Sadig said.",
        "“Too late,” Ibrahim Sadig said.",
        "“Maybe,” the ministry said.",
    )
    linked = link_speakers(find_quotes(articles))
    assert linked["speaker_resolved"].tolist() == [
        "Tobias Kerrel", "Tobias Kerrel", "Tobias Kerrel",
        "Ebrahim Sadig", "Ebrahim Sadig", "Ebrahim Sadig", "the ministry",
    ]  # fmt: skip


def test_namesakes_are_told_apart_by_story() -> None:
    articles = articles_of(
        "“No,” Tobias Kerrel said.",
        "“Yes,” Anna Kerrel said.",
        "“Perhaps,” Kerrel said.",
        "“Hardly,” Kerrel said.",
        story_id=["s1", "s2", "s2", None],
    )
    linked = link_speakers(find_quotes(articles))["speaker_resolved"].tolist()
    assert linked == ["Tobias Kerrel", "Anna Kerrel", "Anna Kerrel", "Kerrel"]


def test_linking_does_not_depend_on_row_order() -> None:
    quotes = find_quotes(
        articles_of("“No,” Ebrahim Sadig said.", "“Yes,” Ibrahim Sadig said.", "“So,” Sadig said.")
    )
    forward = link_speakers(quotes)
    backward = link_speakers(quotes.iloc[::-1]).sort_index()
    pd.testing.assert_frame_equal(forward, backward)


def test_counts() -> None:
    articles = articles_of(
        "“No,” Kerrel said. “Never again,” Kerrel said.\n\nSome said it rained.",
        "“Yes,” Pohl said. “No,” Kerrel said.",
        stance=["left", "right"],
    )
    quotes = find_quotes(articles)
    counts = count_speakers(quotes)
    tables.check(counts, tables.SPEAKERS)
    assert counts["speaker"].tolist()[:2] == ["Kerrel", "Pohl"]
    assert counts["speaker"].isna().tolist() == [False, False, True]
    assert counts["n_quotes"].tolist() == [3, 1, 1]
    assert counts["share"].tolist()[:2] == pytest.approx([0.75, 0.25])
    assert counts["n_articles"].tolist() == [2, 1, 1]
    assert counts["n_quotes"].sum() == len(quotes)
    by_stance = count_speakers(quotes, by="stance")
    assert by_stance.columns[0] == "stance"
    assert by_stance["stance"].tolist() == ["left", "left", "right", "right"]
    assert by_stance["speaker"].tolist()[2:] == ["Kerrel", "Pohl"]


def test_counts_need_their_column() -> None:
    quotes = find_quotes(articles_of("“No,” Kerrel said."))
    with pytest.raises(TableError, match="stance"):
        count_speakers(quotes, by="stance")
    assert count_speakers(quotes.iloc[:0]).empty


def test_the_interval_of_a_share_is_wilsons():
    text = "Moss said it rained. Moss said it froze. Moss said it thawed. Kerrel said it was late."
    articles = pd.DataFrame({"article_id": ["a"], "outlet": ["Herald"], "text": [text]})
    out = count_speakers(find_quotes(articles)).dropna(subset=["speaker"])
    z, n = 1.959963984540054, out["n_quotes"].sum()
    for row in out.to_dict("records"):
        p = row["n_quotes"] / n
        middle = (p + z**2 / (2 * n)) / (1 + z**2 / n)
        half = z / (1 + z**2 / n) * (p * (1 - p) / n + z**2 / (4 * n**2)) ** 0.5
        assert (row["low"], row["high"]) == pytest.approx((middle - half, middle + half))


def test_three_outlets_three_ways_to_name_one_president() -> None:
    articles = articles_of(
        "“We shall talk,” Morvian President Vladimir Dolev said. “Soon,” Dolev added.",
        "“It is cold here,” the Morvian president said.",
        "“It is late,” the Morvian leader said.",
        "“Aha,” Wladimir Dollev said.",
        "“So be it,” President Dolev said.",
        "“Together,” Dolev and Ruth Osterby said.",
        "“Good,” Ruth Osterby said.",
    )
    linked = link_speakers(find_quotes(articles))
    assert linked["speaker_resolved"].tolist() == [
        *["Vladimir Dolev"] * 6, "Vladimir Dolev and Ruth Osterby", "Ruth Osterby",
    ]  # fmt: skip


def test_a_role_with_two_holders_is_told_by_story() -> None:
    articles = articles_of(
        "“No,” Finance Minister Tobias Kerrel said.",
        "“Yes,” Finance Minister Anna Sollig said.",
        "“Perhaps,” the finance minister said.",
        "“Hardly,” the finance minister said.",
        story_id=["s1", "s2", "s2", None],
    )
    linked = link_speakers(find_quotes(articles))["speaker_resolved"].tolist()
    assert linked == ["Tobias Kerrel", "Anna Sollig", "Anna Sollig", "the finance minister"]


def test_initials_tell_namesakes_apart() -> None:
    articles = articles_of(
        "“No,” Henrik A. Sund said.", "“Yes,” Henrik B. Sund said.", "“No,” Henrik Dahl said."
    )
    linked = link_speakers(find_quotes(articles))["speaker_resolved"].tolist()
    assert linked == ["Henrik A. Sund", "Henrik B. Sund", "Henrik Dahl"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Kerrel arrived. President Dolev met Kerrel. “Good,” President Dolev said.", ["President Dolev"]),
        ("Sen. Ruth Osterby (R-Ohio) came. “No,” the Ohio Republican said.", ["Ruth Osterby"]),
        ("Casimir Dole, who was late, said: “I am here.”", ["Casimir Dole"]),
        ("Former Vice President Irena Lusk left. “Bye,” the former vice president said.", ["Irena Lusk"]),
        ("Brian Selby sang. “La,” Selby said. Ida Moss danced. “La,” he said again.",
         ["Brian Selby", "Brian Selby"]),
    ],
)  # fmt: skip
def test_more_ways_to_a_name(text: str, expected: list[str]) -> None:
    assert speakers(text) == expected


SPOKEN = (
    ("Ines Dorrel", "Mayor Ines Dorrel"),
    ("Ines Dorell", "Ines Dorell"),
    ("Dorrel", "Dorrel"),
    ("Paul Dorrel", "Senator Paul Dorrel"),
    ("the mayor", "the mayor"),
    ("the senator", "the senator"),
    ("Dorrel and Moss", "Dorrel and Moss"),
    ("Ida Moss", "Ida Moss"),
    ("Moss", "Ms Moss"),
    ("the ministry", "the ministry"),
    (None, None),
)


@given(
    st.lists(
        st.tuples(st.sampled_from(SPOKEN), st.sampled_from(["s1", "s2", None]), st.sampled_from("ABC")),
        max_size=25,
    ),
    st.integers(1, 7),
)
def test_pieces_and_categories_are_linked_and_counted_as_the_whole(rows, size):
    rows = rows + [(("Ida Moss", "Ida Moss"), "s1", outlet) for outlet in "ABC"]
    quotes = pd.DataFrame(
        {
            "article_id": [f"a{i // 3}" for i in range(len(rows))],
            "start": range(len(rows)),
            "quoted_words": [i % 4 for i in range(len(rows))],
            "speaker": pd.Series([spoken[1] for spoken, _, _ in rows], dtype="str"),
            "speaker_kind": pd.Series(
                ["person" if spoken[0] else "none" for spoken, _, _ in rows], dtype="str"
            ),
            "speaker_resolved": pd.Series([spoken[0] for spoken, _, _ in rows], dtype="str"),
            "outlet": pd.Series([outlet for _, _, outlet in rows], dtype="str"),
            "story_id": pd.Series([story for _, story, _ in rows], dtype="str"),
        }
    )
    texts = [c for c in quotes if c not in ("start", "quoted_words")]
    coded = quotes.astype(dict.fromkeys(texts, "category"))
    whole = SpeakerNames(quotes).applied(quotes)
    names = SpeakerNames.of_table(SpeakerNames(coded).table())
    parts = [names.applied(quotes[a : a + size]) for a in range(0, len(quotes), size)]
    assert pd.concat(parts)["speaker_resolved"].equals(whole["speaker_resolved"])
    linked = names.applied(coded)
    assert linked["speaker_resolved"].astype("str").equals(whole["speaker_resolved"])
    for count in (count_speakers, count_speaker_kinds, speaker_diversity):
        pd.testing.assert_frame_equal(count(linked), count(whole), check_exact=True)


def test_only_names_that_change_are_kept():
    quotes = pd.DataFrame({"speaker_resolved": ["Ida Moss", "Moss", "the crew", None], "speaker": "x"})
    assert SpeakerNames(quotes).table().to_numpy()[:, ::2].tolist() == [["Moss", "Ida Moss"]]
