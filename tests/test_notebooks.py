"""The notebooks run without a network, are thin, and carry the outputs and figures that they make."""

import importlib.util
import json
import re
import shutil
from pathlib import Path

import jupytext
import nbformat
import numpy as np
import pandas as pd
import pytest
from matplotlib import __version__ as MATPLOTLIB
from PIL import Image

ROOT = Path(__file__).resolve().parents[1]
STORED = ROOT / "figures"
SOURCES = sorted((ROOT / "notebooks").glob("[0-9]*.py"))
NO_FONT = re.compile(r"drawn in [\w ]+: none of [\w, ]+ is installed")
NUMBER = re.compile(r"(?<![\w.])-?\d+\.\d+(?:e-?\d+)?")


def builder():
    spec = importlib.util.spec_from_file_location("notebook_build", ROOT / "notebooks" / "build.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def outputs(notebook):
    cells = [c for c in notebook.cells if c.cell_type == "code"]
    return [
        [
            (o.output_type, o.get("data", {}).get("text/plain", ""))
            for o in c.outputs
            if o.get("name") != "stderr"
        ]
        for c in cells
    ]


@pytest.fixture(scope="module", params=SOURCES, ids=lambda p: p.stem)
def executed(request, tmp_path_factory):
    """Run the notebook in a folder of its own, beside a copy of the corpus."""
    folder = tmp_path_factory.mktemp("checkout")
    shutil.copytree(ROOT / "corpora", folder / "corpora")
    notebook = builder().execute(request.param, folder=folder)
    return request.param, notebook, folder


def test_outputs_are_those_stored(executed):
    source, notebook, _ = executed
    stored = nbformat.read(source.with_suffix(".ipynb"), as_version=4)
    assert [c.source for c in stored.cells] == [c.source for c in notebook.cells]
    for now, then in zip(outputs(notebook), outputs(stored), strict=True):
        assert [kind for kind, _ in now] == [kind for kind, _ in then]
        for (_, shown), (_, kept) in zip(now, then, strict=True):
            assert NUMBER.sub("#", shown) == NUMBER.sub("#", kept)
            np.testing.assert_allclose(
                [float(n) for n in NUMBER.findall(shown)], [float(n) for n in NUMBER.findall(kept)], atol=2e-3
            )


def test_figures_are_those_stored(executed):
    """Tables, notes and pictures; what depends on the fonts of a machine is left out where they differ."""
    _, _, folder = executed
    made = sorted((folder / "figures").iterdir()) if (folder / "figures").exists() else []
    assert {p.name for p in made} <= {p.name for p in STORED.iterdir()}
    for file in made:
        stored = STORED / file.name
        if file.suffix == ".csv":
            pd.testing.assert_frame_equal(pd.read_csv(file), pd.read_csv(stored), rtol=1e-6, atol=1e-9)
        elif file.suffix == ".json":
            now, then = (json.loads(p.read_text(encoding="utf-8")) for p in (file, stored))
            alike = now["drawing"] == then["drawing"] and now["versions"]["matplotlib"] == MATPLOTLIB
            assert told(now) == told(then), file.name
            if alike and then["versions"]["matplotlib"] == MATPLOTLIB:
                assert_same_picture(file.with_suffix(".png"), stored.with_suffix(".png"))


def told(note):
    """What a figure's note says on every machine."""
    return note["alt"], note["data"]["rows"], note["data"]["columns"], note["options"], note["seed"]


def assert_same_picture(one, other):
    with Image.open(one) as now, Image.open(other) as then:
        assert now.size == then.size, one.name
        difference = np.abs(np.asarray(now, dtype=float) - np.asarray(then, dtype=float))
    assert difference.mean() < 0.5, one.name


def test_every_stored_figure_is_made_by_a_notebook():
    """Nothing stands in figures/ that no notebook draws."""
    named = re.findall(r'root / "figures" / "(\w+)"', "".join(s.read_text("utf-8") for s in SOURCES))
    assert len(named) == len(set(named))
    assert {p.stem for p in STORED.iterdir()} == set(named)


def test_every_chart_is_shown(executed):
    _, notebook, _ = executed
    charts = sum("ss.plot_" in c.source for c in notebook.cells if c.cell_type == "code")
    pictures = sum("image/png" in o.get("data", {}) for c in notebook.cells for o in c.get("outputs", []))
    assert pictures == charts > 0


def test_no_warning_is_printed(executed):
    _, notebook, _ = executed
    streams = [o for c in notebook.cells for o in c.get("outputs", []) if o.output_type == "stream"]
    told = [s.text for s in streams if s.name == "stderr"]
    # A machine without the fonts of a preset is told so: that is no fault of the notebook.
    assert [t for t in told if not NO_FONT.search(t)] == []


def test_stored_notebooks_hold_no_warning():
    for source in SOURCES:
        stored = nbformat.read(source.with_suffix(".ipynb"), as_version=4)
        streams = [o for c in stored.cells for o in c.get("outputs", []) if o.output_type == "stream"]
        assert [s.text for s in streams if s.name == "stderr"] == [], source.stem


@pytest.mark.parametrize("source", SOURCES, ids=lambda p: p.stem)
def test_notebooks_are_thin(source):
    notebook = jupytext.read(source)
    code = [c.source for c in notebook.cells if c.cell_type == "code"]
    assert len(notebook.cells) < 25
    assert not any(re.search(r"^\s*(def|class|for|while) ", c, re.MULTILINE) for c in code)


def test_a_notebook_cannot_reach_the_network(tmp_path):
    source = tmp_path / "net.py"
    source.write_text("# %%\nimport socket\nsocket.create_connection(('192.0.2.1', 80), timeout=1)\n")
    with pytest.raises(Exception, match="network is closed"):
        builder().execute(source, folder=tmp_path)
