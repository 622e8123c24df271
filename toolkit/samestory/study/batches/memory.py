"""Memory: how much a run holds, and what it no longer holds given back to the system."""

from __future__ import annotations

import ctypes
import os
import sys
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from typing import Any

__all__ = ["give_back", "give_back_at_once", "memory_in_use"]

_MMAP_THRESHOLD, _LARGE = -3, 1 << 20  # an option of GNU's mallopt, and its value: a megabyte


def give_back() -> None:
    """Give memory that was freed back to the system.

    The C library and Arrow keep what was freed for what may come; after a step that held much for a short
    time, such as reading a corpus, that can be more than all that is in use. Where neither knows how to give
    it back, nothing happens.
    """
    if "pyarrow" in sys.modules:
        pyarrow: Any = sys.modules["pyarrow"]
        pyarrow.default_memory_pool().release_unused()
        if _trims() and "ARROW_DEFAULT_MEMORY_POOL" not in os.environ:
            # Arrow's own allocator keeps half-used pages; what the C library allocates it can also give back.
            pyarrow.set_memory_pool(pyarrow.system_memory_pool())
    _trim()(0)


def give_back_at_once() -> None:
    """Let the C library give large arrays back as soon as they are freed, from now on.

    It otherwise keeps them for what may come, and after some large ones nearly all. Batches, which need the
    same sizes again and again, are slower without; a step on the whole corpus needs a tenth less memory.
    """
    if sys.platform.startswith("linux"):
        set_limit: Callable[[int, int], object] = getattr(ctypes.CDLL(None), "mallopt", _nothing)
        set_limit(_MMAP_THRESHOLD, _LARGE)


def _trims() -> bool:
    return _trim() is not _nothing


@lru_cache(maxsize=1)
def _trim() -> Callable[[int], object]:
    """Return the ``malloc_trim`` of the GNU C library, or what does nothing where there is another."""
    if not sys.platform.startswith("linux"):
        return _nothing
    trim: Callable[[int], object] = getattr(ctypes.CDLL(None), "malloc_trim", _nothing)
    return trim


def _nothing(*_: int) -> object:
    return None


def memory_in_use() -> int | None:
    """Bytes that this process and its children hold now (Linux: their share of common pages), if known."""
    if not sys.platform.startswith("linux"):
        return None
    family, total = {os.getpid()}, 0
    for path in sorted(Path("/proc").glob("[0-9]*"), key=lambda p: int(p.name)):
        try:
            parent = int((path / "stat").read_text().rpartition(")")[2].split()[1])
            if int(path.name) in family or parent in family:
                family.add(int(path.name))
                rollup = (path / "smaps_rollup").read_text()
                total += int(rollup.partition("Pss:")[2].split()[0]) * 1024
        except (OSError, ValueError, IndexError):  # it has ended meanwhile
            continue
    return total or None
