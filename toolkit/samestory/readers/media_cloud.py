"""Lists of addresses without texts, as Media Cloud exports them."""

from __future__ import annotations

import pandas as pd

__all__ = ["as_address_list", "is_address_list"]

# Media Cloud's columns (search.mediacloud.org, and the older Explorer) -> ours.
_COLUMNS = {
    "media_name": "outlet",
    "publish_date": "published",
    "id": "article_id",
    "stories_id": "article_id",
}
_SIGNS = ("url", "media_name", "publish_date")


def is_address_list(frame: pd.DataFrame) -> bool:
    """Say whether a table is Media Cloud's list of stories: addresses and outlets, and no texts.

    Examples
    --------
    >>> is_address_list(pd.DataFrame(columns=["id", "media_name", "publish_date", "title", "url"]))
    True
    """
    return all(c in frame.columns for c in _SIGNS) and "text" not in frame.columns


def as_address_list(frame: pd.DataFrame) -> pd.DataFrame:
    """Give a list of stories our names; every row gets an empty text and is marked as an address only."""
    ours = {
        theirs: name
        for theirs, name in _COLUMNS.items()
        if theirs in frame.columns and name not in frame.columns
    }
    if "id" in ours and "stories_id" in ours:
        del ours["id"]
    return frame.rename(columns=ours).assign(
        text="", address_only=True, outlet_from="column media_name", published_from="column publish_date"
    )
