"""Which articles tell one story, which copy another, and which outlet told which story."""

from samestory.stories.alignment import align_counted, align_stories
from samestory.stories.coverage import story_coverage
from samestory.stories.likeness import Spread, bags_of, has_text, usable_rows
from samestory.stories.links import story_links
from samestory.stories.reprints import mark_reprints, reprints_read
from samestory.stories.review import review_sheet
from samestory.stories.storylines import align_storylines, storylines_counted

__all__ = [
    "Spread",
    "align_counted",
    "align_stories",
    "align_storylines",
    "bags_of",
    "has_text",
    "mark_reprints",
    "reprints_read",
    "review_sheet",
    "story_coverage",
    "story_links",
    "storylines_counted",
    "usable_rows",
]
