"""The store of a run: the result of every batch, kept under the content it was made of.

``work_dir/STEP/KEY.TABLE.parquet`` are the tables of one batch and ``KEY.json``, written last, says that all
of them are there. KEY is made of the articles of the batch, the options and the code, so a result is never
taken for another, and nothing has to be thrown away when something changes.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from importlib.util import find_spec
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from samestory.errors import MissingExtraError, OutputError
from samestory.study.batches.durable import sweep, told_as_output, write_whole

if TYPE_CHECKING:
    import pyarrow as pa

__all__ = ["Store", "open_store"]

_MARK = "samestory-store"
_GROUP_ROWS = 100_000  # of a table that are read at a time


@dataclass(frozen=True)
class Store:
    """A folder of results; it is sent to the workers, which write their own results."""

    root: Path

    def has(self, step: str, key: str) -> bool:
        """Say whether a result is there, whole."""
        return self._note(step, key).is_file()

    def write(
        self, step: str, key: str, tables: Mapping[str, pd.DataFrame] | Iterable[tuple[str, pd.DataFrame]]
    ) -> None:
        """Keep tables, of one batch or made one after the other; the note that all are there comes last."""
        if self.has(step, key):
            return
        with told_as_output(self.root / step):
            (self.root / step).mkdir(parents=True, exist_ok=True)
        noted = {}
        for name, table in tables.items() if isinstance(tables, Mapping) else tables:
            content = _packed(table)
            write_whole(self._table(step, key, name), content)
            noted[name] = {"rows": len(table), "crc32": zlib.crc32(content)}
        write_whole(self._note(step, key), json.dumps({"tables": noted}).encode())

    def is_whole(self, step: str, key: str) -> bool:
        """Say whether a result is there to the last byte; one that is damaged is forgotten."""
        try:
            for name, noted in self._noted(step, key).items():
                if zlib.crc32(self._table(step, key, name).read_bytes()) != noted["crc32"]:
                    raise ValueError(name)
        except FileNotFoundError:
            return self._forget(step, key)
        except (OSError, ValueError, KeyError, TypeError):
            self.log(f"{step} {key}: damaged, made again")
            return self._forget(step, key)
        return True

    def names(self, step: str, key: str) -> list[str]:
        """Return the names of the tables of one result."""
        return list(self._noted(step, key))

    def read_table(
        self,
        step: str,
        key: str,
        name: str,
        columns: Sequence[str] | None = None,
        *,
        lists: bool = True,
        articles: Sequence[str] | None = None,
        group: int | None = None,
    ) -> pd.DataFrame | None:
        """Read one table, or some of its columns; None where it is damaged, and then it is forgotten.

        Without ``lists``, lists of spans stay Arrow's: quicker to read, to choose rows of and to write. With
        ``articles``, the rows of these only; with ``group``, one of its groups of rows.
        """
        try:
            path = self._table(step, key, name)
            return _unpacked(path, columns, lists=lists, articles=articles, group=group)
        except (OSError, ValueError, KeyError):
            self._forget(step, key)
            return None

    def rows(self, step: str, key: str, name: str) -> int:
        """Return the number of rows of a table."""
        return int(self._noted(step, key)[name]["rows"])

    def tables(self, step: str, key: str) -> list[str]:
        """Name the tables of a result."""
        return list(self._noted(step, key))

    def groups(self, step: str, key: str, name: str) -> int:
        """Return in how many groups of rows a table can be read."""
        if self.rows(step, key, name) <= _GROUP_ROWS:
            return 1
        import pyarrow.parquet as pq

        return int(pq.read_metadata(self._table(step, key, name)).num_row_groups)

    def like(self, step: str, key: str, name: str) -> pd.DataFrame:
        """Return a table without its rows."""
        return _empty_like(self._table(step, key, name))

    def _noted(self, step: str, key: str) -> dict[str, dict[str, int]]:
        noted: dict[str, dict[str, int]] = json.loads(self._note(step, key).read_bytes())["tables"]
        return noted

    def _forget(self, step: str, key: str) -> bool:
        self._note(step, key).unlink(missing_ok=True)
        return False

    def log(self, line: str) -> None:
        """Add a line to the log of the store."""
        now = datetime.now(UTC).strftime("%Y-%m-%d %H:%M:%S")
        with told_as_output(self.root), (self.root / "run.log").open("a", encoding="utf-8") as file:
            file.write(f"{now} {line}\n")

    def finish(self, keys: Iterable[tuple[str, str]], facts: dict[str, object]) -> None:
        """Write the manifest: which results the run was made of. It is written last of all."""
        steps: dict[str, list[str]] = {}
        for step, key in keys:
            steps.setdefault(step, []).append(key)
        content = {"made_by": "samestory", **facts, "steps": {s: sorted(k) for s, k in sorted(steps.items())}}
        write_whole(self.root / "manifest.json", json.dumps(content, indent=1).encode())

    def _note(self, step: str, key: str) -> Path:
        return self.root / step / f"{key}.json"

    def _table(self, step: str, key: str, name: str) -> Path:
        return self.root / step / f"{key}.{name}.parquet"


def open_store(folder: Path) -> Store:
    """Open a store or begin one.

    Raises
    ------
    MissingExtraError
        pyarrow is not installed.
    OutputError
        The folder holds something else, or cannot be written.
    """
    if find_spec("pyarrow") is None:
        raise MissingExtraError.for_package("pyarrow", extra="scale", purpose="keeping results in work_dir")
    mark = folder / _MARK
    with told_as_output(folder):
        others = [p.name for p in folder.iterdir() if not p.name.startswith(".")] if folder.is_dir() else []
        if others and not mark.is_file() and folder.is_dir():
            raise OutputError(
                f"this is no work_dir of samestory; it holds {others[0]}",
                hint="name a folder that is empty or does not exist",
                path=folder,
            )
        folder.mkdir(parents=True, exist_ok=True)
    if not mark.is_file():
        write_whole(
            mark, b"Results of batches, kept by samestory. It can be deleted when no run is at work.\n"
        )
    return Store(folder)


def swept(store: Store) -> Store:
    """Take away what killed runs left half written; only with the lock in hand."""
    left = sweep(store.root)
    if left:
        store.log(f"took away {left} files that a killed run left half written")
    return store


def _packed(table: pd.DataFrame) -> bytes:
    """Write a table as Parquet; lists of spans, which Parquet would give back as arrays, as JSON."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    mixed = [c for c in table.columns if table[c].dtype == object]
    lists = [c for c in mixed if any(isinstance(v, list) for v in table[c])]
    plain = table.assign(**{c: table[c].map(json.dumps).astype("str") for c in lists})
    whole = pa.Table.from_pandas(plain, preserve_index=False)
    kept = whole.replace_schema_metadata(
        {**(whole.schema.metadata or {}), b"lists": json.dumps(lists).encode()}
    )
    buffer = BytesIO()
    pq.write_table(kept, buffer, compression="zstd", write_page_checksum=True, row_group_size=_GROUP_ROWS)
    return buffer.getvalue()


def _unpacked(
    path: Path,
    columns: Sequence[str] | None = None,
    *,
    lists: bool = True,
    articles: Sequence[str] | None = None,
    group: int | None = None,
) -> pd.DataFrame:
    import pyarrow as pa
    import pyarrow.compute as pc
    import pyarrow.parquet as pq

    file = pq.ParquetFile(path, page_checksum_verification=True)
    wanted = None if columns is None else list(columns)
    # One thread: each keeps some of the memory, and a batch is too small to gain from more.
    whole = (
        file.read(wanted, use_threads=False)
        if group is None
        else file.read_row_group(group, wanted, use_threads=False)
    )
    if articles is not None:
        ids = whole["article_id"]
        whole = whole.filter(pc.is_in(ids, value_set=pa.array(articles, ids.type)))
    names = _lists_of(whole.schema)
    table: pd.DataFrame = whole.to_pandas(use_threads=False)
    if lists:
        return _with_lists(table, names)
    return table.assign(**{c: _spans(table[c]) for c in names}) if len(table) else table


def _empty_like(path: Path) -> pd.DataFrame:
    import pyarrow.parquet as pq

    return _no_rows(pq.read_schema(path))


@lru_cache(maxsize=64)
def _no_rows(schema: pa.Schema) -> pd.DataFrame:
    """Make a table without rows; nearly all batches share the schema of a table."""
    return _with_lists(schema.empty_table().to_pandas(), _lists_of(schema))


def _lists_of(schema: pa.Schema) -> list[str]:
    return [c for c in json.loads(schema.metadata[b"lists"]) if c in schema.names]


def _with_lists(table: pd.DataFrame, names: Sequence[str]) -> pd.DataFrame:
    return table.assign(**{c: table[c].map(json.loads).astype("object") for c in names})


def _spans(texts: pd.Series[str]) -> pd.Series[Any]:
    """Read lists of spans written as JSON into Arrow's lists, without Python's on the way."""
    import pyarrow as pa
    from pyarrow import json as arrow_json

    spans = pa.list_(pa.list_(pa.int64()))
    lines = "".join(f'{{"_":{text}}}\n' for text in texts.tolist()).encode()
    read = arrow_json.read_json(
        pa.BufferReader(lines),
        read_options=arrow_json.ReadOptions(use_threads=False, block_size=len(lines)),
        parse_options=arrow_json.ParseOptions(explicit_schema=pa.schema([("_", spans)])),
    )
    return pd.Series(pd.arrays.ArrowExtensionArray(read["_"]), index=texts.index)
