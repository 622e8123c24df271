"""A visitor that minds what hosts ask for: robots.txt, one request at a time, a pause between two.

robots.txt is read as RFC 9309 says: a host that has none (4xx) allows all, one that cannot give it (5xx, no
answer) allows nothing, and of a long one the first 500 KiB count.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Collection
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit

from samestory.sharing.web import Answer, Limits, Unfetched, get

if TYPE_CHECKING:
    from protego import Protego

__all__ = ["PAGES", "Visitor"]

#: Content types of a web page.
PAGES = ("text/html", "application/xhtml+xml")
_MOST_ROBOTS = 512_000
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_PAUSE = frozenset({429, 503})
_MOST_FAILURES = 3  # in a row, of one host
_MOST_DELAY = 300.0  # seconds; a host that asks for more between two requests is left alone


@dataclass(eq=False)
class Visitor:
    """Asks for pages one after the other, and remembers what each host said.

    Attributes
    ----------
    agent : str
        What requests say of themselves; its first word is the name that robots.txt may address.
    limits : Limits
        What one page may cost.
    delay : float
        Seconds between two requests to a host, at least; a longer ``Crawl-delay`` is kept to.
    allow_private : collection of str
        IP addresses allowed although they are not public.
    """

    agent: str
    limits: Limits
    delay: float
    allow_private: Collection[str] = ()
    sleep: Callable[[float], None] = time.sleep
    _rules: dict[str, Protego | None] = field(default_factory=dict)
    _next: dict[str, float] = field(default_factory=dict)
    _failures: dict[str, int] = field(default_factory=dict)
    _left_alone: dict[str, str] = field(default_factory=dict)

    def page(self, url: str) -> Answer:
        """Fetch a page, redirects followed by hand: each is checked like the first address.

        Raises
        ------
        Unfetched
            Saying why not.
        """
        at = url
        for _ in range(self.limits.redirects + 1):
            host = _origin(at)
            if host in self._left_alone:
                raise Unfetched("left_alone", self._left_alone[host], url=at)
            self._mind_robots(at)
            answer = self._counted(at, host)
            if answer.status in _REDIRECTS and answer.location:
                at = _target(at, answer.location)
                continue
            if answer.status != 200:
                raise Unfetched(
                    "http_error", f"the host answered {answer.status}", http_status=answer.status, url=at
                )
            return replace(answer, url=at)
        raise Unfetched("redirects", f"more than {self.limits.redirects} redirects", url=at)

    def _counted(self, url: str, host: str) -> Answer:
        try:
            answer = self._ask(url, self.limits, PAGES)
        except Unfetched as problem:
            self._failures[host] = self._failures.get(host, 0) + (problem.status in ("failed", "too_slow"))
            if self._failures[host] >= _MOST_FAILURES:
                self._left_alone[host] = f"{_MOST_FAILURES} requests in a row failed"
            raise Unfetched(
                problem.status, problem.note, http_status=problem.http_status, url=problem.url or url
            ) from problem
        self._failures[host] = 0
        if answer.status in _PAUSE:
            self._left_alone[host] = f"the host asked for a pause ({answer.status})"
        return answer

    def _ask(self, url: str, limits: Limits, types: Collection[str], *, cut: bool = False) -> Answer:
        host = urlsplit(url).hostname or ""
        wait = self._next.get(host, 0.0) - time.monotonic()
        if wait > 0:
            self.sleep(wait)
        try:
            answer = get(
                url, agent=self.agent, limits=limits, allow_private=self.allow_private, types=types, cut=cut
            )
        except Unfetched as problem:
            if problem.status != "refused":  # of what is refused, the host has heard nothing
                self._pause(url, host)
            raise
        self._pause(url, host)
        return answer

    def _pause(self, url: str, host: str) -> None:
        rules = self._rules.get(_origin(url))
        asked = (rules.crawl_delay(self._name) if rules else None) or 0.0
        self._next[host] = time.monotonic() + max(self.delay, float(asked))

    @property
    def _name(self) -> str:
        return self.agent.split("/")[0].split()[0]

    def _mind_robots(self, url: str) -> None:
        origin = _origin(url)
        if origin not in self._rules and origin.startswith(("http://", "https://")):
            self._rules[origin] = self._robots(origin)
        rules = self._rules.get(origin)
        pause = (rules.crawl_delay(self._name) if rules else None) or 0.0
        if not float(pause) <= _MOST_DELAY:
            raise Unfetched("left_alone", f"robots.txt asks for {pause:g} seconds between requests", url=url)
        if rules is not None and not rules.can_fetch(url, self._name):
            raise Unfetched("robots", "robots.txt of the host asks not to fetch this page", url=url)

    def _robots(self, origin: str) -> Protego | None:
        """Read what a host asks of robots; None where it asks nothing."""
        from protego import Protego

        at = f"{origin}/robots.txt"
        limits = replace(self.limits, most_bytes=_MOST_ROBOTS)
        try:
            for _ in range(self.limits.redirects + 1):
                answer = self._ask(at, limits, (), cut=True)
                if answer.status not in _REDIRECTS or not answer.location:
                    break
                at = _target(at, answer.location)
        except Unfetched as problem:
            if problem.status == "refused":
                raise
            self._left_alone[origin] = f"robots.txt could not be read ({problem.note})"
            raise Unfetched("left_alone", self._left_alone[origin], url=at) from problem
        if answer.status == 200:
            return Protego.parse(answer.body.decode("utf-8", "replace"))
        if answer.status >= 500 or answer.status in _PAUSE:
            self._left_alone[origin] = f"robots.txt could not be read (the host answered {answer.status})"
            raise Unfetched("left_alone", self._left_alone[origin], http_status=answer.status, url=at)
        return None


def _origin(url: str) -> str:
    try:
        parts = urlsplit(url)
    except ValueError as error:
        raise Unfetched("refused", "this is no web address", url=url) from error
    return f"{parts.scheme.lower()}://{parts.netloc.lower()}"


def _target(url: str, location: str) -> str:
    """Return where a redirect leads."""
    try:
        return urljoin(url, location).partition("#")[0]
    except ValueError as error:
        raise Unfetched("refused", "the redirect leads to no web address", url=url) from error
