import pandas as pd
import pytest

import samestory as ss
from samestory.errors import CorpusError, OptionError
from samestory.measures.topics import prominence, shared_terms, topic_share
from samestory.readers.codebook import read_codebook
from samestory.text import normalise_typography, term_pattern, word_spans


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


def test_bad_csv_codebooks_and_licence(tmp_path):
    book = tmp_path / "book.csv"
    book.write_text("topic,term\neconomy,tax\n")
    with pytest.raises(CorpusError, match="licence"):
        read_codebook(book)
    assert read_codebook(book, licence="own work")["licence"].tolist() == ["own work"]
    book.write_text("# Licence: CC-BY-4.0.\ntopic,term,exclude\neconomy,tax,no\neconomy,tax haven,yes\n")
    found = read_codebook(book)
    assert found["licence"].unique().tolist() == ["CC-BY-4.0"]
    assert found["exclude"].tolist() == [False, True]
    with pytest.raises(CorpusError, match=r"\.csv, \.toml"):
        read_codebook(tmp_path / "book.docx")


def test_one_codebook_in_three_formats(tmp_path):
    rows = [("economy", "tax*", False), ("economy", "tax haven", True), ("weather", "heavy rain", False)]
    (tmp_path / "b.toml").write_text(
        'licence = "CC0-1.0"\n[topics.economy]\nterms = ["tax*"]\nexclude = ["tax haven"]\n'
        '[topics.weather]\nterms = ["heavy rain"]\n'
    )
    (tmp_path / "b.yaml").write_text(
        "licence: CC0-1.0\ntopics:\n  economy:\n    terms: ['tax*']\n    exclude: [tax haven]\n"
        "  weather:\n    terms:\n      - heavy rain\n"
    )
    (tmp_path / "b.csv").write_text(
        "# licence: CC0-1.0\ntopic,term,exclude\neconomy,tax*,\neconomy,tax haven,x\nweather,heavy rain,\n"
    )
    for name in ("b.toml", "b.yaml", "b.csv"):
        book = read_codebook(tmp_path / name)
        assert list(book[["topic", "term", "exclude"]].itertuples(index=False, name=None)) == rows, name
        assert book["licence"].eq("CC0-1.0").all()


def test_dictionaries_of_other_programs(tmp_path):
    (tmp_path / "b.dic").write_text("%\n1\teconomy\n2\tweather\n%\ntax*\t1\nheavy rain\t2\nstorm*\t1 2\n")
    book = read_codebook(tmp_path / "b.dic", licence="own work")
    assert list(zip(book["topic"], book["term"], strict=True)) == [
        ("economy", "tax*"),
        ("weather", "heavy rain"),
        ("economy", "storm*"),
        ("weather", "storm*"),
    ]
    (tmp_path / "q.yml").write_text("economy:\n  public: ['tax*']\n  private: [firm, firms]\nweather: rain\n")
    book = read_codebook(tmp_path / "q.yml", licence="own work")
    assert book["topic"].unique().tolist() == ["economy.public", "economy.private", "weather"]


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("b.dic", "%\n1 economy\n", "two lines of %"),
        ("b.dic", "%\n1 economy\n%\ntax 2\n", "line 4: .*unknown category 2"),
        ("b.dic", "%\n1 economy\n%\nlike (02 134)125/464\n", "no category"),
        ("b.dic", "%\n1\n%\n", "a number and a name"),
        ("b.toml", "topics = 3", r"\[topics.NAME\]"),
        ("b.toml", "[topics.a]\nwords = ['x']", "unknown key words"),
        ("b.toml", "licence = ", "not TOML"),
        ("b.toml", "licence='x'\n[topics.a]\nterms = []", "at least one term"),
        ("b.yml", "a: [1, 2]", "no term"),
        ("b.yml", "a: 3", "list of terms"),
        ("b.yml", "- a", "mapping"),
        ("b.yml", "a: [", "not YAML"),
    ],
)
def test_bad_codebooks_are_told(tmp_path, name, content, message):
    (tmp_path / name).write_text(content)
    with pytest.raises(CorpusError, match=message):
        read_codebook(tmp_path / name, licence="own work")


@pytest.mark.parametrize("term", ["(a+)+$", "tax[es]", "rain|storm", r"\w+", "^tax"])
def test_regular_expressions_are_refused(term):
    with pytest.raises(OptionError, match="regular expression"):
        topic_share(sentences(a=["Rain."]), codebook(t=[term]))


@pytest.mark.parametrize("term", ["**", "?", "tax *", "  "])
def test_globs_that_match_everything_are_refused(term):
    with pytest.raises(OptionError, match="every word"):
        topic_share(sentences(a=["Rain."]), codebook(t=[term]))


def test_exclusions_are_not_counted():
    book = codebook(t=["tax*", "haven"]).assign(exclude=False)
    book = pd.concat([book, pd.DataFrame({"topic": ["t"], "term": ["tax haven*"], "exclude": [True]})])
    out = topic_share(sentences(a=["A tax haven.", "A tax rose.", "A haven for taxes."]), book)
    assert out["n_hits"].tolist() == [2]
    assert out["word_share"].tolist() == [pytest.approx(3 / 10)]
    with pytest.raises(OptionError, match="exclusions only"):
        topic_share(sentences(a=["Rain."]), codebook(t=["tax"]).assign(exclude=True))


def test_numbered_words_and_the_pattern_count_alike():
    """The fast way (vocabulary) against the plain way (pattern on every sentence), on the demo corpus."""
    articles = ss.clean_articles(ss.read_corpus(ss.demo_corpus()))
    parts, book = ss.split_sentences(articles), read_codebook()
    out = topic_share(parts, book)
    plain = parts["text"].map(lambda s: normalise_typography(s).lower())
    for topic, terms in book.groupby("topic", sort=False)["term"]:
        pattern = term_pattern(terms)
        words = plain.map(lambda s, p=pattern: sum(len(word_spans(m.group())) for m in p.finditer(s)))
        hits = (words > 0).groupby(parts["article_id"]).sum()
        got = out[out["topic"] == topic].set_index("article_id")["n_hits"]
        assert got.sort_index().tolist() == hits.sort_index().tolist(), topic


def test_terms_of_two_topics_are_reported():
    book = codebook(health=["patients", "ward"], hardship=["Patients", "debt"])
    assert shared_terms(book).to_numpy().tolist() == [["patients", "health, hardship", 2]]
    assert shared_terms(codebook(a=["x"])).empty


def articles(*rows):
    return pd.DataFrame(rows, columns=["article_id", "outlet", "title", "text"])


def test_prominence_keeps_headline_lede_and_body_apart():
    given = articles(
        ("a", "Herald", "Taxes fall", "Taxes fell. Rain fell. A tax rose. Nobody cheered."),
        ("b", "Ledger", None, "Rain fell. Wind rose. Snow fell. A tax rose."),
        ("c", "Ledger", "Rain again", "Rain fell."),
        ("d", "Ledger", "No text", ""),
    )
    out = prominence(given, codebook(economy=["tax*"])).set_index("article_id")
    assert out.index.tolist() == ["a", "b", "c"]
    assert out.loc["a", ["in_headline", "in_lede", "body_share", "first_mention"]].tolist() == [1, 1, 0.5, 0]
    assert pd.isna(out.loc["b", "in_headline"])
    assert out.loc["b", ["in_lede", "body_share", "first_mention", "n_hits"]].tolist() == [0, 0.5, 0.75, 1]
    assert out.loc["c", ["in_headline", "in_lede", "n_hits"]].tolist() == [0, 0, 0]
    assert out.loc["c", ["body_share", "first_mention"]].isna().all()


def test_prominence_options():
    given = articles(("a", "Herald", "Taxes fall", "Rain fell. Taxes fell."))
    assert prominence(given, codebook(t=["tax*"]), lede_sentences=1)["in_lede"].tolist() == [0]
    with pytest.raises(OptionError, match="at least one sentence"):
        prominence(given, codebook(t=["tax*"]), lede_sentences=0)
    assert prominence(given.drop(columns="title"), codebook(t=["tax*"]))["in_headline"].isna().all()
