"""Each format that researchers hold, as a single file and in a folder that mixes them."""

import runpy
from pathlib import Path
from types import SimpleNamespace

import pandas as pd
import pytest
from click.testing import CliRunner

from samestory import clean_articles, compare, save_table, tables
from samestory.cli import main
from samestory.errors import CorpusError, MissingExtraError
from samestory.readers import docx, html, read_corpus, read_corpus_files, rtf, warc

MADE = SimpleNamespace(**runpy.run_path(str(Path(__file__).with_name("reader_files.py"))))


def write(path, content):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))
    return path


def test_saved_page(tmp_path):
    row = read_corpus(write(tmp_path / "ferries.html", MADE.page())).iloc[0]
    assert row["title"] == "Ferries stay in port"
    assert row["outlet"] == "Talvera Herald"
    assert row["published"] == pd.Timestamp("2025-03-04 04:40", tz="UTC")
    assert row["url"] == "https://herald.example/2025/03/04/ferries"
    assert (row["outlet_from"], row["published_from"], row["file"]) == (
        "page metadata",
        "page metadata",
        "ferries.html",
    )
    assert row["text"].startswith("Rain fell on the quay")
    assert row["text"].count("\n\n") == 3
    assert "Sport" not in row["text"]
    assert row["flags"] == ""


def test_folder_of_pages_takes_the_folder_for_the_outlet(tmp_path):
    write(tmp_path / "herald/2025-03-04-a.html", MADE.page(published=""))
    write(tmp_path / "herald/2025-03-04-a_files/advert.html", MADE.page("Buy now"))
    articles, files = read_corpus_files(tmp_path)
    row = articles.iloc[0]
    assert len(articles) == 1
    assert (row["article_id"], row["outlet"], row["outlet_from"]) == (
        "herald/2025-03-04-a",
        "herald",
        "folder",
    )
    assert row["published"] == pd.Timestamp("2025-03-04", tz="UTC")
    assert files["status"].tolist() == ["read", "beside"]
    assert files["note"].iloc[1] == "part of a saved page"
    tables.check(files, tables.FILES)


def test_page_in_its_own_encoding(tmp_path):
    cyrillic = MADE.page(site="").replace("utf-8", "koi8-r").replace("Rain", "\u0414\u043e\u0436\u0434\u044c")
    cp1252 = MADE.page(body="It cost £5 to cross. ", site="").replace('<meta charset="utf-8">', "")
    write(tmp_path / "a/a.html", cyrillic.encode("koi8-r"))
    write(tmp_path / "a/b.html", cp1252.encode("cp1252"))
    write(tmp_path / "a/c.html", cp1252.encode("utf-16"))
    articles = read_corpus(tmp_path)
    assert articles["encoding"].tolist() == ["koi8-r", "windows-1252", "utf-16"]
    assert "\u0414\u043e\u0436\u0434\u044c fell" in articles["text"].iloc[0]
    assert "£5" in articles["text"].iloc[1]
    assert "£5" in articles["text"].iloc[2]


def expected(row, *, title, outlet, day, text):
    assert row["title"] == title
    assert row["outlet"] == outlet
    assert row["published"].strftime("%Y-%m-%d") == day
    assert text.strip() in row["text"]


@pytest.mark.parametrize("form", ["txt", "docx", "rtf", "table"])
@pytest.mark.parametrize(
    ("name", "export"), [("Nexis Uni", "NEXIS"), ("Factiva", "FACTIVA"), ("ProQuest", "PROQUEST")]
)
def test_exports_of_news_databases(tmp_path, name, export, form):
    text = getattr(MADE, export)
    if form == "table" and export != "FACTIVA":
        pytest.skip("only Factiva's fields come in a table")
    content = {
        "txt": lambda: text.encode(),
        "docx": lambda: MADE.docx_bytes(text),
        "rtf": lambda: MADE.rtf_bytes(text),
        "table": lambda: MADE.docx_bytes(
            text.replace("LP\n\n", "LP  ").replace("TD\n\n", "TD  "), table=True
        ),
    }[form]()
    articles = read_corpus(write(tmp_path / f"export.{'docx' if form == 'table' else form}", content))
    assert len(articles) == 2
    first, second = articles.iloc[0], articles.iloc[1]
    herald = "Talvera Herald" if export == "PROQUEST" else "The Talvera Herald"
    expected(first, title="Ferries stay in port", outlet=herald, day="2025-03-04", text=MADE.RAIN)
    expected(
        second,
        title="Pilots wait for the fog to lift",
        outlet="Free Harbour",
        day="2025-03-05",
        text=MADE.FOG,
    )
    assert "The harbour office said so." in first["text"]
    for frame_word in ("Load-Date", "Document", "Subject:", "CO  ", "Copyright"):
        assert frame_word not in first["text"]
    assert articles["outlet_from"].unique().tolist() == [f"{name} field"]
    assert articles["flags"].tolist() == ["", ""]
    assert "Moor" in first["byline"]


def test_factiva_time_and_number(tmp_path):
    row = read_corpus(write(tmp_path / "f.txt", MADE.FACTIVA)).iloc[0]
    assert row["published"] == pd.Timestamp("2025-03-04 06:40", tz="UTC")
    assert row["article_id"] == "TALHER0020250304el3400001"


def test_export_cut_off_in_a_document_loses_nothing(tmp_path):
    cut = MADE.NEXIS[: MADE.NEXIS.index("so the pilots waited") + 20]
    articles = read_corpus(write(tmp_path / "cut.txt", cut))
    assert len(articles) == 2
    assert "so the pilots" in articles["text"].iloc[1]
    assert articles["note"].iloc[1] == "the file ends before the end mark"


def test_a_rich_text_that_breaks_off_says_so_of_the_file_too(tmp_path):
    whole = MADE.rtf_bytes(MADE.FACTIVA)
    articles, files = read_corpus_files(write(tmp_path / "whole.rtf", whole + b" \r\n\0"))
    assert files["note"].isna().all()
    articles, files = read_corpus_files(write(tmp_path / "cut.rtf", whole[:-30]))
    assert files["note"].tolist() == ["the file breaks off: a group of the rich text is not closed"]
    assert articles["note"].isna().tolist() == [True, False]


def test_text_that_an_export_gives_to_no_article_is_a_row(tmp_path):
    articles = read_corpus(write(tmp_path / "x.txt", MADE.NEXIS + MADE.RAIN * 5))
    assert len(articles) == 3
    assert articles["text"].iloc[2].startswith("Rain fell")
    assert "no article" in articles["note"].iloc[2]


def test_an_article_that_mentions_an_end_of_document_is_no_export(tmp_path):
    text = "He read to the last page.\nIt said: End of Document, and no more.\n"
    assert read_corpus(write(tmp_path / "herald.txt", text))["text"].iloc[0] == text


def test_document_with_one_article(tmp_path):
    text = f"Title: Ferries stay in port\nOutlet: Herald\nPublished: 2025-03-04\n\n{MADE.RAIN}"
    for name, content in (("a.docx", MADE.docx_bytes(text)), ("a.rtf", MADE.rtf_bytes(text))):
        row = read_corpus(write(tmp_path / name, content)).iloc[0]
        assert (row["title"], row["outlet"], row["text"].strip()) == (
            "Ferries stay in port",
            "Herald",
            MADE.RAIN.strip(),
        )


def test_two_articles_in_one_text_file(tmp_path):
    one = f"Title: Rain\nOutlet: Herald\nDate: 2025-03-04\n\n{MADE.RAIN}\n\n"
    two = f"Title: Fog\nOutlet: Free Harbour\nDate: 2025-03-05\n\n{MADE.FOG}\n"
    articles = read_corpus(write(tmp_path / "both.txt", one + two))
    assert articles["title"].tolist() == ["Rain", "Fog"]
    assert articles["article_id"].tolist() == ["both:1", "both:2"]
    assert articles["text"].str.strip().tolist() == [MADE.RAIN.strip(), MADE.FOG.strip()]


@pytest.mark.parametrize("packed", [False, True])
def test_web_archive(tmp_path, packed):
    pages = [("https://www.herald.example/a", MADE.page()), ("https://harbour.example/b", MADE.page(site=""))]
    content = MADE.warc_bytes(*pages, packed=packed)
    file = write(tmp_path / ("crawl.warc.gz" if packed else "crawl.warc"), content)
    articles, files = read_corpus_files(file)
    assert articles["outlet"].tolist() == ["herald.example", "harbour.example"]
    assert articles["outlet_from"].unique().tolist() == ["web address"]
    assert articles["text"].str.startswith("Rain fell").all()
    assert articles["crawled"].str.startswith("20").all()
    assert files["note"].tolist() == ["no pages: 1 warcinfo"]
    assert files["n_articles"].tolist() == [2]


def test_web_archive_that_breaks_off(tmp_path):
    content = MADE.warc_bytes(
        ("https://a.example/a", MADE.page()), ("https://a.example/b", MADE.page()), packed=True
    )
    articles = read_corpus(write(tmp_path / "crawl.warc.gz", content[:-300]))
    assert articles["text"].iloc[0].startswith("Rain fell")
    assert articles["flags"].str.contains("unreadable").any()
    assert articles["note"].dropna().str.contains("breaks off|damaged").any()


def test_web_archive_without_pages(tmp_path):
    file = write(tmp_path / "c.warc", MADE.warc_bytes(("https://a.example/a", "x"), kind="image/png"))
    with pytest.raises(CorpusError, match="1 image/png, 1 warcinfo"):
        read_corpus(file)


def test_list_of_addresses(tmp_path):
    file = write(tmp_path / "mc.csv", MADE.MEDIA_CLOUD)
    articles = read_corpus(file)
    assert articles["article_id"].tolist() == ["a1", "b2"]
    assert articles["outlet"].tolist() == ["herald.example", "harbour.example"]
    assert articles["flags"].tolist() == ["address_only", "address_only"]
    with pytest.raises(CorpusError, match="addresses without texts"):
        compare(file)


def test_zip_is_a_folder(tmp_path):
    inner = [
        ("corpus/herald/2025-03-04-a.txt", MADE.RAIN),
        ("corpus/harbour/b.html", MADE.page(body=MADE.FOG)),
        ("corpus/README.txt", "No article."),
        ("corpus/harbour/picture.png", b"\x89PNG"),
    ]
    articles, files = read_corpus_files(write(tmp_path / "c.zip", MADE.zip_bytes(*inner)))
    assert articles["outlet"].tolist() == ["herald", "harbour"]
    assert articles["file"].tolist() == [
        "c.zip/corpus/herald/2025-03-04-a.txt",
        "c.zip/corpus/harbour/b.html",
    ]
    assert articles["published"].iloc[0] == pd.Timestamp("2025-03-04", tz="UTC")
    assert files.set_index("file")["status"].to_dict() == {
        "c.zip/corpus/README.txt": "beside",
        "c.zip/corpus/harbour/b.html": "read",
        "c.zip/corpus/harbour/picture.png": "not_read",
        "c.zip/corpus/herald/2025-03-04-a.txt": "read",
    }


def test_folder_that_mixes_everything(tmp_path):
    write(tmp_path / "herald/2025-03-04-a.txt", MADE.RAIN)
    write(tmp_path / "herald/b.html", MADE.page())
    write(tmp_path / "exports/nexis.docx", MADE.docx_bytes(MADE.NEXIS))
    write(tmp_path / "exports/factiva.rtf", MADE.rtf_bytes(MADE.FACTIVA))
    write(tmp_path / "crawl.warc.gz", MADE.warc_bytes(("https://a.example/a", MADE.page()), packed=True))
    write(tmp_path / "table.csv", "text,outlet\nFog came.,Free Harbour\n")
    write(tmp_path / "list.csv", MADE.MEDIA_CLOUD)
    write(tmp_path / "codings.csv", "article_id,tone\nx,1\n")
    write(tmp_path / "more.zip", MADE.zip_bytes(("ledger/c.txt", MADE.FOG)))
    write(tmp_path / "herald/photo.jpg", b"\xff\xd8")
    articles, files = read_corpus_files(tmp_path)
    tables.check(articles, tables.ARTICLES)
    assert len(articles) == 1 + 1 + 2 + 2 + 1 + 1 + 2 + 1
    assert files.set_index("file")["status"].to_dict() == {
        "codings.csv": "beside",
        "crawl.warc.gz": "read",
        "exports/factiva.rtf": "read",
        "exports/nexis.docx": "read",
        "herald/2025-03-04-a.txt": "read",
        "herald/b.html": "read",
        "herald/photo.jpg": "not_read",
        "list.csv": "read",
        "more.zip/ledger/c.txt": "read",
        "table.csv": "read",
    }
    assert files["n_articles"].sum() == len(articles)
    by_file = articles.groupby("file")["outlet"].first()
    assert by_file["more.zip/ledger/c.txt"] == "ledger"
    assert by_file["herald/b.html"] == "herald"
    assert by_file["exports/nexis.docx"] == "The Talvera Herald"


def test_corpus_toml_names_what_the_files_say(tmp_path):
    toml = '[outlets."a.example"]\nname = "Alpha"\nstance = "left"\n'
    toml += '[outlets.h]\nname = "Herald"\nstance = "right"\n'
    write(tmp_path / "corpus.toml", toml)
    write(tmp_path / "crawl.warc", MADE.warc_bytes(("https://a.example/a", MADE.page())))
    write(tmp_path / "t.csv", "text,outlet,stance\nFog.,Herald,\nRain.,h,centre\n")
    articles = read_corpus(tmp_path)
    assert articles["outlet"].tolist() == ["Alpha", "Herald", "Herald"]
    assert articles["stance"].tolist() == ["left", "right", "centre"]


def test_metadata_table_says_outlet_and_date(tmp_path):
    write(tmp_path / "pages/1.html", MADE.page())
    write(tmp_path / "pages/2.txt", MADE.FOG)
    write(tmp_path / "pages/3.txt", MADE.RAIN)
    write(
        tmp_path / "metadata.csv",
        "file,outlet,published,title,desk\npages/1.html,Herald,2025-03-07,,home\n2,Free Harbour,,Fog,\n"
        "gone.txt,Ledger,2025-03-08,Lost,\n",
    )
    articles = read_corpus(tmp_path)
    assert articles["outlet"].tolist() == ["Herald", "Free Harbour", "pages", "Ledger"]
    assert articles["outlet_from"].tolist()[:3] == ["metadata.csv", "metadata.csv", "folder"]
    assert articles["published"].iloc[0] == pd.Timestamp("2025-03-07", tz="UTC")
    assert articles["title"].iloc[:2].tolist() == ["Ferries stay in port", "Fog"]
    assert articles["desk"].iloc[0] == "home"
    assert articles["flags"].tolist() == ["", "no_date", "no_date", "no_file"]
    write(tmp_path / "metadata.csv", "file,outlet\n2,a\n2,b\n")
    with pytest.raises(CorpusError, match=r"metadata\.csv, line 3: '2' is listed twice"):
        read_corpus(tmp_path)
    write(tmp_path / "metadata.csv", "path,outlet\n2,a\n")
    with pytest.raises(CorpusError, match="needs the column 'file'"):
        read_corpus(tmp_path)


def test_tables_in_outlet_folders(tmp_path):
    write(tmp_path / "herald/2025.csv", "text,published\nRain.,2025-03-04\n")
    write(tmp_path / "harbour/2025.csv", "text;published\nFog, all day.;2025-03-04\n")
    articles = read_corpus(tmp_path)
    assert articles["article_id"].tolist() == ["harbour/2025:1", "herald/2025:1"]
    assert articles["outlet"].tolist() == ["harbour", "herald"]
    assert articles["text"].tolist() == ["Fog, all day.", "Rain."]
    assert articles["outlet_from"].unique().tolist() == ["folder"]
    assert articles["published_from"].unique().tolist() == ["column published"]


@pytest.mark.parametrize(
    ("module", "name", "package"),
    [
        (html, "a.html", "trafilatura"),
        (docx, "a.docx", "python-docx"),
        (rtf, "a.rtf", "striprtf"),
        (warc, "a.warc", "warcio"),
    ],
)
def test_missing_package_names_the_extra(tmp_path, monkeypatch, module, name, package):
    monkeypatch.setattr(module, "find_spec", lambda name: None)
    write(tmp_path / "b.txt", MADE.RAIN)
    write(tmp_path / name, b"x")
    with pytest.raises(MissingExtraError, match=rf"{package}.*samestory\[documents\]"):
        read_corpus(tmp_path)


def test_page_of_furniture_is_flagged_after_cleaning(tmp_path):
    write(tmp_path / "herald/a.txt", "Share this article\n\nSubscribe to our newsletter\n\nAdvertisement\n")
    write(tmp_path / "herald/b.txt", MADE.RAIN * 3)
    cleaned = clean_articles(read_corpus(tmp_path))
    assert cleaned["flags"].tolist() == ["no_date furniture_only", "no_date"]
    assert cleaned["text"].iloc[0] == ""


def test_odd_marks_are_read_and_cleaned_away(tmp_path):
    write(tmp_path / "herald/a.txt", f"Rain \ufefffell \u202eon\u202c the quay. {MADE.RAIN}")
    read = read_corpus(tmp_path)
    assert "\u202e" in read["text"].iloc[0]
    assert clean_articles(read)["text"].iloc[0].startswith("Rain fell on the quay.")


def test_tables_are_verbatim_or_safe_for_spreadsheets(tmp_path):
    cells = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "plain", "'quoted"]
    frame = pd.DataFrame({"text": cells, "n": [-1.0] * 7, "=head": [[1, 2]] * 7})
    plain = pd.read_csv(save_table(frame, tmp_path / "a.csv"), keep_default_na=False)
    assert plain["text"].tolist() == cells
    safe = pd.read_csv(save_table(frame, tmp_path / "b.csv", excel_safe=True), keep_default_na=False)
    assert safe["text"].tolist() == ["'=1+1", "'+1", "'-1", "'@SUM(A1)", "'\t=1", "plain", "'quoted"]
    assert safe["n"].tolist() == [-1.0] * 7
    assert safe.columns.tolist() == ["text", "n", "'=head"]
    assert frame["text"].tolist() == cells


def test_commands_for_addresses_and_spreadsheets(tmp_path):
    listed = write(tmp_path / "mc.csv", MADE.MEDIA_CLOUD)
    out = tmp_path / "metadata.csv"
    done = CliRunner().invoke(main, ["addresses", str(listed), "--out", str(out)])
    assert (done.exit_code, pd.read_csv(out)["file"].tolist()) == (0, ["a1.html", "b2.html"])
    write(tmp_path / "pages/a1.html", MADE.page(published=""))
    out.rename(tmp_path / "pages/metadata.csv")
    articles = read_corpus(tmp_path / "pages")
    assert articles["outlet"].tolist() == ["herald.example", "harbour.example"]
    assert articles["flags"].tolist() == ["", "no_file"]
    table = write(tmp_path / "t.csv", "text,outlet\n=1+1 and more,Herald\n")
    for flags, begins in (([], "=1"), (["--excel-safe"], "'=1")):
        done = CliRunner().invoke(
            main, ["clean", str(table), "--out", str(tmp_path / "c.csv"), "--overwrite", *flags]
        )
        assert done.exit_code == 0, done.output
        assert pd.read_csv(tmp_path / "c.csv")["text"].iloc[0].startswith(begins)
    done = CliRunner().invoke(main, ["addresses", str(table), "--out", str(tmp_path / "d.csv")])
    assert done.exit_code == 2


def test_factiva_fields_in_a_table_of_rich_text(tmp_path):
    fields = MADE.FACTIVA.replace("LP\n\n", "LP  ").replace("TD\n\n", "TD  ").split("\n")
    rows = [line.partition("  ") for line in fields if line.strip()]
    cells = "".join(rf"\trowd\cellx1000\cellx9000 {{\b {c}}}\cell {v}\cell\row " for c, _, v in rows)
    articles = read_corpus(write(tmp_path / "f.rtf", rf"{{\rtf1\ansi {cells}}}"))
    assert articles["outlet"].tolist() == ["The Talvera Herald", "Free Harbour"]
    assert articles["text"].iloc[1] == MADE.FOG.strip()
