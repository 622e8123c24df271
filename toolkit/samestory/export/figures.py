"""Save a figure with its numbers and its provenance: the same bytes on every run.

A figure is never saved alone: next to the picture stand the table it was drawn from (``.csv``) and a note
(``.json``) with the checksum of that table, the options, the versions, the seed and a text for those who
cannot see it. That text and where the numbers come from also stand inside the pictures.
"""

from __future__ import annotations

import hashlib
import io
import json
import platform
import warnings
from collections.abc import Iterable, Mapping
from importlib.metadata import version
from pathlib import Path
from types import MappingProxyType
from typing import Any
from xml.sax.saxutils import escape

import matplotlib as mpl
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from samestory.errors import OptionError
from samestory.export.alttext import figure_alt, plain, whole
from samestory.export.complaints import complaints, drawing_of
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
    numbers: pd.DataFrame | None = None,
    formats: Iterable[str] = ("pdf", "svg", "png"),
    dpi: int | None = None,
    caption: str | None = None,
    options: Mapping[str, object] | None = None,
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
    numbers : DataFrame, optional
        The rows of it that are seen, where it has many more: what then stands beside the figure.
    formats : iterable of str, default ("pdf", "svg", "png")
        Picture formats, from :data:`FORMATS`.
    dpi : int, optional
        Dots per inch of the ``.png``; by default those of the figure's preset, or 300.
    caption : str, optional
        Title of the pictures, kept in the note.
    options : mapping, optional
        How the table was made, kept in the note beside the options of the drawing.

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

    Warns
    -----
    UserWarning
        The figure does not keep to its preset, or holds letters that could not be drawn; so says the note.

    Notes
    -----
    Fonts are embedded as Type 42 in PDF, as journals ask, and drawn as outlines in SVG. The same figure and
    table give the same bytes on every run with the same versions and fonts. The ``.png`` has no alpha.

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
    for complaint in complaints(drawn):
        warnings.warn(f"{base.name}: {complaint}", stacklevel=2)
    beside = data if numbers is None else numbers
    content = csv_bytes(beside)
    note = _note(
        drawn, data, beside, content, pictures=wanted, name=base.name, caption=caption, options=options
    )
    dots = dpi or drawing_of(drawn).get("preset", {}).get("dpi") or 300
    files = {f: _picture(drawn, f, dpi=dots, salt=base.name, note=note) for f in wanted}
    files["csv"] = content
    text = json.dumps(note, ensure_ascii=False, indent=2, sort_keys=True, default=str) + "\n"
    files["json"] = text.encode("utf-8", "backslashreplace")
    return [written(base.with_name(f"{base.name}.{suffix}"), made) for suffix, made in files.items()]


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
    note = None if data is None else {"alt": figure_alt(figure, data), "caption": None}
    return _picture(whole(figure), "svg", dpi=72, salt=name, note=note).decode("utf-8")


def _picture(figure: Figure, kind: str, *, dpi: int, salt: str, note: Mapping[str, Any] | None) -> bytes:
    settings = {"pdf.fonttype": 42, "svg.fonttype": "path", "svg.hashsalt": f"samestory {salt}"}
    said = _inside(kind, note) if note else {}
    out = io.BytesIO()
    with mpl.rc_context({**settings, "savefig.bbox": None, "savefig.facecolor": "auto"}):  # type: ignore[dict-item]
        metadata = {**FORMATS[kind], **(said if kind != "png" else {})}
        figure.savefig(out, format=kind, dpi=dpi, metadata=metadata)
    if kind == "png":
        return _opaque(out, dpi, said)
    if kind == "svg" and note:
        return _described(out.getvalue().decode("utf-8"), note["alt"]).encode("utf-8")
    return out.getvalue()


def _inside(kind: str, note: Mapping[str, Any]) -> dict[str, str]:
    """Say in the picture itself what it shows and where it comes from, each format in its own words."""
    title = plain(note["caption"] or note["alt"].split(". ")[0].rstrip(".") + ".")
    origin = _origin(note)
    if kind == "pdf":
        return {"Title": title, "Subject": note["alt"], "Keywords": origin, "Creator": _maker()}
    if kind == "svg":
        return {"Title": title, "Description": note["alt"], "Creator": _maker(), "Source": origin}
    return {"Title": title, "Description": note["alt"], "Source": origin, "Software": _maker()}


def _maker() -> str:
    return f"samestory {version('samestory')}"


def _origin(note: Mapping[str, Any]) -> str:
    if "data" not in note:
        return _maker()
    seed = f"; seed {', '.join(map(str, note['seed']))}" if note["seed"] else ""
    versions = ", ".join(f"{p} {note['versions'][p]}" for p in ("samestory", "matplotlib"))
    return f"{note['data']['file']}, SHA-256 {note['data']['sha256']}{seed}; {versions}"


def _opaque(picture: io.BytesIO, dpi: int, said: Mapping[str, str]) -> bytes:
    """Write a PNG without an alpha channel, which some publishers refuse."""
    text, out = PngInfo(), io.BytesIO()
    for key, value in said.items():
        text.add_itxt(key, value)
    picture.seek(0)
    with Image.open(picture) as image:
        image.convert("RGB").save(out, format="PNG", dpi=(dpi, dpi), pnginfo=text, optimize=False)
    return out.getvalue()


def _described(svg: str, alt: str) -> str:
    """Put the text for readers of screens where they look for it: matplotlib writes a title only."""
    head, end, rest = svg.partition("</title>")
    return f"{head}{end}<desc>{escape(alt)}</desc>{rest}".replace("<svg ", '<svg role="img" ', 1)


def _note(
    figure: Figure,
    data: pd.DataFrame,
    beside: pd.DataFrame,
    content: bytes,
    *,
    pictures: tuple[str, ...],
    name: str,
    caption: str | None,
    options: Mapping[str, object] | None,
) -> dict[str, Any]:
    """Say where a figure comes from: its table's checksum, options, versions, seed; and say it in words."""
    width, height = figure.get_size_inches()
    return {
        "alt": figure_alt(figure, data),
        "caption": caption,
        "complaints": complaints(figure),
        "data": {
            "columns": [str(c) for c in beside.columns],
            "file": f"{name}.csv",
            "rows": len(beside),
            "sha256": hashlib.sha256(content).hexdigest(),
        },
        "drawing": dict(drawing_of(figure)),
        "methods": _values(data, "method"),
        "options": {str(k): v for k, v in (options or {}).items()},
        "pictures": [f"{name}.{f}" for f in pictures],
        "seed": [int(s) for s in _values(data, "seed")] or None,
        "size_mm": [round(25.4 * float(side), 1) for side in (width, height)],
        "versions": {
            "Python": platform.python_version(),
            **{p: version(p) for p in ("matplotlib", "numpy", "pandas", "samestory")},
        },
    }


def _values(data: pd.DataFrame, column: str) -> list[Any]:
    return sorted(data[column].dropna().unique().tolist()) if column in data.columns else []
