"""The figures of the demo corpus are what the code draws: their tables, their notes and their pictures."""

import importlib.util
import json
import warnings
from pathlib import Path
from xml.etree import ElementTree

import numpy as np
import pandas as pd
import pytest
from matplotlib import __version__ as matplotlib_version
from PIL import Image

ROOT = Path(__file__).resolve().parents[1]
STORED = ROOT / "figures"
#: Drawn by the first notebook, and compared in tests/test_notebooks.py.
BY_NOTEBOOK = {"coverage", "speakers", "terms", "tone"}


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    spec = importlib.util.spec_from_file_location("draw_figures", ROOT / "notebooks" / "draw_figures.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    folder = tmp_path_factory.mktemp("figures")
    with warnings.catch_warnings():  # where no font of the preset is installed
        warnings.filterwarnings("ignore", message=".*is installed", category=UserWarning)
        module.draw(folder)
    return folder


def same_matplotlib(note):
    """Say whether a picture was drawn with the same matplotlib and font as here."""
    return note["versions"]["matplotlib"] == matplotlib_version


def test_the_folder_holds_what_is_drawn_and_nothing_else(made):
    drawn = {p.name for p in made.iterdir()}
    noted = {f"{n}.{kind}" for n in BY_NOTEBOOK for kind in ("pdf", "svg", "png", "csv", "json")}
    assert drawn | noted == {p.name for p in STORED.iterdir()}


def test_tables_and_notes_are_those_stored(made):
    for table in sorted(made.glob("*.csv")):
        pd.testing.assert_frame_equal(
            pd.read_csv(table), pd.read_csv(STORED / table.name), rtol=1e-6, atol=1e-9
        )
    for path in sorted(made.glob("*.json")):
        now, then = (json.loads((f / path.name).read_text(encoding="utf-8")) for f in (made, STORED))
        fonts = [note["drawing"]["preset"].pop("font") for note in (now, then)]
        for note in (now, then):
            if fonts[0] != fonts[1]:
                note.pop("size_mm")  # another font, other heights
            note.pop("versions")
            note["data"].pop("sha256")  # every digit of the table, on every machine
            note.pop("complaints")  # which fonts are installed
        assert now == then, path.name


def test_pictures_are_those_stored(made):
    for path in sorted(made.glob("*.png")):
        note = json.loads((STORED / f"{path.stem}.json").read_text(encoding="utf-8"))
        if not same_matplotlib(note):
            pytest.skip(f"figures were drawn with matplotlib {note['versions']['matplotlib']}")
        fresh = json.loads((made / f"{path.stem}.json").read_text(encoding="utf-8"))
        if fresh["drawing"]["preset"]["font"] != note["drawing"]["preset"]["font"]:
            continue  # another font, another picture
        with Image.open(path) as now, Image.open(STORED / path.name) as then:
            assert now.size == then.size, path.name
            difference = np.abs(np.asarray(now, dtype=float) - np.asarray(then, dtype=float))
        assert difference.mean() < 0.5, path.name


def test_every_stored_picture_describes_itself():
    for path in sorted(STORED.glob("*.svg")):
        note = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
        root = ElementTree.fromstring(path.read_bytes())
        assert root.find("{http://www.w3.org/2000/svg}desc").text == note["alt"]
        with Image.open(path.with_suffix(".png")) as image:
            assert image.info["Description"] == note["alt"]
            assert image.mode == "RGB"
        pdf = path.with_suffix(".pdf").read_bytes()
        assert b"/Type3" not in pdf
        assert b"/Subject" in pdf
