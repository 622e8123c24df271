"""``corpus.toml``: what a corpus says about itself."""

from __future__ import annotations

import re
import tomllib
from datetime import date
from pathlib import Path
from typing import Any

from samestory.errors import CorpusError
from samestory.readers.dates import DATE_ORDERS

__all__ = ["read_corpus_info"]

_SAMPLING = ("all", "query", "story", "unknown")
_LINE = re.compile(r"at line (\d+)")


def read_corpus_info(path: str | Path) -> dict[str, Any]:
    """Read the ``corpus.toml`` of a corpus folder.

    Parameters
    ----------
    path : str or Path
        The corpus folder, or its ``corpus.toml``.

    Returns
    -------
    dict
        ``name``, ``licence``, ``description``, ``articles`` (the sub-folder that holds the articles),
        ``sampling`` (how the articles were drawn: all, query, story or unknown), ``date_order`` (dmy or mdy)
        and ``outlets`` (folder name -> ``name``, ``stance``, ``stance_source``, ``stance_date``), as far as
        they are given; empty when there is no such file. A ``stance_date`` is text in ISO 8601.

    Raises
    ------
    CorpusError
        The file is not TOML, or holds something else under these keys.

    Examples
    --------
    >>> read_corpus_info("no/such/folder")
    {}
    """
    file = Path(path)
    if file.name != "corpus.toml":
        file = file / "corpus.toml"
    if not file.is_file():
        return {}
    try:
        info = tomllib.loads(file.read_text(encoding="utf-8-sig"))
    except UnicodeDecodeError as error:
        raise CorpusError("corpus.toml should be UTF-8 text", hint="save it as UTF-8", path=file) from error
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        found = _LINE.search(str(error))
        raise CorpusError(
            f"this is not TOML: {error}",
            hint="put text values in quotation marks, one key = value a line",
            path=file,
            line=int(found[1]) if found else None,
        ) from error
    _check(info, file)
    return info


def _check(info: dict[str, Any], file: Path) -> None:
    """Refuse values of the wrong kind where the reader relies on them; dates become text."""
    if info.get("sampling", "unknown") not in _SAMPLING:
        raise CorpusError(
            f"'sampling' should be one of {', '.join(_SAMPLING)}, found {info['sampling']!r}",
            hint="all: everything the outlets published; query: what a search found; story: picked by story",
            path=file,
        )
    if info.get("date_order", "dmy") not in DATE_ORDERS:
        raise CorpusError(
            f"'date_order' should be dmy or mdy, found {info['date_order']!r}",
            hint="dmy reads 03/04/2024 as 3 April, mdy as March 4",
            path=file,
        )
    if not isinstance(info.get("articles", "."), str):
        raise CorpusError(f"'articles' should name a folder, found {info['articles']!r}", path=file)
    outlets = info.get("outlets", {})
    if not isinstance(outlets, dict) or not all(isinstance(o, dict) for o in outlets.values()):
        raise CorpusError(
            "'outlets' should hold one table per outlet", hint="write [outlets.folder-name]", path=file
        )
    for folder, outlet in outlets.items():
        if isinstance(outlet.get("stance_date"), date):
            outlet["stance_date"] = outlet["stance_date"].isoformat()
        for key in ("name", "stance", "stance_source", "stance_date"):
            if not isinstance(outlet.get(key, ""), str):
                raise CorpusError(f"outlets.{folder}.{key} should be text, found {outlet[key]!r}", path=file)
