"""Cleaning: characters made plain, page furniture taken out, headline and byline put where they belong.

The steps are small and pure; :func:`clean_articles` runs them on a table and :func:`removed_lines` lists
every line that it takes out, with the reason.
"""

from samestory.cleaning.articles import clean_articles, clean_batch, mark_articles, removed_lines
from samestory.cleaning.characters import clean_characters
from samestory.cleaning.recurrence import recurring_marks

__all__ = [
    "clean_articles",
    "clean_batch",
    "clean_characters",
    "mark_articles",
    "recurring_marks",
    "removed_lines",
]
