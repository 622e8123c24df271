"""Rebuild a corpus from a package: from texts at hand, then the web, then the Internet Archive."""

from __future__ import annotations

from collections.abc import Callable, Collection
from pathlib import Path

import pandas as pd

from samestory.errors import CorpusError, OptionError
from samestory.readers import read_corpus
from samestory.readers.html import need_trafilatura
from samestory.sharing import Package, hydrate, read_package, write_corpus
from samestory.sharing.fetching import PAGES_FOLDER, fetch_pages, user_agent
from samestory.sharing.rebuilt import refuse_corpus
from samestory.sharing.web import Limits, need_urllib3

__all__ = ["rebuild_corpus"]

_COLUMNS = ("article_id", "outlet", "text", "url", "title")
_NOTHING = pd.DataFrame({c: pd.Series([], dtype="str") for c in _COLUMNS})


def rebuild_corpus(
    package: str | Path,
    out: str | Path,
    *,
    texts: pd.DataFrame | None = None,
    fetch: bool = False,
    archive: bool = False,
    contact: str | None = None,
    delay: float = 5.0,
    limits: Limits | None = None,
    accept: Collection[str] = ("exact", "near", "unverified"),
    overwrite: bool = False,
    allow_private: Collection[str] = (),
    progress: Callable[[str], None] | None = None,
) -> pd.DataFrame:
    """Rebuild the corpus of a package, verify every text, and write it.

    Parameters
    ----------
    package : str or Path
        Folder that :func:`samestory.dehydrate` wrote.
    out : str or Path
        Folder of the corpus to write. One in which fetching began is continued.
    texts : DataFrame, optional
        Articles at hand, of any corpus.
    fetch : bool, default False
        Ask the outlets for the pages of what is not at hand; needs the extras ``fetch`` and ``documents``.
    archive : bool, default False
        Ask the Internet Archive for what is neither at hand nor, if it was asked for, at its address.
    contact : str, optional
        Mail or web address at which a site can reach you; needed to fetch.
    delay : float, default 5
        Seconds between two requests to one host.
    limits : Limits, optional
        What one page may cost.
    accept : collection of str, default ("exact", "near", "unverified")
        Which texts go into the corpus; the others are told in the table only.
    overwrite : bool, default False
        Begin anew where there is a rebuilt corpus; what was fetched for it is deleted.
    allow_private : collection of str
        IP addresses allowed although they are not public, such as that of a test server.
    progress : callable, optional
        Told each address before it is asked for.

    Returns
    -------
    DataFrame
        The hydration table, also written as ``hydration.csv``.

    Raises
    ------
    CorpusError
        The package cannot be read.
    OptionError
        There are neither texts nor leave to fetch, or no contact.
    OutputError
        ``out`` exists, or cannot be written.
    """
    if texts is None and not (fetch or archive):
        raise OptionError("texts were needed to rebuild a corpus from", hint="add --from FOLDER or --fetch")
    if fetch or archive:
        if contact is None:
            raise OptionError("fetching needs a contact", hint="add --contact name@university.example")
        need_urllib3()
        need_trafilatura()
        user_agent(contact)
    shared, target = read_package(package), Path(out)
    refuse_corpus(target, overwrite=overwrite, go_on=fetch or archive)
    held = _NOTHING if texts is None else texts.reindex(columns=[*_COLUMNS])
    articles, report = hydrate(shared, held, accept=accept)
    notes: dict[str, str] = {}
    for asked, from_archive in ((fetch, False), (archive, True)):
        left = shared.articles[report["status"].isin(["changed", "missing"])]
        if not asked or left.empty:
            continue
        fetched = fetch_pages(
            left,
            target,
            contact=contact or "",
            archive=from_archive,
            delay=delay,
            limits=limits,
            allow_private=allow_private,
            progress=progress,
        )
        for name, status, note in zip(fetched["article_id"], fetched["status"], fetched["note"], strict=True):
            if status != "fetched":
                told = f"{'archive' if from_archive else 'live'}: {status}, {note}"
                notes[name] = "; ".join(filter(None, [notes.get(name), told]))
        held = pd.concat([held, _pages(shared, target, fetched)], ignore_index=True)
        held["article_id"] = _distinct(held["article_id"])
        articles, report = hydrate(shared, held, accept=accept, notes=notes)
    write_corpus(articles, report, target, info=shared.info)
    return report


def _pages(shared: Package, home: Path, fetched: pd.DataFrame) -> pd.DataFrame:
    """Read the texts of fetched pages, each under the address of its article."""
    there = fetched[fetched["status"] == "fetched"]
    if there.empty:
        return _NOTHING
    try:
        pages = read_corpus(home / PAGES_FOLDER)
    except CorpusError:  # none of them can be read: all are missing
        return _NOTHING
    of_page = {Path(f).name: i for f, i in zip(there["file"], there["article_id"], strict=True)}
    addresses = shared.articles.set_index("article_id")["url"]
    pages = pages[pages["file"].isin(list(of_page))]
    return pages.assign(url=pages["file"].map(of_page).map(addresses).astype("str"))[[*_COLUMNS]]


def _distinct(names: pd.Series[str]) -> list[str]:
    """Keep ids apart that two sources share."""
    seen: dict[str, int] = {}
    out = []
    for name in names:
        seen[name] = seen.get(name, 0) + 1
        out.append(name if seen[name] == 1 else f"{name}#{seen[name]}")
    return out
