"""Cleaning: characters made plain, page furniture taken out, headline and byline put where they belong.

The steps are small and pure; :func:`clean_articles` runs them on a table and :func:`removed_lines` lists
every line that it takes out, with the reason.
"""

from samestory.cleaning.articles import clean_articles, removed_lines
from samestory.cleaning.characters import clean_characters

__all__ = ["clean_articles", "clean_characters", "removed_lines"]
