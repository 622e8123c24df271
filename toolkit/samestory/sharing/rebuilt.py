"""Write a rebuilt corpus: a folder that ``read_corpus`` reads, and the table that says what it is worth."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pandas as pd

from samestory.errors import OutputError
from samestory.sharing.descriptor import csv_bytes

__all__ = ["LOG", "REPORT", "refuse_corpus", "write_corpus"]

#: The hydration table of a rebuilt corpus, and the log of the pages fetched for it.
REPORT, LOG = "hydration.csv", "fetched.jsonl"
_ARTICLES = "articles"
# What a reader says anew when it reads the corpus.
_TOLD_BY_READERS = ("flags", "published_precision", "published_from", "outlet_from")


def write_corpus(
    articles: pd.DataFrame, report: pd.DataFrame, path: str | Path, *, info: Mapping[str, Any] | None = None
) -> Path:
    """Write a rebuilt corpus.

    Parameters
    ----------
    articles, report : DataFrame
        As :func:`hydrate` gives them.
    path : str or Path
        Folder of the corpus. What else is in it, such as fetched pages, stays.
    info : mapping, optional
        What the package says of the corpus, for ``corpus.toml``.

    Returns
    -------
    Path
        The folder, with ``corpus.toml``, ``articles/articles.jsonl`` and ``hydration.csv``; the same bytes
        for the same tables.

    Raises
    ------
    OutputError
        It cannot be written.

    Examples
    --------
    >>> from tempfile import TemporaryDirectory
    >>> articles = pd.DataFrame({"article_id": ["a"], "outlet": ["Herald"], "text": ["Rain fell."]})
    >>> report = pd.DataFrame({"article_id": ["a"], "status": ["exact"]})
    >>> with TemporaryDirectory() as folder:
    ...     print((write_corpus(articles, report, folder) / "articles/articles.jsonl").read_text("utf-8"))
    {"article_id": "a", "outlet": "Herald", "text": "Rain fell."}
    """
    target = Path(path)
    contents = {
        "corpus.toml": _toml(info or {}),
        f"{_ARTICLES}/articles.jsonl": _json_lines(articles),
        REPORT: csv_bytes(report),
    }
    try:
        for name, content in contents.items():
            file = target / name
            file.parent.mkdir(parents=True, exist_ok=True)
            partial = file.with_name(f".{file.name}.partial-{os.getpid()}")
            partial.write_bytes(content)
            partial.replace(file)
    except OSError as error:
        raise OutputError(
            f"the corpus cannot be written ({error.strerror or error})",
            hint="choose another place",
            path=target,
        ) from error
    return target


def refuse_corpus(path: Path, *, overwrite: bool, go_on: bool = False) -> None:
    """Refuse a folder that exists, unless it is a rebuilt corpus to be replaced, or one to be continued.

    Parameters
    ----------
    path : Path
        The folder.
    overwrite : bool
        Begin anew: what is there is deleted, fetched pages included.
    go_on : bool, default False
        Take a folder in which fetching began, and leave what is there.

    Raises
    ------
    OutputError
        Saying what stands there and what to do.
    """
    if not path.exists() and not path.is_symlink():
        return
    begun = (path / LOG).is_file()
    if begun and go_on and not overwrite:
        return
    if not overwrite:
        hint = (
            "add --fetch to go on with it, or --overwrite"
            if begun
            else "choose another folder, or add --overwrite"
        )
        raise OutputError("this already exists", hint=hint, path=path)
    if path.is_symlink() or not (begun or (path / REPORT).is_file()):
        raise OutputError(
            "this is not a rebuilt corpus, so it is not overwritten", hint="choose another folder", path=path
        )
    shutil.rmtree(path)


def _json_lines(articles: pd.DataFrame) -> bytes:
    frame = articles.drop(columns=[c for c in _TOLD_BY_READERS if c in articles.columns])
    if "published" in articles.columns:
        day = (
            articles["published_precision"].eq("day") if "published_precision" in articles.columns else False
        )
        whole = articles["published"].dt.strftime("%Y-%m-%dT%H:%M:%SZ")
        minute = articles["published"].dt.strftime("%Y-%m-%dT%H:%MZ")
        to_minute = (
            articles["published_precision"].eq("minute")
            if "published_precision" in articles.columns
            else False
        )
        whole = whole.mask(pd.Series(to_minute, index=whole.index), minute)
        frame["published"] = whole.mask(pd.Series(day, index=whole.index), whole.str[:10])
    names = list(map(str, frame.columns))
    rows = frame.astype(object).itertuples(index=False, name=None)
    kept = ({n: v for n, v in zip(names, row, strict=True) if not _unknown(v)} for row in rows)
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in kept).encode(
        "utf-8", "backslashreplace"
    )


def _unknown(value: Any) -> bool:
    return bool(pd.api.types.is_scalar(value) and pd.isna(value))


def _toml(info: Mapping[str, Any]) -> bytes:
    """Write what the package says of the corpus; text of JSON is text of TOML."""
    lines = ["# Rebuilt from a package without texts; hydration.csv says which texts are the ones measured."]
    lines += [
        f"{k} = {_quoted(info[k])}" for k in ("name", "description", "licence", "sampling") if _text(info, k)
    ]
    lines.append(f'articles = "{_ARTICLES}"')
    outlets = info.get("outlets")
    for key, outlet in outlets.items() if isinstance(outlets, dict) else ():
        if isinstance(outlet, dict):
            lines += ["", f"[outlets.{_quoted(str(key))}]"]
            lines += [
                f"{k} = {_quoted(str(v))}" for k, v in outlet.items() if k.isidentifier() and k.isascii()
            ]
    return ("\n".join(lines) + "\n").encode("utf-8", "backslashreplace")


def _text(info: Mapping[str, Any], key: str) -> bool:
    return isinstance(info.get(key), str)


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
