"""Figures inside the page: the drawing of an SVG and nothing else, with ids of its own.

Only the elements and attributes that draw are let through; scripts, styles, links, foreign content and
comments are not. A figure can do nothing in the page, whatever text went into it.
"""

from __future__ import annotations

import re
from xml.etree import ElementTree

from samestory.errors import TableError
from samestory.report.safe import plain

__all__ = ["drawing"]

_SVG, _XLINK = "{http://www.w3.org/2000/svg}", "{http://www.w3.org/1999/xlink}"
_ELEMENTS = frozenset(
    "svg g defs path use clipPath rect circle ellipse line polyline polygon text tspan image pattern "
    "linearGradient radialGradient stop marker title desc".split()
)
_ATTRIBUTES = frozenset(
    "id d x y x1 x2 y1 y2 cx cy r rx ry width height viewBox transform points offset clip-path clip-rule "
    "fill fill-opacity fill-rule stroke stroke-width stroke-opacity stroke-linecap stroke-linejoin "
    "stroke-dasharray stroke-dashoffset stroke-miterlimit opacity font-size font-family font-weight "
    "font-style text-anchor patternUnits patternTransform preserveAspectRatio clipPathUnits gradientUnits "
    "gradientTransform stop-color stop-opacity image-rendering".split()
)
_LOCAL = re.compile(r"url\(\s*['\"]?#([^)'\"]+)['\"]?\s*\)")
_PICTURE = re.compile(r"data:image/png;base64,[A-Za-z0-9+/=\s]+\Z")


def drawing(svg: str, *, name: str, label: str = "") -> str:
    """Return an SVG fit to stand in the page: drawing only, every id prefixed.

    Parameters
    ----------
    svg : str
        An SVG document, such as matplotlib writes.
    name : str
        Prefix of the ids, one per figure of the page.
    label : str
        What a screen reader says where the figure has no description of its own; by default ``name``.

    Returns
    -------
    str
        An ``<svg>`` element.

    Raises
    ------
    TableError
        ``svg`` is not SVG.

    Examples
    --------
    >>> svg = '<svg xmlns="http://www.w3.org/2000/svg"><script/><path id="p"/></svg>'
    >>> drawing(svg, name="tone")
    '<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-label="tone"><path id="tone-p" /></svg>'
    """
    hint = "pass the text of an .svg file"
    try:
        root = ElementTree.fromstring(svg.encode("utf-8", "replace"))
    except ElementTree.ParseError as problem:
        raise TableError(f"the figure '{name}' is not SVG: {problem}", hint=hint) from problem
    if root.tag != f"{_SVG}svg":
        raise TableError(f"the figure '{name}' is not SVG but <{root.tag}>", hint=hint)
    out = _kept(root, name)
    if any(
        e.tag == f"{_SVG}style" for e in root.iter()
    ):  # matplotlib's one rule for all lines, without the rule
        out.attrib.update({"stroke-linejoin": "round", "stroke-linecap": "butt"})
    out.attrib.update(
        {"xmlns": "http://www.w3.org/2000/svg", "role": "img", "aria-label": _told(root) or label or name}
    )
    return ElementTree.tostring(out, encoding="unicode")


def _told(root: ElementTree.Element) -> str:
    """Take the figure's own description, else its title."""
    for tag in ("desc", "title"):
        found = root.find(f"{_SVG}{tag}")
        if found is not None and (found.text or "").strip():
            return plain(" ".join((found.text or "").split()))
    return ""


def _kept(element: ElementTree.Element, name: str) -> ElementTree.Element:
    out = ElementTree.Element(element.tag.removeprefix(_SVG))
    for key, value in {**element.attrib, **_styles(element)}.items():
        if key in {"href", f"{_XLINK}href"}:
            _link(out, value, name)
        elif key == "id":
            out.set("id", f"{name}-{value}")
        elif key in _ATTRIBUTES and "url(" not in _LOCAL.sub("", value).lower():
            out.set(key, _LOCAL.sub(rf"url(#{name}-\1)", value))
    if out.tag in {"text", "tspan", "title", "desc"}:
        out.text = element.text
    for child in element:
        # Comments and processing instructions have a function for a tag.
        if (
            isinstance(child.tag, str)
            and child.tag.startswith(_SVG)
            and child.tag.removeprefix(_SVG) in _ELEMENTS
        ):
            kept = _kept(child, name)
            kept.tail = child.tail if out.tag in {"text", "tspan"} else None
            out.append(kept)
    return out


def _styles(element: ElementTree.Element) -> dict[str, str]:
    """Turn a style attribute into presentation attributes, which the page's policy lets through."""
    pairs = (p.split(":", 1) for p in element.attrib.get("style", "").split(";") if ":" in p)
    return {k.strip(): v.strip() for k, v in pairs}


def _link(out: ElementTree.Element, value: str, name: str) -> None:
    if value.startswith("#"):
        out.set("href", f"#{name}-{value[1:]}")
    elif out.tag == "image" and _PICTURE.match(value):
        out.set("href", value)
