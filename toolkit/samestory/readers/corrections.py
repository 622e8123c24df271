"""``corrections.csv``: which articles must, or cannot, be in one story, decided by hand."""

from __future__ import annotations

import csv
from pathlib import Path

import pandas as pd

from samestory import tables
from samestory.errors import CorpusError

__all__ = ["CORRECTIONS_FILE", "read_corrections"]

#: Name of the file in a corpus folder.
CORRECTIONS_FILE = "corrections.csv"
_COLUMNS = ("link", "article_id", "other_id")


def read_corrections(path: str | Path) -> pd.DataFrame:
    r"""Read corrections of stories made by hand.

    Parameters
    ----------
    path : str or Path
        A CSV file in UTF-8 with the columns ``link`` (``must`` or ``cannot``), ``article_id`` and
        ``other_id``, such as a sheet of ``samestory stories --review`` with ``link`` filled in; or a corpus
        folder that may hold one as ``corrections.csv``. Further columns are left aside, and so are rows
        without a link.

    Returns
    -------
    DataFrame
        Corrections table, with the line in the file of each row; empty for a corpus without corrections.

    Raises
    ------
    CorpusError
        The file is not there, is not such a table, or has a row that is neither ``must`` nor ``cannot``.

    Examples
    --------
    >>> import tempfile
    >>> file = Path(tempfile.mkdtemp()) / "corrections.csv"
    >>> _ = file.write_text("link,article_id,other_id\nmust,herald/a,harbour/b\n", encoding="utf-8")
    >>> read_corrections(file)
       link article_id   other_id  line
    0  must   herald/a  harbour/b     2
    """
    place = Path(path)
    if place.is_dir():
        place = place / CORRECTIONS_FILE
        if not place.is_file():
            return _table([])
    try:
        with place.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file)
            absent = [c for c in _COLUMNS if c not in (reader.fieldnames or ())]
            if absent:
                raise CorpusError(
                    f"corrections need the columns {', '.join(_COLUMNS)}; {', '.join(absent)} is not there",
                    path=place,
                    line=1,
                )
            rows = [_row(row, place, reader.line_num) for row in reader]
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise CorpusError(f"the corrections cannot be read: {error}", path=place) from error
    return _table([row for row in rows if row["link"]])


def _row(row: dict[str, str | None], path: Path, line: int) -> dict[str, str | int]:
    link, one, other = ((row[c] or "").strip() for c in _COLUMNS)
    link = link.lower()
    if link and link not in ("must", "cannot"):
        raise CorpusError(
            f"the link is 'must' or 'cannot' (or nothing: no decision), found '{link}'", path=path, line=line
        )
    if link and not (one and other):
        raise CorpusError("a correction names two articles", path=path, line=line)
    return {"link": link, "article_id": one, "other_id": other, "line": line}


def _table(rows: list[dict[str, str | int]]) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=[*_COLUMNS, "line"])
    frame = frame.astype({**dict.fromkeys(_COLUMNS, "str"), "line": "int64"})
    return tables.check(frame.drop_duplicates(list(_COLUMNS), ignore_index=True), tables.CORRECTIONS)
