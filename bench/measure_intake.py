"""Time the readers: articles per second of CPU, for pages, texts and tables.

    python bench/measure_intake.py [--n 500] [--pages ../shared/data/cleaning/pages_dev.jsonl.gz]

The pages are made (a menu, four paragraphs of 300 characters, a footer), or, with --pages, the HTML of gold pages that
have a field "html". Files are read once before the clock starts, so the disk's cache is warm.
"""

from __future__ import annotations

import argparse
import gzip
import json
import runpy
import tempfile
import time
from pathlib import Path
from types import SimpleNamespace

import pandas as pd

from samestory.readers import read_corpus

MADE = SimpleNamespace(
    **runpy.run_path(str(Path(__file__).resolve().parents[1] / "tests" / "reader_files.py"))
)


def timed(label: str, path: Path) -> None:
    sum(len(f.read_bytes()) for f in ([path] if path.is_file() else path.rglob("*.*")))
    started = time.process_time()
    n = len(read_corpus(path))
    took = time.process_time() - started
    print(f"{label}: {n:,} articles, {took:.2f} s of CPU, {n / took:,.0f} articles/s")


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--n", type=int, default=500)
    parser.add_argument("--pages", type=Path)
    args = parser.parse_args()
    pages = [MADE.page(body=f"{MADE.RAIN} Line {i}. ") for i in range(args.n)]
    if args.pages:
        with gzip.open(args.pages, "rt", encoding="utf-8") as lines:
            pages = [p["html"] for p in map(json.loads, lines) if p.get("html")][: args.n]
    text = (MADE.RAIN + MADE.FOG) * 20
    with tempfile.TemporaryDirectory() as name:
        root = Path(name)
        for folder in ("html", "txt"):
            (root / folder / "herald").mkdir(parents=True)
        for i, page in enumerate(pages):
            (root / f"html/herald/{i}.html").write_text(page, encoding="utf-8")
        for i in range(args.n):
            (root / f"txt/herald/{i}.txt").write_text(text, encoding="utf-8")
        rows = [
            {"article_id": str(i), "outlet": "Herald", "published": "2025-03-04", "text": text}
            for i in range(args.n * 20)
        ]
        (root / "a.jsonl").write_text("".join(json.dumps(r) + "\n" for r in rows), encoding="utf-8")
        pd.DataFrame(rows).to_csv(root / "a.csv", index=False)
        (root / "warm.html").write_text(MADE.page(), encoding="utf-8")
        read_corpus(root / "warm.html")  # what is imported on first use
        sizes = f"{sum(map(len, pages)) / len(pages) / 1000:.0f} kB each" if pages else ""
        timed(f"saved pages ({sizes})", root / "html")
        timed(f"text files ({len(text) / 1000:.1f} kB each)", root / "txt")
        timed("JSON Lines", root / "a.jsonl")
        timed("CSV", root / "a.csv")


if __name__ == "__main__":
    main()
