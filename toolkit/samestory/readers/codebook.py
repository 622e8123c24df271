"""Codebooks: which terms speak of which topic. One function per format; CODEBOOKS says which there are."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Mapping
from importlib import resources
from io import StringIO
from pathlib import Path
from types import MappingProxyType

import pandas as pd

from samestory import tables
from samestory.errors import CorpusError, OptionError
from samestory.readers.dictionaries import Row, dic_rows, nested_rows, yaml_document
from samestory.text import term_pieces

__all__ = ["CODEBOOKS", "read_codebook"]

_SEPARATOR = re.compile(r"[,;:=\"'\t\[\]]")  # what stands between the terms of any of the formats
_TRUE = frozenset({"1", "true", "yes", "x"})


def read_codebook(path: str | Path | None = None, *, licence: str | None = None) -> pd.DataFrame:
    """Read a codebook of topics.

    Parameters
    ----------
    path : str or Path, optional
        By default the starter codebook of political news that comes with the toolkit (CC0). Else a file in
        UTF-8, by its ending:

        - ``.csv``: columns ``topic``, ``term`` and, where wanted, ``exclude`` (yes, no); lines that begin
          with ``#`` are comments, one of them names the licence (``# Licence: CC0-1.0``);
        - ``.toml``: ``licence = "…"`` and one table ``[topics.NAME]`` per topic with the lists ``terms``
          and, where wanted, ``exclude``; ``.yaml``, ``.yml``: the same keys;
        - ``.yaml``, ``.yml`` without the key ``topics``: a quanteda dictionary; nested names are joined by a
          dot;
        - ``.dic``: a LIWC dictionary.
    licence : str, optional
        Licence of a codebook whose file does not name one (a dictionary's format has no place for it).
        "own work" will do for your own.

    Returns
    -------
    DataFrame
        Codebook table: one row per topic and term, in the order of the file, without repeated rows, with the
        columns ``topic``, ``term``, ``exclude`` and ``licence``.

    Raises
    ------
    CorpusError
        The file cannot be read, names no licence, or has a row without topic or term, or with a term that
        matches every word or is written as a regular expression.
    MissingExtraError
        YAML without the package pyyaml.

    Examples
    --------
    >>> read_codebook()["topic"].nunique()
    10
    """
    file = Path(str(resources.files("samestory"))) / "lexicons" / "topics.csv" if path is None else Path(path)
    parse = CODEBOOKS.get(file.suffix.lower())
    if parse is None:
        raise CorpusError(
            f"a codebook ends in {', '.join(CODEBOOKS)}; found '{file.suffix}'", path=file, hint="convert it"
        )
    try:
        content = file.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise CorpusError(f"the codebook cannot be read: {error}", path=file) from error
    rows, named = parse(content, file)
    if not rows:
        raise CorpusError("a codebook needs at least one term, none was found", path=file)
    if not (licence or named or "").strip():
        raise CorpusError(
            "a codebook names its licence, none was found",
            path=file,
            hint="add the field licence (in CSV a line '# Licence: …'; 'own work' will do) or give licence=…",
        )
    _check_terms(rows, content, file)
    frame = pd.DataFrame(rows, columns=["topic", "term", "exclude"]).astype({"topic": "str", "term": "str"})
    frame = frame.assign(licence=str(licence or named).strip()).drop_duplicates(["topic", "term"])
    return tables.check(frame.reset_index(drop=True), tables.CODEBOOK)


def _check_terms(rows: list[Row], content: str, file: Path) -> None:
    """Refuse a term that cannot be used where it stands, not when it is first looked for."""
    for topic, term, _ in rows:
        try:
            term_pieces(term)
        except OptionError as error:
            numbered = enumerate(content.splitlines(), 1)
            lines = (n for n, line in numbered if term in (p.strip(" -") for p in _SEPARATOR.split(line)))
            raise CorpusError(
                f"topic '{topic}': {error.problem}", path=file, line=next(lines, None), hint=error.hint
            ) from error


def _csv(content: str, file: Path) -> tuple[list[Row], str | None]:
    numbered = [(n, line) for n, line in enumerate(content.splitlines(), 1) if line.strip()]
    comments = [line for _, line in numbered if line.startswith("#")]
    numbered = [(n, line) for n, line in numbered if not line.startswith("#")]
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
    exclude = frame["exclude"].str.strip().str.lower() if "exclude" in frame.columns else ["no"] * len(frame)
    rows = [(a, b, e in _TRUE) for a, b, e in zip(frame["topic"], frame["term"], exclude, strict=True)]
    return rows, next((named for c in comments if (named := _after_licence(c))), None)


def _after_licence(comment: str) -> str | None:
    for word in ("licence:", "license:"):
        at = comment.lower().find(word)
        if at >= 0:
            return comment[at + len(word) :].strip(" .") or None
    return None


def _toml(content: str, file: Path) -> tuple[list[Row], str | None]:
    try:
        document = tomllib.loads(content)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise CorpusError(f"this is not TOML: {error}", path=file) from error
    return _topics(document, file)


def _yaml(content: str, file: Path) -> tuple[list[Row], str | None]:
    document = yaml_document(content, file)
    if "topics" in document:
        return _topics(document, file)
    named = document.pop("licence", None)
    return nested_rows(document, file), None if named is None else str(named)


def _topics(document: Mapping[str, object], file: Path) -> tuple[list[Row], str | None]:
    topics = document.get("topics")
    if not isinstance(topics, Mapping) or not all(isinstance(t, Mapping) for t in topics.values()):
        raise CorpusError(
            "a codebook has one table [topics.NAME] per topic", path=file, hint='terms = ["tax*", "budget"]'
        )
    rows: list[Row] = []
    for name, lists in topics.items():
        unknown = sorted(set(lists) - {"terms", "exclude"})
        if unknown:
            raise CorpusError(
                f"the topic '{name}' has the unknown key {unknown[0]}", path=file, hint="use terms, exclude"
            )
        rows += nested_rows({str(name): lists.get("terms", [])}, file)
        rows += [(t, w, True) for t, w, _ in nested_rows({str(name): lists.get("exclude", [])}, file)]
    named = document.get("licence")
    return rows, None if named is None else str(named)


def _dic(content: str, file: Path) -> tuple[list[Row], str | None]:
    return dic_rows(content, file), None


#: The formats by ending: a function from content and file to rows and the licence that the file names.
CODEBOOKS: Mapping[str, Callable[[str, Path], tuple[list[Row], str | None]]] = MappingProxyType(
    {".csv": _csv, ".toml": _toml, ".yaml": _yaml, ".yml": _yaml, ".dic": _dic}
)
