"""A corpus without its texts: what a package holds, what it never holds, and what it gives back."""

import hashlib
import json
import re
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

import samestory as ss
from samestory import tables
from samestory.cli import main
from samestory.errors import CorpusError, OptionError, OutputError, TableError
from samestory.readers import read_corpus_info
from samestory.sharing import fingerprint as fp
from samestory.sharing.addresses import archive_page, archive_url, same_address
from samestory.sharing.opening import Package
from samestory.sharing.results import read_results
from samestory.sharing.withholding import known_shingles, without_text

DEMO = Path(__file__).resolve().parents[1] / "corpora" / "demo"
PLACES = "Talvera Morlin Estby Corrow Hask Dunmere Pellin Orsk Vale Brindle".split()


def story(subject, *, places=PLACES):
    """Forty sentences of our own, told of a subject."""
    return "\n\n".join(
        f"In {place} the {subject} was the talk of the morning. Traders said the {subject} had cost them "
        f"half a week. The mayor of {place} asked for patience, and then for money. "
        f"Nobody in {place} could say when the {subject} would be over."
        for place in places
    )


def corpus(**changes):
    frame = pd.DataFrame(
        {
            "article_id": ["herald/ferry", "harbour/ferry", "herald/flood", "talnews/bare"],
            "outlet": ["Herald", "Harbour", "Herald", "Talnews"],
            "title": ["Ferries stay in port until the wind drops", "No ferry", "Water in the old town", None],
            "published": pd.to_datetime(
                ["2025-03-04T06:40Z", "2025-03-04", "2025-03-09", None], utc=True, format="ISO8601"
            ),
            "published_precision": ["minute", "day", "day", None],
            "text": [story("ferry strike"), story("idle ferry"), story("flood"), ""],
            "url": [f"https://herald.example/{n}" for n in ("ferry", "idle", "flood")] + [None],
            "flags": ["", "", "", "no_text"],
        }
    )
    return frame.assign(**changes)


@pytest.fixture
def package(tmp_path):
    return ss.read_package(ss.dehydrate(corpus(), tmp_path / "package"))


def words(text):
    return " ".join(re.findall(r"[^\W_]+", text.lower()))


# --- what is in a package --------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def demo(tmp_path_factory):
    """The demo corpus with everything that a study measures on it."""
    out = tmp_path_factory.mktemp("sharing") / "package"
    articles = ss.read_corpus(DEMO)
    cleaned = ss.mark_reprints(ss.align_stories(ss.clean_articles(articles)))
    quotes = ss.link_speakers(ss.find_quotes(cleaned))
    sentences = ss.label_voice(ss.split_sentences(cleaned), quotes)
    measured = {
        "articles": cleaned,
        "lines": ss.cleaning_lines(articles),
        "quotes": quotes,
        "scores": ss.score_sentiment(sentences),
        "speakers": ss.count_speakers(quotes, by="outlet"),
        "coverage": ss.story_coverage(cleaned),
        "own_notes": sentences[["article_id", "text"]].rename(columns={"text": "remark"}),
    }
    ss.dehydrate(articles, out, tables=measured, info=read_corpus_info(DEMO))
    return articles, cleaned, out


def test_no_sentence_of_an_article_stands_in_a_package(demo):
    articles, cleaned, out = demo
    files = [p for p in out.rglob("*") if p.is_file()]
    assert len(files) >= 7
    held = " | ".join(words(p.read_text(encoding="utf-8")) for p in files)
    both = pd.concat([articles, cleaned.assign(article_id=cleaned["article_id"] + "*")], ignore_index=True)
    told = {words(s) for s in ss.split_sentences(both)["text"]}
    long = [s for s in told if s.count(" ") >= 4]
    assert len(long) > 1000
    assert [s for s in long if s in held] == []


def test_nor_does_a_run_of_five_words_outside_addresses(demo):
    articles, _, out = demo
    known = set(
        known_shingles([fp.shingles(t) for t in articles["text"]], articles["title"].dropna()).tolist()
    )
    for file in sorted(out.rglob("*.csv")):
        frame = pd.read_csv(file, dtype=str, keep_default_na=False)
        for name in frame.columns.difference(["url", "archive_url"]):
            for cell in frame[name].unique():
                if len(words(cell).split()) >= 5:
                    assert known.isdisjoint(fp.shingles(cell).tolist()), (file.name, name, cell)


def test_offsets_give_the_quotes_back(demo):
    _, cleaned, out = demo
    quotes = pd.read_csv(out / "tables" / "quotes.csv")
    assert not {"text", "speaker", "cue"} & set(quotes.columns)
    found = ss.link_speakers(ss.find_quotes(cleaned))
    text = cleaned.set_index("article_id")["text"]
    row, whole = quotes.iloc[0], found.iloc[0]
    assert (
        text[row["article_id"]][row["start"] : row["end"]]
        == text[whole["article_id"]][whole["start"] : whole["end"]]
    )
    spans = json.loads(row["speaker_spans"])
    assert " ".join(text[row["article_id"]][a:b] for a, b in spans) == whole["speaker"]


def test_the_descriptor_says_what_each_file_is(demo):
    _, cleaned, out = demo
    told = json.loads((out / "datapackage.json").read_text(encoding="utf-8"))
    assert told["$schema"] == "https://datapackage.org/profiles/2.0/datapackage.json"
    assert told["name"] == "talvera-spring-2025"
    resources = {r["name"]: r for r in told["resources"]}
    assert set(resources) == {"articles", "measured", "quotes", "scores", "speakers", "coverage", "own_notes"}
    for r in resources.values():
        content = (out / r["path"]).read_bytes()
        assert r["bytes"] == len(content)
        assert r["hash"] == "sha256:" + hashlib.sha256(content).hexdigest()
        header = content.decode().split("\n", 1)[0].split(",")
        assert header == [f["name"] for f in r["schema"]["fields"]]
        assert r["type"] == "table"
    assert resources["quotes"]["schema"]["primaryKey"] == ["article_id", "start", "end"]
    assert resources["quotes"]["schema"]["foreignKeys"][0]["reference"]["resource"] == "articles"
    assert resources["quotes"]["withheld"]["columns"] == ["text", "speaker", "cue"]
    assert resources["articles"]["withheld"]["columns"][0] == "text"
    kinds = {f["name"]: f["type"] for f in resources["scores"]["schema"]["fields"]}
    assert kinds["start"] == "number"
    assert kinds["published"] == "datetime"
    measured = pd.read_csv(out / "tables" / "measured.csv")
    first = cleaned["text"].iloc[0]
    assert measured["sha256_measured"].iloc[0] == hashlib.sha256(first.encode()).hexdigest()


def test_headlines_only_on_request(tmp_path):
    bare = ss.read_package(ss.dehydrate(corpus(), tmp_path / "a")).articles
    assert "title" not in bare.columns
    told = ss.read_package(ss.dehydrate(corpus(), tmp_path / "b", titles=True)).articles
    assert told["title"].iloc[0] == "Ferries stay in port until the wind drops"


def test_what_nobody_declared_is_left_out_of_the_list(tmp_path):
    frame = corpus(abstract="Words of whoever wrote them", clicks=3, byline="By A. Writer")
    kept = ss.read_package(ss.dehydrate(frame, tmp_path / "a")).articles
    assert not {"abstract", "byline"} & set(kept.columns)
    assert kept["clicks"].tolist() == ["3"] * 4
    told = json.loads((tmp_path / "a" / "datapackage.json").read_text(encoding="utf-8"))
    assert told["resources"][0]["withheld"]["columns"] == ["text", "title", "abstract", "byline"]


def test_a_file_name_that_is_a_headline_is_withheld_everywhere_alike(tmp_path):
    name = "herald/Ferries stay in port until the wind drops"
    frame = corpus(article_id=[name, "b", "c", "d"])
    scores = pd.DataFrame({"article_id": [name, "b"], "start": [0, 0], "end": [4, 4], "compound": [0.1, 0.2]})
    out = ss.dehydrate(frame, tmp_path / "a", tables={"scores": scores})
    listed = ss.read_package(out).articles["article_id"].tolist()
    assert listed == ["withheld:" + hashlib.sha256(name.encode()).hexdigest()[:16], "b", "c", "d"]
    assert pd.read_csv(out / "tables" / "scores.csv")["article_id"].tolist() == listed[:2]


def test_the_same_bytes_each_run(tmp_path):
    one, other = (
        ss.dehydrate(corpus(), tmp_path / n, tables={"coverage": ss.story_coverage(corpus(story_id="s"))})
        for n in "ab"
    )
    files = sorted(p.relative_to(one) for p in one.rglob("*") if p.is_file())
    assert [(one / f).read_bytes() for f in files] == [(other / f).read_bytes() for f in files]
    rebuilt = []
    for n in "cd":
        articles, report = ss.hydrate(ss.read_package(one), corpus())
        folder = ss.write_corpus(articles, report, tmp_path / n)
        rebuilt.append([p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()])
    assert rebuilt[0] == rebuilt[1]
    assert len(rebuilt[0]) == 3


def test_labels_of_people_stay_when_they_are_short():
    known = fp.shingles("The head of the harbour office of Morlin resigned on Monday.")
    speakers = pd.DataFrame(
        {
            "outlet": ["Herald"] * 2,
            "speaker": ["Ada Brandt", "the head of the harbour office"],
            "n_quotes": [1, 2],
        }
    )
    kept, withheld = without_text(speakers, known, table=tables.SPEAKERS)
    assert kept["speaker"].tolist()[0] == "Ada Brandt"
    assert kept["speaker"].tolist()[1].startswith("withheld:")
    assert withheld == {"columns": [], "labels": 1}
    assert speakers["speaker"].tolist()[1] == "the head of the harbour office"


def test_text_in_the_place_of_offsets_is_no_list_of_offsets():
    frame = pd.DataFrame({"article_id": ["a"], "spans": [["Ferries stay in port tonight"]]})
    kept, _ = without_text(frame, fp.shingles("Ferries stay in port tonight"), table=tables.QUOTES)
    assert "tonight" not in kept.to_csv()


# --- hashes and fingerprints -----------------------------------------------------------------------------


def test_the_fingerprint_is_what_its_description_says():
    """A second, slower computation from the words of FINGERPRINT."""
    text = "Rain fell on the hills of Morlin, and on the “old” town."
    plain = re.findall(r"[^\W_]+", fp.normalised(text).lower())
    runs = {" ".join(plain[i : i + 5]) for i in range(len(plain) - 4)}
    xs = [int.from_bytes(hashlib.sha256(r.encode()).digest()[:8], "big") for r in runs]
    expected = []
    for i in range(256):
        seed = hashlib.sha256(f"samestory fingerprint 1 {i}".encode()).digest()
        a, b = int.from_bytes(seed[:8], "big") | 1, int.from_bytes(seed[8:16], "big")
        expected.append(min(((a * x + b) % 2**64) >> 32 for x in xs) & 0xFFFF)
    found = fp.fingerprint(fp.shingles(text))
    assert found.tolist() == expected
    assert fp.unpacked(fp.packed(found)).tolist() == expected


@settings(max_examples=25, deadline=None)
@given(st.integers(60, 600), st.floats(0.1, 1.0))
def test_likeness_is_the_share_of_shingles_in_common(n, share):
    one = [f"word{i}" for i in range(n)]
    other = one[: max(5, int(n * share))]
    first, second = (fp.shingles(" ".join(w)) for w in (one, other))
    true = len(np.intersect1d(first, second)) / len(np.union1d(first, second))
    # Five standard errors: among a few hundred draws none is expected beyond.
    assert abs(fp.likeness(fp.fingerprint(first), fp.fingerprint(second)) - true) <= 5 * np.sqrt(0.25 / 256)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("“Rain” – the baker’s", '"Rain" - the baker\'s'),
        ("Rain\r\n\r\nfell", "Rain fell"),
        ("cafe\u0301", "café"),
        ("co\u00adoper\u200bate\ufeff", "cooperate"),
        ("Rain\u00a0fell ", "Rain fell"),
    ],
)
def test_normalised_text_is_what_copying_leaves(one, other):
    assert fp.normalised(one) == fp.normalised(other)


def test_a_broken_fingerprint_is_told():
    with pytest.raises(CorpusError, match="256 numbers in Base64"):
        fp.unpacked("AAAA")
    with pytest.raises(CorpusError, match="256 numbers in Base64"):
        fp.unpacked("not base64 ü")


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("https://www.herald.example/a/", "http://herald.example/a#top", True),
        ("https://herald.example/a?utm_source=x&id=3", "https://HERALD.example/a?id=3", True),
        ("https://herald.example/a?id=3", "https://herald.example/a?id=4", False),
        ("https://herald.example:8080/a", "https://herald.example/a", False),
        ("http://[broken", "http://[broken", True),
    ],
)
def test_addresses_of_one_page(one, other, same):
    assert (same_address(one) == same_address(other)) is same


def test_addresses_in_the_archive():
    at = pd.Timestamp("2025-03-04T06:40Z")
    assert archive_url("https://h.example/a?b=1", at, precision="day").endswith(
        "/web/20250304/https://h.example/a?b=1"
    )
    assert archive_url("https://h.example/a", pd.NaT).endswith("/web/1/https://h.example/a")
    assert archive_url("ftp://h.example/a", at) is None
    assert archive_url(None, at) is None
    assert archive_page("https://elsewhere.example/web/1/x") == "https://elsewhere.example/web/1/x"


# --- what comes back -------------------------------------------------------------------------------------


def test_exact_near_changed_missing(package):
    near = story("ferry strike").replace("asked for patience", "asked for calm", 1)
    mine = pd.DataFrame(
        {
            "article_id": ["x", "y", "z"],
            "outlet": "mine",
            "text": [near, story("quiet"), story("flood").replace("\n\n", "\r\n")],
            "url": ["http://www.herald.example/ferry/", "https://herald.example/idle", None],
        }
    )
    articles, report = ss.hydrate(package, mine)
    assert report["status"].tolist() == ["near", "changed", "near", "missing"]
    assert report["verified_by"].fillna("").tolist() == ["fingerprint", "fingerprint", "normalised text", ""]
    assert report["matched_by"].fillna("").tolist() == ["url", "url", "hash", ""]
    assert 0.8 <= report["likeness"].iloc[0] < 1
    assert report["likeness"].iloc[1] < 0.8
    assert report["rebuilt"].tolist() == [True, False, True, False]
    assert articles["text"].tolist() == [near, "", mine["text"].iloc[2], ""]
    assert articles["flags"].tolist() == ["", "no_text", "", "no_text"]
    assert "no text in the corpus either" in report["note"].iloc[3]
    taken, _ = ss.hydrate(package, mine, accept=("exact", "near", "changed"))
    assert taken["text"].iloc[1] == story("quiet")


def test_kept_is_the_share_of_the_original_that_is_there(package):
    half = story("ferry strike", places=PLACES[:5])
    mine = pd.DataFrame(
        {"article_id": ["x"], "outlet": "o", "text": [half], "url": ["https://herald.example/ferry"]}
    )
    _, report = ss.hydrate(package, mine)
    whole, part = (set(fp.shingles(t).tolist()) for t in (story("ferry strike"), half))
    assert report["status"].iloc[0] == "changed"
    assert report["kept"].iloc[0] == pytest.approx(len(whole & part) / len(whole), abs=0.1)


def test_texts_are_found_by_their_words_alone(package):
    mine = pd.DataFrame({"article_id": ["x"], "outlet": "o", "text": [story("flood") + "\n\nMore soon."]})
    _, report = ss.hydrate(package, mine)
    row = report.set_index("article_id").loc["herald/flood"]
    assert (row["status"], row["matched_by"], row["found_id"]) == ("near", "fingerprint", "x")


def test_an_id_alone_is_no_match(package):
    other = " ".join(f"word{i}" for i in range(300))
    mine = pd.DataFrame({"article_id": ["herald/flood"], "outlet": "o", "text": [other]})
    _, report = ss.hydrate(package, mine)
    assert report["status"].tolist() == ["missing"] * 4


def test_a_list_of_addresses_is_filled_without_proof(tmp_path):
    bare = corpus(text="")
    package = ss.read_package(ss.dehydrate(bare, tmp_path / "p"))
    articles, report = ss.hydrate(package, corpus())
    assert report["status"].tolist() == ["unverified"] * 3 + ["missing"]
    assert report["likeness"].isna().all()
    assert articles["text"].tolist() == corpus()["text"].tolist()
    assert set(ss.hydrate(package, corpus(), accept=("exact",))[0]["text"]) == {""}


def test_order_of_the_texts_does_not_matter(package):
    mine = pd.concat([corpus(), corpus(article_id=list("wxyz"))], ignore_index=True)
    one, report = ss.hydrate(package, mine)
    other, again = ss.hydrate(package, mine.iloc[::-1])
    pd.testing.assert_frame_equal(report, again)
    pd.testing.assert_frame_equal(one, other)
    assert report["found_id"].tolist()[:3] == corpus()["article_id"].tolist()[:3]


def test_one_text_serves_both_who_printed_it(tmp_path):
    twice = corpus(text=[story("flood")] * 2 + ["", ""])
    package = ss.read_package(ss.dehydrate(twice, tmp_path / "p"))
    _, report = ss.hydrate(package, twice.head(1))
    assert report["status"].tolist()[:2] == ["exact", "exact"]


def test_a_rebuilt_corpus_is_the_corpus(tmp_path):
    first = ss.read_corpus(DEMO)
    package = ss.read_package(ss.dehydrate(first, tmp_path / "p", info=read_corpus_info(DEMO)))
    articles, report = ss.hydrate(package, first)
    assert set(report["status"]) == {"exact"}
    again = ss.read_corpus(ss.write_corpus(articles, report, tmp_path / "c", info=package.info))
    for name in ("outlet", "stance", "published", "published_precision", "text", "title", "url", "flags"):
        pd.testing.assert_series_equal(first[name], again[name])
    assert (first["article_id"] == again["article_id"]).sum() >= len(
        first
    ) - 1  # one file is named by its headline
    assert read_corpus_info(tmp_path / "c")["sampling"] == read_corpus_info(DEMO)["sampling"]


def test_nasty_names_are_written_as_they_are(tmp_path):
    info = {"name": 'He said "no" \\ \x7f\n[x]', "outlets": {'a"]\n[b': {"name": "Ä\t", "stance": "x"}}}
    articles, report = ss.hydrate(
        ss.read_package(ss.dehydrate(corpus(), tmp_path / "p", info=info)),
        corpus(text=story("flood") + "\u2028\x0b"),
    )
    folder = ss.write_corpus(articles, report, tmp_path / "c", info=info)
    assert read_corpus_info(folder)["name"] == info["name"]
    assert read_corpus_info(folder)["outlets"] == info["outlets"]
    assert len(ss.read_corpus(folder)) == 4


# --- errors ----------------------------------------------------------------------------------------------


def test_no_package(tmp_path):
    with pytest.raises(CorpusError, match="a package was needed"):
        ss.read_package(tmp_path)
    (tmp_path / "datapackage.json").write_text("[]", encoding="utf-8")
    with pytest.raises(CorpusError, match="not one of samestory"):
        ss.read_package(tmp_path)
    (tmp_path / "datapackage.json").write_text("{", encoding="utf-8")
    with pytest.raises(CorpusError, match="JSONDecodeError"):
        ss.read_package(tmp_path)


def test_a_package_of_another_form_or_a_changed_list(tmp_path):
    out = ss.dehydrate(corpus(), tmp_path / "p")
    file = out / "datapackage.json"
    told = json.loads(file.read_text(encoding="utf-8"))
    with (out / "articles.csv").open("a", encoding="utf-8") as listed:
        listed.write("x\n")
    with pytest.raises(CorpusError, match="SHA-256 differs"):
        ss.read_package(out)
    told["samestory"]["format"] = 9
    file.write_text(json.dumps(told), encoding="utf-8")
    with pytest.raises(CorpusError, match="this samestory reads 1"):
        ss.read_package(out)
    (out / "articles.csv").unlink()
    told["samestory"]["format"] = 1
    file.write_text(json.dumps(told), encoding="utf-8")
    with pytest.raises(CorpusError, match=r"no articles\.csv"):
        ss.read_package(file)


def test_a_list_without_its_columns_is_told(tmp_path):
    out = ss.dehydrate(corpus(), tmp_path / "p")
    content = b"article_id,outlet\na,b\n"
    (out / "articles.csv").write_bytes(content)
    told = json.loads((out / "datapackage.json").read_text(encoding="utf-8"))
    told["resources"][0]["hash"] = "sha256:" + hashlib.sha256(content).hexdigest()
    (out / "datapackage.json").write_text(json.dumps(told), encoding="utf-8")
    with pytest.raises(CorpusError, match="the list of articles cannot be read"):
        ss.read_package(out)


def test_nothing_is_overwritten_unasked(tmp_path):
    out = ss.dehydrate(corpus(), tmp_path / "p")
    with pytest.raises(OutputError, match="already exists"):
        ss.dehydrate(corpus(), out)
    ss.dehydrate(corpus(), out, overwrite=True)
    (tmp_path / "mine").mkdir()
    with pytest.raises(OutputError, match="not a package"):
        ss.dehydrate(corpus(), tmp_path / "mine", overwrite=True)
    with pytest.raises(OutputError, match="not a rebuilt corpus"):
        ss.rebuild_corpus(out, tmp_path / "mine", texts=corpus(), overwrite=True)
    assert list((tmp_path).glob(".*")) == []


def test_wrong_options(package, tmp_path):
    with pytest.raises(OptionError, match="accept= takes exact, near, unverified, changed"):
        ss.hydrate(package, corpus(), accept=("all",))
    with pytest.raises(TableError):
        ss.hydrate(package, corpus().drop(columns="text"))
    with pytest.raises(TableError):
        ss.dehydrate(corpus().drop(columns="outlet"), tmp_path / "x")
    with pytest.raises(OptionError, match="texts were needed"):
        ss.rebuild_corpus(package.path, tmp_path / "c")
    assert isinstance(package, Package)


def test_an_empty_corpus_of_texts_leaves_all_missing(package):
    _, report = ss.hydrate(package, corpus().head(0))
    assert set(report["status"]) == {"missing"}


# --- the command line ------------------------------------------------------------------------------------


def run(*arguments):
    return CliRunner().invoke(main, list(map(str, arguments)))


def test_commands(tmp_path):
    done = run("dehydrate", DEMO, "--out", tmp_path / "p")
    assert done.exit_code == 0, done.output
    assert "80 articles in" in done.output
    assert "13 have no address" in done.output
    done = run("hydrate", tmp_path / "p", "--from", DEMO, "--out", tmp_path / "c")
    assert done.exit_code == 0, done.output
    assert "     80  exact" in done.output
    assert len(ss.read_corpus(tmp_path / "c")) == 80
    done = run("hydrate", tmp_path / "p", "--from", DEMO, "--out", tmp_path / "c")
    assert done.exit_code == 2
    assert "already exists" in done.output
    done = run("hydrate", tmp_path / "p", "--from", DEMO, "--out", tmp_path / "c", "--overwrite")
    assert done.exit_code == 0, done.output
    done = run("hydrate", tmp_path / "p", "--from", tmp_path / "c", "--out", tmp_path / "c", "--overwrite")
    assert done.exit_code == 2
    assert "would replace the texts" in done.output
    assert (tmp_path / "c" / "hydration.csv").is_file()


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ((), "texts were needed"),
        (("--fetch",), "fetching needs a contact"),
        (("--fetch", "--contact", "me"), "a mail or web address was needed"),
        (("--column", "text=body"), "are about the texts of --from"),
        (("--fetch", "--delay", "0"), "Invalid value for '--delay'"),
    ],
)
def test_commands_that_cannot_be(tmp_path, arguments, message):
    ss.dehydrate(corpus(), tmp_path / "p")
    done = run("hydrate", tmp_path / "p", "--out", tmp_path / "c", *arguments)
    assert done.exit_code == 2
    assert message in done.output
    assert not (tmp_path / "c").exists()


def test_results_travel_with_the_package(tmp_path):
    articles = ss.align_stories(ss.clean_articles(ss.read_corpus(DEMO)))
    quotes = ss.find_quotes(articles)
    for name, table in {"articles": articles, "quotes": quotes, "columns": tables.describe_columns()}.items():
        ss.save_table(table, tmp_path / "results" / "tables" / f"{name}.csv")
    read = read_results(tmp_path / "results")
    assert set(read) == {"articles", "quotes"}
    tables.check(read["quotes"], tables.QUOTES)
    tables.check(read["articles"].assign(flags=""), tables.ARTICLES)
    assert read["quotes"]["spans"].tolist() == quotes["spans"].tolist()
    done = run("dehydrate", DEMO, "--out", tmp_path / "p", "--results", tmp_path / "results")
    assert done.exit_code == 0, done.output
    assert sorted(p.name for p in (tmp_path / "p" / "tables").iterdir()) == ["measured.csv", "quotes.csv"]
    done = run("dehydrate", DEMO, "--out", tmp_path / "q", "--results", tmp_path)
    assert "results of samestory were needed" in done.output
    (tmp_path / "one.csv").write_text("outlet,text\na,Rain fell.\n", encoding="utf-8")
    done = run("dehydrate", tmp_path / "one.csv", "--out", tmp_path / "q", "--results", tmp_path / "results")
    assert "the results are of another corpus" in done.output
