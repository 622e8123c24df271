"""The tables of a saved study, with their times and offsets as they were."""

from __future__ import annotations

import json
from importlib.util import find_spec
from pathlib import Path

import pandas as pd

from samestory import tables
from samestory.errors import CorpusError, MissingExtraError

__all__ = ["read_results"]

_LISTS = ("spans", "speaker_spans", "cue_spans")
_TIMES = ("published", "first_published")


def read_results(path: str | Path) -> dict[str, pd.DataFrame]:
    """Read the tables of a folder that ``Study.save`` wrote.

    Parameters
    ----------
    path : str or Path
        The folder of the results, or its folder ``tables``.

    Returns
    -------
    dict of str to DataFrame
        The tables by name, in the order of the alphabet.

    Raises
    ------
    CorpusError
        There are none, or one cannot be read.
    """
    folder = Path(path) / "tables" if (Path(path) / "tables").is_dir() else Path(path)
    files = sorted([*folder.glob("*.csv"), *folder.glob("*.parquet")], key=lambda f: f.stem)
    if not (folder / "columns.csv").is_file():
        raise CorpusError(
            "results of samestory were needed, with a folder 'tables' and columns.csv in it; found "
            f"{len(files)} tables",
            hint="give the folder that samestory compare wrote",
            path=path,
        )
    return {f.stem: _read(f) for f in files if f.stem != "columns"}


def _read(file: Path) -> pd.DataFrame:
    if file.suffix == ".parquet":  # a large table
        return _read_parquet(file)
    declared = tables.TABLES[file.stem].columns if file.stem in tables.TABLES else {}
    names = [c for c, column in declared.items() if column.kind == "text"]
    try:
        # The text "NA" may be an outlet or a word: only an empty cell is missing.
        frame = pd.read_csv(
            file, keep_default_na=False, na_values=[""], dtype=dict.fromkeys(names, "str"), low_memory=False
        )
        for name in map(str, frame.columns):
            kind = declared[name].kind if name in declared else ""
            if kind == "spans" or name in _LISTS:
                frame[name] = pd.Series([json.loads(v) for v in frame[name]], index=frame.index, dtype=object)
            elif kind == "time" or name in _TIMES:
                frame[name] = pd.to_datetime(frame[name], utc=True, format="ISO8601")
    except (OSError, TypeError, ValueError) as error:
        raise CorpusError(f"the table cannot be read ({error})", path=file) from error
    return frame


def _read_parquet(file: Path) -> pd.DataFrame:
    """Read a large table; lists of spans, which come as arrays, become lists again."""
    if find_spec("pyarrow") is None:
        raise MissingExtraError.for_package("pyarrow", extra="scale", purpose="reading large tables")
    try:
        frame = pd.read_parquet(file)
    except (OSError, ValueError) as error:
        raise CorpusError(f"the table cannot be read ({error})", path=file) from error
    declared = tables.TABLES[file.stem].columns if file.stem in tables.TABLES else {}
    spans = [c for c in frame.columns if c in declared and declared[c].kind == "spans"]
    lists = {c: [[[int(i) for i in span] for span in row] for row in frame[c]] for c in spans}
    return frame.assign(**{c: pd.Series(v, index=frame.index, dtype=object) for c, v in lists.items()})
