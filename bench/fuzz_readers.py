"""Fuzz every reader: broken files must give rows or a SamestoryError, and nothing may be lost without a row.

    python bench/fuzz_readers.py --seconds 600 --seed 2026

Well-formed files of each format (tests/reader_files.py) are damaged at random: bytes changed, cut, doubled, put
in from other files and from a list of awkward ones; most gzipped files, ZIPs and Word documents are damaged
inside and packed anew, since their checksums betray any other damage. After each reading: any exception but
SamestoryError is a failure; so is a table that is not an articles table, a row that no file counts, an empty
text without a flag that says why, a member of an archive that is in no row of the table of files, a line of
JSON or a record of a table (as Python's csv module counts them) that is in no row, and a paragraph that stands
whole in the file and in no row, unless a note or a flag says that something is wrong.
Failing inputs are kept in --keep. Ends with status 1 on a failure.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import io
import json
import logging
import random
import re
import runpy
import sys
import tempfile
import time
import traceback
import warnings
import zipfile
from collections import Counter
from pathlib import Path
from types import SimpleNamespace

import pandas as pd

from samestory import tables
from samestory.errors import CorpusError, SamestoryError
from samestory.readers import read_corpus_files
from samestory.readers.encodings import decode_text

ROOT = Path(__file__).resolve().parents[1]
MADE = SimpleNamespace(**runpy.run_path(str(ROOT / "tests" / "reader_files.py")))
SLOW = 5.0  # seconds of CPU for one small file
# A paragraph longer than what a layout may leave aside as a leaving of its cover sheet.
LONG = {text: text * 3 for text in (MADE.RAIN, MADE.FOG)}
# Control words of the well-formed rich text; behind another one, text may be hidden by right.
_RICH = re.compile(r"\\(?:rtf1|ansi|ansicpg1252|deff0|par|u-?\d+\?|[{}\\])(?![a-z0-9])|[^\\]")
# Flags of a row that say why it has no text.
EMPTY = {"no_text", "unreadable", "refused", "too_long", "address_only", "no_file"}
AWKWARD = [
    b"\0", b"\xff", b"\xef\xbb\xbf", b"\xff\xfe", b"\xe2\x80\xae", b"\xc2\xa3", b"\xa3", b"\r", b"\n\n", b'"', b"'",
    b"\\ud800", b"\\u0000", b",", b";", b"\t", b"{", b"}" * 50, b"[" * 300, b"<", b">", b"<!DOCTYPE x [<!ENTITY a 'b'>]>",
    b"<div>" * 400, b"-->", b"]]>", b"&#0;", b"&#xD800;", b"\\bin99999 ", b"\\u-1?", b"\\'zz", b"=1+1", b"../", b"CON",
    b"HD  x\n", b"AN\n", b"TD\n", b"End of Document\n", b"Body\n", b"____________________\n", b"Full text: ",
    b"Title: x\nDate: y\n\n", b"null", b"NaN", b"1e999", b"9" * 5000, b"0001-01-01T00:00+14:00", b"9999-12-31T23:59-14:00",
    b"WARC/1.0\r\n\r\n", b"Content-Length: -1\r\n", b"Content-Encoding: gzip\r\n", b"PK\x03\x04", b"PK\x05\x06", b"PAR1",
]  # fmt: skip


def seeds() -> dict[str, list[bytes]]:
    rows = [
        {"text": MADE.RAIN, "outlet": "Herald", "published": "2025-03-04", "n": 3},
        {"text": MADE.FOG, "outlet": "NA"},
    ]
    table = pd.DataFrame(rows)
    typed = table.assign(published=pd.to_datetime(table["published"], utc=True), tags=[["a"], None], n=[1, 2])
    typed["outlet"] = typed["outlet"].astype("category")
    lines = "".join(json.dumps(r) + "\n" for r in rows)
    pages = [("https://www.herald.example/a", MADE.page()), ("https://harbour.example/b", MADE.page(site=""))]
    exports = [MADE.NEXIS, MADE.FACTIVA, MADE.PROQUEST]
    for short, long in LONG.items():
        exports = [e.replace(short, long) for e in exports]
    own = f"Title: Rain\nOutlet: Herald\nDate: 2025-03-04\n\n{LONG[MADE.RAIN]}\n\n"
    words = [MADE.docx_bytes(own), MADE.docx_bytes(exports[0]), MADE.docx_bytes(exports[1], table=True)]
    members = [
        ("c/herald/a.txt", own),
        ("c/harbour/b.html", MADE.page()),
        ("c/x/t.jsonl", lines),
        ("c/x/w.docx", words[0]),
    ]
    return {
        "txt": [*(e.encode() for e in exports), own.encode(), (own + own).encode("utf-16"), own.encode("cp1252")],
        "html": [MADE.page().encode(), MADE.page(site="").replace("utf-8", "koi8-r").encode("koi8-r")],
        "htm": [MADE.page().encode("utf-16")],
        "xhtml": [b'<?xml version="1.0" encoding="utf-8"?>' + MADE.page().encode()],
        "csv": [table.to_csv(index=False).encode(), MADE.MEDIA_CLOUD.encode()],
        "csv.gz": [MADE.gz(table.to_csv(index=False))],
        "tsv": [table.to_csv(index=False, sep="\t").encode("utf-16")],
        "tsv.gz": [MADE.gz(table.to_csv(index=False, sep="\t"))],
        "jsonl": [lines.encode()],
        "jsonl.gz": [MADE.gz(lines)],
        "parquet": [frame.to_parquet() for frame in (table, typed)],
        "docx": words,
        "rtf": [MADE.rtf_bytes(e) for e in (own, *exports)],
        "warc": [MADE.warc_bytes(*pages)],
        "warc.gz": [MADE.warc_bytes(*pages, packed=True)],
        "zip": [MADE.zip_bytes(*members)],
    }  # fmt: skip


def damaged(raw: bytes, chance: random.Random, others: list[bytes]) -> bytes:
    out = bytearray(raw)
    for _ in range(chance.choice([1, 1, 2, 3, 8])):
        at = chance.randrange(len(out) + 1)
        to = min(len(out), at + chance.choice([1, 2, 8, 64, 1024]))
        match chance.randrange(6):
            case 0 if out:
                out[chance.randrange(len(out))] = chance.randrange(256)
            case 1:
                del out[at:to]
            case 2:
                out[at:at] = chance.choice(AWKWARD)
            case 3:
                out[at:at] = out[at:to] * chance.choice([1, 2, 20])
            case 4:
                other = chance.choice(others)
                start = chance.randrange(len(other) + 1)
                out[at:to] = other[start : start + 200]
            case _:
                del out[at:]
    return bytes(out)


NAMES = ["../x.txt", "/x.txt", "CON.txt", "a" * 1500, "h/a.txt", "H/A.txt", "x\x01.txt", "c/herald/A.TXT"]


def damaged_inside(raw: bytes, kind: str, chance: random.Random, others: list[bytes]) -> bytes:
    """Damage what is packed, or the name of one member of a ZIP, and pack it anew."""
    if kind.endswith(".gz"):
        return MADE.gz(damaged(gzip.decompress(raw), chance, others))
    stream = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(raw)) as old,
        zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new,
        warnings.catch_warnings(),
    ):
        warnings.simplefilter("ignore")  # zipfile warns of a name that is there already
        told = "word/document.xml"
        chosen = told if told in old.namelist() and chance.random() < 0.7 else chance.choice(old.namelist())
        for name in old.namelist():
            content = old.read(name)
            if name == chosen and chance.random() < 0.8:
                content = damaged(content, chance, others)
            elif name == chosen:
                name = chance.choice(NAMES)
            new.writestr(name, content)
    return stream.getvalue()


def case(kind: str, files: dict[str, list[bytes]], chance: random.Random) -> bytes:
    """Make a damaged file of a kind."""
    others = [raw for group in files.values() for raw in group]
    raw = chance.choice(files[kind])
    if kind.endswith((".gz", "zip", "docx")) and chance.random() < 0.8:
        return damaged_inside(raw, kind, chance, others)
    return damaged(raw, chance, others)


def wrong(file: Path, raw: bytes) -> str | None:
    """Read the file; say what is wrong with how that went, or None."""
    try:
        articles, files = read_corpus_files(file)
    except SamestoryError as error:
        return None if str(error) else "an error without a message"
    tables.check(articles, tables.ARTICLES)
    tables.check(files, tables.FILES)
    if files["n_articles"].sum() != len(articles):
        return f"{len(articles)} rows, {files['n_articles'].sum()} in the table of files"
    bare = articles["flags"][articles["text"].str.strip() == ""]
    if any(EMPTY.isdisjoint(f.split()) for f in bare):
        return f"an empty text without a flag that says why: {bare.tolist()}"
    if file.suffix == ".zip":
        return _unlisted(file, raw, set(files["file"]))
    text = _text_of(file, raw)
    records = None if text is None else _records(file, text)
    if records is not None and records != len(articles):
        return f"{records} records, {len(articles)} rows"
    noted = files["note"].notna().any() or ("note" in articles.columns and articles["note"].notna().any())
    return None if text is None or noted or len(bare) else _lost(file, text, articles)


def _unlisted(file: Path, raw: bytes, listed: set[str]) -> str | None:
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        named = {f"{file.name}/{m.filename}" for m in archive.infolist() if not m.is_dir()}
    lost = {n for n in named if not any(p.startswith(".") for p in n.split("/")[1:])} - listed
    return f"not listed: {sorted(lost)[:3]}" if lost else None


def _text_of(file: Path, raw: bytes) -> str | None:
    """Return the text of a file by other means than the readers', where there are simple ones."""
    if file.suffix == ".rtf":
        code = raw.decode("cp1252", "replace")
        whole = re.fullmatch(rf"(?:{_RICH.pattern})*", code)
        return re.sub("[\r\n]", "", code).replace("\\par", "\n") if whole else None
    if file.suffix == ".docx":
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            code = archive.read("word/document.xml").decode("utf-8", "replace")
            return re.sub(r"<[^>]*>", "", code.replace("</w:p>", "\n"))
    if not file.name.endswith((".txt", ".csv", ".tsv", ".jsonl", ".csv.gz", ".tsv.gz", ".jsonl.gz")):
        return None
    try:
        return decode_text(gzip.decompress(raw) if file.suffix == ".gz" else raw)[0]
    except CorpusError:
        return None


def _records(file: Path, text: str) -> int | None:
    """Count the records of a table by Python's own modules."""
    kind = file.name.removesuffix(".gz")
    if kind.endswith(".jsonl"):
        return sum(1 for line in io.StringIO(text, newline=None) if line.strip())
    if not kind.endswith((".csv", ".tsv")):
        return None
    head = text.split("\n", 1)[0]
    separator = "\t" if kind.endswith(".tsv") else ";" if "," not in head and ";" in head else ","
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    return sum(1 for row in rows if len(row) > 1 or "".join(row).strip()) - 1  # a blank line is no record


def _lost(file: Path, text: str, articles: pd.DataFrame) -> str | None:
    """Name a text of the well-formed files that stands in the file and in no cell or heading."""
    cells = "\n".join([*map(str, articles.columns), *(str(v) for c in articles.columns for v in articles[c])])
    if file.suffix in (".txt", ".rtf", ".docx"):  # in the middle of a line it may belong to a field
        lines = {line.strip() for line in text.splitlines()}
        due = [long.strip() for long in LONG.values() if long.strip() in lines]
    else:  # a comma may part two cells
        due = [part for short in LONG for part in short.strip().split(", ") if part in text]
    return next((f"lost: {d[:40]}" for d in due if d not in cells), None)


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--seconds", type=float, default=600)
    parser.add_argument("--seed", type=int, default=2026)
    parser.add_argument("--keep", type=Path, default=Path(tempfile.gettempdir()) / "fuzz_readers")
    parser.add_argument("--add-to", type=Path, help="JSON file of counts that this run is added to")
    args = parser.parse_args()
    logging.disable(logging.CRITICAL)
    warnings.simplefilter("error")
    chance, begun = random.Random(args.seed), time.monotonic()
    files = seeds()
    count: Counter[str] = Counter()
    slowest = (0.0, "")
    with tempfile.TemporaryDirectory() as folder:
        while time.monotonic() - begun < args.seconds:
            kind = chance.choice(list(files))
            raw = case(kind, files, chance)
            file = Path(folder) / f"a.{kind}"
            file.write_bytes(raw)
            started = time.process_time()
            try:
                problem = wrong(file, raw)
            except Exception:
                problem = traceback.format_exc()
            took = time.process_time() - started
            count[kind] += 1
            slowest = max(slowest, (took, kind))
            if problem is None and took > SLOW:
                problem = f"{took:.1f} s of CPU"
            if problem is not None:
                count["failures"] += 1
                args.keep.mkdir(parents=True, exist_ok=True)
                kept = args.keep / f"{args.seed}-{sum(count.values())}.{kind}"
                kept.write_bytes(raw)
                print(f"{kept}\n{problem}", flush=True)
    if args.add_to:
        before = (
            json.loads(args.add_to.read_text())
            if args.add_to.exists()
            else {"seeds": [], "seconds": 0, "counts": {}}
        )
        count.update(before["counts"])
        before["seeds"].append(args.seed)
        total = {
            "seeds": before["seeds"],
            "seconds": before["seconds"] + args.seconds,
            "counts": dict(sorted(count.items())),
        }
        args.add_to.write_text(json.dumps(total))
    n = sum(v for k, v in count.items() if k != "failures")
    print(
        f"seed {args.seed}: {n:,} files, {count['failures']} failures, slowest {slowest[0]:.2f} s ({slowest[1]})"
    )
    print(", ".join(f"{k} {v:,}" for k, v in sorted(count.items())))
    return int(count["failures"] > 0)


if __name__ == "__main__":
    sys.exit(main())
