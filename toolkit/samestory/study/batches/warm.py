"""Imported once where workers come from, so that they share the models instead of each loading them."""

from __future__ import annotations

import gc

import pandas as pd

from samestory.readers.codebook import read_codebook
from samestory.study.batches import steps

__all__: list[str] = []

_PAGE = pd.DataFrame(
    {"article_id": ["warm"], "outlet": [""], "title": ["Rain"], "text": ["“It rained,” Ida Moss said."]}
)
steps.measure(
    steps.clean(_PAGE, recurring={}, how=steps.Cleaning())["articles"], codebook=read_codebook().head(1)
)
# What all share is for ever: no worker is to look through it for garbage, and make its own copy by doing so.
gc.collect()
gc.freeze()
