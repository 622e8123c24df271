r"""Actors whose naming is to be compared: a CSV file with the columns actor and term."""

from __future__ import annotations

from io import StringIO
from pathlib import Path

import pandas as pd

from samestory import tables
from samestory.errors import CorpusError

__all__ = ["read_actors"]


def read_actors(path: str | Path) -> pd.DataFrame:
    r"""Read a table of actors.

    Parameters
    ----------
    path : str or Path
        A CSV file in UTF-8 with the column ``actor`` and, where an actor goes by other words than that, one
        row per word or phrase in ``term`` (with ``*`` for any ending). Lines that begin with ``#`` are
        comments. Without the column ``term``, or where it is empty, the actor's name is the term.

    Returns
    -------
    DataFrame
        Actors table: ``actor``, ``term``, without repeated rows.

    Raises
    ------
    CorpusError
        The file cannot be read, has no column ``actor``, no row, or a row without an actor.

    Examples
    --------
    >>> import tempfile
    >>> file = Path(tempfile.mkdtemp()) / "actors.csv"
    >>> _ = file.write_text("actor,term\ncrowd,protester*\ncrowd,rioter*\nAda Holm,\n", encoding="utf-8")
    >>> read_actors(file)
          actor        term
    0     crowd  protester*
    1     crowd     rioter*
    2  Ada Holm    Ada Holm
    """
    file = Path(path)
    try:
        content = file.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise CorpusError(f"the table of actors cannot be read: {error}", path=file) from error
    lines = [line for line in content.splitlines() if line.strip() and not line.startswith("#")]
    frame = pd.read_csv(StringIO("\n".join(lines) or "actor"), dtype="str", keep_default_na=False)
    if "actor" not in frame.columns or frame.empty:
        found = f"the columns {', '.join(frame.columns)}" if len(frame) else "no row"
        raise CorpusError(
            f"a table of actors needs the column actor and at least one row; {found} was found",
            path=file,
            hint="write actor,term in the first line, then crowd,protester*",
        )
    actor = frame["actor"].str.strip()
    term = frame["term"].str.strip() if "term" in frame.columns else actor
    if (actor == "").any():
        raise CorpusError(f"row {int((actor == '').to_numpy().argmax()) + 1} names no actor", path=file)
    out = pd.DataFrame({"actor": actor, "term": term.where(term != "", actor)}, dtype="str")
    return tables.check(out.drop_duplicates(ignore_index=True), tables.ACTORS)
