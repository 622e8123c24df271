"""Categories, in which large tables hold their texts, and the texts themselves."""

from __future__ import annotations

import pandas as pd

__all__ = ["without_categories"]


def without_categories(table: pd.DataFrame) -> pd.DataFrame:
    """Return a table with texts where it has categories.

    Examples
    --------
    >>> table = pd.DataFrame({"outlet": pd.Categorical(["Herald", "Harbour"]), "n": [1, 2]})
    >>> without_categories(table).dtypes.astype("str").tolist()
    ['str', 'int64']
    """
    own = {c: t.categories.dtype for c, t in table.dtypes.items() if isinstance(t, pd.CategoricalDtype)}
    return table.astype(own)
