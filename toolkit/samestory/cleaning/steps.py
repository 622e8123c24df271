"""The steps of cleaning by name: each can be switched off."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from types import MappingProxyType

from samestory.cleaning.characters import CHARACTER_STEPS
from samestory.cleaning.lexicon import Furniture, furniture
from samestory.errors import OptionError

__all__ = ["PAGE_STEPS", "check_steps", "cleaning_steps"]

#: The steps that look at lines, besides the reasons of the furniture list, in the order in which they run.
PAGE_STEPS: Mapping[str, str] = MappingProxyType(
    {
        "groups": "what a line of furniture brings along: linked headlines, lists, boxes, appeals, captions",
        "repeated": "long lines that stand on the page twice, as teasers and captions do",
        "recurring": "lines that recur in the articles of the outlet",
        "headline": "the headline goes to the column title",
        "deck": "what stands between the headline and the byline, the date or the buttons",
        "byline": "the author's line goes to the column byline",
        "credit": "the agency's line goes to the column credit",
        "body": "what stands before and after the stretch of the page that holds the most prose",
    }
)
_CHARACTERS: Mapping[str, str] = MappingProxyType(
    {
        "mojibake": "UTF-8 that was read in another encoding is repaired",
        "line_ends": "every kind of line end becomes one",
        "invisible": "zero-width characters, soft hyphens, marks of direction and control codes go",
        "blanks": "tabs, hard and thin blanks become plain ones",
        "compose": "letters and their accents are put together (Unicode NFC)",
    }
)


def cleaning_steps(known: Sequence[Furniture] | None = None) -> dict[str, str]:
    """List the steps of cleaning and what each does, in the order in which they run.

    Parameters
    ----------
    known : sequence of Furniture, optional
        A furniture list of :func:`~samestory.read_furniture`; by default the one of the package.

    Returns
    -------
    dict of str to str
        Name of each step and its meaning. The steps between ``compose`` and ``groups`` are the reasons of the
        furniture list.

    Examples
    --------
    >>> list(cleaning_steps())[:7]
    ['mojibake', 'line_ends', 'invisible', 'blanks', 'compose', 'advert', 'share']
    """
    reasons = dict.fromkeys(f.reason for f in (furniture() if known is None else known))
    listed = {r: f"lines that the furniture list calls {r.replace('_', ' ')}" for r in reasons}
    return {**{name: _CHARACTERS[name] for name in CHARACTER_STEPS}, **listed, **PAGE_STEPS}


def check_steps(without: Iterable[str], known: Sequence[Furniture] | None = None) -> Collection[str]:
    """Return the names of the steps to leave out, each once.

    Raises
    ------
    OptionError
        There is no such step.
    """
    names = [without] if isinstance(without, str) else list(without)
    steps = cleaning_steps(known)
    unknown = [name for name in names if name not in steps]
    if unknown:
        raise OptionError(f"cleaning has no step '{unknown[0]}'", hint=f"its steps are {', '.join(steps)}")
    return frozenset(names)
