"""The commands of emphasis: what they write, and how they fail."""

import pandas as pd
import pytest
from click.testing import CliRunner

import samestory as ss
from samestory.cli import main


def run(*arguments):
    return CliRunner().invoke(main, [str(a) for a in arguments], catch_exceptions=False)


@pytest.fixture(scope="module")
def news(tmp_path_factory):
    """The first twelve articles of each outlet of the demo corpus, with their gold stories."""
    gold = pd.read_csv(ss.demo_corpus() / "key" / "stories.csv").set_index("article_id")["story_id"]
    articles = ss.clean_articles(ss.read_corpus(ss.demo_corpus()))
    articles = articles.assign(story_id=articles["article_id"].map(gold).astype("str"))
    path = tmp_path_factory.mktemp("news") / "news.csv"
    kept = articles[articles["story_id"] <= "s12"]
    kept[["article_id", "outlet", "title", "text", "story_id"]].to_csv(path, index=False)
    return path


def test_prominence(news, tmp_path):
    assert run("prominence", news, "--out", tmp_path / "p.csv", "--lede", "1").exit_code == 0
    out = pd.read_csv(tmp_path / "p.csv")
    assert {"in_headline", "in_lede", "body_share"} <= set(out.columns)
    assert out["topic"].nunique() == 10


def test_terms_and_their_concordance(news, tmp_path):
    done = run("terms", news, "--out", tmp_path / "t.csv", "--names", "--top", 5)
    assert done.exit_code == 0
    terms = pd.read_csv(tmp_path / "t.csv")
    assert terms.groupby("outlet").size().tolist() == [5, 5, 5]
    assert terms["p_stories"].notna().any()
    row = terms.iloc[0]
    assert run("concordance", news, row["term"], "--out", tmp_path / "k.csv").exit_code == 0
    lines = pd.read_csv(tmp_path / "k.csv")
    assert (lines["outlet"] == row["outlet"]).sum() == row["count"]
    pairs = run("terms", news, "--out", tmp_path / "pairs.csv", "--ngrams", "2", "--top", "3")
    assert pairs.exit_code == 0
    assert pd.read_csv(tmp_path / "pairs.csv")["term"].str.contains(" ").all()


def test_naming(news, tmp_path):
    (tmp_path / "actors.csv").write_text("actor,term\nferry,strike\nferry,stoppage\nferry,walkout\n")
    options = (news, "--actors", tmp_path / "actors.csv")
    assert run("naming", *options, "--out", tmp_path / "n.csv").exit_code == 0
    assert {"sentence", "description"} <= set(pd.read_csv(tmp_path / "n.csv").columns)
    assert run("naming", *options, "--shares", "--out", tmp_path / "s.csv").exit_code == 0
    assert pd.read_csv(tmp_path / "s.csv")["share"].between(0, 1).all()
    (tmp_path / "bad.csv").write_text("name\nx\n")
    bad = run("naming", news, "--actors", tmp_path / "bad.csv", "--out", tmp_path / "x.csv")
    assert bad.exit_code == 2
    assert "column actor" in bad.output
    assert not (tmp_path / "x.csv").exists()


def test_coverage(news, tmp_path):
    assert run("coverage", news, "--out", tmp_path / "c.csv").exit_code == 0
    out = pd.read_csv(tmp_path / "c.csv")
    assert out.groupby("story_id")["outlet"].nunique().eq(3).all()


def test_a_codebook_without_a_licence_is_refused_with_a_way_out(news, tmp_path):
    (tmp_path / "b.dic").write_text("%\n1\teconomy\n%\ntax*\t1\nbudget*\t1\n")
    bare = ("topics", news, "--codebook", tmp_path / "b.dic", "--out", tmp_path / "t.csv")
    refused = run(*bare)
    assert refused.exit_code == 2
    assert "licence" in refused.output
    assert run(*bare, "--licence", "own work").exit_code == 0
    assert set(pd.read_csv(tmp_path / "t.csv")["topic"]) == {"economy"}
    (tmp_path / "b.yml").write_text("politics:\n  money:\n    - tax*\n    - budget*\n")
    nested = ("prominence", news, "--codebook", tmp_path / "b.yml", "--out", tmp_path / "y.csv")
    assert run(*nested).exit_code == 2
    assert run(*nested, "--licence", "own work").exit_code == 0
    assert set(pd.read_csv(tmp_path / "y.csv")["topic"]) == {"politics.money"}


@pytest.mark.parametrize("term", ["(a+)+$", "tax[es]", "**"])
def test_bad_terms_end_with_a_message(news, tmp_path, term):
    (tmp_path / "b.csv").write_text(f"# Licence: CC0-1.0\ntopic,term\nmoney,{term}\n")
    done = run("topics", news, "--codebook", tmp_path / "b.csv", "--out", tmp_path / "t.csv")
    assert done.exit_code == 2
    assert "money" in done.output
    assert not (tmp_path / "t.csv").exists()


def test_compare_takes_actors_and_a_licence(news, tmp_path):
    (tmp_path / "actors.csv").write_text("actor,term\nferry,strike\nferry,stoppage\n")
    (tmp_path / "b.dic").write_text("%\n1\teconomy\n%\ntax*\t1\nbudget*\t1\n")
    done = run(
        *("compare", news, "--out", tmp_path / "out", "--stories", "given", "--no-clean"),
        *("--actors", tmp_path / "actors.csv", "--codebook", tmp_path / "b.dic", "--licence", "own work"),
    )
    assert done.exit_code == 0, done.output
    made = {p.stem for p in (tmp_path / "out" / "tables").iterdir()}
    assert {"descriptions", "estimates_naming", "prominence", "families", "leave_one_out"} <= made
    assert "p adjusted over" in done.output
    few = run("compare", news, "--out", tmp_path / "few", "--stories", "given", "--topic-model")
    assert few.exit_code == 2
    assert "at least 100 articles" in few.output


def test_a_codebook_that_cannot_be_used_is_named_with_its_line(news, tmp_path):
    book = tmp_path / "book.csv"
    for term, why in (("*", "matches every word"), ("(a+)+$", "regular expression"), ("tax.*", "regular")):
        book.write_text(f"# Licence: CC0-1.0\ntopic,term\neconomy,tax*\neconomy,{term}\n")
        for command in ("topics", "prominence"):
            done = run(command, news, "--codebook", book, "--out", tmp_path / "x.csv")
            assert done.exit_code == 2
            assert "book.csv, line 4" in done.output
            assert why in done.output
            assert "To do:" in done.output
            assert not (tmp_path / "x.csv").exists()


def test_terms_of_two_topics_are_told(news, tmp_path):
    book = tmp_path / "book.csv"
    book.write_text("# Licence: CC0-1.0\ntopic,term\neconomy,taxes\nstate,taxes\nstate,chamber\n")
    done = run("topics", news, "--codebook", book, "--out", tmp_path / "x.csv")
    assert done.exit_code == 0
    assert "1: taxes (economy, state)" in done.stderr
    assert "several topics" not in run("topics", news, "--out", tmp_path / "y.csv").stderr


def test_function_words_on_request(news, tmp_path):
    assert run("terms", news, "--function-words", "--out", tmp_path / "t.csv").exit_code == 0
    assert run("terms", news, "--out", tmp_path / "u.csv").exit_code == 0
    assert "the" in set(pd.read_csv(tmp_path / "t.csv")["term"])
    assert "the" not in set(pd.read_csv(tmp_path / "u.csv")["term"])
