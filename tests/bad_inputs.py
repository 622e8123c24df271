"""The list of bad inputs: what is given, and what must come of it. The test and docs/reliability.md use it.

A case makes files below a folder, reads the folder (or the file ``opens``), and says what must be found: an
error whose message matches, or the flags, texts and outlets of the articles in their order.
"""

import io
import json
import os
import pickle
import runpy
import struct
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace
from typing import Any

MADE = SimpleNamespace(**runpy.run_path(str(Path(__file__).with_name("reader_files.py"))))
RAIN = MADE.RAIN
GOOD = {"herald/good.txt": "The sun shone."}


@dataclass(frozen=True)
class Case:
    group: str
    given: str
    comes_of_it: str
    files: Callable[[], Mapping[str, Any]]
    opens: str = ""
    error: str | None = None
    flags: tuple[str, ...] | None = None
    texts: tuple[str, ...] | None = None
    outlets: tuple[str, ...] | None = None
    notes: tuple[str, ...] | None = None
    columns: Mapping[str, str] | None = None
    reads: str = "corpus"  # or codebook, info


CASES: list[Case] = []


def case(group, given, comes_of_it, files, **expected):
    make = files if callable(files) else lambda: files
    CASES.append(Case(group, given, comes_of_it, make, **expected))


def jsonl(*rows):
    return "".join(json.dumps(row) + "\n" for row in rows)


def csv_of(*cells, outlet="Herald"):
    return "text,outlet\n" + "".join(f"{c},{outlet}\n" for c in cells)


READ, FLAG, STOP = "read as it is", "flagged row", "error"

# --- Encodings -------------------------------------------------------------------------------------------
E = "Encodings"
case(
    E,
    "Windows-1252 text with a pound sign",
    "read, flag guessed_encoding",
    {"a.txt": "It cost £5 to cross.".encode("cp1252")},
    texts=("It cost £5 to cross.",),
    flags=("no_date guessed_encoding",),
)
case(
    E,
    "Windows-1252 with curly quotation marks",
    "read, flag guessed_encoding",
    {"a.txt": "“Nobody sails,” she said.".encode("cp1252")},
    texts=("“Nobody sails,” she said.",),
)
case(
    E,
    "UTF-16 with a byte order mark",
    READ,
    {"a.txt": "Rain – all day.".encode("utf-16")},
    texts=("Rain – all day.",),
    flags=("no_date",),
)
case(
    E,
    "UTF-16 (big and little end first) without a mark",
    READ,
    {"a.txt": RAIN.encode("utf-16-le"), "b.txt": RAIN.encode("utf-16-be")},
    texts=(RAIN, RAIN),
)
case(E, "UTF-32 with a mark", READ, {"a.txt": "Rain.".encode("utf-32")}, texts=("Rain.",))
case(E, "UTF-8 with a mark", "read, the mark is taken off", {"a.txt": b"\xef\xbb\xbfRain."}, texts=("Rain.",))
case(
    E,
    "a byte order mark in the middle",
    "read; cleaning takes it out",
    {"a.txt": "Rain \ufefffell."},
    texts=("Rain \ufefffell.",),
)
case(
    E,
    "UTF-8, UTF-16 and Windows-1252 in one folder",
    "each by the rule; column encoding says which",
    {"a.txt": "a £5", "b.txt": "b £5".encode("utf-16"), "c.txt": "c £5".encode("cp1252")},
    texts=("a £5", "b £5", "c £5"),
    flags=("no_date", "no_date", "no_date guessed_encoding"),
)
case(
    E,
    "Cyrillic in KOI8-R",
    "flagged row unreadable: the rule is for English",
    lambda: GOOD | {"herald/k.txt": ("\u0414\u043e\u0436\u0434\u044c. " * 9).encode("koi8-r")},
    texts=("The sun shone.", ""),
    flags=("no_date", "unreadable no_date"),
)
case(
    E,
    "UTF-8 cut in the middle of a character",
    "read, flag guessed_encoding",
    {"a.txt": (RAIN + "£").encode()[:-1]},
    texts=(RAIN + "Â",),
)
case(
    E,
    "one NUL in a long text",
    "read, NUL becomes U+FFFD, flag damaged_characters",
    {"a.txt": RAIN * 3 + "\0"},
    texts=(RAIN * 3 + "\ufffd",),
    flags=("no_date damaged_characters",),
)
case(
    E,
    "a picture named .txt",
    "flagged row unreadable",
    GOOD | {"herald/p.txt": b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" * 9},
    flags=("no_date", "unreadable no_date"),
)
case(E, "nothing but such files", STOP, {"a.txt": b"\0\1\2\3"}, error="none of the 1 files can be read")
case(
    E,
    "half a character (lone surrogate) in JSON",
    "becomes U+FFFD, flag damaged_characters",
    {"a.jsonl": '{"text": "\\ud83d rain", "outlet": "Herald"}\n'},
    texts=("\ufffd rain",),
    flags=("no_date damaged_characters",),
)
case(
    E,
    "NUL in JSON, and half a character in the outlet's name",
    "U+FFFD, flag damaged_characters",
    {"a.jsonl": '{"text": "a\\u0000b", "outlet": "H\\udc00"}\n'},
    texts=("a\ufffdb",),
    outlets=("H\ufffd",),
)
case(
    E,
    "right-to-left override",
    "read; cleaning takes it out",
    {"a.txt": "Rain \u202efell\u202c."},
    texts=("Rain \u202efell\u202c.",),
)
case(
    E,
    "a Windows-1252 CSV",
    "read, flag guessed_encoding",
    {"a.csv": csv_of("It cost £5.").encode("cp1252")},
    texts=("It cost £5.",),
    flags=("no_date guessed_encoding",),
)
case(
    E,
    'a UTF-16 CSV, as spreadsheets save "Unicode text"',
    READ,
    {"a.tsv": "text\toutlet\nIt cost £5.\tHerald\n".encode("utf-16")},
    texts=("It cost £5.",),
)
case(
    E,
    "a CSV that turns into Windows-1252 after its first megabyte",
    "read as Windows-1252, flag guessed_encoding",
    lambda: {"a.csv": csv_of(*["rain " * 1000] * 300).encode() + b"It cost \xa35.,Herald\n"},
    opens="a.csv",
    error=None,
)
case(
    E,
    "old Macintosh line ends",
    "read, line ends made one",
    {"a.txt": "Rain.\rSun.\r\nFog."},
    texts=("Rain.\nSun.\nFog.",),
)

# --- Nothing there ---------------------------------------------------------------------------------------
N = "Empty and too long"
case(N, "an empty text file", "flagged row no_text", {"a.txt": ""}, texts=("",), flags=("no_text no_date",))
case(
    N,
    "blanks and line ends only",
    "flagged row no_text",
    {"a.txt": " \n\t\n\u00a0"},
    flags=("no_text no_date",),
)
case(
    N,
    "a header and no text",
    "flagged row no_text",
    {"a.txt": "Title: Rain\nOutlet: Herald\n\n"},
    texts=("",),
    outlets=("Herald",),
)
case(N, "an empty folder", STOP, {}, error="it is empty")
case(N, "a folder of other things", STOP, {"a.pdf": b"%PDF-1.7"}, error=r"holds only \.pdf")
case(N, "an empty CSV", STOP, {"a.csv": b""}, error="the file is empty")
case(N, "a CSV with headings and no row", STOP, {"a.csv": "text,outlet\n"}, error="there is no row")
case(N, "an empty JSONL", STOP, {"a.jsonl": b""}, error="no column 'text', 'outlet'")
case(
    N,
    "an empty page, a page without text",
    "flagged rows no_text",
    {"a.html": "", "b.html": "<html><body><img src='x.png'></body></html>"},
    flags=("no_text no_date", "no_text no_date"),
)
case(
    N,
    "50 MB on one line of text",
    "flagged row too_long",
    lambda: {"a.txt": b"rain " * 10_000_000},
    texts=("",),
    flags=("too_long no_date",),
)
case(
    N,
    "50 MB on one line of JSON",
    "flagged row too_long",
    lambda: {"a.jsonl": '{"outlet": "Herald", "text": "' + "rain " * 10_000_000 + '"}\n'},
    flags=("too_long no_date",),
)
case(
    N,
    "50 MB in one cell of a CSV",
    "flagged row too_long",
    lambda: {"a.csv": csv_of("rain " * 10_000_000)},
    flags=("too_long no_date",),
)

# --- Names and values ------------------------------------------------------------------------------------
V = "Words that look like something else"
case(
    V,
    'outlets named "NA", "None", "null", "NaN"',
    READ,
    {"a.csv": "text,outlet\nRain.,NA\nRain.,None\nRain.,null\nRain.,NaN\n"},
    outlets=("NA", "None", "null", "NaN"),
)
case(
    V,
    'texts that say "NA", "None", "null"',
    READ,
    {"a.csv": csv_of("NA", "None", "null")},
    texts=("NA", "None", "null"),
)
case(
    V, "folders named NA and null", READ, {"NA/a.txt": "Rain.", "null/b.txt": "Fog."}, outlets=("NA", "null")
)
case(
    V,
    "null and numbers in JSON",
    "null is missing, a number is text",
    {"a.jsonl": jsonl({"text": 5, "outlet": 1.5}, {"text": None, "outlet": None})},
    texts=("5", ""),
)
case(
    V,
    "lists and objects in JSON where text belongs",
    "flagged row no_text",
    {"a.jsonl": jsonl({"text": ["Rain"], "outlet": {"a": 1}})},
    flags=("no_text no_date no_outlet",),
)
case(
    V,
    "cells that begin with = + - @",
    "verbatim; --excel-safe on request",
    {"a.csv": csv_of("=1+1", "+1", "-1", "@SUM(A1)")},
    texts=("=1+1", "+1", "-1", "@SUM(A1)"),
)
case(V, "01.02 and 1e5 as texts", READ, {"a.csv": csv_of("01.02", "1e5")}, texts=("01.02", "1e5"))
case(
    V,
    "two articles with one id",
    "flagged row duplicate_id, a number is added",
    {"a.csv": "article_id,text,outlet\nx,Rain.,Herald\nx,Fog.,Herald\n"},
    flags=("no_date", "no_date duplicate_id"),
)
case(
    V,
    "two articles in one text file",
    "two rows",
    {"a.txt": "Title: A\nOutlet: H\n\nRain.\n\nTitle: B\nOutlet: H\n\nFog.\n"},
    texts=("Rain.\n\n", "Fog.\n"),
)
case(
    V,
    "dates that are none",
    "flagged row bad_date, kept in published_raw",
    {"a.csv": "text,outlet,published\nRain.,H,soon\nRain.,H,2025-02-30\n"},
    flags=("bad_date", "bad_date"),
)
case(
    V,
    "an outlet of blanks",
    "flagged row no_outlet",
    {"a.csv": "text,outlet\nRain.,  \n"},
    flags=("no_date no_outlet",),
)

# --- Tables ----------------------------------------------------------------------------------------------
T = "Broken tables"
case(
    T,
    "a row with more cells than headings",
    "error with the line",
    {"a.csv": "text,outlet\nRain.,H\nFog, and sun,H\n"},
    error=r"a\.csv, line 3",
)
case(
    T,
    "a row with fewer cells",
    "flagged row no_outlet",
    {"a.csv": "text,outlet\nRain.\n"},
    flags=("no_date no_outlet",),
)
case(
    T,
    "a quotation mark that is never closed",
    "error with the line",
    {"a.csv": 'text,outlet\nRain.,H\n"Fog,H\n'},
    error=r"a\.csv, line 3",
)
case(
    T, "semicolons for commas", READ, {"a.csv": "text;outlet\nRain, and fog.;H\n"}, texts=("Rain, and fog.",)
)
case(
    T,
    "a column under another name",
    "error that says how to name it",
    {"a.csv": "body,paper\nRain.,H\n"},
    error=r"no column 'text', 'outlet'; found 'body', 'paper'",
)
case(
    T,
    "a column named that is not there",
    STOP,
    {"a.csv": csv_of("Rain.")},
    columns={"title": "headline"},
    error="no column 'headline'",
)
case(
    T,
    "JSON cut off",
    "error with the line",
    {"a.jsonl": '{"text": "a", "outlet": "H"}\n{"text": "b'},
    error=r"a\.jsonl, line 2",
)
case(
    T,
    "one JSON list instead of lines",
    "error with the line",
    {"a.jsonl": '[{"text": "a"}]\n'},
    error="line 1: one object a line",
)
case(
    T,
    "JSON nested 100,000 deep",
    "error with the line",
    lambda: {"a.jsonl": "[" * 100_000 + "\n"},
    error="line 1",
)
case(
    T,
    "a number of 10,000 digits in JSON",
    "error with the line",
    lambda: {"a.jsonl": '{"text": "a", "outlet": "H", "n": ' + "9" * 10_000 + "}\n"},
    error="line 1",
)
case(T, "a gzip that is none, and one cut off", STOP, {"a.csv.gz": b"no gzip"}, error="cannot be read")
case(
    T,
    "a gzip cut off",
    STOP,
    lambda: {"a.jsonl.gz": MADE.gz(jsonl({"text": RAIN * 50, "outlet": "H"}))[:-20]},
    error="cannot be read",
)
case(T, "a gzip bomb", STOP, lambda: {"a.jsonl.gz": MADE.gz(b" " * 200_000_000)}, error="unpack to more than")
case(
    T, "a Parquet file that is none", STOP, {"a.parquet": b"PAR1 no PAR1"}, error="cannot be read as Parquet"
)
case(
    T,
    "a Parquet file whose text is damaged",
    STOP,
    lambda: {
        "a.parquet": MADE.parquet_bytes({"text": ["Rain fell."], "outlet": ["H"]}).replace(
            b"Rain", b"\xbe\xffin"
        )
    },
    error="cannot be read as Parquet",
)
case(
    T,
    "a table in a folder of documents that has no texts",
    "left aside, listed in files.csv",
    GOOD | {"codings.csv": "article_id,tone\na,1\n"},
    texts=("The sun shone.",),
)
case(
    T,
    "Media Cloud's list of addresses",
    "flagged rows address_only",
    {"m.csv": MADE.MEDIA_CLOUD},
    flags=("address_only", "address_only"),
)


# --- Pickles ---------------------------------------------------------------------------------------------
class Harm:
    """Unpickling this would create a file named harm."""

    def __reduce__(self):
        return (os.system, ("touch harm",))


P = "Files that run programs"
case(
    P,
    "a pickle",
    "error; never loaded",
    lambda: {"a.pkl": pickle.dumps(Harm())},
    opens="a.pkl",
    error="never loaded",
)
case(
    P, "a pickle named .csv", "error; never loaded", lambda: {"a.csv": pickle.dumps(Harm())}, error=r"a\.csv"
)
case(
    P,
    "a pickle named .parquet",
    "error; never loaded",
    lambda: {"a.parquet": pickle.dumps(Harm())},
    error="Parquet",
)
case(
    P,
    "a pickle beside texts",
    "left aside, listed in files.csv",
    lambda: GOOD | {"herald/a.pkl": pickle.dumps(Harm())},
    texts=("The sun shone.",),
)

# --- Archives --------------------------------------------------------------------------------------------
Z = "Archives"
OUT = (("herald/ok.txt", "Sun."), ("../out.txt", "Rain."))


def many_entries(n):
    """An archive whose list names one empty member n times."""
    raw = MADE.zip_bytes(("h/a.txt", b""))
    at, end = raw.index(b"PK\x01\x02"), raw.index(b"PK\x05\x06")
    entries = raw[at:end] * n
    tail = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, n % 65536, n % 65536, len(entries), at, 0)
    return raw[:at] + entries + tail


def lying_size():
    """A member whose headers say 10 bytes and which unpacks to 200 MB."""
    raw = bytearray(MADE.zip_bytes(("h/a.txt", b" " * 200_000_000)))
    for at in (22, raw.index(b"PK\x01\x02") + 24):
        raw[at : at + 4] = struct.pack("<I", 10)
    return bytes(raw)


def encrypted():
    raw = bytearray(MADE.zip_bytes(("h/a.txt", "Rain."), ("h/b.txt", "Fog.")))
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        raw[raw.index(mark) + at] |= 1
    return bytes(raw)


case(
    Z,
    "a name that leads out (../)",
    "flagged row refused",
    {"a.zip": MADE.zip_bytes(*OUT)},
    texts=("Sun.", ""),
    flags=("no_date", "refused no_date"),
)
case(
    Z,
    r"a name that leads out with backslashes (..\)",
    "flagged row refused",
    {"a.zip": MADE.zip_bytes(("h/ok.txt", "Sun."), ("..\\out.txt", "Rain."))},
    flags=("no_date", "refused no_date"),
)
case(
    Z,
    "absolute names (/etc/x.txt, C:\\x.txt)",
    "flagged rows refused",
    {"a.zip": MADE.zip_bytes(("h/ok.txt", "Sun."), ("/etc/x.txt", "Rain."), ("C:\\x.txt", "Rain."))},
    flags=("no_date", "refused no_date", "refused no_date"),
)
case(
    Z,
    "a link",
    "flagged row refused",
    {"b.txt": "Sun.", "a.zip": MADE.zip_bytes(("h/l.txt", "/etc/passwd"), mode=0o120777)},
    flags=("refused no_date", "no_date"),
)
case(
    Z,
    "an encrypted member",
    "flagged row refused",
    lambda: {"a.zip": encrypted()},
    flags=("refused no_date", "no_date"),
)
case(
    Z,
    "CON.txt, and a folder that ends in a dot",
    "read, flag odd_name",
    {"a.zip": MADE.zip_bytes(("h/CON.txt", "Rain."), ("h./x.txt", "Fog."))},
    texts=("Rain.", "Fog."),
    flags=("odd_name no_date", "odd_name no_date"),
)
case(
    Z,
    "names that differ by case only",
    "read, flag odd_name",
    {"a.zip": MADE.zip_bytes(("h/a.txt", "Rain."), ("h/A.txt", "Fog."))},
    texts=("Rain.", "Fog."),
    flags=("odd_name no_date", "odd_name no_date"),
)
case(
    Z,
    "a ZIP in a ZIP",
    "not opened, listed in files.csv",
    {"a.zip": MADE.zip_bytes(("h/ok.txt", "Sun."), ("h/in.zip", MADE.zip_bytes(("x.txt", "Rain."))))},
    texts=("Sun.",),
)
case(
    Z,
    "100,000 entries",
    STOP,
    lambda: {"a.zip": many_entries(100_000)},
    opens="a.zip",
    error="may have 50,000 entries",
)
case(
    Z,
    "a ZIP bomb",
    STOP,
    lambda: {"a.zip": MADE.zip_bytes(("h/a.txt", b" " * 150_000_000))},
    opens="a.zip",
    error="which no text does",
)
case(
    Z,
    "a ZIP bomb beside texts",
    "flagged row unreadable",
    lambda: GOOD | {"a.zip": MADE.zip_bytes(("h/a.txt", b" " * 150_000_000))},
    flags=("unreadable no_date", "no_date"),
)
case(
    Z,
    "a ZIP bomb in many members",
    STOP,
    lambda: {"a.zip": MADE.zip_bytes(*((f"h/{i}.txt", b" " * 14_000_000) for i in range(6)))},
    opens="a.zip",
    error="which no text does",
)
case(
    Z,
    "a ZIP that lies about its sizes",
    STOP,
    lambda: {"a.zip": lying_size()},
    opens="a.zip",
    error="cannot be read|no text",
)
case(
    Z,
    "a ZIP cut off",
    STOP,
    lambda: {"a.zip": MADE.zip_bytes(*OUT)[:-30]},
    opens="a.zip",
    error="cannot be read",
)
case(
    Z,
    "a damaged member",
    STOP,
    lambda: {
        "a.zip": MADE.zip_bytes(("h/a.txt", RAIN)).replace(b"K\xcc\xcc", b"\0\0\0", 1)[:45]
        + b"\xff" * 9
        + MADE.zip_bytes(("h/a.txt", RAIN))[54:]
    },
    opens="a.zip",
    error="cannot be read",
)
case(
    Z,
    "a broken table in a ZIP",
    "error with file and line",
    {"a.zip": MADE.zip_bytes(("h/t.jsonl", "{no\n"))},
    error=r"a\.zip/h/t\.jsonl, line 1",
)

# --- Documents -------------------------------------------------------------------------------------------
D = "Pages and documents"


def docx_with(part, content):
    """A Word document in which one part has other bytes."""
    raw = MADE.docx_bytes("Rain fell.")
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(raw)) as old, zipfile.ZipFile(stream, "w") as new:
        for member in old.infolist():
            body = old.read(member)
            new.writestr(member.filename, content(body) if member.filename == part else body)
    return stream.getvalue()


XXE = '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>'
BOMB = (
    "<!DOCTYPE x [<!ENTITY a 'rain'>"
    + "".join(f"<!ENTITY {chr(98 + i)} '{f'&{chr(97 + i)};' * 10}'>" for i in range(9))
    + "]>"
)


def declare(text, used=""):
    def change(body):
        head, _, rest = body.decode("utf-8").partition("?>")
        return (head + "?>" + text + rest.replace("Rain fell.", used or "Rain fell.")).encode("utf-8")

    return change


DOC = "word/document.xml"
case(
    D,
    "an external entity (XXE) in a Word document",
    "flagged row unreadable",
    lambda: GOOD | {"herald/x.docx": docx_with(DOC, declare(XXE, "&e;"))},
    texts=("The sun shone.", ""),
)
case(
    D,
    "an entity bomb in a Word document",
    STOP,
    lambda: {"x.docx": docx_with(DOC, declare(BOMB, "&j;"))},
    opens="x.docx",
    error="declares a document type or entities",
)
case(
    D,
    "the same hidden in UTF-16",
    STOP,
    lambda: {
        "x.docx": docx_with(
            DOC, lambda b: declare(BOMB)(b).decode().replace("UTF-8", "UTF-16").encode("utf-16")
        )
    },
    opens="x.docx",
    error="declares a document type or entities",
)
case(
    D,
    "XML nested 10,000 deep in a Word document",
    STOP,
    lambda: {"x.docx": docx_with(DOC, lambda b: b.replace(b"<w:body>", b"<w:body>" + b"<w:p>" * 10_000))},
    opens="x.docx",
    error="cannot be read as a Word document",
)
case(
    D,
    "a ZIP bomb named .docx",
    STOP,
    lambda: {"x.docx": MADE.zip_bytes((DOC, b" " * 150_000_000))},
    opens="x.docx",
    error="which no text does",
)
case(
    D,
    "a text named .docx, .rtf, .warc",
    "flagged rows unreadable",
    GOOD | {"z/a.docx": "Rain.", "z/b.rtf": "Rain.", "z/c.warc": "Rain."},
    flags=("no_date", "unreadable no_date", "unreadable no_date", "unreadable no_date"),
)
case(
    D,
    "rich text nested 20,000 deep",
    "read",
    lambda: {"a.rtf": b"{\\rtf1 Rain." + b"{" * 20_000 + b"}" * 20_000 + b"}"},
    texts=("Rain.",),
)
case(
    D,
    "rich text cut off, and rich text that goes on behind its end",
    "read as far as it goes, with a note on the row and in files.csv",
    lambda: {"a.rtf": MADE.rtf_bytes(RAIN)[:-9], "b.rtf": MADE.rtf_bytes(RAIN) + b"Fog.\\par}"},
    notes=(
        "the file breaks off: a group of the rich text is not closed",
        "9 characters behind the end of the document are not read",
    ),
)
case(
    D,
    "HTML nested 10,000 deep",
    "flagged row no_text or the text; no crash",
    lambda: {
        "a.html": "<html><body>"
        + "<div>" * 10_000
        + f"<p>{RAIN * 5}</p>"
        + "</div>" * 10_000
        + "</body></html>"
    },
    opens="a.html",
)
case(
    D,
    "HTML of one tag 5 MB long",
    "flagged row no_text",
    lambda: {"a.html": "<a " + "x" * 5_000_000},
    flags=("no_text no_date",),
)
case(
    D,
    "a page that names an encoding that is none",
    "read by the rule for text",
    {"a.html": MADE.page(body="It cost £5 to cross. ").replace("utf-8", "utf-99").encode("cp1252")},
    flags=("guessed_encoding",),
)
case(
    D,
    "a page with scripts",
    "their code is not text",
    {"a.html": MADE.page().replace("</article>", "<script>alert('harm')</script></article>")},
    flags=("",),
)
case(
    D,
    "a web archive cut off in a page",
    "flagged row unreadable, the pages before are read",
    lambda: {
        "c.warc": MADE.warc_bytes(("https://a.example/a", MADE.page()), ("https://a.example/b", MADE.page()))[
            :-400
        ]
    },
    flags=("", "unreadable no_date"),
)
case(
    D,
    "a web archive without pages",
    STOP,
    {"c.warc": MADE.warc_bytes(("https://a.example/a", "x"), kind="image/png")},
    opens="c.warc",
    error="no page",
)
case(
    D,
    "a web archive whose address is no address",
    "flagged: outlet is the file's name",
    {"c.warc": MADE.warc_bytes(("http://[bad", MADE.page()))},
    flags=("",),
)
case(
    D,
    "a database export cut off",
    "the article so far is a row, with a note",
    {"n.txt": MADE.NEXIS[: MADE.NEXIS.index("so the pilots")]},
    flags=("", ""),
)
case(
    D,
    "a Nexis Uni export in which an end mark is damaged",
    "the document behind it is a row, with a note",
    {"n.txt": MADE.NEXIS.replace("End of Document", "End Document", 1)},
    flags=("", ""),
    notes=("", "the end mark before it is missing"),
)
case(
    D,
    "a Factiva export in which the code of the lead paragraphs is missing",
    "a longer text is a row with a note",
    {"f.txt": MADE.FACTIVA.replace("LP\n\n" + RAIN, "\n" + RAIN * 3, 1)},
    notes=("", "", "text that the layout of the export gives to no article"),
)

# --- Corpus and codebook files ---------------------------------------------------------------------------
C = "corpus.toml, metadata.csv and codebooks"
case(
    C,
    "corpus.toml that is no TOML",
    "error with the line",
    GOOD | {"corpus.toml": 'name = "a"\nx =\n'},
    error=r"corpus\.toml, line 2",
)
case(
    C,
    "corpus.toml that names a folder outside the corpus",
    STOP,
    GOOD | {"corpus.toml": 'articles = ".."\n'},
    error="outside the corpus",
)
case(
    C,
    "corpus.toml nested 5,000 deep",
    STOP,
    lambda: GOOD | {"corpus.toml": "a = " + "[" * 5_000 + "]" * 5_000},
    error="not TOML|RecursionError|recursion",
)
case(
    C,
    "dates and numbers as stances in corpus.toml",
    STOP,
    GOOD | {"corpus.toml": "[outlets.herald]\nstance = 2025-01-01\n"},
    error=r"outlets\.herald\.stance",
)
case(
    C,
    "metadata.csv that lists a file that is not there",
    "flagged row no_file",
    GOOD | {"metadata.csv": "file,title\nlost.txt,Lost\n"},
    flags=("no_date", "no_file no_date no_outlet"),
)
case(
    C,
    "metadata.csv that lists a file twice",
    "error with the line",
    GOOD | {"metadata.csv": "file\na\na\n"},
    error="line 3",
)
case(
    C,
    "a YAML codebook with the name no",
    "error with the line: quote it",
    {"b.yaml": "licence: own work\ntopics:\n  no:\n    terms: [tax]\n"},
    opens="b.yaml",
    reads="codebook",
    error="line 3: the name 'no' is no text to YAML",
)
case(
    C,
    "a YAML codebook with the term yes",
    "error: quote it",
    {"b.yaml": "licence: own work\na: [yes, tax]\n"},
    opens="b.yaml",
    reads="codebook",
    error="which is no term",
)
case(
    C,
    "a YAML codebook with a name given twice",
    "error with the line",
    {"b.yaml": "licence: own work\na: [tax]\na: [toll]\n"},
    opens="b.yaml",
    reads="codebook",
    error="line 3: the name 'a' stands twice",
)
case(
    C,
    "a YAML bomb of aliases",
    "error with the line",
    {"b.yaml": "a: &a [tax, toll]\nb: &b [*a, *a]\nc: [*b, *b]\n"},
    opens="b.yaml",
    reads="codebook",
    error="an alias",
)
case(
    C,
    "a YAML tag that makes objects",
    STOP,
    {"b.yaml": "a: !!python/object/apply:os.system ['touch harm']\n"},
    opens="b.yaml",
    reads="codebook",
    error="not YAML",
)
case(
    C,
    "YAML nested 2,000 deep",
    STOP,
    lambda: {"b.yaml": "a: " + "[" * 2_000},
    opens="b.yaml",
    reads="codebook",
    error="not YAML|nested",
)
