"""Two or more persons who speak at once, and roles that share one name."""

from __future__ import annotations

import re

from samestory.measures.quotes.names import Name, parse_name
from samestory.measures.quotes.speakers import People
from samestory.measures.quotes.words import PREPOSITIONS

__all__ = ["joint_names", "known_ending"]

_AND = re.compile(r",?\s+and\s+|;\s+|,\s+(?=(?:[A-Z][\w.’'-]*\s?){2,6}(?:,|\(|$|\s+and\s))")
_AFTER = re.compile(r"\s*\([^()]*\)|,\s.*\Z|\s+(?:both|all|each|together|jointly)\Z")
# A role whose holder's name follows: "his deputy, Milo Tarn".
_HELD = re.compile(r"\b(?:[Tt]he|[Hh]is|[Hh]er|[Tt]heir|[Ii]ts)\s(?:(?!\sand\s)[^,]){1,60}[a-z],\s(?=[A-Z])")
_ROLE = re.compile(r"(?:the|his|her|their|its|a|an|[A-Z]\S*['’]s)\s[^A-Z]*\Z")


def joint_names(people: People, phrase: str) -> str | None:
    """Return the names of several speakers joined by "and", or the one name of a double role.

    None when the phrase names no two persons: a single speaker, a group, an organisation.

    Examples
    --------
    >>> from samestory.measures.quotes.speakers import find_people
    >>> joint_names(find_people("Tobias Kerrel met Lena Torvik."), "Kerrel and Torvik")
    'Tobias Kerrel and Lena Torvik'
    """
    if " and " not in phrase:
        return None
    parts = [p.strip() for p in _AND.split(re.sub(r"\s*\([^()]*\)", "", _HELD.sub("", phrase))) if p.strip()]
    if not 2 <= len(parts) <= 5:
        return None
    names = [_one(people, _AFTER.sub("", part)) for part in parts]
    if all(names):
        return _listed([n for n in names if n])
    if (
        len(parts) == 2
        and names[1]
        and names[0] is None
        and (_ROLE.match(parts[0]) or (_is_role(parts[0]) and parts[1][0].islower()))
        and len(names[1].split()) > 1
    ):
        return names[1]  # "her aide and old friend Milo Tarn"
    return None


def _is_role(part: str) -> bool:
    """Whether a part ends with a noun in the singular ("pilot" of "Amsel pilot and author Milo Tarn")."""
    last = part.split()[-1]
    return last.islower() and not last.endswith("s")


def _one(people: People, part: str) -> str | None:
    """Return the full name of a part that is a person: known to the text, or written in full."""
    if not part.split()[-1][:1].isupper():
        return None
    word = part.split()[-1]
    if people.knows(word) and len(part.split()) == 1:
        return people.by_name(Name((word,)))
    ending = known_ending(people, part)
    if ending is not None:
        return ending
    name = parse_name(part)
    if name is None or (len(name.words) == 1 and not people.knows(name.words[0])):
        return None
    known = people.by_name(name)
    return known if known in people.full_names else None


def known_ending(people: People, part: str) -> str | None:
    """Return the full name known to the text that a phrase ends with; none right behind a preposition."""
    words = part.split()
    for n in (2, 3):
        name = " ".join(words[-n:])
        if len(words) >= n and name in people.full_names:
            before = words[-n - 1].lower() if len(words) > n else ""
            return None if before in PREPOSITIONS or before.endswith((",", "'s", "’s")) else name
    return None


def _listed(names: list[str]) -> str:
    return f"{', '.join(names[:-1])} and {names[-1]}"
