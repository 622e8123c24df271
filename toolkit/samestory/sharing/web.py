"""One request to the web, held in bounds: public addresses only, so many bytes, so many seconds.

The only door to the network. A name is resolved once, every address it has is checked, and the connection
goes to the checked address, so that a name that changes its address between check and connection (DNS
rebinding) gains nothing. Redirects are never followed here.
"""

from __future__ import annotations

import ipaddress
import socket
import ssl
import time
from collections.abc import Collection, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from http.client import HTTPException
from importlib.util import find_spec
from threading import Event, Thread
from typing import Any

from samestory.errors import MissingExtraError

__all__ = ["Answer", "Limits", "Unfetched", "get", "is_public", "need_urllib3"]

_CHUNK = 65_536
_NAT64 = ipaddress.ip_network("64:ff9b::/96")


@dataclass(frozen=True)
class Limits:
    """What one page may cost.

    Attributes
    ----------
    seconds : float
        From the connection to the last byte, each redirect anew.
    most_bytes : int
        Bytes of the page, unpacked.
    redirects : int
        Redirects followed.
    """

    seconds: float = 30.0
    most_bytes: int = 10_000_000
    redirects: int = 5


@dataclass(frozen=True)
class Answer:
    """What a server answered to one request."""

    url: str
    status: int
    content_type: str
    location: str
    body: bytes


class Unfetched(Exception):
    """Why a page was not fetched: a status of ``samestory.tables.FETCHES``, and what was found."""

    def __init__(self, status: str, note: str, *, http_status: int | None = None, url: str = "") -> None:
        self.status, self.note, self.http_status, self.url = status, note, http_status, url
        super().__init__(f"{status}: {note}")


def need_urllib3() -> None:
    """Say which extra is missing."""
    for package in ("urllib3", "protego"):
        if find_spec(package) is None:
            raise MissingExtraError.for_package(package, extra="fetch", purpose="fetching pages")


def is_public(address: str) -> bool:
    """Say whether an IP address is one of the public internet.

    Examples
    --------
    >>> [is_public(a) for a in ("93.184.215.14", "127.0.0.1", "10.1.2.3", "169.254.169.254", "100.64.0.1")]
    [True, False, False, False, False]
    >>> [is_public(a) for a in ("2606:2800:21f::1", "::1", "fe80::1%eth0", "::ffff:10.0.0.1")]
    [True, False, False, False]
    """
    found = ipaddress.ip_address(address.split("%")[0])
    if isinstance(found, ipaddress.IPv6Address):
        inner = found.ipv4_mapped or found.sixtofour
        if inner is None and found in _NAT64:
            inner = ipaddress.IPv4Address(int(found) & 0xFFFFFFFF)
        if inner is not None:
            return is_public(str(inner))
    return found.is_global and not found.is_multicast


def get(
    url: str,
    *,
    agent: str,
    limits: Limits,
    allow_private: Collection[str] = (),
    types: Collection[str] = (),
    cut: bool = False,
) -> Answer:
    """Ask for one page, without following redirects.

    Parameters
    ----------
    url : str
        Address, ``http`` or ``https``.
    agent : str
        What the request says of itself (User-Agent).
    limits : Limits
        Bytes and seconds.
    allow_private : collection of str
        IP addresses allowed although they are not public.
    types : collection of str
        Content types taken; any where there are none.
    cut : bool, default False
        Take the beginning of what is too large, instead of nothing.

    Returns
    -------
    Answer
        With an empty body where the answer is no page (a redirect, an error).

    Raises
    ------
    Unfetched
        With the status ``refused``, ``wrong_type``, ``too_large``, ``too_slow`` or ``failed``.
    """
    from urllib3.exceptions import HTTPError

    parts = _parsed(url)
    host = parts.host.strip("[]")
    connection = _connection(parts, _checked(host, parts.port, allow_private), limits)
    begun = time.monotonic()
    try:
        with _cut_off(connection, limits.seconds) as was_cut:
            answer = _asked(connection, parts, agent, limits, types, cut)
    except (HTTPError, HTTPException, OSError, ValueError) as error:
        if time.monotonic() - begun >= limits.seconds:
            raise Unfetched("too_slow", f"not there after {limits.seconds:g} seconds", url=url) from error
        told = str(error).split(": ", 1)[-1][:120]
        raise Unfetched("failed", f"{type(error).__name__}: {told}", url=url) from error
    finally:
        connection.close()
    if was_cut:  # where the server gave no length, a page cut off looks whole
        raise Unfetched("too_slow", f"not there after {limits.seconds:g} seconds", url=url)
    return answer


def _parsed(url: str) -> Any:
    from urllib3.exceptions import HTTPError
    from urllib3.util import parse_url

    try:
        parts = parse_url(url)
    except (HTTPError, ValueError) as error:
        raise Unfetched("refused", "this is no web address", url=url) from error
    if parts.scheme not in ("http", "https") or not parts.host:
        raise Unfetched("refused", f"http or https was needed, found '{parts.scheme}'", url=url)
    if parts.auth:
        raise Unfetched("refused", "the address holds a user name or a password", url=url)
    return parts._replace(port=parts.port or {"http": 80, "https": 443}[parts.scheme])


def _checked(host: str, port: int, allow_private: Collection[str]) -> str:
    """Resolve a name once; all its addresses must be public."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise Unfetched("failed", f"there is no host '{host}'") from error
    addresses = list(dict.fromkeys(str(f[4][0]) for f in found))
    private = [a for a in addresses if a not in allow_private and not is_public(a)]
    if private or not addresses:
        raise Unfetched("refused", f"'{host}' is not on the public internet ({', '.join(private)})")
    return addresses[0]


def _connection(parts: Any, address: str, limits: Limits) -> Any:
    from urllib3.connection import HTTPConnection, HTTPSConnection

    if parts.scheme == "http":
        return HTTPConnection(address, parts.port, timeout=limits.seconds)
    name = parts.host.strip("[]")  # the certificate must be that of the name, not of the address
    return HTTPSConnection(
        address,
        parts.port,
        timeout=limits.seconds,
        server_hostname=name,
        assert_hostname=name,
        ssl_context=ssl.create_default_context(),
    )


@contextmanager
def _cut_off(connection: Any, seconds: float) -> Iterator[list[bool]]:
    """Cut the line when the time is over: a timeout of the socket would begin anew with every byte."""
    done = Event()
    was_cut: list[bool] = []

    def watch() -> None:
        while not done.wait(0.2 if was_cut else seconds):
            was_cut[:] = [True]
            for line in (connection.sock, getattr(connection, "kept_line", None)):
                if line is not None:
                    with suppress(OSError):
                        line.shutdown(socket.SHUT_RDWR)

    watcher = Thread(target=watch, daemon=True)
    watcher.start()
    try:
        yield was_cut
    finally:
        done.set()
        watcher.join()


def _asked(
    connection: Any, parts: Any, agent: str, limits: Limits, types: Collection[str], cut: bool
) -> Answer:
    connection.connect()
    connection.kept_line = connection.sock  # the connection forgets it once the headers are there
    standard = {"http": 80, "https": 443}[parts.scheme]
    headers = {
        "Host": parts.host if parts.port == standard else f"{parts.host}:{parts.port}",
        "User-Agent": agent,
        "Accept": ", ".join(types) or "*/*",
        "Accept-Encoding": "gzip",
        "Connection": "close",
    }
    connection.request("GET", parts.request_uri, headers=headers, preload_content=False)
    response = connection.getresponse()
    told = response.headers
    kind = told.get("content-type", "").strip()
    answer = Answer(parts.url, response.status, kind, told.get("location", ""), b"")
    if response.status != 200:
        return answer
    if types and kind.split(";")[0].strip().lower() not in types:
        raise Unfetched("wrong_type", f"a web page was needed, found '{kind[:60]}'", http_status=200)
    if (
        not cut
        and told.get("content-length", "").isdigit()
        and int(told["content-length"]) > limits.most_bytes
    ):
        raise Unfetched("too_large", f"{int(told['content-length']):,} bytes announced", http_status=200)
    body = bytearray()
    for chunk in response.stream(_CHUNK, decode_content=True):
        body += chunk
        if len(body) > limits.most_bytes:
            if cut:
                break
            raise Unfetched("too_large", f"more than {limits.most_bytes:,} bytes", http_status=200)
    return Answer(answer.url, 200, kind, "", bytes(body[: limits.most_bytes]))
