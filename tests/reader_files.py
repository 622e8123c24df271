"""Files as researchers hold them, in the published layout of each format; every text is our own."""

import gzip
import io
import zipfile
import zlib

import pandas as pd

RAIN = "Rain fell on the quay of Port Verrin from dawn, and the ferries stayed where they were. "
FOG = "Fog lay on the harbour until noon, so the pilots waited and the cranes stood still. "


def page(
    title="Ferries stay in port", *, site="Talvera Herald", body=RAIN, published="2025-03-04T06:40:00+02:00"
):
    """A saved web page with menu, article and footer."""
    paragraphs = "".join(f"<p>{body * 3} It was day {n} of the storm.</p>" for n in range(1, 5))
    meta = f'<meta property="og:site_name" content="{site}">' if site else ""
    time = f'<meta property="article:published_time" content="{published}">' if published else ""
    return (
        f'<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>{title}</title>{meta}{time}'
        '<link rel="canonical" href="https://herald.example/2025/03/04/ferries"></head><body>'
        '<nav><a href="/">Home</a> <a href="/sport">Sport</a></nav>'
        f"<article><h1>{title}</h1>{paragraphs}</article>"
        "<footer>All rights reserved</footer></body></html>"
    )


NEXIS = f"""User Name: A. Moor
Date and Time: Monday, November 3, 2025 10:00:00 AM CET
Job Number: 123456789
Documents (2)
1. Ferries stay in port
Client/Matter: -None-
Search Terms: ferry
2. Pilots wait for the fog to lift
Client/Matter: -None-
Search Terms: ferry

Ferries stay in port
The Talvera Herald
March 4, 2025 Tuesday
London Edition
Copyright 2025 Talvera Herald Ltd All Rights Reserved
Section: NEWS; Pg. 5
Length: 32 words
Byline: Ann Moor
Body

{RAIN}

The harbour office said so.
Classification

Language: ENGLISH
Publication-Type: Newspaper
Load-Date: March 5, 2025
End of Document

Pilots wait for the fog to lift
Free Harbour
5 March 2025
Copyright 2025 Free Harbour All Rights Reserved
Length: 30 words
Body

{FOG}
Load-Date: March 6, 2025
End of Document
"""

FACTIVA = f"""HD  Ferries stay in port
BY  By Ann Moor
WC  32 words
PD  4 March 2025
ET  06:40
SN  The Talvera Herald
SC  TALHER
PG  5
LA  English
CY  Copyright 2025, Talvera Herald Ltd
LP

{RAIN}
TD

IN short, nobody sailed. The harbour office said so.
CO  vferry : Verrin Ferries
NS  gtrans : Transport
AN  Document TALHER0020250304el3400001

HD  Pilots wait for the fog to lift
PD  5 March 2025
SN  Free Harbour
LP

{FOG}
AN  Document FREHAR0020250305el3500002
"""

_RULE = "_" * 60
PROQUEST = f"""{_RULE}
Report Information from ProQuest
3 November 2025 10:00
{_RULE}
Document 1 of 2

Ferries stay in port

Author: Moor, Ann

Publication info: Talvera Herald ; Port Verrin [Port Verrin]. 04 Mar 2025: 5.

Abstract: The ferries did not sail.

Full text: {RAIN}

Location: the quay is where we spoke.

The harbour office said so.

Subject: Ferries; Storms
Title: Ferries stay in port

Publication title: Talvera Herald; Port Verrin

Publication date: Mar 4, 2025
ProQuest document ID: 3100000001
Document URL: https://proquest.example/docview/3100000001
Database: Talvera Newsstream
{_RULE}
Document 2 of 2

Title: Pilots wait for the fog to lift

Full text: {FOG}

Publication title: Free Harbour
Publication date: 5 March 2025
ProQuest document ID: 3100000002
{_RULE}
Contact us at: the library
"""

MEDIA_CLOUD = (
    "id,indexed_date,language,media_name,media_url,publish_date,title,url\n"
    "a1,2025-03-05 01:00:00,en,herald.example,herald.example,2025-03-04,Ferries stay in port,https://herald.example/a\n"
    "b2,2025-03-06 01:00:00,en,harbour.example,harbour.example,2025-03-05,Pilots wait,https://harbour.example/b\n"
)


def docx_bytes(text, *, table=False):
    """A Word document with one paragraph per line, or with a two-column table of Factiva's fields."""
    from docx import Document

    document = Document()
    if table:
        rows = [line.partition("  ") for line in text.split("\n") if line.strip()]
        grid = document.add_table(rows=len(rows), cols=2)
        for cells, (code, _, value) in zip(grid.rows, rows, strict=True):
            cells.cells[0].text, cells.cells[1].text = code, value
    else:
        for line in text.split("\n"):
            document.add_paragraph(line)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def rtf_bytes(text):
    """A rich text file with one paragraph per line."""
    plain = text.replace("\\", "\\\\").replace("{", "\\{").replace("}", "\\}")
    escaped = "".join(c if ord(c) < 128 else f"\\u{ord(c)}?" for c in plain)
    return ("{\\rtf1\\ansi\\ansicpg1252\\deff0 " + escaped.replace("\n", "\\par\n") + "}").encode("ascii")


def warc_bytes(*pages, packed=False, kind="text/html; charset=utf-8", status="200 OK"):
    """A web archive with one answer for each (address, page), after a record about the crawl."""
    records = [_record("warcinfo", "", b"software: none\r\n")]
    for address, content in pages:
        raw = content if isinstance(content, bytes) else content.encode("utf-8")
        head = f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {len(raw)}\r\n\r\n"
        records.append(_record("response", address, head.encode() + raw))
    return b"".join(gz(r) if packed else r for r in records)


def _record(kind, address, block):
    number = zlib.crc32(address.encode() + block)
    target = f"WARC-Target-URI: {address}\r\n" if address else ""
    what = "application/http; msgtype=response" if address else "application/warc-fields"
    head = (
        f"WARC/1.0\r\nWARC-Type: {kind}\r\n"
        f"WARC-Record-ID: <urn:uuid:00000000-0000-0000-0000-{number:012x}>\r\n"
        f"WARC-Date: 2025-03-09T00:00:00Z\r\n{target}Content-Type: {what}\r\n"
        f"Content-Length: {len(block)}\r\n\r\n"
    )
    return head.encode() + block + b"\r\n\r\n"


def zip_bytes(*members, mode=0o100644):
    """A ZIP of (name, content); a name comes out as it is given, however unwise."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members:
            info = zipfile.ZipInfo(name, (2025, 3, 4, 0, 0, 0))
            info.filename = name
            info.external_attr = mode << 16
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, content)
    return stream.getvalue()


def parquet_bytes(columns):
    """A Parquet file, plain enough that its texts stand in it as they are."""
    stream = io.BytesIO()
    pd.DataFrame(columns).to_parquet(stream, compression=None)
    return stream.getvalue()


def gz(content):
    """Gzipped bytes."""
    return gzip.compress(content if isinstance(content, bytes) else content.encode("utf-8"), mtime=0)
