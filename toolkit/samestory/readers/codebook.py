"""Codebooks: which terms speak of which topic."""

from __future__ import annotations

from importlib import resources
from io import StringIO
from pathlib import Path

import pandas as pd

from samestory import tables
from samestory.errors import CorpusError

__all__ = ["read_codebook"]


def read_codebook(path: str | Path | None = None) -> pd.DataFrame:
    """Read a codebook of topics.

    Parameters
    ----------
    path : str or Path, optional
        A CSV file in UTF-8 with the columns ``topic`` and ``term``; lines that begin with ``#`` are comments.
        By default the starter codebook of political news that comes with the toolkit (CC0).

    Returns
    -------
    DataFrame
        Codebook table: one row per topic and term, in the order of the file, without repeated rows.

    Raises
    ------
    CorpusError
        The file cannot be read, lacks a column, or has a row without topic or term.

    Examples
    --------
    >>> read_codebook()["topic"].nunique()
    10
    """
    file = Path(str(resources.files("samestory"))) / "lexicons" / "topics.csv" if path is None else Path(path)
    try:
        lines = file.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise CorpusError(f"the codebook cannot be read: {error}", path=file) from error
    numbered = [(n, line) for n, line in enumerate(lines, 1) if line.strip() and not line.startswith("#")]
    if not numbered:
        raise CorpusError(
            "a codebook was needed, no line was found", path=file, hint="give the columns topic,term"
        )
    frame = pd.read_csv(StringIO("\n".join(line for _, line in numbered)), dtype="str", keep_default_na=False)
    if not {"topic", "term"} <= set(frame.columns):
        raise CorpusError(
            f"a codebook needs the columns topic and term; found {', '.join(frame.columns)}",
            path=file,
            line=numbered[0][0],
        )
    frame = frame.assign(topic=frame["topic"].str.strip(), term=frame["term"].str.strip())
    bad = (frame["topic"] == "") | (frame["term"] == "")
    if bad.any():
        raise CorpusError(
            "a row needs a topic and a term", path=file, line=numbered[1 + int(bad.to_numpy().argmax())][0]
        )
    return tables.check(frame.drop_duplicates(["topic", "term"], ignore_index=True), tables.CODEBOOK)
