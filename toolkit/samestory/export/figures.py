"""Save a figure with its numbers and its provenance: the same bytes on every run.

A figure is never saved alone: next to the picture stand the table it was drawn from (``.csv``) and a note
(``.json``) with the checksum of that table, the versions, the seed and a text for those who cannot see it.
"""

from __future__ import annotations

import hashlib
import io
import json
from collections.abc import Iterable, Mapping
from importlib.metadata import version
from pathlib import Path
from types import MappingProxyType

import matplotlib as mpl
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from samestory.errors import OptionError
from samestory.export.alttext import figure_alt, whole
from samestory.export.files import csv_bytes, written

__all__ = ["FORMATS", "figure_svg", "save_figure"]

#: What each picture format is told, so that no date or chance gets into the file.
FORMATS: Mapping[str, Mapping[str, None]] = MappingProxyType(
    {
        "pdf": MappingProxyType({"CreationDate": None, "ModDate": None}),
        "svg": MappingProxyType({"Date": None}),
        "png": MappingProxyType({}),
    }
)


def save_figure(
    figure: Axes | Figure,
    path: str | Path,
    *,
    data: pd.DataFrame,
    formats: Iterable[str] = ("pdf", "svg", "png"),
    dpi: int = 300,
    caption: str | None = None,
) -> list[Path]:
    """Save a figure as pictures, with the table it shows and a note on where it comes from.

    Parameters
    ----------
    figure : Axes or Figure
        What a ``plot_`` function returned, or the whole figure.
    path : str or Path
        Where to save, without a suffix; folders on the way are made.
    data : DataFrame
        The table that was drawn.
    formats : iterable of str, default ("pdf", "svg", "png")
        Picture formats, from :data:`FORMATS`.
    dpi : int, default 300
        Dots per inch of the ``.png``.
    caption : str, optional
        Kept in the note.

    Returns
    -------
    list of Path
        The files written: the pictures, ``.csv`` and ``.json``.

    Raises
    ------
    OptionError
        A format is not known.
    OutputError
        A file cannot be written.

    Notes
    -----
    Fonts are embedded as Type 42 in PDF, as journals ask, and drawn as outlines in SVG. The same figure and
    table give the same bytes on every run with the same versions.

    Examples
    --------
    >>> from tempfile import TemporaryDirectory
    >>> figure = Figure()
    >>> with TemporaryDirectory() as folder:
    ...     files = save_figure(figure, f"{folder}/tone", data=pd.DataFrame({"n": [1]}), formats=["svg"])
    ...     [f.name for f in files]
    ['tone.svg', 'tone.csv', 'tone.json']
    """
    drawn, base, wanted = whole(figure), Path(path), tuple(dict.fromkeys(formats))
    unknown = [f for f in wanted if f not in FORMATS]
    if unknown:
        raise OptionError(f"formats are {', '.join(FORMATS)}; '{unknown[0]}' is none", hint="leave it out")
    numbers = csv_bytes(data)
    alt = figure_alt(drawn, data)
    files = {f: _picture(drawn, f, dpi=dpi, salt=base.name, alt=alt) for f in wanted}
    files["csv"] = numbers
    files["json"] = _note(drawn, data, numbers, pictures=wanted, name=base.name, caption=caption)
    return [written(base.with_name(f"{base.name}.{suffix}"), content) for suffix, content in files.items()]


def figure_svg(figure: Axes | Figure, *, name: str, data: pd.DataFrame | None = None) -> str:
    """Return a figure as SVG text, for a page that shows it.

    Parameters
    ----------
    figure : Axes or Figure
        What a ``plot_`` function returned, or the whole figure.
    name : str
        Makes the ids within the picture its own; the same name gives the same text.
    data : DataFrame, optional
        The table that was drawn; the picture then carries a text for those who cannot see it.

    Returns
    -------
    str
        An SVG document.

    Examples
    --------
    >>> figure_svg(Figure(), name="tone").startswith("<?xml")
    True
    """
    alt = None if data is None else figure_alt(figure, data)
    return _picture(whole(figure), "svg", dpi=72, salt=name, alt=alt).decode("utf-8")


def _picture(figure: Figure, kind: str, *, dpi: int, salt: str, alt: str | None) -> bytes:
    settings = {"pdf.fonttype": 42, "svg.fonttype": "path", "svg.hashsalt": f"samestory {salt}"}
    # Only SVG has a place for the text where readers of screens look for it.
    metadata = {**FORMATS[kind], **({"Title": alt} if kind == "svg" and alt else {})}
    out = io.BytesIO()
    with mpl.rc_context({**settings, "savefig.bbox": None, "savefig.facecolor": "auto"}):  # type: ignore[dict-item]
        figure.savefig(out, format=kind, dpi=dpi, metadata=metadata)
    return out.getvalue()


def _note(
    figure: Figure,
    data: pd.DataFrame,
    numbers: bytes,
    *,
    pictures: tuple[str, ...],
    name: str,
    caption: str | None,
) -> bytes:
    """Say where a figure comes from: its table's checksum, versions, seed, and a text in its place."""
    seeds = data["seed"].dropna().unique().tolist() if "seed" in data.columns else []
    width, height = figure.get_size_inches()
    note = {
        "alt": figure_alt(figure, data),
        "caption": caption,
        "data": {
            "columns": [str(c) for c in data.columns],
            "file": f"{name}.csv",
            "rows": len(data),
            "sha256": hashlib.sha256(numbers).hexdigest(),
        },
        "pictures": [f"{name}.{f}" for f in pictures],
        "seed": sorted(int(s) for s in seeds) or None,
        "size_mm": [round(25.4 * float(side), 1) for side in (width, height)],
        "versions": {p: version(p) for p in ("matplotlib", "samestory")},
    }
    return (json.dumps(note, ensure_ascii=False, indent=2, sort_keys=True) + "\n").encode(
        "utf-8", "backslashreplace"
    )
