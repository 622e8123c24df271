"""Save a figure with its numbers and its provenance, and save tables: the same bytes on every run."""

from samestory.export.alttext import figure_alt
from samestory.export.figures import FORMATS, figure_svg, save_figure
from samestory.export.files import save_csv_pieces, save_table
from samestory.export.pieces import save_pieces

__all__ = [
    "FORMATS",
    "figure_alt",
    "figure_svg",
    "save_csv_pieces",
    "save_figure",
    "save_pieces",
    "save_table",
]
