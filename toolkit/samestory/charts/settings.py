"""What the user has told matplotlib, for a process that draws in the user's stead."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from multiprocessing import parent_process
from typing import Any

import matplotlib as mpl
from matplotlib.font_manager import fontManager

__all__ = ["Settings", "settings_now"]


@dataclass(frozen=True)
class Settings:
    """What was set since matplotlib was imported; it can be sent to another process.

    Attributes
    ----------
    chosen : mapping of str to object
        Settings of ``rcParams``, without the backend: another process has no window.
    fonts : tuple of str
        Files of the fonts that are known.
    """

    chosen: Mapping[str, Any] = field(default_factory=dict)
    fonts: tuple[str, ...] = ()

    @contextmanager
    def applied(self) -> Iterator[None]:
        """Draw as the user would."""
        if parent_process() is not None:
            mpl.use("agg")
        known = {font.fname for font in fontManager.ttflist}
        for path in self.fonts:
            if path not in known:
                fontManager.addfont(path)
        with mpl.rc_context(dict(self.chosen)):  # type: ignore[arg-type]
            yield


def settings_now() -> Settings:
    """Return what holds in this process.

    Examples
    --------
    >>> with mpl.rc_context({"font.size": 31.0}):
    ...     settings_now().chosen["font.size"]
    31.0
    """
    now: Any = mpl.rcParams
    first: Any = mpl.rcParamsOrig
    keys = [k for k in now if not k.startswith("backend")]  # to look at it would choose one
    changed = {k: now[k] for k in keys if now[k] != first[k]}
    return Settings(changed, tuple(font.fname for font in fontManager.ttflist))
