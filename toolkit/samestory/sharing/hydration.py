"""Put texts back into the list of a package, and say of each whether it is the text that was measured.

Every text at hand is a candidate for every article of the list; a hash decides first, then the likeness of
the fingerprints. One text may serve two articles: a reprint stands in two outlets.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from samestory import tables
from samestory.errors import OptionError
from samestory.sharing.addresses import same_address
from samestory.sharing.fingerprint import fingerprint, likeness, normalised, sha256, shingles, unpacked
from samestory.sharing.opening import Package

__all__ = ["NEAR", "STATUSES", "hydrate"]

#: From this likeness on, two texts are one text with small differences.
NEAR = 0.8
#: Texts found by words alone, or by an id that another corpus may use as well, are at least this like.
FOUND = 0.5
STATUSES = ("exact", "near", "unverified", "changed", "missing")
_BAND = 4  # numbers of a fingerprint that must agree at once, for two texts to be looked at: at 0.5, 98 %


@dataclass(frozen=True, eq=False)
class _Held:
    """The texts at hand, and where to look for one."""

    ids: list[str]
    texts: list[str]
    titles: list[Any]
    prints: list[NDArray[np.uint16] | None]
    sizes: list[int]
    by: Mapping[str, Mapping[Any, list[int]]]


def hydrate(
    package: Package,
    texts: pd.DataFrame,
    *,
    accept: Iterable[str] = ("exact", "near", "unverified"),
    notes: Mapping[str, str] | None = None,
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Rebuild the articles of a package from texts at hand, and verify each.

    Parameters
    ----------
    package : Package
        As :func:`samestory.read_package` gives it.
    texts : DataFrame
        Articles table of any corpus; ids and outlets need not be those of the package.
    accept : iterable of str, default ("exact", "near", "unverified")
        Which texts go into the rebuilt articles. An article without one stays, with an empty text.
    notes : mapping of str to str, optional
        What there is to say of an article that is missing, by ``article_id``.

    Returns
    -------
    tuple of DataFrame
        The articles table, in the order of the package, and the hydration table
        (``samestory.tables.HYDRATION``).

    Raises
    ------
    OptionError
        ``accept`` names a status that does not exist.
    TableError
        ``texts`` is not an articles table.

    Notes
    -----
    *Exact*: the SHA-256 of the text is that of the package; offsets of derived tables hold. *Near*: the hash
    of the normalised text is the same, or the fingerprints agree to 0.8. *Changed*: a text was found at the
    address, by the id or by its words, and it is another. *Missing*: none was found. *Unverified*: the
    package has no hash, since the corpus had an address only (a list from Media Cloud), and the text is the
    one at that address. A text found by its id
    or its words alone counts from a likeness of 0.5 on.

    Examples
    --------
    >>> from tempfile import TemporaryDirectory
    >>> from samestory.sharing import dehydrate, read_package
    >>> articles = pd.DataFrame({"article_id": ["a"], "outlet": ["Herald"], "text": ["Rain fell."]})
    >>> with TemporaryDirectory() as folder:
    ...     package = read_package(dehydrate(articles, f"{folder}/package"))
    >>> rebuilt, report = hydrate(package, articles.assign(article_id="mine"))
    >>> report[["article_id", "status", "verified_by", "found_id"]]
      article_id status verified_by found_id
    0          a  exact    raw text     mine
    """
    tables.check(texts, tables.ARTICLES)
    taken = tuple(accept)
    if unknown := [s for s in taken if s not in STATUSES[:-1]]:
        raise OptionError(f"accept= takes {', '.join(STATUSES[:-1])}, not '{unknown[0]}'")
    held = _held(texts[texts["text"].str.strip() != ""])
    columns = ("article_id", "url", "sha256_raw", "sha256_normalised", "fingerprint", "n_shingles")
    asked = package.articles
    found = [
        _find(dict(zip(columns, row, strict=True)), held)
        for row in zip(*(asked[c] for c in columns), strict=True)
    ]
    bodies = [held.texts[f["at"]] if f["status"] in taken else "" for f in found]
    report = _report(asked, found, held, taken, notes or {})
    made = ("archive_url", "sha256_raw", "sha256_normalised", "fingerprint", "n_shingles")
    articles = asked.drop(columns=[*made]).assign(
        text=pd.Series(bodies, index=asked.index, dtype="str"), flags=""
    )
    articles = tables.add_flag(articles, articles["text"] == "", "no_text")
    if "title" not in articles.columns:  # the package may be without; the texts at hand have theirs
        heads = [held.titles[f["at"]] if f["status"] in taken else None for f in found]
        articles["title"] = pd.Series(heads, index=asked.index, dtype="str")
    return tables.check(articles, tables.ARTICLES), report


def _report(
    asked: pd.DataFrame,
    found: list[dict[str, Any]],
    held: _Held,
    taken: tuple[str, ...],
    said: Mapping[str, str],
) -> pd.DataFrame:
    """Tell of each article what was found, and whether it went into the corpus."""
    remarks = [
        [f.get("note"), said.get(name) if f["status"] in ("changed", "missing") else None]
        for name, f in zip(asked["article_id"], found, strict=True)
    ]
    told = ("status", "verified_by", "likeness", "kept", "matched_by")
    columns: dict[str, Any] = {name: asked[name] for name in ("article_id", "outlet", "url")}
    columns |= {name: [f.get(name) for f in found] for name in told}
    columns["found_id"] = [held.ids[f["at"]] if "at" in f else None for f in found]
    columns["rebuilt"] = [f["status"] in taken for f in found]
    columns["note"] = ["; ".join(filter(None, r)) or None for r in remarks]
    report = pd.DataFrame(columns, index=asked.index)
    texts = dict.fromkeys(("status", "verified_by", "matched_by", "found_id", "note"), "str")
    return tables.check(report.astype(texts | {"likeness": "float64", "kept": "float64"}), tables.HYDRATION)


def _held(texts: pd.DataFrame) -> _Held:
    by: dict[str, dict[Any, list[int]]] = {
        k: defaultdict(list) for k in ("sha256_raw", "sha256_normalised", "url", "id", "band")
    }
    prints: list[NDArray[np.uint16] | None] = []
    sizes = []
    urls = texts["url"] if "url" in texts.columns else [None] * len(texts)
    for i, (name, text, url) in enumerate(zip(texts["article_id"], texts["text"], urls, strict=True)):
        by["sha256_raw"][sha256(text)].append(i)
        by["sha256_normalised"][sha256(normalised(text))].append(i)
        by["id"][name].append(i)
        if isinstance(url, str):
            by["url"][same_address(url)].append(i)
        numbers = shingles(text)
        prints.append(fingerprint(numbers) if len(numbers) else None)
        sizes.append(len(numbers))
        for band in _bands(prints[-1]):
            by["band"][band].append(i)
    titles = texts["title"].tolist() if "title" in texts.columns else [None] * len(texts)
    return _Held(texts["article_id"].tolist(), texts["text"].tolist(), titles, prints, sizes, by)


def _bands(numbers: NDArray[np.uint16] | None) -> list[tuple[int, bytes]]:
    if numbers is None:
        return []
    return [(i, numbers[i : i + _BAND].tobytes()) for i in range(0, len(numbers), _BAND)]


def _find(asked: Mapping[str, Any], held: _Held) -> dict[str, Any]:
    """Find the text of one article: by hash, else the likest of those that address, id or words point to."""
    if not isinstance(asked["sha256_raw"], str):
        return _unverified(asked, held)
    own = unpacked(asked["fingerprint"]) if isinstance(asked["fingerprint"], str) else None
    for column, word in (("sha256_raw", "raw text"), ("sha256_normalised", "normalised text")):
        same = held.by[column].get(asked[column], [])
        if same:
            at = min(same, key=lambda i: (held.ids[i] != asked["article_id"], held.ids[i]))
            status = "exact" if column == "sha256_raw" else "near"
            return {
                "status": status,
                "verified_by": word,
                "likeness": 1.0,
                "kept": 1.0,
                "matched_by": "hash",
                "at": at,
            }
    ways: dict[int, str] = {}
    if own is not None:
        ways |= {i: "fingerprint" for band in _bands(own) for i in held.by["band"].get(band, ())}
    ways |= dict.fromkeys(held.by["id"].get(asked["article_id"], []), "id")
    if isinstance(asked["url"], str):
        ways |= dict.fromkeys(held.by["url"].get(same_address(asked["url"]), []), "url")
    scored = [(_alike(own, held.prints[i]), way == "url", held.ids[i], i, way) for i, way in ways.items()]
    good = [s for s in scored if s[1] or s[0] >= FOUND]
    if not good:
        return {"status": "missing"}
    # One text under two addresses is still found; of other texts, the one at the address is the answer.
    score, _, _, at, way = min(good, key=lambda s: (s[0] < NEAR, not s[1], -s[0], s[2]))
    both = score * (asked["n_shingles"] + held.sizes[at]) / (1 + score)
    return {
        "status": "near" if score >= NEAR else "changed",
        "verified_by": "fingerprint",
        "likeness": score,
        "kept": min(1.0, both / asked["n_shingles"]) if asked["n_shingles"] else None,
        "matched_by": way,
        "at": at,
    }


def _unverified(asked: Mapping[str, Any], held: _Held) -> dict[str, Any]:
    """Find what stands at the address of an article that the package knows by its address only."""
    note = "the article had no text in the corpus either"
    there = held.by["url"].get(same_address(asked["url"]), []) if isinstance(asked["url"], str) else []
    if not there:
        return {"status": "missing", "note": note}
    at = min(there, key=lambda i: held.ids[i])
    return {"status": "unverified", "matched_by": "url", "at": at, "note": note}


def _alike(one: NDArray[np.uint16] | None, other: NDArray[np.uint16] | None) -> float:
    return 0.0 if one is None or other is None else likeness(one, other)
