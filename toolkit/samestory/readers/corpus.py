"""From a path to an articles table: which files are articles, who reads them, what is flagged."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

import pandas as pd

from samestory.errors import CorpusError, OptionError
from samestory.readers.articles import as_articles
from samestory.readers.corrections import CORRECTIONS_FILE
from samestory.readers.dates import DateOrder, check_order
from samestory.readers.delimited import read_csv, read_tsv
from samestory.readers.info import read_corpus_info
from samestory.readers.json_lines import read_jsonl
from samestory.readers.parquet import read_parquet
from samestory.readers.publication import settle_dates
from samestory.readers.txt import read_txt

__all__ = ["READERS", "read_corpus"]

#: Which function reads which file: suffix -> reader, which gives the file's rows as they stand.
READERS: Mapping[str, Callable[[Path], pd.DataFrame]] = MappingProxyType(
    {
        ".txt": read_txt,
        ".csv": read_csv,
        ".csv.gz": read_csv,
        ".tsv": read_tsv,
        ".tsv.gz": read_tsv,
        ".jsonl": read_jsonl,
        ".jsonl.gz": read_jsonl,
        ".parquet": read_parquet,
    }
)
_BESIDE = ("readme", "licence", "license")  # files of these names, directly in the corpus, are no articles
_KEY = "key"  # a folder of this name holds answers, not articles


def read_corpus(
    path: str | Path,
    *,
    columns: Mapping[str, str] | None = None,
    date_order: DateOrder | None = None,
) -> pd.DataFrame:
    """Read a corpus of articles.

    Parameters
    ----------
    path : str or Path
        A folder of text files, a folder of tables, or one file with a suffix of ``READERS``.
    columns : mapping of str to str, optional
        For tables: our name of a column -> its name in the file, such as ``{"title": "headline"}``.
    date_order : {"dmy", "mdy"}, optional
        Whether a date such as 03/04/2024 is 3 April or March 4; by default what ``corpus.toml`` says. Without
        it such a date is unknown, and the article is flagged.

    Returns
    -------
    DataFrame
        Articles table with ``flags`` (see ``samestory.tables.FLAGS``). Further columns travel along.
        Text files are sorted by ``article_id``; tables keep the order of their rows.

    Raises
    ------
    CorpusError
        There is nothing at the path, nothing in it that can be read, or a table that lacks a column.
    OptionError
        ``columns`` names a column that an articles table does not have, or there is no such ``date_order``.
    MissingExtraError
        Parquet without pyarrow.

    Notes
    -----
    *A folder of text files* has one sub-folder per outlet; an optional ``corpus.toml`` gives the names and
    stances of the outlets (:func:`read_corpus_info`), otherwise the folder's name is the outlet. A text file
    directly in the corpus folder is an outlet of its own, named like the file (two copies ``herald.txt`` and
    ``harbour.txt`` are two outlets); an ``Outlet:`` line in a file's header overrides. ``article_id`` is
    the file's path below the corpus folder, without suffix. Files named README*, LICENSE* or
    ``corrections.csv`` (:func:`read_corrections`) and a folder ``key`` directly in the corpus folder are no
    articles, nor are hidden files and files of other kinds.
    Tables beside text files are companions (codebooks, ratings) and are not read.

    *Dates* are read in ISO 8601, written in English, or in numbers. ``published_raw`` keeps what stood there,
    ``published_precision`` how exact it is (a time without zone is taken as UTC), ``published_from`` which
    rule gave it; a day in the web address is the last resort and flagged.

    *A table* needs the columns ``text`` and ``outlet``; ``article_id`` is the file's name and row number
    where it is not given.

    Examples
    --------
    >>> import tempfile
    >>> folder = Path(tempfile.mkdtemp())
    >>> (folder / "herald").mkdir()
    >>> _ = (folder / "herald" / "2025-03-04-rain.txt").write_text("Rain fell.", encoding="utf-8")
    >>> read_corpus(folder)[["article_id", "outlet", "text"]]
                   article_id  outlet        text
    0  herald/2025-03-04-rain  herald  Rain fell.
    """
    check_order(date_order)
    place = Path(path)
    order = date_order or (read_corpus_info(place).get("date_order") if place.is_dir() else None)
    return settle_dates(_read(place, columns), order)


def _read(place: Path, columns: Mapping[str, str] | None) -> pd.DataFrame:
    if place.is_dir():
        return _read_folder(place, columns)
    if not place.is_file():
        raise CorpusError("there is no such file or folder", hint="check the path", path=place)
    reader = READERS.get(_suffix(place))
    if reader is None:
        raise CorpusError(
            f"'{_suffix(place) or place.name}' is no kind of file that can be read",
            hint=f"give a folder of text files, or one of {', '.join(READERS)}",
            path=place,
        )
    if _suffix(place) == ".txt":
        return _texts([place], place.parent, {}, columns, corpus=place)
    return as_articles([(reader(place), place)], columns=columns)


def _read_folder(root: Path, columns: Mapping[str, str] | None) -> pd.DataFrame:
    info = read_corpus_info(root)
    home = root / info.get("articles", ".")
    if not home.is_dir():
        raise CorpusError(
            f"corpus.toml says that the articles are in '{info['articles']}', there is no such folder",
            path=root / "corpus.toml",
        )
    files = [f for f in sorted(home.rglob("*")) if f.is_file() and _may_be_article(f, home)]
    texts = [f for f in files if _suffix(f) == ".txt"]
    if texts:
        return _texts(texts, home, info.get("outlets", {}), columns, corpus=root)
    found = [f for f in files if _suffix(f) in READERS]
    if not found:
        kinds = sorted({_suffix(f) or f.name for f in files})
        raise CorpusError(
            f"no article in this folder: {'it holds only ' + ', '.join(kinds) if kinds else 'it is empty'}",
            hint=f"put one folder of .txt files per outlet in it, or tables ({', '.join(list(READERS)[1:])})",
            path=root,
        )
    return as_articles([(READERS[_suffix(f)](f), f) for f in found], columns=columns)


def _texts(
    files: list[Path],
    home: Path,
    outlets: Mapping[str, Mapping[str, Any]],
    columns: Mapping[str, str] | None,
    *,
    corpus: Path,
) -> pd.DataFrame:
    """Read text files, with outlet and stance by folder."""
    if columns:
        raise OptionError(
            "columns= maps the columns of tables; this corpus is text files", hint="leave it out"
        )
    rows = []
    for file in files:
        below = file.relative_to(home).with_suffix("")
        folder = below.parts[0]
        outlet = outlets.get(folder, {})
        named = {
            "article_id": below.as_posix(),
            "outlet": outlet.get("name", folder),
            "stance": outlet.get("stance"),
        }
        rows.append(named | {k: v for k, v in read_txt(file).iloc[0].items() if not _is_blank(k, v)})
    raw = pd.DataFrame(rows).sort_values("article_id", kind="stable", ignore_index=True)
    if raw["unreadable"].all():
        raise CorpusError(
            f"none of the {len(raw)} text files is UTF-8 text", hint="save them as UTF-8", path=corpus
        )
    return as_articles([(raw, corpus)])


def _is_blank(column: object, value: object) -> bool:
    return column != "text" and value == ""


def _may_be_article(file: Path, home: Path) -> bool:
    parts = file.relative_to(home).parts
    if any(p.startswith(".") for p in parts):
        return False
    if len(parts) == 1:
        return not parts[0].lower().startswith(_BESIDE) and parts[0] not in ("corpus.toml", CORRECTIONS_FILE)
    return parts[0] != _KEY


def _suffix(path: Path) -> str:
    """Return the suffix in lower case, with what stands before a final ``.gz``."""
    ends = [s.lower() for s in path.suffixes[-2:]]
    return "".join(ends) if ends[-1:] == [".gz"] else "".join(ends[-1:])
