"""Fetch the pages of a package: opt-in, polite, and to be continued where it stopped."""

from __future__ import annotations

import hashlib
import json
import re
from collections import deque
from collections.abc import Callable, Collection
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pandas as pd

from samestory import tables
from samestory.errors import OptionError, OutputError
from samestory.sharing.addresses import archive_page
from samestory.sharing.politeness import Visitor
from samestory.sharing.rebuilt import LOG
from samestory.sharing.web import Answer, Limits, Unfetched, need_urllib3

__all__ = ["PAGES_FOLDER", "fetch_pages", "read_log", "user_agent"]

#: Where the pages are. The log has one line of JSON for each page asked for.
PAGES_FOLDER = "pages"
_CHARSET = re.compile(r"charset\s*=\s*[\"']?([A-Za-z0-9_:.-]{1,40})", re.IGNORECASE)
_COLUMNS = tuple(tables.FETCHES.columns)


def user_agent(contact: str) -> str:
    """Say who asks: the program, what for, and where to complain.

    Parameters
    ----------
    contact : str
        Mail or web address at which a site can reach who fetches.

    Raises
    ------
    OptionError
        It is neither, or holds characters that cannot stand in a request.

    Examples
    --------
    >>> user_agent("lab@uni.example").split("; ", 1)[1]
    'lab@uni.example)'
    """
    mail = re.fullmatch(r"[!-~]+@[!-~]+\.[!-~]+", contact)
    page = re.fullmatch(r"https?://[!-~]+\.[!-~]+", contact)
    if not mail and not page:
        raise OptionError(
            f"a mail or web address was needed at which a site can reach you, found '{contact[:60]}'",
            hint="such as --contact name@university.example",
        )
    return f"samestory/{version('samestory')} (pages of a news corpus, for research; {contact})"


def fetch_pages(
    listed: pd.DataFrame,
    folder: str | Path,
    *,
    contact: str,
    archive: bool = False,
    delay: float = 5.0,
    limits: Limits | None = None,
    allow_private: Collection[str] = (),
    progress: Callable[[str], None] | None = None,
) -> pd.DataFrame:
    """Fetch the pages of a list of articles, one after the other.

    Parameters
    ----------
    listed : DataFrame
        Articles of a package, with ``article_id``, ``url`` and ``archive_url``.
    folder : str or Path
        Where pages go (``pages/``) and the log (``fetched.jsonl``). What is there already is not asked for
        again; what failed is.
    contact : str
        Mail or web address at which a site can reach you; it stands in every request.
    archive : bool, default False
        Ask the Internet Archive for its captures, instead of the outlets for their pages.
    delay : float, default 5
        Seconds between two requests to one host; a longer ``Crawl-delay`` of its robots.txt is kept to.
    limits : Limits, optional
        What one page may cost: 30 seconds, 10,000,000 bytes, 5 redirects.
    allow_private : collection of str
        IP addresses allowed although they are not public, such as that of a test server.
    progress : callable, optional
        Told each address before it is asked for.

    Returns
    -------
    DataFrame
        One row per article (``samestory.tables.FETCHES``), in the order of the list.

    Raises
    ------
    MissingExtraError
        Without the extra ``fetch``.
    OptionError
        ``contact`` is no address, or ``delay`` is negative.
    OutputError
        The folder cannot be written.
    """
    need_urllib3()
    if not delay >= 0:
        raise OptionError(f"the delay should be 0 seconds or more, found {delay}")
    visitor = Visitor(user_agent(contact), limits or Limits(), delay, allow_private)
    home, source = Path(folder), "archive" if archive else "live"
    before = {(r["article_id"], r["source"]): r for r in read_log(home)}
    urls = listed["archive_url"].map(archive_page, na_action="ignore") if archive else listed["url"]
    rows: dict[str, dict[str, Any]] = {}
    queue = []
    for name, url in zip(listed["article_id"], urls, strict=True):
        blank = dict.fromkeys(_COLUMNS) | {"article_id": name, "source": source}
        old = before.get((name, source))
        if not isinstance(url, str) or not url.strip():
            rows[name] = blank | {"status": "no_address", "note": "the package has no address of it"}
        elif old and _is_there(old, home, url):
            rows[name] = old
        else:
            queue.append((blank | {"url": url}, url))
    for row, url in _hosts_in_turn(queue):
        if progress:
            progress(url)
        same = next((r for r in rows.values() if _is_there(r, home, url)), None)
        found = {k: same[k] for k in _COLUMNS if k != "article_id"} if same else _fetched(visitor, url, home)
        rows[row["article_id"]] = row | found
        _append(home, rows[row["article_id"]])
    told = pd.DataFrame([rows[name] for name in listed["article_id"]], columns=[*_COLUMNS])
    texts = [c for c in _COLUMNS if c != "http_status"]
    return tables.check(told.astype(dict.fromkeys(texts, "str") | {"http_status": "Float64"}), tables.FETCHES)


def _hosts_in_turn(queue: list[tuple[dict[str, Any], str]]) -> list[tuple[dict[str, Any], str]]:
    """Take one address of each host in turn: while one host has its pause, another is asked."""
    hosts: dict[str, deque[tuple[dict[str, Any], str]]] = {}
    for row, url in queue:
        hosts.setdefault(_host(url), deque()).append((row, url))
    out = []
    while hosts:
        out += [waiting.popleft() for waiting in hosts.values()]
        hosts = {host: waiting for host, waiting in hosts.items() if waiting}
    return out


def _host(url: str) -> str:
    try:
        return urlsplit(url).netloc.lower()
    except ValueError:
        return ""


def _fetched(visitor: Visitor, url: str, home: Path) -> dict[str, Any]:
    try:
        answer = visitor.page(url.strip())
    except Unfetched as problem:
        return {
            "status": problem.status,
            "http_status": problem.http_status,
            "final_url": problem.url or None,
            "note": problem.note,
        }
    page = _with_encoding(answer)
    name = f"{PAGES_FOLDER}/{hashlib.sha256(url.encode('utf-8', 'replace')).hexdigest()[:24]}.html"
    _write(home / name, page)
    return {
        "status": "fetched",
        "http_status": answer.status,
        "final_url": answer.url,
        "file": name,
        "sha256_page": hashlib.sha256(page).hexdigest(),
        "fetched": datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
    }


def _with_encoding(answer: Answer) -> bytes:
    """Keep what only the header said: a page in another encoding than UTF-8 is written in UTF-8, marked."""
    told = _CHARSET.search(answer.content_type)
    if told is None or told[1].lower() in ("utf-8", "utf8"):
        return answer.body
    name = "windows-1252" if told[1].lower() in ("iso-8859-1", "latin1", "us-ascii") else told[1]
    try:
        return answer.body.decode(name).encode("utf-8-sig")
    except (LookupError, ValueError):
        return answer.body


def read_log(home: Path) -> list[dict[str, Any]]:
    """Read what was fetched so far; a line that was cut off when a run was stopped is left out."""
    if not (home / LOG).is_file():
        return []
    rows = []
    for line in (home / LOG).read_text(encoding="utf-8", errors="replace").splitlines():
        try:
            row = json.loads(line)
        except ValueError:
            continue
        if isinstance(row, dict) and {"article_id", "source", "url", "status"} <= row.keys():
            rows.append({c: row.get(c) for c in _COLUMNS})
    return rows


def _is_there(row: dict[str, Any], home: Path, url: str) -> bool:
    """Say whether a page was fetched, and is still what was fetched."""
    if row["status"] != "fetched" or row["url"] != url or not isinstance(row["file"], str):
        return False
    file = home / PAGES_FOLDER / Path(row["file"]).name
    return file.is_file() and hashlib.sha256(file.read_bytes()).hexdigest() == row["sha256_page"]


def _append(home: Path, row: dict[str, Any]) -> None:
    try:
        home.mkdir(parents=True, exist_ok=True)
        with (home / LOG).open("a", encoding="utf-8", newline="\n") as log:
            log.write(json.dumps(row, ensure_ascii=False) + "\n")
    except OSError as error:
        raise OutputError(
            f"the log cannot be written ({error.strerror or error})", path=home / LOG
        ) from error


def _write(file: Path, content: bytes) -> None:
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        partial = file.with_name(f".{file.name}.partial")
        partial.write_bytes(content)
        partial.replace(file)
    except OSError as error:
        raise OutputError(f"the page cannot be written ({error.strerror or error})", path=file) from error
