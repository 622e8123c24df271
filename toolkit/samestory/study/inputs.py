"""What goes into a study: its articles, what is kept with them, and their checksums."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Literal, cast

import numpy as np
import pandas as pd

from samestory import tables
from samestory.comparison import MAX_GROUPS
from samestory.errors import OptionError
from samestory.export.files import csv_bytes
from samestory.readers import TEXT_AT, TextFile, read_corpus_files, read_corpus_info
from samestory.readers.corrections import read_corrections
from samestory.study.batches.record import file_hash
from samestory.study.batches.shelf import FiledTexts, Shelf

__all__ = [
    "check_outlets",
    "corrections_of",
    "input_hashes",
    "name_of",
    "read_articles",
    "sampling_of",
]

Sampling = Literal["all", "query", "story", "unknown"]


def read_articles(
    corpus: str | Path | pd.DataFrame,
    *,
    columns: Mapping[str, str] | None,
    date_order: Literal["dmy", "mdy"] | None,
    stories: str = "align",
    work_dir: str | Path | None = None,
) -> tuple[Shelf, pd.DataFrame | None]:
    """Read the articles and put them in the order of their ids, so that the order of rows says nothing.

    The texts of Parquet files go to a file without a name, in the work_dir where there is one.
    """
    if isinstance(corpus, pd.DataFrame):
        raw, files, texts = corpus, None, None
    else:
        beside = None if work_dir is None or not os.access(work_dir, os.W_OK) else Path(work_dir)
        texts = TextFile(beside)
        raw, files = read_corpus_files(corpus, columns=columns, date_order=date_order, texts=texts)
    need = ["story_id"] if stories == "given" else []
    checked = tables.whole_characters(tables.check(raw, tables.ARTICLES, need=need))
    ordered = checked.sort_values("article_id", kind="stable", ignore_index=True)
    if texts is None or TEXT_AT not in ordered.columns:
        return Shelf.of(ordered), files
    at = ordered.pop(TEXT_AT).fillna(-1).to_numpy(dtype=np.int64)
    held = ordered["text"].mask(pd.Series(at >= 0), "")
    filed = FiledTexts(texts, at, held)
    return Shelf(ordered.drop(columns="text"), filed, list(ordered.columns)), files


def name_of(corpus: str | Path | pd.DataFrame) -> str:
    """Name a corpus: as its corpus.toml does, else by its file or folder."""
    if isinstance(corpus, pd.DataFrame):
        return "articles table"
    return str(read_corpus_info(corpus).get("name") or Path(corpus).resolve().name)


def corrections_of(
    corpus: str | Path | pd.DataFrame, given: pd.DataFrame | None, *, stories: str
) -> pd.DataFrame:
    """Corrections of the stories: those given, or those kept with the corpus."""
    if given is not None:
        if stories == "given":
            raise OptionError("stories='given' takes story_id as it is, so corrections have no effect")
        return given
    folder = not isinstance(corpus, pd.DataFrame) and Path(corpus).is_dir() and stories == "align"
    return read_corrections(str(corpus)) if folder else pd.DataFrame(columns=list(tables.CORRECTIONS.columns))


def check_outlets(articles: pd.DataFrame, reference: str | None) -> None:
    """Refuse at the start what the comparison would refuse at the end of a long run."""
    outlets = sorted(articles["outlet"].dropna().unique())
    if reference is None and len(outlets) > MAX_GROUPS:
        raise OptionError(
            f"{len(outlets)} outlets would make {len(outlets) * (len(outlets) - 1) // 2} pairs",
            hint=f"name one outlet as reference, or keep at most {MAX_GROUPS} outlets",
        )
    if reference is not None and reference not in outlets:
        raise OptionError(
            f"the reference '{reference}' is none of the outlets: {', '.join(outlets[:MAX_GROUPS])}"
        )


def sampling_of(corpus: str | Path | pd.DataFrame) -> Sampling:
    """Say how the articles were drawn, as the corpus.toml says it."""
    info = {} if isinstance(corpus, pd.DataFrame) else read_corpus_info(corpus)
    return cast(Sampling, info.get("sampling", "unknown"))


def input_hashes(corpus: str | Path | pd.DataFrame) -> dict[str, str]:
    """Return the SHA-256 of every input file by its path below the corpus, or of the table given.

    Examples
    --------
    >>> list(input_hashes(pd.DataFrame({"text": ["Rain."]})))
    ['articles table as CSV']
    """
    if isinstance(corpus, pd.DataFrame):
        return {"articles table as CSV": hashlib.sha256(csv_bytes(corpus)).hexdigest()}
    root = Path(corpus)
    if root.is_file():
        return {root.name: file_hash(root)}
    files = [p for p in root.rglob("*") if p.is_file() and not _hidden(p.relative_to(root))]
    return {p.relative_to(root).as_posix(): file_hash(p) for p in sorted(files)}


def _hidden(path: Path) -> bool:
    return any(part.startswith(".") for part in path.parts)
