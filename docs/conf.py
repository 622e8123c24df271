"""The documentation as a site: tutorials are the notebooks, the reference is the docstrings."""

import shutil
from importlib import metadata
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent

project = "samestory"
author = "The samestory developers"
copyright = author
version = release = metadata.version("samestory")

extensions = [
    "myst_nb",
    "sphinx.ext.autodoc",
    "sphinx.ext.autosummary",
    "sphinx.ext.napoleon",
    "sphinx_click",
]
exclude_patterns = ["_build"]
html_theme = "furo"
html_title = "samestory"
html_static_path: list[str] = []
html_show_sourcelink = False
myst_enable_extensions = ["colon_fence", "deflist"]
myst_heading_anchors = 3
nb_execution_mode = "off"  # the notebooks carry their outputs; the tests execute them
autosummary_generate = True
autodoc_member_order = "bysource"
autodoc_typehints = "none"  # the docstrings name the types, with shapes and units
napoleon_use_rtype = False
linkcheck_anchors = False

# A reader of the site cannot open the checkout: what links into it stays a name, not a broken link.
suppress_warnings = ["myst.xref_missing"]


def _copy_notebooks() -> None:
    """Bring the notebooks under the source folder, where Sphinx looks; git ignores the copies."""
    target = HERE / "tutorials"
    for old in target.glob("[0-9]*.ipynb"):
        old.unlink()
    for notebook in sorted((ROOT / "notebooks").glob("[0-9]*.ipynb")):
        shutil.copy2(notebook, target / notebook.name)


def _write_tables() -> None:
    """Write the page of tables from what the toolkit itself says of them."""
    from samestory.tables import TABLES

    lines = ["# The tables", "", "Plain DataFrames; further columns travel along.", ""]
    for table in TABLES.values():
        key = ", ".join(f"`{k}`" for k in table.key)
        lines += [f"## {table.name}", "", f"One row per {table.row}; key: {key}.", ""]
        lines += ["| column | kind | always there | may be missing | meaning |", "|---|---|---|---|---|"]
        for name, column in table.columns.items():
            yes = ["yes" if value else "" for value in (column.required, column.nullable)]
            meaning = column.meaning.replace("|", "\\|").replace("*", "\\*")
            lines.append(f"| `{name}` | {column.kind} | {yes[0]} | {yes[1]} | {meaning} |")
        lines.append("")
    (HERE / "reference" / "tables.md").write_text("\n".join(lines), encoding="utf-8")


def _write_api() -> None:
    """Write the list of public names, by room in the order of the data walk; autosummary does the rest."""
    import importlib

    import samestory

    rooms: dict[str, list[str]] = {}
    for name in samestory._HOMES:
        rooms.setdefault(samestory._HOMES[name], []).append(name)
    lines = ["# Public names", "", "All stand in `samestory` itself: `import samestory as ss`.", ""]
    for room, names in rooms.items():
        first = (importlib.import_module(f"samestory.{room}").__doc__ or room).strip().splitlines()[0]
        lines += [f"## {room}", "", first, "", "```{eval-rst}", ".. currentmodule:: samestory", ""]
        lines += [
            ".. autosummary::",
            "   :toctree: generated",
            "",
            *(f"   {name}" for name in names),
            "```",
            "",
        ]
    (HERE / "reference" / "api.md").write_text("\n".join(lines), encoding="utf-8")


_copy_notebooks()
_write_tables()
_write_api()
