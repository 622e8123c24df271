"""Bad input: every case of the list, and that docs/reliability.md says what the list says."""

import os
import re
import runpy
import sys
import time
from pathlib import Path

import pytest

from samestory import tables
from samestory.errors import SamestoryError
from samestory.readers import read_corpus_files
from samestory.readers.codebook import read_codebook

HERE = Path(__file__).resolve()
LIST = runpy.run_path(str(HERE.with_name("bad_inputs.py")))
CASES = LIST["CASES"]
DOCS = HERE.parents[1] / "docs" / "reliability.md"


def made(folder, case):
    for name, content in case.files().items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))
    return folder / case.opens


@pytest.mark.parametrize("case", CASES, ids=[c.given for c in CASES])
def test_bad_input(tmp_path, monkeypatch, case):
    monkeypatch.chdir(tmp_path)
    place = made(tmp_path, case)
    before = sorted(os.listdir(tmp_path))
    started = time.process_time()
    read = read_codebook if case.reads == "codebook" else lambda p: read_corpus_files(p, columns=case.columns)
    if case.error is not None:
        with pytest.raises(SamestoryError, match=case.error):
            read(place)
    else:
        articles, files = read(place)
        tables.check(articles, tables.ARTICLES)
        assert files["n_articles"].sum() + articles["flags"].str.contains("no_file").sum() == len(articles)
        for column in ("flags", "texts", "outlets"):
            wanted = getattr(case, column)
            found = articles[
                "text" if column == "texts" else column.removesuffix("s") if column == "outlets" else column
            ]
            assert wanted is None or tuple(found) == wanted
        if case.notes is not None:
            assert tuple(articles["note"].fillna("")) == case.notes
    assert sorted(os.listdir(tmp_path)) == before
    assert time.process_time() - started < 20


def test_there_are_sixty_cases():
    assert len(CASES) >= 60
    assert len({c.given for c in CASES}) == len(CASES)


def table_of_cases():
    lines = []
    for group in dict.fromkeys(c.group for c in CASES):
        lines += [f"### {group}", "", "| given | what comes of it |", "|---|---|"]
        lines += [f"| {c.given} | {c.comes_of_it} |" for c in CASES if c.group == group]
        lines.append("")
    return "\n".join(lines)


def test_the_page_on_reliability_lists_the_cases():
    page = DOCS.read_text(encoding="utf-8")
    found = re.search(r"<!-- cases -->\n(.*)<!-- end of cases -->", page, re.DOTALL)
    assert found, "docs/reliability.md lost the marks around its list"
    assert found[1].strip() == table_of_cases().strip(), (
        "docs/reliability.md is out of step; run python tests/test_readers_bad.py"
    )
    assert f"{len(CASES)} cases" in page


if __name__ == "__main__":  # rewrite the list in the page
    text = DOCS.read_text(encoding="utf-8")
    marks = re.compile(r"(<!-- cases -->\n).*(<!-- end of cases -->)", re.DOTALL)
    text = marks.sub(lambda m: m[1] + table_of_cases() + m[2], text)
    DOCS.write_text(re.sub(r"\d+ cases", f"{len(CASES)} cases", text), encoding="utf-8")
    sys.stdout.write(f"{len(CASES)} cases\n")
