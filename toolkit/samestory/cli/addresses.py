"""The list of pages to fetch: articles of which a corpus has the address and not the text."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from samestory.cli.options import step_options, write_step
from samestory.errors import CorpusError

if TYPE_CHECKING:
    import pandas as pd

_COLUMNS = ("article_id", "outlet", "published", "title", "url")


@click.command()
@step_options
def addresses(corpus: Path, out: Path, overwrite: bool, columns: dict[str, str], excel_safe: bool) -> None:
    """List the articles of CORPUS that have an address and no text.

    Writes article_id, outlet, published, title and url of each, such as those of a list from Media Cloud.
    Save the pages under the names in the column file, and the list as metadata.csv beside them.
    """
    write_step(corpus, out, overwrite, columns, _to_fetch, excel_safe=excel_safe)


def _to_fetch(articles: pd.DataFrame) -> pd.DataFrame:
    bare = articles[articles["url"].notna() & (articles["text"].str.strip() == "")]
    if bare.empty:
        raise CorpusError(f"each of the {len(articles)} articles has a text, or has no address")
    listed = bare[[*_COLUMNS]].reset_index(drop=True)
    return listed.assign(file=listed["article_id"] + ".html")
