"""``datapackage.json``: what is in a package, column by column (Frictionless Data Package 2.0)."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from samestory import tables
from samestory.sharing.fingerprint import FINGERPRINT, NORMALISATION

__all__ = ["ARTICLES", "DESCRIPTOR", "FORMAT", "csv_bytes", "descriptor", "resource"]

#: Version of the form of the package.
FORMAT = 1
#: What stands in a package: its description, and the list of articles.
DESCRIPTOR, ARTICLES = "datapackage.json", "articles.csv"
_PROFILES = "https://datapackage.org/profiles/2.0"
_TYPES = {
    "text": "string",
    "number": "number",
    "time": "datetime",
    "truth": "boolean",
    "spans": "array",
    "any": "any",
}


def csv_bytes(frame: pd.DataFrame) -> bytes:
    """Write a table as CSV: UTF-8, line feeds, every digit, times in UTC as ISO 8601, lists as JSON."""
    out = frame.copy()
    for name in out.columns:
        if pd.api.types.is_datetime64_any_dtype(out[name]):
            out[name] = out[name].dt.strftime("%Y-%m-%dT%H:%M:%SZ")
        elif pd.api.types.is_bool_dtype(out[name]):
            out[name] = out[name].map({True: "true", False: "false"})
        elif pd.api.types.is_float_dtype(out[name]) and np.isinf(out[name].to_numpy(dtype=float)).any():
            out[name] = out[name].astype(object).replace({np.inf: "INF", -np.inf: "-INF"})
        elif out[name].dtype == object:
            cells = [json.dumps(v, default=int) if isinstance(v, list | tuple) else v for v in out[name]]
            out[name] = pd.Series(cells, index=out.index, dtype=object)
    return out.to_csv(index=False, lineterminator="\n").encode("utf-8", "backslashreplace")


def resource(
    name: str,
    frame: pd.DataFrame,
    content: bytes,
    *,
    path: str,
    table: tables.Table | None,
    withheld: Mapping[str, Any] | None = None,
) -> dict[str, Any]:
    """Describe one table of a package.

    Parameters
    ----------
    name : str
        What it is called.
    frame : DataFrame
        The table as it was written.
    content : bytes
        The file.
    path : str
        Where it stands in the package.
    table : Table or None
        Its declaration.
    withheld : mapping, optional
        What was left out of it (:func:`samestory.sharing.withholding.without_text`).

    Returns
    -------
    dict
        A Data Resource with its Table Schema.
    """
    known = table.columns if table else {}
    fields = []
    for column in map(str, frame.columns):
        declared = known.get(column)
        kind = _TYPES[declared.kind] if declared else _kind(frame[column])
        field: dict[str, Any] = {"name": column, "type": kind}
        if declared:
            field["description"] = declared.meaning
            # An empty text is a missing value in CSV.
            if not declared.nullable and not (frame[column].isna() | frame[column].astype(str).eq("")).any():
                field["constraints"] = {"required": True}
        fields.append(field)
    schema: dict[str, Any] = {"fields": fields, "missingValues": [""]}
    if table and set(table.key) <= set(frame.columns) and not frame.duplicated(list(table.key)).any():
        schema["primaryKey"] = list(table.key)
    if name != "articles" and "article_id" in frame.columns:
        reference = {"resource": "articles", "fields": ["article_id"]}
        schema["foreignKeys"] = [{"fields": ["article_id"], "reference": reference}]
    return {
        "$schema": f"{_PROFILES}/dataresource.json",
        "name": name,
        "path": path,
        "type": "table",
        **({"description": f"One row per {table.row}."} if table else {}),
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": len(content),
        "hash": f"sha256:{hashlib.sha256(content).hexdigest()}",
        "schema": schema,
        **({"withheld": dict(withheld)} if withheld and any(withheld.values()) else {}),
    }


def _kind(values: pd.Series) -> str:
    if pd.api.types.is_bool_dtype(values):
        return "boolean"
    if pd.api.types.is_datetime64_any_dtype(values):
        return "datetime"
    return "number" if pd.api.types.is_numeric_dtype(values) else "string"


def descriptor(
    resources: list[dict[str, Any]], info: Mapping[str, Any], *, version: str, titles: bool
) -> dict[str, Any]:
    """Describe the package.

    Parameters
    ----------
    resources : list of dict
        As :func:`resource` gives them.
    info : mapping
        What ``corpus.toml`` says of the corpus.
    version : str
        Version of samestory.
    titles : bool
        Whether headlines are in it.

    Returns
    -------
    dict
        The content of ``datapackage.json``; what no standard names stands under ``samestory``.
    """
    title = str(info.get("name") or "Corpus without texts")
    slug = re.sub(r"[^a-z0-9]+", "-", title.lower()).strip("-")
    about = str(info.get("description") or "").rstrip(".")
    corpus = {k: info[k] for k in ("name", "description", "licence", "sampling", "outlets") if info.get(k)}
    return {
        "$schema": f"{_PROFILES}/datapackage.json",
        "name": slug or "corpus",
        "title": title,
        "description": f"{about}. "
        * bool(about)
        + "The articles by address, hash and fingerprint, and what was measured on them; no text of theirs. "
        "Whoever holds the texts rebuilds the corpus with: samestory hydrate.",
        "resources": resources,
        "samestory": {
            "format": FORMAT,
            "version": version,
            "titles": titles,
            "normalisation": NORMALISATION,
            "fingerprint": FINGERPRINT,
            "corpus": corpus,
        },
    }
