"""Tables as files: CSV that reads back to the same numbers, Markdown for people."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pandas as pd

from samestory.errors import OptionError, OutputError

__all__ = ["csv_bytes", "save_table", "written"]


def save_table(frame: pd.DataFrame, path: str | Path, *, decimals: int = 3) -> Path:
    """Save a table as CSV, or as Markdown where the path ends in ``.md``.

    Parameters
    ----------
    frame : DataFrame
        Any table; lists such as spans are written as JSON.
    path : str or Path
        Where to save; folders on the way are made.
    decimals : int, default 3
        Decimals of numbers in Markdown. CSV keeps every digit, so that reading it gives the same numbers.

    Returns
    -------
    Path
        The file written: UTF-8, lines ended by a line feed, missing values empty.

    Raises
    ------
    OptionError
        The path ends in something else than ``.csv`` or ``.md``.
    OutputError
        The file cannot be written.

    Examples
    --------
    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     table = pd.DataFrame({"outlet": ["Herald"], "share": [0.25]})
    ...     print(save_table(table, f"{folder}/t.md").read_text(encoding="utf-8"))
    | outlet | share |
    | --- | --- |
    | Herald | 0.250 |
    """
    target = Path(path)
    if target.suffix == ".csv":
        return written(target, csv_bytes(frame))
    if target.suffix == ".md":
        return written(target, _markdown(frame, decimals))
    raise OptionError(
        f"tables are saved as .csv or .md, not as '{target.suffix or target.name}'", hint="name it so"
    )


def csv_bytes(frame: pd.DataFrame) -> bytes:
    """Write a table as CSV: UTF-8, line feeds, every digit, lists as JSON."""
    text = _with_json(frame).to_csv(index=False, lineterminator="\n")
    return text.encode("utf-8", "backslashreplace")


def _with_json(frame: pd.DataFrame) -> pd.DataFrame:
    """Write the lists of a table as JSON, so that they can be read again."""
    lists = [c for c in frame.columns if frame[c].map(lambda v: isinstance(v, list | tuple | dict)).any()]
    return frame.assign(**{c: pd.Series([_json_cell(v) for v in frame[c]], index=frame.index) for c in lists})


def _json_cell(value: object) -> object:
    if not isinstance(value, list | tuple | dict):
        return value
    return json.dumps(value, ensure_ascii=False, default=lambda v: v.item() if hasattr(v, "item") else str(v))


def _markdown(frame: pd.DataFrame, decimals: int) -> bytes:
    lines = [[_cell(c, decimals) for c in frame.columns], ["---"] * len(frame.columns)]
    rows = _with_json(frame).astype("object").itertuples(index=False, name=None)
    lines.extend([_cell(v, decimals) for v in row] for row in rows)
    return "".join(f"| {' | '.join(line)} |\n" for line in lines).encode("utf-8", "backslashreplace")


def _cell(value: Any, decimals: int) -> str:
    if pd.api.types.is_scalar(value) and pd.isna(value):
        return ""
    if isinstance(value, float):
        return f"{value:.{decimals}f}"
    text = " ".join(str(value).split())
    for plain, escaped in (
        ("&", "&amp;"),
        ("<", "&lt;"),
        ("\\", "\\\\"),
        ("|", "\\|"),
        ("`", "\\`"),
        ("[", "\\["),
    ):
        text = text.replace(plain, escaped)
    return text


def written(path: Path, content: bytes) -> Path:
    """Write a file and the folders on its way, or say why that cannot be."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    except OSError as problem:
        raise OutputError(
            f"cannot write this file ({problem.strerror or problem})", hint="choose another place", path=path
        ) from problem
    return path
