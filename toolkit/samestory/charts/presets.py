"""Sizes and type of figures by where they are printed, with the source of each number."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from types import MappingProxyType

from samestory.errors import OptionError

__all__ = ["Preset", "figure_preset", "figure_presets"]


@dataclass(frozen=True)
class Preset:
    """How large a figure is printed, and in what type.

    Attributes
    ----------
    name : str
        Such as "nature", over the page, or "nature-column", over a column.
    width_mm : float
        Width of the figure.
    max_height_mm : float or None
        Height that the publisher allows; None where it says nothing.
    text_pt, small_pt : float
        Type of names and axes, and of numbers and notes.
    smallest_pt, largest_pt : float or None
        What the publisher allows.
    fonts : tuple of str
        Fonts asked for; the first that is installed is used.
    dpi : int
        Dots per inch of the ``.png``.
    transparency : bool
        Whether transparent parts are allowed.
    sources : tuple of str
        Where the numbers come from.
    """

    name: str
    width_mm: float
    max_height_mm: float | None
    text_pt: float
    small_pt: float
    smallest_pt: float
    largest_pt: float | None
    fonts: tuple[str, ...]
    dpi: int
    transparency: bool
    sources: tuple[str, ...]


@lru_cache(maxsize=1)
def figure_presets() -> Mapping[str, Preset]:
    """Return the presets by name.

    Returns
    -------
    mapping of str to Preset
        Each publisher twice: over the page, and over a column with ``-column`` behind its name.

    Examples
    --------
    >>> figure_presets()["nature"].width_mm, figure_presets()["nature-column"].width_mm
    (183.0, 89.0)
    """
    text = resources.files("samestory.charts").joinpath("presets.toml").read_text(encoding="utf-8")
    out = {}
    for name, said in tomllib.loads(text).items():
        common = {
            "max_height_mm": said.get("max_height_mm"),
            "largest_pt": said.get("largest_pt"),
            "fonts": tuple(said["fonts"]),
            "sources": tuple(said["sources"]),
            **{k: said[k] for k in ("text_pt", "small_pt", "smallest_pt", "dpi", "transparency")},
        }
        out[name] = Preset(name=name, width_mm=said["width_mm"], **common)
        out[f"{name}-column"] = Preset(name=f"{name}-column", width_mm=said["column_mm"], **common)
    return MappingProxyType(out)


def figure_preset(name: str) -> Preset:
    """Return a preset by its name.

    Raises
    ------
    OptionError
        There is none of this name.
    """
    known = figure_presets()
    if name not in known:
        raise OptionError(f"presets are {', '.join(known)}; '{name}' is none", hint="choose one of them")
    return known[name]
