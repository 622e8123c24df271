"""Families of tests: what is adjusted together, and the register that says so."""

from __future__ import annotations

from typing import Literal

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from samestory.errors import OptionError, TableError

__all__ = ["adjust_family", "list_families"]

_NAMES = {"holm": "Holm", "fdr_bh": "Benjamini-Hochberg"}


def adjust_family(
    estimates: pd.DataFrame, *, method: Literal["holm", "fdr_bh"] = "holm", family: str = "all tests"
) -> pd.DataFrame:
    """Adjust the p values of all rows as one family.

    Parameters
    ----------
    estimates : DataFrame
        Estimates table, possibly of several measures.
    method : {"holm", "fdr_bh"}
        Holm (1979) controls the family-wise error rate, Benjamini-Hochberg (1995) the false discovery rate.
    family : str, default "all tests"
        Name of the family, such as the question that its tests answer together.

    Returns
    -------
    DataFrame
        The estimates with ``p_adjusted``, ``family`` and ``family_size`` (the number of tests in the family,
        NA for rows without a test), and the adjustment named in ``method``. Tests of equivalence answer the
        opposite question: where there are any, they are a family of their own (``p_equivalence_adjusted``).

    Raises
    ------
    OptionError
        ``method`` is none of the two.
    TableError
        The table has no column ``p`` or ``method``.

    Examples
    --------
    >>> rows = pd.DataFrame({"p": [0.01, 0.04, None], "method": ["t", "t", "none"]})
    >>> adjust_family(rows)[["p_adjusted", "family_size"]]
       p_adjusted  family_size
    0        0.02          2.0
    1        0.04          2.0
    2         NaN          NaN
    """
    if method not in _NAMES:
        raise OptionError(f"the adjustment is one of {', '.join(_NAMES)}; '{method}' was found")
    if absent := [c for c in ("p", "method") if c not in estimates.columns]:
        raise TableError(
            f"a family of tests needs the columns {', '.join(absent)}; "
            f"the table has {', '.join(map(str, estimates.columns))}",
            hint="compare_groups gives an estimates table",
        )
    tested = estimates["p"].notna().to_numpy()
    labels = [
        f"{m.split('; p adjusted')[0]}; p adjusted ({_NAMES[method]}, family of {int(tested.sum())})"
        if t
        else m
        for m, t in zip(estimates["method"], tested, strict=True)
    ]
    out = estimates.assign(
        p_adjusted=_adjusted(estimates["p"], method),
        family_size=np.where(tested, tested.sum(), np.nan),
        method=labels,
        family=pd.Series(family, index=estimates.index, dtype="str"),
    )
    if "p_equivalence" in out.columns and out["p_equivalence"].notna().any():
        out = out.assign(p_equivalence_adjusted=_adjusted(out["p_equivalence"], method))
    return out


def _adjusted(p: pd.Series[float], method: str) -> NDArray[np.float64]:
    """Adjust the known p values together, once: each call of multipletests collects garbage."""
    known = p.notna().to_numpy()
    adjusted = np.full(len(p), np.nan)
    if known.any():
        from statsmodels.stats.multitest import multipletests  # slow to import, needed only here

        adjusted[known] = multipletests(p[known].to_numpy(dtype=float), method=method)[1]
    return adjusted


def list_families(*estimates: pd.DataFrame, alpha: float = 0.05) -> pd.DataFrame:
    """List the families of a study: the register of everything that was tested.

    Parameters
    ----------
    *estimates : DataFrame
        Estimates tables as :func:`samestory.compare_groups` and :func:`samestory.compare_measures` return.
    alpha : float, default 0.05
        Level at which rejections are counted.

    Returns
    -------
    DataFrame
        One row per table and family: ``family``, ``n_measures``, ``n_rows``, ``n_tests``, ``n_untested``,
        ``rejected`` (unadjusted p below ``alpha``) and ``rejected_adjusted``.

    Raises
    ------
    TableError
        A table has no column ``family``.

    Examples
    --------
    >>> rows = pd.DataFrame({"measure": ["tone", "words"], "p": [0.01, 0.04], "method": ["t", "t"]})
    >>> list_families(adjust_family(rows, family="main question"))[["family", "n_tests", "rejected_adjusted"]]
              family  n_tests  rejected_adjusted
    0  main question        2                  2
    """
    rows = []
    for table in estimates:
        if "family" not in table.columns:
            raise TableError("the register needs the column family", hint="compare_groups gives it")
        for name, part in table.groupby("family", sort=False):
            p = part["p"].dropna()
            rows.append(
                {
                    "family": name,
                    "n_measures": part["measure"].nunique(),
                    "n_rows": len(part),
                    "n_tests": p.size,
                    "n_untested": len(part) - p.size,
                    "rejected": int((p < alpha).sum()),
                    "rejected_adjusted": int((part["p_adjusted"] < alpha).sum()),
                }
            )
    columns = [
        "family",
        "n_measures",
        "n_rows",
        "n_tests",
        "n_untested",
        "rejected",
        "rejected_adjusted",
    ]
    return pd.DataFrame(rows, columns=columns)
