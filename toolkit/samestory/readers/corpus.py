"""From a path to an articles table: which files are articles, who reads them, what became of each."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path, PurePosixPath
from types import MappingProxyType

import pandas as pd

from samestory import tables
from samestory.errors import CorpusError, OptionError
from samestory.readers.archives import ARCHIVES
from samestory.readers.articles import as_articles
from samestory.readers.dates import DateOrder, check_order
from samestory.readers.delimited import read_csv, read_tsv
from samestory.readers.docx import read_docx
from samestory.readers.html import read_html
from samestory.readers.info import read_corpus_info
from samestory.readers.json_lines import read_jsonl
from samestory.readers.listing import Found, list_folder, list_members
from samestory.readers.metadata import read_metadata
from samestory.readers.parquet import read_parquet
from samestory.readers.parts import Part, Rows, select_parts
from samestory.readers.publication import settle_dates
from samestory.readers.rtf import read_rtf
from samestory.readers.source import Source, suffix_of
from samestory.readers.text_file import TextFile
from samestory.readers.txt import read_txt
from samestory.readers.warc import read_warc

__all__ = ["READERS", "read_corpus", "read_corpus_files"]

#: Which function reads which file: suffix -> reader, which gives the file's rows as they stand in it, a
#: DataFrame of a table, dicts of a document.
#: A ZIP of these is opened by :data:`samestory.readers.archives.ARCHIVES`.
READERS: Mapping[str, Callable[[Source], Rows]] = MappingProxyType(
    {
        ".txt": read_txt,
        ".html": read_html,
        ".htm": read_html,
        ".xhtml": read_html,
        ".docx": read_docx,
        ".rtf": read_rtf,
        ".warc": read_warc,
        ".warc.gz": read_warc,
        ".csv": read_csv,
        ".csv.gz": read_csv,
        ".tsv": read_tsv,
        ".tsv.gz": read_tsv,
        ".jsonl": read_jsonl,
        ".jsonl.gz": read_jsonl,
        ".parquet": read_parquet,
    }
)
_TABLES = frozenset({".csv", ".csv.gz", ".tsv", ".tsv.gz", ".jsonl", ".jsonl.gz", ".parquet"})
_PICKLES = (".pkl", ".pickle", ".joblib", ".npy", ".rds", ".rda", ".rdata")


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
        A folder of files with a suffix of ``READERS``, in any mixture, or one such file, or a ZIP of them.
    columns : mapping of str to str, optional
        For tables: our name of a column -> its name in the file, such as ``{"title": "headline"}``.
    date_order : {"dmy", "mdy"}, optional
        Whether a date such as 03/04/2024 is 3 April or March 4; by default what ``corpus.toml`` says. Without
        it such a date is unknown, and the article is flagged.

    Returns
    -------
    DataFrame
        Articles table with ``flags`` (see ``samestory.tables.FLAGS``), ``file``, and the rules that gave
        outlet and date (``outlet_from``, ``published_from``). Further columns travel along. Files come in the
        order of their names, the rows of a file in their own.

    Raises
    ------
    CorpusError
        There is nothing at the path, nothing in it that can be read, or a table that lacks a column.
    OptionError
        ``columns`` names a column that an articles table does not have, or there is no such ``date_order``.
    MissingExtraError
        A format whose package is not installed.

    Notes
    -----
    *A folder* has one sub-folder per outlet; an optional ``corpus.toml`` gives the names and stances of the
    outlets (:func:`read_corpus_info`), otherwise the folder's name is the outlet. A file directly in the
    corpus folder is an outlet of its own, named like the file (two copies ``herald.txt`` and ``harbour.txt``
    are two outlets); what the file itself says overrides (:func:`samestory.readers.outlets.place_document`),
    and ``metadata.csv`` overrides all (:mod:`samestory.readers.metadata`). ``article_id`` is the file's path
    below the corpus folder, without suffix, with a number where a file holds several articles.
    Files named README*, LICENSE* or ``corrections.csv`` (:func:`read_corrections`) and a folder ``key``
    directly in the corpus folder are no articles, nor are hidden files and files of other kinds;
    :func:`read_corpus_files` lists what became of each.

    *Dates* are read in ISO 8601, written in English, or in numbers. ``published_raw`` keeps what stood there,
    ``published_precision`` how exact it is (a time without zone is taken as UTC), ``published_from`` which
    rule gave it; a day in the web address is the last resort and flagged.

    *A table* needs the columns ``text`` and ``outlet``; ``article_id`` is the file's name and row number
    where it is not given.

    *A table* needs the columns ``text`` and ``outlet``. Beside documents, a table without them is a companion
    (codebook, ratings) and is not read. A list of addresses from Media Cloud gives rows without text.

    *A document that cannot be read* is a flagged row, with the reason in ``note``; a table that cannot be
    read ends the reading with file and line, for nobody knows how many articles it holds.

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
    return read_corpus_files(path, columns=columns, date_order=date_order)[0]


def read_corpus_files(
    path: str | Path,
    *,
    columns: Mapping[str, str] | None = None,
    date_order: DateOrder | None = None,
    texts: TextFile | None = None,
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Read a corpus as :func:`read_corpus` does, and list what became of each of its files.

    Parameters
    ----------
    path, columns, date_order
        As for :func:`read_corpus`.
    texts : TextFile, optional
        Where the texts of Parquet files go, to be out of memory. Their rows then have the place of the text
        in the column ``_text_at``, and a word that stands for it in ``text``.

    Returns
    -------
    tuple of DataFrame
        The articles table and the files table: one row per file, members of archives included, with its
        ``status`` (``read``, ``unreadable``, ``refused``, ``beside``, ``not_read``) and the reason.
    """
    check_order(date_order)
    place = Path(path)
    info = read_corpus_info(place) if place.is_dir() else {}
    home = _home(place, info.get("articles", "."))
    listed = list_folder(home) if place.is_dir() else _single(place)
    parts, others = _read_all(listed, single=not place.is_dir(), columns=columns or {}, texts=texts)
    _refuse_nothing(parts, others, place)
    kept, beside = select_parts(parts, columns or {})
    if columns and not any(p.is_table for p in kept):
        raise OptionError("columns= maps the columns of tables; this corpus has none", hint="leave it out")
    metadata = read_metadata(home) if place.is_dir() else None
    articles = as_articles(
        kept, columns=columns, outlets=info.get("outlets", {}), metadata=metadata, corpus=place
    )
    articles = settle_dates(articles, date_order or info.get("date_order"))
    rows = [p.file_row() for p in kept] + [_file_row(f) for f in (*beside, *others)]
    files = pd.DataFrame(rows).sort_values("file", kind="stable", ignore_index=True)
    counted = articles.groupby("file", sort=False).size() if "file" in articles.columns else pd.Series()
    files["n_articles"] = files["file"].map(counted).fillna(0).astype("int64")
    return articles, tables.check(files.drop_duplicates("file", ignore_index=True), tables.FILES)


def _home(place: Path, articles: str) -> Path:
    if not place.exists():
        raise CorpusError("there is no such file or folder", hint="check the path", path=place)
    home = place / articles if place.is_dir() else place.parent
    if place.is_dir() and not home.is_dir():
        raise CorpusError(
            f"corpus.toml says that the articles are in '{articles}', there is no such folder",
            path=place / "corpus.toml",
        )
    if place.is_dir() and not home.resolve().is_relative_to(place.resolve()):
        raise CorpusError(
            f"corpus.toml says that the articles are in '{articles}', which is outside the corpus",
            hint="name a folder inside it",
            path=place / "corpus.toml",
        )
    return home


def _single(place: Path) -> Iterator[Found]:
    suffix = suffix_of(place)
    if suffix not in READERS and suffix not in ARCHIVES:
        pickled = suffix in _PICKLES
        raise CorpusError(
            f"'{suffix or place.name}' is never loaded: such a file can run a program"
            if pickled
            else f"'{suffix or place.name}' is no kind of file that can be read",
            hint="save the table as .csv, .jsonl or .parquet"
            if pickled
            else f"give a folder of files, or one of {', '.join([*READERS, *ARCHIVES])}",
            path=place,
        )
    yield Found(Source(place.name, place, PurePosixPath(place.name)))


def _read_all(
    listed: Iterator[Found], *, single: bool, columns: Mapping[str, str], texts: TextFile | None
) -> tuple[list[Part], list[Found]]:
    """Read every file that may hold articles; the second list is of those that do not."""
    parts: list[Part] = []
    others: list[Found] = []
    for found in listed:
        suffix = found.source.suffix
        if found.status == "refused" and suffix in READERS:
            parts.append(Part.flagged(found, "refused", found.note))
        elif found.status:
            others.append(found)
        elif suffix in ARCHIVES:
            try:
                inner = _read_all(list_members(found.source), single=False, columns=columns, texts=texts)
            except CorpusError as error:
                if single or error.path != found.source.place:
                    raise
                parts.append(Part.flagged(found, "unreadable", error.problem))
            else:
                parts += inner[0]
                others += inner[1]
        elif suffix in READERS:
            parts.append(_read_one(found, single=single, text=columns.get("text", "text"), texts=texts))
        else:
            others.append(Found(found.source, "not_read", f"no reader for '{suffix or found.source.name}'"))
    return parts, others


def _read_one(found: Found, *, single: bool, text: str, texts: TextFile | None) -> Part:
    table = found.source.suffix in _TABLES
    try:
        if texts is not None and found.source.suffix == ".parquet":
            return Part(found, read_parquet(found.source, texts=texts, column=text))
        return Part(found, READERS[found.source.suffix](found.source))
    except CorpusError as error:
        located = (
            error if error.path else CorpusError(error.problem, hint=error.hint, path=found.source.place)
        )
        if table or single:
            raise located from error
        return Part.flagged(found, "unreadable", error.problem)


def _refuse_nothing(parts: list[Part], others: list[Found], place: Path) -> None:
    """Refuse a corpus without any article, or of which none can be read."""
    if not parts:
        kinds = sorted({f.source.suffix or f.source.below.name for f in others if f.status == "not_read"})
        raise CorpusError(
            f"no article in this place: {'it holds only ' + ', '.join(kinds) if kinds else 'it is empty'}",
            hint=f"put one folder per outlet in it, with files of {', '.join(READERS)}",
            path=place,
        )
    if all(p.failed for p in parts):
        first = parts[0]
        raise CorpusError(
            f"none of the {len(parts)} files can be read; the first, {first.source.name}: {first.note}",
            path=place,
        )


def _file_row(found: Found) -> dict[str, object]:
    return Part(found, []).file_row() | {"status": found.status, "note": found.note}
