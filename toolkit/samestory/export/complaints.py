"""What would not pass a publisher's check: said when a figure is saved, and kept in its note."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from matplotlib.artist import Artist
from matplotlib.figure import Figure
from matplotlib.text import Text

__all__ = ["complaints", "drawing_of"]


def drawing_of(figure: Figure) -> Mapping[str, Any]:
    """Return how a chart of samestory was drawn (chart, preset, options); nothing for other figures."""
    said = getattr(figure, "samestory", {})
    return said if isinstance(said, Mapping) else {}


def complaints(figure: Figure) -> list[str]:
    """List what in a figure does not keep to its preset, and letters that could not be drawn."""
    preset = drawing_of(figure).get("preset", {})
    return [*_letters(figure), *_size(figure, preset), *_type(figure, preset), *_transparency(figure, preset)]


def _texts(figure: Figure) -> list[Text]:
    found = [t for t in figure.findobj(Text) if isinstance(t, Text)]
    return [t for t in found if t.get_visible() and t.get_text().strip()]


def _letters(figure: Figure) -> Iterator[str]:
    lacking = {t.get_text() for t in _texts(figure) if "□" in t.get_text()}
    if lacking:
        yield (
            "letters that no font on this machine has are drawn as □: install a font that has them, such as "
            'Noto Sans CJK, or name one with matplotlib.rcParams["font.family"]'
        )


def _size(figure: Figure, preset: Mapping[str, Any]) -> Iterator[str]:
    width, height = (25.4 * float(side) for side in figure.get_size_inches())
    most = preset.get("max_height_mm")
    if most and height > most + 0.05:
        yield f"{height:.0f} mm tall, {preset['name']} allows {most:.0f} mm: show fewer rows"
    if preset and abs(width - preset["width_mm"]) > 0.05:
        yield f"{width:.1f} mm wide, {preset['name']} is {preset['width_mm']:.1f} mm"


def _type(figure: Figure, preset: Mapping[str, Any]) -> Iterator[str]:
    if not preset:
        return
    sizes = [float(t.get_fontsize()) for t in _texts(figure)]
    if sizes and min(sizes) < preset["smallest_pt"] - 0.01:
        yield f"type of {min(sizes):g} pt, {preset['name']} allows {preset['smallest_pt']:g} pt and more"
    if sizes and preset["largest_pt"] and max(sizes) > preset["largest_pt"] + 0.01:
        yield f"type of {max(sizes):g} pt, {preset['name']} allows at most {preset['largest_pt']:g} pt"
    if preset["font"] not in preset["fonts"]:
        yield f"drawn in {preset['font']}: none of {', '.join(preset['fonts'])} is installed"


def _transparency(figure: Figure, preset: Mapping[str, Any]) -> Iterator[str]:
    if not preset or preset["transparency"]:
        return
    if any(_clear(artist) for artist in figure.findobj()):
        yield f"a part is transparent, which {preset['name']} does not allow"


def _clear(artist: Artist) -> bool:
    alpha = artist.get_alpha()
    return artist.get_visible() and isinstance(alpha, int | float) and alpha < 1
