"""Fuzz every reader: broken files must give rows or a SamestoryError, and nothing may be lost without a row.

    python bench/fuzz_readers.py --seconds 600 --seed 2026

Well-formed files of each format (tests/reader_files.py) are damaged at random: bytes changed, cut, doubled, put
in from other files and from a list of awkward ones; members of ZIPs and Word documents are damaged inside too.
After each reading: any exception but SamestoryError is a failure; so is a table that is not an articles table,
a row that no file counts, a member of an archive that is in no row of the table of files, and a line of JSON
that is in no row. Failing inputs are kept in --keep. Ends with status 1 on a failure.
"""

from __future__ import annotations

import argparse
import io
import json
import logging
import random
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
from samestory.errors import SamestoryError
from samestory.readers import read_corpus_files

ROOT = Path(__file__).resolve().parents[1]
MADE = SimpleNamespace(**runpy.run_path(str(ROOT / "tests" / "reader_files.py")))
SLOW = 5.0  # seconds of CPU for one small file
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
    stream = io.BytesIO()
    table.to_parquet(stream)
    lines = "".join(json.dumps(r) + "\n" for r in rows)
    pages = [("https://www.herald.example/a", MADE.page()), ("https://harbour.example/b", MADE.page(site=""))]
    exports = [MADE.NEXIS, MADE.FACTIVA, MADE.PROQUEST]
    own = f"Title: Rain\nOutlet: Herald\nDate: 2025-03-04\n\n{MADE.RAIN}\n\n"
    words = [MADE.docx_bytes(own), MADE.docx_bytes(MADE.NEXIS), MADE.docx_bytes(MADE.FACTIVA, table=True)]
    members = [
        ("c/herald/a.txt", own),
        ("c/harbour/b.html", MADE.page()),
        ("c/x/t.jsonl", lines),
        ("c/x/w.docx", words[0]),
    ]
    return {
        "txt": [*(e.encode() for e in exports), own.encode(), (own + own).encode("utf-16"), own.encode("cp1252")],
        "html": [MADE.page().encode(), MADE.page(site="").replace("utf-8", "koi8-r").encode("koi8-r")],
        "csv": [table.to_csv(index=False).encode(), MADE.MEDIA_CLOUD.encode()],
        "csv.gz": [MADE.gz(table.to_csv(index=False))],
        "tsv": [table.to_csv(index=False, sep="\t").encode("utf-16")],
        "jsonl": [lines.encode()],
        "jsonl.gz": [MADE.gz(lines)],
        "parquet": [stream.getvalue()],
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


def damaged_inside(raw: bytes, chance: random.Random, others: list[bytes]) -> bytes:
    """Damage one member of a ZIP, or its name, and pack it anew."""
    stream = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(raw)) as old,
        zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new,
        warnings.catch_warnings(),
    ):
        warnings.simplefilter("ignore")  # zipfile warns of a name that is there already
        chosen = chance.choice(old.namelist())
        for name in old.namelist():
            content = old.read(name)
            if name == chosen and chance.random() < 0.8:
                content = damaged(content, chance, others)
            elif name == chosen:
                name = chance.choice(
                    [
                        "../x.txt",
                        "/x.txt",
                        "CON.txt",
                        "a" * 1500,
                        "h/a.txt",
                        "H/A.txt",
                        "x\x01.txt",
                        name.upper(),
                    ]
                )
            new.writestr(name, content)
    return stream.getvalue()


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
    if file.suffix == ".jsonl" and len(articles) != sum(1 for n in _json_lines(raw) if n.strip()):
        return "a line of JSON is in no row"
    if file.suffix == ".zip":
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            named = {f"{file.name}/{m.filename}" for m in archive.infolist() if not m.is_dir()}
        lost = {n for n in named if not any(p.startswith(".") for p in n.split("/")[1:])} - set(files["file"])
        return f"not listed: {sorted(lost)[:3]}" if lost else None
    return None


def _json_lines(raw: bytes) -> list[str]:
    from samestory.readers.encodings import decode_text

    return io.StringIO(decode_text(raw)[0], newline=None).readlines()


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
    others = [raw for group in files.values() for raw in group]
    count: Counter[str] = Counter()
    slowest = (0.0, "")
    with tempfile.TemporaryDirectory() as folder:
        while time.monotonic() - begun < args.seconds:
            kind = chance.choice(list(files))
            raw = chance.choice(files[kind])
            inside = kind in ("zip", "docx") and chance.random() < 0.7
            raw = (damaged_inside if inside else damaged)(raw, chance, others)
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
