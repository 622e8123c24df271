"""Language, quality of a corpus, and the commands new and check."""

from __future__ import annotations

import pandas as pd
import pytest
from click.testing import CliRunner

from samestory import tables
from samestory.cleaning import clean_with_lines
from samestory.cli import main
from samestory.errors import CorpusError
from samestory.language import mark_language
from samestory.quality import corpus_quality
from samestory.readers import read_corpus, read_corpus_info
from samestory.study import compare

ENGLISH = "The ferry left the harbour at noon, and the crews said that they would not be back before Monday."
OTHERS = {
    "de": "Die Fähre hat den Hafen am Mittag verlassen, und die Mannschaft kommt erst am Montag zurück.",
    "fr": "Le bac a quitté le port à midi, et les équipages ont dit qu’ils ne reviendraient pas avant lundi.",
    "es": "El barco salió del puerto a mediodía y la tripulación dijo que no volvería antes del lunes.",
    "pl": "Prom opuścił port w południe, a załoga powiedziała, że nie wróci przed poniedziałkiem.",
    "ru": "Паром вышел из гавани в полдень, и команда сказала, что не вернётся раньше понедельника.",
    "zh": "渡轮在中午离开了港口，船员们说他们在星期一之前不会回来，"
    "镇上的人都在码头上等着他们的消息和新的时间表。",
}


def table(*texts, **columns):
    names = [f"a{i}" for i in range(len(texts))]
    return pd.DataFrame({"article_id": names, "outlet": "Echo", "text": list(texts), **columns})


@pytest.mark.parametrize("code", OTHERS)
def test_other_languages_are_named_and_flagged(code):
    found = mark_language(table(ENGLISH, OTHERS[code]))
    assert found["language"].tolist() == ["en", code]
    assert found["flags"].tolist() == ["", "not_english"]


def test_language_of_short_texts_is_unknown_and_a_given_one_stands():
    found = mark_language(table("No.", OTHERS["de"], ENGLISH, language=[None, "en-GB", "fr"]))
    assert found["language"].fillna("").tolist() == ["", "en-gb", "fr"]
    assert found["flags"].tolist() == ["", "", "not_english"]


def test_measures_leave_other_languages_out_and_count_them():
    articles = table(ENGLISH, OTHERS["de"], ENGLISH + " Rain fell.").assign(outlet=["Echo", "Echo", "Post"])
    study = compare(articles)
    assert set(study.tables["scores"]["article_id"]) == {"a0", "a2"}
    assert set(study.tables["articles"]["article_id"]) == {"a0", "a1", "a2"}
    assert study.summary["flags"]["not_english"] == 1
    assert study.summary["n_articles_used"] == 2
    with pytest.raises(CorpusError, match="none of the articles is in English; found de"):
        compare(table(OTHERS["de"]))


@pytest.fixture
def corpus(tmp_path):
    folder = tmp_path / "harbour"
    for name, text in {
        "echo/2031-03-04-ferry": ENGLISH,
        "echo/again": ENGLISH.upper(),
        "echo/german": OTHERS["de"],
        "post/a": f"Published: 03/04/2031\n\n“{ENGLISH}” It was the crew's word.\n\nBack to top",
        "post/empty": "",
    }.items():
        file = folder / f"{name}.txt"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    (folder / "corpus.toml").write_text(
        'name = "Har<b>our"\n[outlets.echo]\nname = "Echo"\nstance = "left"\n', encoding="utf-8"
    )
    return folder


def test_quality_counts_what_there_is(corpus):
    cleaned, lines = clean_with_lines(read_corpus(corpus))
    quality = corpus_quality(mark_language(cleaned), lines, outlets=read_corpus_info(corpus)["outlets"])
    for name, frame in quality.items():
        tables.check(frame, tables.TABLES[name])
    outlets = quality["outlet_quality"].set_index("outlet")
    assert outlets["n_articles"].to_dict() == {"Echo": 3, "post": 2}
    assert outlets["n_measured"].to_dict() == {"Echo": 2, "post": 1}
    assert outlets["n_undated"].to_dict() == {"Echo": 2, "post": 2}
    assert outlets["n_guessed"].to_dict() == {"Echo": 1, "post": 0}
    assert outlets["n_not_english"].to_dict() == {"Echo": 1, "post": 0}
    assert outlets["furniture_share"]["post"] == pytest.approx(
        11 / sum(len(t) for t in lines.loc[lines["article_id"].str.startswith("post"), "text"])
    )
    assert quality["duplicates"].to_numpy().tolist() == [["echo/again", "echo/2031-03-04-ferry", "text"]]
    remarks = set(quality["quality_warnings"]["code"])
    assert {"ambiguous_date", "duplicates", "stance_source", "n_not_english", "mixed_typography"} <= remarks


def test_months_have_a_row_where_nothing_was_published():
    days = pd.to_datetime(["2031-01-02", "2031-03-04", None], utc=True)
    months = corpus_quality(table("a", "b", "c", published=days).assign(outlet=["E", "P", "P"]))["months"]
    assert months.to_numpy().tolist() == [
        ["E", "2031-01", 1],
        ["E", "2031-03", 0],
        ["P", "2031-01", 0],
        ["P", "2031-03", 1],
    ]


def test_quality_of_next_to_nothing():
    bare = pd.DataFrame({"article_id": ["a"], "outlet": [None], "text": [""]}).astype("str")
    quality = corpus_quality(bare)
    assert quality["outlet_quality"]["n_measured"].tolist() == [0]
    assert quality["months"].empty
    assert corpus_quality(bare[:0])["outlet_quality"].empty


def run(*arguments):
    return CliRunner().invoke(main, [str(a) for a in arguments])


def test_check_prints_and_writes_a_page(corpus, tmp_path):
    page = tmp_path / "quality.html"
    result = run("check", corpus, "--html", page)
    assert result.exit_code == 0, result.output
    for words in ("a claim without a source", "Dates", "ambiguous_date", "not_english"):
        assert words in result.output
    text = page.read_text(encoding="utf-8")
    assert "Har&lt;b&gt;our" in text
    assert "<script" not in text
    assert run("check", corpus, "--html", page).exit_code == 2
    assert "ambiguous_date" not in run("check", corpus, "--date-order", "dmy").output


def test_new_makes_a_corpus_that_can_be_filled_in(tmp_path):
    folder = tmp_path / "mine"
    assert run("new", folder, "--outlet", 'The "Ledger"', "--outlet", "Écho du Port").exit_code == 0
    info = read_corpus_info(folder)
    assert [o["name"] for o in info["outlets"].values()] == ['The "Ledger"', "Écho du Port"]
    for name in info["outlets"]:
        (folder / name / "a.txt").write_text(ENGLISH, encoding="utf-8")
    assert sorted(read_corpus(folder)["outlet"]) == ['The "Ledger"', "Écho du Port"]
    assert run("check", folder).exit_code == 0
    again = run("new", folder)
    assert again.exit_code == 2
    assert "not empty" in again.output
    assert run("new", tmp_path / "b", "--outlet", "!!").exit_code == 2
    assert run("new", tmp_path / "c", "--outlet", "Echo", "--outlet", "echo!").exit_code == 2


def test_clean_command_takes_steps_and_furniture(corpus, tmp_path):
    out, lines = tmp_path / "a.csv", tmp_path / "lines.csv"
    result = run("clean", corpus, "--out", out, "--lines", lines, "--without", "navigation")
    assert result.exit_code == 0, result.output
    assert "Back to top" in out.read_text(encoding="utf-8")
    assert {"kept", "raw_start"} <= set(pd.read_csv(lines).columns)
    assert run("clean", corpus, "--out", tmp_path / "b.csv", "--without", "menus").exit_code == 2
    (corpus / "furniture.toml").write_text("[crew]\npatterns = ['.*the crews said.*']", encoding="utf-8")
    assert run("clean", corpus, "--out", tmp_path / "c.csv").exit_code == 0
    assert "ferry left" not in (tmp_path / "c.csv").read_text(encoding="utf-8")
