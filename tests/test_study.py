"""The whole walk: on the demo corpus, and on corpora too small or too broken for it."""

import csv
import hashlib
import json
import re
from html.parser import HTMLParser
from pathlib import Path

import pandas as pd
import pytest

import samestory as ss
from samestory import tables
from samestory.errors import CorpusError, OptionError, OutputError, TableError
from samestory.study import STEPS


@pytest.fixture(scope="module")
def study():
    return ss.compare(ss.demo_corpus())


@pytest.fixture(scope="module")
def saved(study, tmp_path_factory):
    return study.save(tmp_path_factory.mktemp("results") / "demo")


def articles(*rows):
    frame = pd.DataFrame(rows, columns=["outlet", "published", "text"])
    return frame.assign(
        article_id=[f"a{i}" for i in range(len(frame))],
        published=pd.to_datetime(frame["published"], utc=True),
    )


STRIKE = (
    (
        "Herald",
        "2025-03-04",
        "Ferry crews at Port Verrin walked out on Tuesday. “We are tired,” said Greta Pohl.",
    ),
    (
        "Ledger",
        "2025-03-04",
        "A bitter ferry strike hit Port Verrin on Tuesday. Crews want rest, Greta Pohl said.",
    ),
)


def test_every_table_is_what_it_should_be(study):
    for name, table in study.tables.items():
        schema = "estimates" if name.startswith("estimates_") else name
        tables.check(table, tables.TABLES[schema])


def test_offsets_lead_to_the_text(study):
    text = study.tables["articles"].set_index("article_id")["text"]
    for row in study.tables["scores"].itertuples():
        assert text[row.article_id][row.start : row.end] == row.text
    for row in study.tables["quotes"].itertuples():
        assert " ".join(text[row.article_id][a:b] for a, b in row.spans) == row.text


def test_the_family_is_the_whole_study(study):
    estimates = study.tables["estimates"]
    tested = estimates["p"].notna()
    assert set(estimates.loc[~tested, "reason_code"]) <= {"few_differing_stories"}
    assert tested.sum() >= 40
    assert estimates.loc[tested, "family_size"].eq(tested.sum()).all()
    assert (estimates["p_adjusted"] >= estimates["p"])[tested].all()
    assert study.summary["family_size"] == tested.sum()


def test_each_estimate_is_the_mean_of_its_pairs(study):
    key = ["measure", "group", "reference"]
    means = study.tables["pairs"].groupby(key)["difference"].agg(["mean", "size"])
    for row in study.tables["estimates"].itertuples():
        mean = means.loc[(row.measure, row.group, row.reference)]
        assert row.estimate == pytest.approx(mean["mean"])
        assert row.n_stories == mean["size"]


def test_progress_tells_every_step_in_order():
    told = []
    ss.compare(articles(*STRIKE), progress=told.append)
    assert told == list(STEPS)


def test_the_saved_folder_is_complete_and_its_manifest_true(study, saved):
    assert {p.name for p in saved.iterdir()} == {
        "report.html",
        "methods.md",
        "references.bib",
        "manifest.json",
        "tables",
        "figures",
    }
    assert {p.stem for p in (saved / "tables").iterdir()} == {*study.tables, "columns"}
    assert {p.name for p in (saved / "figures").iterdir()} == {
        f"{name}.{kind}" for name in study.figures for kind in ("pdf", "svg", "png", "csv", "json")
    }
    manifest = json.loads((saved / "manifest.json").read_text(encoding="utf-8"))
    for name, checksum in manifest["outputs"].items():
        assert hashlib.sha256((saved / name).read_bytes()).hexdigest() == checksum
    for name, checksum in manifest["inputs"].items():
        assert hashlib.sha256((ss.demo_corpus() / name).read_bytes()).hexdigest() == checksum
    assert manifest["seed"] == 2026
    assert manifest["versions"]["vaderSentiment"] == "3.3.2"
    assert str(Path.home()) not in (saved / "manifest.json").read_text(encoding="utf-8")


def test_saved_tables_read_back_to_the_same_numbers(study, saved):
    back = pd.read_csv(saved / "tables" / "estimates.csv")
    assert back["estimate"].tolist() == study.tables["estimates"]["estimate"].tolist()
    with (saved / "tables" / "quotes.csv").open(encoding="utf-8", newline="") as file:
        first = next(csv.DictReader(file))
    assert json.loads(first["spans"]) == study.tables["quotes"]["spans"].iloc[0]


def test_the_same_input_gives_the_same_bytes(study, saved, tmp_path):
    again = ss.compare(ss.demo_corpus()).save(tmp_path / "again")
    manifests = [json.loads((d / "manifest.json").read_text(encoding="utf-8")) for d in (saved, again)]
    assert manifests[0] == manifests[1]


def test_row_order_changes_no_estimate(study):
    raw = ss.read_corpus(ss.demo_corpus())
    shuffled = ss.compare(raw.sample(frac=1, random_state=3))
    pd.testing.assert_frame_equal(shuffled.tables["estimates"], study.tables["estimates"])
    pd.testing.assert_frame_equal(shuffled.tables["terms"], study.tables["terms"])


def test_the_report_is_one_well_formed_page_with_every_article(study, saved):
    class Reader(HTMLParser):
        ids: set[str]

        def handle_starttag(self, tag, attrs):
            given = dict(attrs)
            if "id" in given:
                assert given["id"] not in self.ids, "two elements share an id"
                self.ids.add(given["id"])
            assert tag not in {"iframe", "object", "embed", "link"}
            assert not given.get("src")

    reader = Reader()
    reader.ids = set()
    page = (saved / "report.html").read_text(encoding="utf-8")
    reader.feed(page)
    assert sum(i.startswith("story-") for i in reader.ids) == study.tables["articles"]["story_id"].nunique()
    assert len(page) < 3_000_000


def test_methods_quote_the_counts_of_the_run(study, saved):
    text = (saved / "methods.md").read_text(encoding="utf-8")
    summary = study.summary
    for number in (summary["n_articles_used"], summary["n_stories"], summary["family_size"], summary["seed"]):
        assert str(number) in text
    assert "vaderSentiment 3.3.2" in text
    assert "Holm" in text


def test_every_citation_resolves_to_a_reference(study, saved):
    text = (saved / "methods.md").read_text(encoding="utf-8")
    bib = (saved / "references.bib").read_text(encoding="utf-8")
    keys = re.findall(r"^@\w+\{([\w-]+),$", bib, re.MULTILINE)
    assert keys == sorted(re.findall(r"`([a-z]+\d{4}[a-z]*)`$", text, re.MULTILINE))
    paragraphs = text.split("### References")[0]
    assert "[@" not in paragraphs
    for work in ("Hutto & Gilbert, 2014", "Newell et al., 2018", "McKinney, 2010", "Holm, 1979"):
        assert work in paragraphs
    assert (
        f"{int(study.tables['quotes']['speaker_resolved'].notna().sum()):,} of them had a named" in paragraphs
    )


def test_reprints_stay_and_the_estimates_without_them_are_given(study):
    all_rows, without = study.tables["estimates"], study.tables["estimates_without_reprints"]
    assert study.summary["n_reprints"] == 2
    assert without["n_stories"].sum() < all_rows["n_stories"].sum()


def test_the_effect_of_masking_names_of_the_news_is_told(study, saved):
    again = study.tables["estimates_news_neutral"].set_index(["measure", "group", "reference"])["estimate"]
    first = study.tables["estimates"].set_index(["measure", "group", "reference"])["estimate"]
    change = (again - first[again.index]).abs().max()
    assert study.summary["news_neutral_change"] == pytest.approx(change)
    assert f"at most {change:.3f}" in (saved / "methods.md").read_text(encoding="utf-8")


def test_the_word_shift_adds_up_to_the_estimates_of_tone(study):
    shift = study.tables["word_shift"].groupby(["group", "reference"])["contribution"].sum()
    tone = study.tables["estimates"].query("measure == 'tone, own voice'").set_index(["group", "reference"])
    for pair, total in shift.items():
        assert total == pytest.approx(tone.loc[pair, "estimate"], abs=1e-9)


# ── small corpora ────────────────────────────────────────────────────────────────────────────────────────


def test_two_articles_about_one_event_are_described_only(tmp_path):
    study = ss.compare(articles(*STRIKE).assign(story_id="strike"), stories="given")
    estimates = study.tables["estimates"]
    assert set(estimates["tier"]) == {"descriptive"}
    assert estimates["p"].isna().all()
    assert estimates["low"].isna().all()
    assert estimates.loc[estimates["measure"] == "tone, all sentences", "estimate"].notna().all()
    assert "description only" in study.summary["tier"]
    page = (study.save(tmp_path / "out") / "report.html").read_text(encoding="utf-8")
    assert "description" in page


@pytest.mark.filterwarnings("ignore:.*letters that no font on this machine has")
@pytest.mark.parametrize(
    "rows",
    [
        STRIKE[:1],
        STRIKE[:1] * 3,
        [*STRIKE, ("NA", "2025-03-04", "Crews at Port Verrin walked out, an outlet called NA reports.")],
        [*STRIKE, ("Ledger", None, "")],
        [("Herald", None, "x"), ("Ledger", None, "y")],
        [("Herald", "2025-03-04", "… 7 …"), ("Ledger", "2025-03-04", "123 456 crowns in 2025.")],
        [("Herald", "2025-03-04", "Wort " * 200_000), *STRIKE],
        [("Ежедневник", "2025-03-04", "Паром не вышел в море."), ("新闻", "2025-03-04", "渡轮罢工开始。")],
    ],
    ids=["one article", "one outlet", "outlet NA", "no text", "a letter", "no words", "1 MB line", "scripts"],
)  # fmt: skip
def test_odd_corpora_end_in_a_result(rows, tmp_path):
    frame = articles(*rows)
    study = ss.compare(frame)
    assert len(study.tables["articles"]) == len(frame)
    out = study.save(tmp_path / "out")
    assert (out / "manifest.json").is_file()


def test_an_article_without_outlet_is_kept_and_compared_nowhere(tmp_path):
    (tmp_path / "a.csv").write_text(
        "outlet,published,text\nHerald,2025-03-04,Ferry crews walked out.\n"
        ",2025-03-04,Nobody named this outlet.\n"
        "Ledger,2025-03-04,Ferry crews walked out again.\n"
    )
    study = ss.compare(tmp_path / "a.csv")
    assert len(study.tables["articles"]) == 3
    assert study.summary["n_articles_used"] == 2
    assert study.summary["flags"] == {"no_outlet": 1}
    assert set(study.tables["groups"]["group"]) == {"Herald", "Ledger"}


def test_nothing_to_measure_is_told():
    with pytest.raises(CorpusError, match="none of the 2 articles"):
        ss.compare(articles(("Herald", None, ""), ("Ledger", None, " \n")))


def test_given_stories_need_the_column():
    with pytest.raises(TableError, match="story_id"):
        ss.compare(articles(*STRIKE), stories="given")
    with pytest.raises(OptionError, match="'align' or 'given'"):
        ss.compare(articles(*STRIKE), stories="mine")


# ── saving ───────────────────────────────────────────────────────────────────────────────────────────────


def test_an_existing_folder_is_refused(study, tmp_path):
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "thesis.docx").write_text("years of work")
    for overwrite in (False, True):
        with pytest.raises(OutputError, match=r"exists|not a result"):
            study.save(tmp_path / "mine", overwrite=overwrite)
    assert (tmp_path / "mine" / "thesis.docx").read_text() == "years of work"
    assert [p.name for p in tmp_path.iterdir()] == ["mine"]


def test_an_earlier_result_is_replaced_on_request(tmp_path):
    study = ss.compare(articles(*STRIKE))
    out = study.save(tmp_path / "out")
    (out / "old.txt").write_text("of the earlier run")
    with pytest.raises(OutputError, match="exists"):
        study.save(out)
    study.save(out, overwrite=True)
    assert not (out / "old.txt").exists()
    assert [p.name for p in tmp_path.iterdir()] == ["out"]


def test_a_failed_run_leaves_nothing_behind(tmp_path, monkeypatch):
    study = ss.compare(articles(*STRIKE))

    def fail(*args, **kwargs):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("samestory.study.result.begin_report", fail)
    with pytest.raises(OutputError, match="No space left"):
        study.save(tmp_path / "out")
    assert list(tmp_path.iterdir()) == []


def test_many_outlets_are_refused_at_once_with_a_way_out():
    rows = [
        (f"Outlet {i:02d}", "2025-03-04", f"Ferry crews walked out again, number {i}.") for i in range(30)
    ]
    told = []
    with pytest.raises(OptionError, match="reference"):
        ss.compare(articles(*rows), progress=told.append)
    assert told == [STEPS[0]]
    with pytest.raises(OptionError, match="none of the outlets"):
        ss.compare(articles(*STRIKE), reference="Absent")
    estimates = ss.compare(articles(*rows), reference="Outlet 03").tables["estimates"]
    assert estimates.groupby("measure").size().eq(29).all()
    assert set(estimates["reference"]) == {"Outlet 03"}


def test_an_outlet_without_own_voice_is_told_and_not_dropped():
    quoted = articles(("Herald", "2025-03-04", "“We are tired,” said Greta Pohl."), STRIKE[1])
    study = ss.compare(quoted.assign(story_id="strike"), stories="given")
    own = study.tables["estimates"].set_index("measure").loc["tone, own voice"]
    assert own["n_stories"] == 0
    assert "no shared story" in own["reason"]
