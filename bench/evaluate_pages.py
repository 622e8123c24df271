"""Bodies of saved pages, for the page scorer: our reader of HTML, or trafilatura as it comes.

    python bench/evaluate_pages.py GOLD.jsonl[.gz] PREDICTED.jsonl [--alone]
    python ../shared/eval/score_cleaning.py GOLD.jsonl[.gz] PREDICTED.jsonl

GOLD has one page a line with "page_id" and "html"; no label is looked at.
"""

from __future__ import annotations

import argparse
import gzip
import json
import time
from pathlib import Path

import trafilatura

from samestory.readers.html import page_row


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("gold", type=Path)
    parser.add_argument("predicted", type=Path)
    parser.add_argument("--alone", action="store_true", help="trafilatura.extract without options")
    args = parser.parse_args()
    opened = gzip.open if args.gold.suffix == ".gz" else open
    with opened(args.gold, "rt", encoding="utf-8") as lines:
        pages = [json.loads(line) for line in lines]
    started = time.process_time()
    with args.predicted.open("w", encoding="utf-8") as out:
        for page in pages:
            text = trafilatura.extract(page["html"]) if args.alone else page_row(page["html"])["text"]
            out.write(json.dumps({"page_id": page["page_id"], "text": text or ""}) + "\n")
    took = time.process_time() - started
    size = sum(len(p["html"]) for p in pages) / len(pages) / 1000
    print(f"{len(pages)} pages of {size:,.0f} kB, {took:.1f} s of CPU, {len(pages) / took:.1f} pages/s")


if __name__ == "__main__":
    main()
