"""The stored figures describe themselves; that they are what the code draws is tested with the notebooks."""

import json
from pathlib import Path
from xml.etree import ElementTree

from PIL import Image

ROOT = Path(__file__).resolve().parents[1]
STORED = ROOT / "figures"


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
