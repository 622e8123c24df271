"""Dictionaries of other programs: LIWC's ``.dic`` and quanteda's YAML."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from samestory.errors import CorpusError, MissingExtraError

__all__ = ["Row", "dic_rows", "nested_rows", "yaml_document"]

Row = tuple[str, str, bool]  # topic, term, whether it is an exclusion


def dic_rows(content: str, file: Path) -> list[Row]:
    r"""Read a LIWC dictionary: numbered categories between two lines of ``%``, then terms with numbers.

    Examples
    --------
    >>> dic_rows("%\n1\teconomy\n%\ntax*\t1\ncentral bank\t1\n", Path("book.dic"))
    [('economy', 'tax*', False), ('economy', 'central bank', False)]
    """
    names: dict[str, str] = {}
    rows: list[Row] = []
    fences = 0
    for number, line in enumerate(content.splitlines(), 1):
        fields = line.split()
        if not fields:
            continue
        if fields == ["%"]:
            fences += 1
        elif fences == 1:
            if len(fields) < 2:
                raise CorpusError("a category has a number and a name", path=file, line=number)
            names[fields[0]] = " ".join(fields[1:])
        elif fences == 2:
            rows += _term(fields, names, file, number)
    if fences != 2:
        raise CorpusError(f"two lines of % were needed, {fences} found", path=file, hint="see LIWC's format")
    return rows


def _term(fields: list[str], names: Mapping[str, str], file: Path, line: int) -> list[Row]:
    at = next((i for i, f in enumerate(fields) if i and f.isdigit()), len(fields))
    term, numbers = " ".join(fields[:at]), fields[at:]
    unknown = [n for n in numbers if n not in names]
    if not numbers or unknown:
        found = f"unknown category {unknown[0]}" if unknown else "no category"
        raise CorpusError(
            f"the term '{term}' has {found}", path=file, line=line, hint="conditional entries are not read"
        )
    return [(names[n], term, False) for n in numbers]


def nested_rows(document: Mapping[str, object], file: Path, *, above: str = "") -> list[Row]:
    """Read lists of terms under nested names, as in a quanteda dictionary.

    Examples
    --------
    >>> nested_rows({"politics": {"cabinet": ["minister*"]}}, Path("book.yml"))
    [('politics.cabinet', 'minister*', False)]
    """
    rows: list[Row] = []
    for name, content in document.items():
        topic = f"{above}.{name}" if above else str(name)
        if isinstance(content, Mapping):
            rows += nested_rows(content, file, above=topic)
        elif isinstance(content, list | str):
            terms = [content] if isinstance(content, str) else content
            bad = [t for t in terms if not isinstance(t, str) or not t.strip()]
            if bad:
                raise CorpusError(
                    f"the topic '{topic}' holds {bad[0]!r}, which is no term",
                    path=file,
                    hint="quote the term",
                )
            rows += [(topic, t.strip(), False) for t in terms]
        else:
            raise CorpusError(f"the topic '{topic}' needs a list of terms, found {content!r}", path=file)
    return rows


def _refuse_surprises(node: Any, file: Path) -> None:
    """Refuse what nobody means in a codebook: repeated parts, names given twice, names that are no text."""
    seen: set[int] = set()
    open_nodes = [node]
    while open_nodes:
        node = open_nodes.pop()
        if node is None:
            continue
        line = node.start_mark.line + 1
        if id(node) in seen:
            raise CorpusError(
                "an alias (*) repeats an earlier part, which can grow without end",
                hint="write the part out",
                path=file,
                line=line,
            )
        seen.add(id(node))
        if node.id == "sequence":
            open_nodes += node.value
        elif node.id == "mapping":
            _check_names([name for name, _ in node.value], file)
            open_nodes += [value for _, value in node.value]


def _check_names(names: list[Any], file: Path) -> None:
    taken: set[str] = set()
    for name in names:
        line = name.start_mark.line + 1
        if not name.tag.endswith(":str"):
            raise CorpusError(
                f"the name {name.value!r} is no text to YAML ({name.tag.rpartition(':')[2]})",
                hint=f'put it in quotation marks: "{name.value}"',
                path=file,
                line=line,
            )
        if name.value in taken:
            raise CorpusError(f"the name '{name.value}' stands twice", path=file, line=line)
        taken.add(name.value)


def yaml_document(content: str, file: Path) -> dict[str, object]:
    """Parse YAML to a mapping; the package is optional."""
    try:
        import yaml  # type: ignore[import-untyped, unused-ignore]
    except ImportError as error:
        raise MissingExtraError.for_package("pyyaml", extra="yaml", purpose="reading YAML") from error
    try:
        _refuse_surprises(yaml.compose(content, Loader=yaml.SafeLoader), file)
        document = yaml.safe_load(content)
    except RecursionError as error:
        raise CorpusError("this YAML is nested deeper than any codebook", path=file) from error
    except (yaml.YAMLError, ValueError) as error:
        mark = getattr(error, "problem_mark", None)
        line = None if mark is None else mark.line + 1
        raise CorpusError(f"this is not YAML: {error}", path=file, line=line) from error
    if not isinstance(document, dict):
        raise CorpusError("a codebook in YAML is a mapping of topics to terms", path=file)
    return document
