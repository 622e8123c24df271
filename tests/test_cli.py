"""The command line: what it writes, what it says, and how it fails."""

import os
import subprocess
import sys

import pandas as pd
import pytest
from click.testing import CliRunner

from samestory.cli import main

NEWS = (
    "headline,outlet,published,text\n"
    "Ferries stop,Herald,2025-03-04,Ferry crews in Port Verrin walked out. “We are tired” said Greta Pohl.\n"
    "Boats idle,Ledger,2025-03-04,A bitter ferry strike hit Port Verrin. Crews want rest Greta Pohl said.\n"
)


def run(*arguments):
    return CliRunner().invoke(main, [str(a) for a in arguments], catch_exceptions=False)


@pytest.fixture
def news(tmp_path):
    path = tmp_path / "news.csv"
    path.write_text(NEWS, encoding="utf-8")
    return path


def test_help_teaches():
    text = run("--help").output
    assert "samestory demo" in text
    assert [line.split()[0] for line in text.splitlines() if line.startswith("  ") and "  " in line.strip()][
        -8:
    ]
    for command in ("compare", "demo", "clean", "align", "stories", "quotes", "sentiment", "topics"):
        assert f"  {command}" in text
        assert "Usage" in run(command, "--help").output
    assert "report.html" in run("compare", "--help").output


def test_compare_writes_results_and_ends_with_a_summary(news, tmp_path):
    result = run("compare", news, "--out", tmp_path / "out", "--column", "title=headline")
    assert result.exit_code == 0
    assert (tmp_path / "out" / "report.html").is_file()
    assert "2 of 2 articles measured" in result.output
    assert "report.html" in result.output
    articles = pd.read_csv(tmp_path / "out" / "tables" / "articles.csv")
    assert articles["title"].tolist() == ["Ferries stop", "Boats idle"]


def test_demo_is_the_whole_walk(tmp_path):
    result = run("demo", "--out", tmp_path / "demo")
    assert result.exit_code == 0
    assert "80 of 80 articles measured" in result.output
    assert "tone, own voice" in result.output


def test_nothing_but_the_summary_goes_into_a_pipe(news, tmp_path):
    command = [sys.executable, "-m", "samestory", "compare", str(news), "--out", str(tmp_path / "out")]
    done = subprocess.run(
        command, capture_output=True, text=True, env={**os.environ, "COLUMNS": "80"}, check=False
    )
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    assert "\x1b" not in done.stdout


@pytest.mark.parametrize("suffix", [".csv", ".jsonl", ".parquet"])
def test_each_step_reads_and_writes_tables(news, tmp_path, suffix):
    cleaned, aligned = tmp_path / f"clean{suffix}", tmp_path / f"aligned{suffix}"
    assert run("clean", news, "--out", cleaned, "--column", "title=headline").exit_code == 0
    assert run("align", cleaned, "--out", aligned).exit_code == 0
    for step in ("quotes", "sentiment", "topics"):
        out = tmp_path / f"{step}{suffix}"
        result = run(step, aligned, "--out", out)
        assert result.exit_code == 0, result.output
        assert out.stat().st_size > 0
        assert "rows in" in result.output


def bad_corpora(folder):
    empty = folder / "empty"
    empty.mkdir()
    binary = folder / "binary"
    (binary / "herald").mkdir(parents=True)
    (binary / "herald" / "a.txt").write_bytes(b"\x00\xff\xfe\x80")
    no_column = folder / "no_column.csv"
    no_column.write_text("headline,body\nFerries stop,Crews walked out.\n")
    bad_json = folder / "bad.jsonl"
    bad_json.write_text('{"outlet": "Herald", "text": "Rain."}\n{"outlet": \n')
    blank = folder / "blank.csv"
    blank.write_text("outlet,text\nHerald,\n")
    return {
        "no/such/place": "no such",
        empty: "empty",
        binary: "UTF-8",
        no_column: "'text'",
        bad_json: "line 2",
        blank: "none of the 1 articles",
    }


def test_a_mistake_is_one_message_status_2_and_no_output(tmp_path):
    for corpus, message in bad_corpora(tmp_path).items():
        result = run("compare", corpus, "--out", tmp_path / "out")
        assert result.exit_code == 2, corpus
        assert message in result.output
        assert "Traceback" not in result.output
        assert not (tmp_path / "out").exists()
        assert not list(tmp_path.glob(".out*"))


def test_bad_articles_are_flagged_rows_and_the_run_goes_on(tmp_path):
    path = tmp_path / "news.csv"
    path.write_text(
        NEWS + "Twice,NA,yesterday,Ferry crews at Port Verrin walked out on Tuesday said a third outlet.\n"
        "Nothing,Herald,,\n",
        encoding="utf-8",
    )
    result = run("compare", path, "--out", tmp_path / "out")
    assert result.exit_code == 0
    assert "3 of 4 articles measured" in result.output
    for code in ("bad_date", "no_date", "no_text"):
        assert f"1 × {code}" in result.output
    assert "NA (1)" in result.output


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--column", "headline"], "title=headline"),
        (["--level", "2"], "level"),
        (["--codebook", "absent.csv"], "codebook"),
        (["--column", "title=absent"], "absent"),
    ],
)
def test_bad_options_are_told(news, tmp_path, arguments, message):
    result = run("compare", news, "--out", tmp_path / "out", *arguments)
    assert result.exit_code == 2
    assert message in result.output
    assert not (tmp_path / "out").exists()


def test_an_existing_folder_is_refused_before_any_work(news, tmp_path):
    (tmp_path / "out").mkdir()
    result = run("compare", tmp_path / "absent.csv", "--out", tmp_path / "out")
    assert result.exit_code == 2
    assert "already exists" in result.output
    first = run("compare", news, "--out", tmp_path / "new")
    second = run("compare", news, "--out", tmp_path / "new", "--overwrite")
    assert first.exit_code == second.exit_code == 0


def test_a_table_is_not_overwritten_unasked(news, tmp_path):
    out = tmp_path / "quotes.csv"
    assert run("quotes", news, "--out", out).exit_code == 0
    assert run("quotes", news, "--out", out).exit_code == 2
    assert run("quotes", news, "--out", out, "--overwrite").exit_code == 0
    assert run("quotes", news, "--out", tmp_path / "quotes.xlsx").exit_code == 2


def test_a_place_that_cannot_be_written_is_told(news, tmp_path):
    (tmp_path / "file").write_text("not a folder")
    result = run("compare", news, "--out", tmp_path / "file" / "out")
    assert result.exit_code == 2
    assert "cannot be written" in result.output


def test_the_review_sheet_goes_back_in_as_corrections(tmp_path):
    for outlet, name, text in (
        ("herald", "a", "Ferry crews began a strike in Port Verrin on Monday."),
        ("harbour", "b", "A strike of ferry crews began in Port Verrin."),
        ("ledger", "c", "The rate was cut by the bank of Amsel."),
    ):
        (tmp_path / "news" / outlet).mkdir(parents=True)
        (tmp_path / "news" / outlet / f"{name}.txt").write_text(text, encoding="utf-8")
    sheet = tmp_path / "sheet.csv"
    assert run("stories", tmp_path / "news", "--review", sheet).exit_code == 0
    lines = sheet.read_text(encoding="utf-8").splitlines()
    assert lines[0].startswith("link,article_id,other_id,probability")
    decided = "\n".join([lines[0], *(f"cannot{line}" for line in lines[1:])])
    (tmp_path / "news" / "corrections.csv").write_text(decided, encoding="utf-8")
    assert run("align", tmp_path / "news", "--out", tmp_path / "aligned.csv").exit_code == 0
    aligned = pd.read_csv(tmp_path / "aligned.csv")
    assert aligned["story_id"].nunique() == 3
    (tmp_path / "news" / "corrections.csv").write_text("link,article_id,other_id\nmust,herald/a,x\n", "utf-8")
    result = run("compare", tmp_path / "news", "--out", tmp_path / "out")
    assert result.exit_code == 2
    assert "line 2: no article is called 'x'" in result.output
