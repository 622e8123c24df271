import pandas as pd
import pytest

from samestory.errors import CorpusError, OptionError
from samestory.measures.topics import topic_share
from samestory.readers.codebook import read_codebook


def sentences(**articles):
    rows = [(a, i, i + 1, s, "Herald") for a, texts in articles.items() for i, s in enumerate(texts)]
    return pd.DataFrame(rows, columns=["article_id", "start", "end", "text", "outlet"])


def codebook(**topics):
    return pd.DataFrame([(t, w) for t, terms in topics.items() for w in terms], columns=["topic", "term"])


@pytest.mark.parametrize(
    ("term", "text", "words"),
    [
        ("tax", "The tax on taxis rose.", 1),
        ("tax*", "The tax on taxis rose.", 2),
        ("interest rate*", "Interest  rates fell as the interest rate did.", 4),
        ("workers' union", "The workers’ union met.", 2),
        ("co-op*", "A co-operative, not a co.", 1),
        ("port", "The report on the port's export.", 1),
        ("rail", "A mono-rail is no rail.", 1),
    ],
)
def test_terms(term, text, words):
    row = topic_share(sentences(a=[text]), codebook(t=[term])).iloc[0]
    assert row["word_share"] * len(text.split()) == pytest.approx(words)


def test_shares_are_by_article_and_topic():
    out = topic_share(
        sentences(a=["Taxes fell.", "Rain fell.", "Taxes rose again."], b=["Rain."]),
        codebook(economy=["tax*"], weather=["rain"]),
    )
    wide = out.pivot(index="article_id", columns="topic", values="share")
    assert wide.loc["a"].tolist() == [pytest.approx(2 / 3), pytest.approx(1 / 3)]
    assert wide.loc["b"].tolist() == [0.0, 1.0]
    assert out["outlet"].eq("Herald").all()


def test_a_phrase_wins_over_its_word_and_is_counted_once():
    out = topic_share(sentences(a=["The central bank met."]), codebook(t=["bank", "central bank"]))
    assert out["word_share"].tolist() == [2 / 4]


def test_a_term_of_two_topics_counts_in_both():
    out = topic_share(sentences(a=["Patients waited."]), codebook(health=["patients"], hardship=["patients"]))
    assert out["share"].tolist() == [1.0, 1.0]


def test_a_bare_star_is_refused():
    with pytest.raises(OptionError, match="every word"):
        topic_share(sentences(a=["Rain."]), codebook(t=["*"]))


def test_starter_codebook_has_ten_topics_and_no_repeats():
    book = read_codebook()
    assert book["topic"].nunique() == 10
    assert not book.duplicated().any()


def test_codebook_errors_name_file_and_line(tmp_path):
    bad = tmp_path / "book.csv"
    bad.write_text("# mine\ntopic,term\neconomy,tax\neconomy,\n")
    with pytest.raises(CorpusError, match=r"book\.csv, line 4"):
        read_codebook(bad)
    bad.write_text("thema,wort\na,b\n")
    with pytest.raises(CorpusError, match="topic and term"):
        read_codebook(bad)
    bad.write_text("# nothing\n")
    with pytest.raises(CorpusError, match="no line"):
        read_codebook(bad)
    with pytest.raises(CorpusError, match="cannot be read"):
        read_codebook(tmp_path / "absent.csv")
