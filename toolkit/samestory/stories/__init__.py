"""Which articles tell one story, which copy another, and which outlet told which story."""

from samestory.stories.alignment import align_stories
from samestory.stories.coverage import story_coverage
from samestory.stories.links import story_links
from samestory.stories.reprints import mark_reprints
from samestory.stories.review import review_sheet
from samestory.stories.storylines import align_storylines

__all__ = [
    "align_stories",
    "align_storylines",
    "mark_reprints",
    "review_sheet",
    "story_coverage",
    "story_links",
]
