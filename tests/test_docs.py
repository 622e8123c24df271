"""Links of the documentation within the repository lead somewhere; every public name is documented."""

import re
from pathlib import Path

import jupytext
import pytest

import samestory

ROOT = Path(__file__).resolve().parents[1]
PAGES = [
    ROOT / "README.md",
    *sorted((ROOT / "docs").glob("*.md")),
    *sorted((ROOT / "bench").glob("*.md")),
    *sorted((ROOT / "corpora").rglob("*.md")),
    *sorted((ROOT / "notebooks").glob("[0-9]*.py")),
]
LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")


def text_of(page):
    if page.suffix == ".py":
        return "\n".join(c.source for c in jupytext.read(page).cells if c.cell_type == "markdown")
    return re.sub(r"^```.*?^```", "", page.read_text(encoding="utf-8"), flags=re.DOTALL | re.MULTILINE)


def anchors_of(page):
    """Headings as code hosts name them."""
    heads = re.findall(r"^#+ +(.+)$", page.read_text(encoding="utf-8"), flags=re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", h.lower()).strip().replace(" ", "-") for h in heads}


@pytest.mark.parametrize("page", PAGES, ids=lambda p: p.relative_to(ROOT).as_posix())
def test_links_lead_somewhere(page):
    for link in LINK.findall(text_of(page)):
        if re.match(r"[a-z]+:", link):
            assert link.startswith(("https://", "http://", "mailto:")), link
            continue
        path, _, anchor = link.partition("#")
        target = (page.parent / path).resolve() if path else page
        built = target.suffix == ".md" and target.parent == ROOT / "docs" / "reference"  # made by the site
        assert target.exists() or built, f"{page.name}: {link}"
        if anchor and target.suffix == ".md":
            assert anchor in anchors_of(target), f"{page.name}: {link}"


def test_the_check_sees_a_broken_link(tmp_path):
    page = tmp_path / "page.md"
    page.write_text("[gone](nowhere.md)", encoding="utf-8")
    with pytest.raises(AssertionError, match="nowhere"):
        test_links_lead_somewhere(page)


@pytest.mark.parametrize("name", samestory.__all__)
def test_every_public_name_has_a_docstring_with_its_parts(name):
    thing = getattr(samestory, name)
    doc = thing.__doc__ or ""
    assert doc.strip()
    if callable(thing) and not isinstance(thing, type):
        assert "Returns\n" in doc or "Examples\n" in doc, name
