"""The floor plan: a room imports lower floors only, and each outside package has its door."""

import ast
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parents[1] / "toolkit" / "samestory"
FLOORS = {
    "errors": 0,
    "tables": 1,
    "punkt": 1,
    "text": 2,
    "study": 4,
    "terminal": 5,
    "cli": 6,
    "__init__": 7,
    "__main__": 7,
}
ROOM = 3
# Which modules may import an outside package; every other dependency is free.
DOORS = {
    "nltk": {"punkt"},
    "vaderSentiment": {"measures.sentiment"},
    "matplotlib": {"charts", "export"},
    "jinja2": {"report"},
    "click": {"cli"},
    "rich": {"cli", "terminal"},
    "pyarrow": {"readers", "export", "study.batches.store", "text.tokens"},
    "distributed": {"study.batches.cluster"},
    "ftfy": {"cleaning"},
    "py3langid": {"language"},
    "trafilatura": {"readers.html"},
    "docx": {"readers.docx"},
    "striprtf": {"readers.rtf"},
    "warcio": {"readers.warc"},
    "sentence_transformers": {"stories.embeddings"},
    "urllib3": {"sharing.web"},
    "socket": {"sharing.web"},
    "ssl": {"sharing.web"},
    "protego": {"sharing.politeness"},
}
FILES = sorted(PACKAGE.rglob("*.py"))


def module_of(path):
    parts = path.relative_to(PACKAGE).with_suffix("").parts
    return ".".join(parts[:-1] if len(parts) > 1 and parts[-1] == "__init__" else parts)


def room_of(module):
    """The first part; for measures, each measure is a room of its own."""
    parts = module.split(".")
    return ".".join(parts[:2]) if parts[0] == "measures" else parts[0]


def floor_of(module):
    return FLOORS.get(module.split(".")[0], ROOM)


def imports_of(path):
    """All imports of a file, late ones included: samestory's own modules, and outside packages."""
    inner, outer = set(), set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.level:
            pytest.fail(f"{path.name} uses a relative import in line {node.lineno}")
        names = []
        if isinstance(node, ast.Import):
            names = [a.name for a in node.names]
        elif isinstance(node, ast.ImportFrom):
            names = [f"{node.module}.{a.name}" for a in node.names]
        for name in names:
            top, _, rest = name.partition(".")
            if top == "samestory":
                inner.add(as_module(rest))
            else:
                outer.add(top)
    return inner, outer


def as_module(dotted):
    """The longest prefix that is a module: `comparison.compare_groups` → `comparison`."""
    parts = dotted.split(".")
    while parts and not (
        (PACKAGE.joinpath(*parts)).is_dir() or PACKAGE.joinpath(*parts).with_suffix(".py").is_file()
    ):
        parts.pop()
    return ".".join(parts) or "__init__"


@pytest.mark.parametrize("path", FILES, ids=module_of)
def test_imports_go_down(path):
    module = module_of(path)
    inner, outer = imports_of(path)
    for target in inner:
        same_room = room_of(target) == room_of(module)
        version_only = target == "__init__"
        assert same_room or version_only or floor_of(target) < floor_of(module), f"{module} imports {target}"
    for package in outer & DOORS.keys():
        assert any(module == d or module.startswith(d + ".") for d in DOORS[package]), (
            f"{module} imports {package}"
        )


def test_the_plan_sees_a_violation(tmp_path):
    """The check itself can fail: a room that imports its neighbour is seen as one."""
    source = tmp_path / "x.py"
    source.write_text("from samestory.comparison import compare_groups\nimport nltk.tokenize\n")
    inner, outer = imports_of(source)
    assert inner == {"comparison"}
    assert outer == {"nltk"}
    assert room_of("comparison") != room_of("measures.sentiment")
    assert floor_of("comparison") == floor_of("measures.sentiment") == ROOM


@pytest.mark.parametrize("path", FILES, ids=module_of)
def test_files_stay_readable(path):
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 320
    assert path.stem != "utils"
