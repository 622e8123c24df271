"""Tables for LaTeX: rules of booktabs, every header and cell escaped."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

import pandas as pd

__all__ = ["latex_bytes", "latex_text"]

_MARKS: Mapping[str, str] = MappingProxyType(
    {
        "\\": r"\textbackslash{}",
        "&": r"\&",
        "%": r"\%",
        "$": r"\$",
        "#": r"\#",
        "_": r"\_",
        "{": r"\{",
        "}": r"\}",
        "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}",
        "<": r"\textless{}",
        ">": r"\textgreater{}",
        "|": r"\textbar{}",
        # After the end of a row these would be read as its options.
        "[": "{[}",
        "*": "{*}",
        # Two of these would be joined to another sign.
        "-": "-{}",
        "'": "'{}",
        "`": "`{}",
        "−": r"$-$",
    }
)


def latex_text(text: str) -> str:
    r"""Escape a text for LaTeX: nothing in it is a command, and no control character is left.

    Examples
    --------
    >>> latex_text("50 % of $x_1$ & \\input{a}")
    '50 \\% of \\$x\\_1\\$ \\& \\textbackslash{}input\\{a\\}'
    """
    seen = " ".join(text.split())
    seen = "".join(c for c in seen if unicodedata.category(c) not in {"Cc", "Cf", "Cs", "Co", "Cn"})
    return "".join(_MARKS.get(c, c) for c in seen)


def latex_bytes(frame: pd.DataFrame, decimals: int) -> bytes:
    """Write a table as a LaTeX tabular with booktabs rules, numbers to the right."""
    numbers = [pd.api.types.is_numeric_dtype(frame[c].dtype) for c in frame.columns]
    head = " & ".join(latex_text(str(c)) for c in frame.columns)
    rows = [" & ".join(_cell(v, decimals) for v in row) for row in frame.itertuples(index=False, name=None)]
    lines = [
        r"% needs \usepackage{booktabs}",
        rf"\begin{{tabular}}{{{''.join('r' if n else 'l' for n in numbers)}}}",
        r"\toprule",
        rf"{head} \\",
        r"\midrule",
        *(rf"{row} \\" for row in rows),
        r"\bottomrule",
        r"\end{tabular}",
    ]
    return "".join(f"{line}\n" for line in lines).encode("utf-8", "replace")


def _cell(value: Any, decimals: int) -> str:
    if pd.api.types.is_scalar(value) and pd.isna(value):
        return ""
    if isinstance(value, float):
        return f"{value:.{decimals}f}".replace("-", "$-$")
    if isinstance(value, int):
        return f"{value:d}".replace("-", "$-$")
    return latex_text(str(value))
