"""Effect sizes and equivalence: how large a difference is, and whether it is small enough to be none."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from samestory.errors import OptionError

__all__ = ["cliffs_delta", "equivalence_test", "minimum_detectable"]

POWER = 0.8


def cliffs_delta(
    group: Sequence[float] | NDArray[np.float64], reference: Sequence[float] | NDArray[np.float64]
) -> float:
    """Say how often a value of one group lies above one of the other, less how often below.

    Parameters
    ----------
    group, reference : sequence of float
        Values without missing ones; they need not be equally many.

    Returns
    -------
    float
        Between -1 (every value of the group is below every one of the reference) and 1.

    References
    ----------
    Cliff, N. (1993). Dominance statistics: Ordinal analyses to answer ordinal questions. Psychological
    Bulletin, 114(3), 494-509.

    Examples
    --------
    >>> cliffs_delta([1, 2, 3], [0, 2, 0])
    0.6666666666666666
    """
    one, other = np.asarray(group, dtype=float), np.sort(np.asarray(reference, dtype=float))
    if not one.size or not other.size or not (np.isfinite(one).all() and np.isfinite(other).all()):
        raise OptionError("Cliff's delta needs at least one value on each side and no missing values")
    below = np.searchsorted(other, one, side="left").sum()
    above = (other.size - np.searchsorted(other, one, side="right")).sum()
    return float((int(below) - int(above)) / (one.size * other.size))


def equivalence_test(estimate: float, error: float, df: float, *, bound: float) -> tuple[float, float]:
    """Test whether a difference lies inside ``±bound``: two one-sided t tests (TOST).

    Parameters
    ----------
    estimate, error, df : float
        The difference, its standard error and degrees of freedom.
    bound : float
        The largest difference that counts as none, in the unit of the estimate. It has to be chosen before
        the data are seen; a bound read off the data proves nothing.

    Returns
    -------
    (float, float)
        The t of the weaker side and its one-sided p. A small p says that the difference is below the bound.

    References
    ----------
    Schuirmann, D. J. (1987). A comparison of the two one-sided tests procedure and the power approach.
    Journal of Pharmacokinetics and Biopharmaceutics, 15(6), 657-680. Lakens, D. (2017). Equivalence tests.
    Social Psychological and Personality Science, 8(4), 355-362.

    Examples
    --------
    >>> t, p = equivalence_test(0.1, 0.2, 9, bound=0.5)
    >>> round(t, 2), round(p, 3)
    (-2.0, 0.038)
    """
    from scipy import stats  # slow to import, needed only here

    if not bound > 0:
        raise OptionError(f"the bound of equivalence is a positive difference; {bound} was found")
    if not error > 0:
        inside = abs(estimate) < bound
        return (-np.inf, 0.0) if inside else (np.inf, 1.0)
    t = (abs(estimate) - bound) / error
    return float(t), float(stats.t.cdf(t, df))


@lru_cache(maxsize=256)
def minimum_detectable(n: int, level: float) -> float:
    """Smallest d_z that a two-sided paired t test on ``n`` stories finds with 80 % power."""
    from statsmodels.stats.power import TTestPower

    found = TTestPower().solve_power(nobs=n, alpha=1 - level, power=POWER, alternative="two-sided")
    # From some 1,100 stories on one way to the root may fail, and the other gives an array of one number.
    return float(np.asarray(found, dtype=float).item())
