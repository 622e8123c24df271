"""Tables as files: CSV, JSON Lines and Parquet that read back the same; Markdown and LaTeX to read."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from functools import partial
from importlib.util import find_spec
from io import BytesIO
from pathlib import Path
from types import MappingProxyType
from typing import Any, BinaryIO

import pandas as pd

from samestory.errors import MissingExtraError, OptionError, OutputError
from samestory.export.latex import latex_bytes

_FORMULA = ("=", "+", "-", "@", "\t", "\r")

__all__ = ["csv_bytes", "save_csv_pieces", "save_table", "written"]


def save_table(frame: pd.DataFrame, path: str | Path, *, decimals: int = 3, excel_safe: bool = False) -> Path:
    """Save a table in the format its suffix names: ``.csv``, ``.jsonl``, ``.parquet``, ``.md`` or ``.tex``.

    Parameters
    ----------
    frame : DataFrame
        Any table; lists such as spans are lists in JSON Lines and Parquet, text elsewhere.
    path : str or Path
        Where to save; folders on the way are made.
    decimals : int, default 3
        Decimals of numbers in Markdown and LaTeX. The other formats keep every digit.
    excel_safe : bool, default False
        Put an apostrophe before a text that a spreadsheet would run as a formula (one that begins with
        ``=``, ``+``, ``-``, ``@``, a tab or a carriage return). For tables to open in a spreadsheet; the text
        is then no longer what was read, and offsets into it are off by one.

    Returns
    -------
    Path
        The file written: UTF-8, lines ended by a line feed, missing values empty (null in JSON).

    Raises
    ------
    OptionError
        The path ends in something else.
    MissingExtraError
        Parquet without pyarrow.
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
    if excel_safe:
        frame = _without_formulas(frame)
    if target.suffix in READABLE:
        return written(target, READABLE[target.suffix](frame, decimals))
    if target.suffix == ".csv":
        return written(target, partial(_write_csv, frame))
    if target.suffix not in WRITERS:
        raise OptionError(
            f"{', '.join([*WRITERS, *READABLE])} are known, not '{target.suffix or target.name}'",
            hint="end the name in one of these",
        )
    return written(target, WRITERS[target.suffix](frame))


def csv_bytes(frame: pd.DataFrame) -> bytes:
    """Write a table as CSV: UTF-8, line feeds, every digit, lists as JSON."""
    buffer = BytesIO()
    _write_csv(frame, buffer)
    return buffer.getvalue()


def save_csv_pieces(pieces: Iterable[pd.DataFrame], path: Path, *, excel_safe: bool = False) -> Path:
    """Save a table that comes in pieces as CSV, byte for byte what :func:`save_table` makes of the whole.

    Examples
    --------
    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     pieces = (pd.DataFrame({"n": [i]}) for i in range(2))
    ...     save_csv_pieces(pieces, Path(folder, "t.csv")).read_text(encoding="utf-8").split()
    ['n', '0', '1']
    """

    def write(file: BinaryIO) -> None:
        for i, piece in enumerate(pieces):
            _write_csv(_without_formulas(piece) if excel_safe else piece, file, header=i == 0)

    return written(path, write)


def _write_csv(frame: pd.DataFrame, file: BinaryIO, *, header: bool = True) -> None:
    """Write CSV some rows at a time, so that a large table is not held as text as well."""
    how: dict[str, Any] = {"mode": "wb", "encoding": "utf-8", "errors": "backslashreplace"}
    _with_json(frame).to_csv(file, index=False, lineterminator="\n", header=header, **how)


def _jsonl_bytes(frame: pd.DataFrame) -> bytes:
    lines = frame.to_json(
        orient="records", lines=True, date_format="iso", force_ascii=False, double_precision=15
    )
    return lines.encode("utf-8", "backslashreplace")


def _parquet_bytes(frame: pd.DataFrame) -> bytes:
    if find_spec("pyarrow") is None:
        raise MissingExtraError.for_package("pyarrow", extra="scale", purpose="writing Parquet")
    buffer = BytesIO()
    frame.to_parquet(buffer, engine="pyarrow", index=False)
    return buffer.getvalue()


#: Which function writes which format.
WRITERS: Mapping[str, Callable[[pd.DataFrame], bytes]] = MappingProxyType(
    {".csv": csv_bytes, ".jsonl": _jsonl_bytes, ".parquet": _parquet_bytes}
)


def _without_formulas(frame: pd.DataFrame) -> pd.DataFrame:
    """Put an apostrophe before every text and heading that a spreadsheet would take for a formula."""
    safe = _with_json(frame)
    texts = [c for c in safe.columns if not pd.api.types.is_numeric_dtype(safe[c])]
    safe = safe.assign(**{c: safe[c].map(_not_a_formula, na_action="ignore") for c in texts})
    return safe.rename(columns=_not_a_formula)


def _not_a_formula(value: Any) -> Any:
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA) else value


def _with_json(frame: pd.DataFrame) -> pd.DataFrame:
    """Write the lists of a table as JSON, so that they can be read again."""
    mixed = [c for c in frame.columns if frame[c].dtype == object]
    lists = [c for c in mixed if any(isinstance(v, list | tuple | dict) for v in frame[c])]
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


def written(path: Path, content: bytes | Callable[[BinaryIO], None]) -> Path:
    """Write a file and the folders on its way, or say why that cannot be; large content writes itself."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("wb") as file:
            file.write(content) if isinstance(content, bytes) else content(file)
    except OSError as problem:
        raise OutputError(
            f"cannot write this file ({problem.strerror or problem})", hint="choose another place", path=path
        ) from problem
    return path


#: The formats for people, in which numbers are rounded.
READABLE: Mapping[str, Callable[[pd.DataFrame, int], bytes]] = MappingProxyType(
    {".md": _markdown, ".tex": latex_bytes}
)
