"""Cleaning: characters made plain, page furniture taken out, headline and byline put where they belong.

The steps are small and pure, :func:`cleaning_steps` names them; :func:`clean_articles` runs them on a table
and :func:`cleaning_lines` lists every line with what became of it.
"""

from samestory.cleaning.articles import (
    clean_articles,
    clean_batch,
    clean_with_lines,
    cleaning_lines,
    mark_articles,
    removed_lines,
)
from samestory.cleaning.characters import clean_characters
from samestory.cleaning.lexicon import Furniture, read_furniture
from samestory.cleaning.raw import raw_offsets
from samestory.cleaning.recurrence import recurring_marks
from samestory.cleaning.steps import check_steps, cleaning_steps

__all__ = [
    "Furniture",
    "check_steps",
    "clean_articles",
    "clean_batch",
    "clean_characters",
    "clean_with_lines",
    "cleaning_lines",
    "cleaning_steps",
    "mark_articles",
    "raw_offsets",
    "read_furniture",
    "recurring_marks",
    "removed_lines",
]
