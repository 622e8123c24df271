"""Give every attribution of one article the name of its speaker."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from samestory.measures.quotes.discourse import Found
from samestory.measures.quotes.joint import joint_names, known_ending
from samestory.measures.quotes.name_words import ORGANS
from samestory.measures.quotes.names import Name, parse_name
from samestory.measures.quotes.pronouns import GENDERS, Antecedents, Spoken
from samestory.measures.quotes.speaker_kind import is_group_word, speaker_kind
from samestory.measures.quotes.speakers import People, find_people
from samestory.measures.quotes.words import PREPOSITIONS
from samestory.text import Span, normalise_typography

__all__ = ["Resolved", "resolve_speakers"]

_RELATIVE = frozenset(("who", "whom", "whose", "which"))
_IT, _THEY = frozenset(("it", "its", "itself")), frozenset(("they", "their", "them", "both", "themselves"))
_ORGAN = re.compile(rf"\b(?:{'|'.join(sorted(ORGANS))})\s+([A-Z][^\W\d_]+(?:\s+[A-Z][^\W\d_]+)*)\Z")
_NOBODY = frozenset(
    "i we you us me my our one those these this that some many others most all none another".split()
)
_TRAILING = re.compile(
    r"(?:['’]s?|,?\s+(?:both|all|just|also|himself|herself|itself|themselves|too|later|then|now|soon|once|"
    r"has|have|had|is|was|were|are|will|would|did|does|do))\Z"
)
_DATELINE = re.compile(r"\A[A-Z][^()\n]{0,40}\((?:AP|AFP|CNN|Reuters|UPI)\)\s*[-–—]*\s*(?=[A-Z])")
_OFFICE_OF = re.compile(
    r"\b(?:Chief|Secretary|Director|Speaker|Minister|Leader|Attorney|Head)s? of (?:the )?[A-Z]"
)
_APART = re.compile(r",\s|\s(?:\(|who\s|[–—]\s)")
_BEHIND_PLURAL = PREPOSITIONS | {"and", "who", "that", "close", "familiar"}
_INDEFINITE = ("a ", "an ", "some ", "one ", "another ")


@dataclass(frozen=True, slots=True)
class Resolved:
    """The name of a speaker, and the way it was found (a key of ``RESOLUTION_PRECISION``)."""

    name: str | None
    way: str
    kind: str


@dataclass(slots=True)
class _Article:
    people: People
    antecedents: Antecedents
    names: frozenset[str]
    spoke: Spoken | None = None  # the last speaker
    body: str | None = None  # the last organisation or document
    several: str | None = None  # the last group, organisation or pair


def resolve_speakers(
    text: str, found: Sequence[Found], bounds: Sequence[int], quoted: Sequence[Span] = ()
) -> list[Resolved]:
    """Name the speaker of each attribution of one article.

    Parameters
    ----------
    text : str
        The article.
    found : sequence of Found
        Its attributions.
    bounds : sequence of int
        Where its sentences begin.
    quoted : sequence of (int, int)
        What stands inside quotation marks, in order.

    Returns
    -------
    list of Resolved
        A person's fullest name in the article, the phrase of a group or an organisation, None where
        nobody is named or a pronoun has nobody to stand for.
    """
    people = find_people(text, quoted)
    article = _Article(people, Antecedents(text, people, bounds, quoted), people.full_names)
    names = [Resolved(None, "none", "none")] * len(found)
    for i in sorted(range(len(found)), key=lambda i: _place(found[i])):
        one = found[i]
        if one.carried_from is not None:
            names[i] = Resolved(names[one.carried_from].name, "carried", "none")
        elif one.attribution.source:
            phrase = " ".join(text[a:b] for a, b in one.attribution.source)
            names[i] = _named(article, phrase, one.attribution.source[0][0])
        elif one.attribution.rule == "speakerless":
            alone = article.antecedents.only_one_before(one.attribution.content[0][0])
            names[i] = Resolved(alone, "carried" if alone else "none", "none")
        _remember(article, names[i], _place(one))
    return names


def _place(found: Found) -> int:
    a = found.attribution
    return min(s for s, _ in a.source) if a.source else max(e for _, e in a.content)


def _remember(article: _Article, one: Resolved, place: int) -> None:
    if one.name is None:
        return
    person = one.name in article.names or one.kind == "person"
    if person or (one.kind in ("pronoun", "none") and one.name[:1].isupper()):
        article.spoke = Spoken(one.name, place)
    elif one.kind in ("organisation", "document"):
        article.body = one.name
    if one.kind in ("group", "organisation", "anonymous"):
        article.several = one.name


def _named(article: _Article, phrase: str, place: int) -> Resolved:
    name, way = _resolve(article, phrase, place)
    return Resolved(
        name, way if name is not None else "none", speaker_kind(phrase, name, people=article.names)
    )


def _resolve(article: _Article, phrase: str, place: int) -> tuple[str | None, str]:
    plain = normalise_typography(phrase).strip().lower()
    if plain in GENDERS:
        name, rival = article.antecedents.he_or_she(GENDERS[plain], place, article.spoke)
        return name, "pronoun_rival" if rival else "pronoun"
    if plain in _RELATIVE or plain.startswith("who "):
        return article.antecedents.who(place), "relative"
    if plain in _IT:
        return article.body, "pronoun_rival"
    if plain in _THEY:
        return article.several, "pronoun_rival"
    if plain in _NOBODY:
        return None, "none"
    return _from_phrase(article.people, _without_tail(phrase), place)


@lru_cache(maxsize=1 << 14)
def _without_tail(phrase: str) -> str:
    """Take off what a span holds too much at its end ("Kerrel’s", "Kerrel both", "Kerrel has")."""
    shorter = _TRAILING.sub("", phrase.strip())
    return _without_tail(shorter) if shorter and shorter != phrase else phrase


def _from_phrase(people: People, phrase: str, place: int) -> tuple[str | None, str]:
    phrase = _DATELINE.sub("", phrase) if "(" in phrase else phrase
    head = _head(phrase)
    several = joint_names(people, phrase)
    if several is not None:
        return several, "joint"
    words = head.split()
    if len(words) == 1 and words[0][:1].isupper() and people.knows(words[0]):
        return people.by_name(_one_word(words[0])), "surname"
    name = (
        None
        if words and is_group_word(words[0]) and _plural(words)
        else parse_name(_from_capitals(people, phrase))
    )
    if name is not None:
        known = people.by_name(name)
        if known is not None:
            return known, "surname" if len(name.words) == 1 else "name"
        titled = head
        return (titled if name.roles and titled[:1].isupper() else name.full), "phrase"
    organ = _ORGAN.search(head)
    if organ:
        return organ.group(1), "phrase"
    if not head.lower().startswith(_INDEFINITE):
        holder, rivals = people.by_role(head, place)
        if holder is not None:
            return holder, "role" if rivals == 1 else "role_rival"
    held = _OFFICE_OF.search(head) is not None
    ending = known_ending(people, head if held else phrase.rstrip(", ")) if held or "," in phrase else None
    return (ending, "name") if ending is not None else (_shortened(head), "phrase")


def _behind_preposition(people: People, phrase: str) -> str | None:
    """Return the name after an opening that is no speaker ("Because of the rain, Judge Lena Torvik")."""
    first, _, rest = phrase.partition(", ")
    opening = first.split(" ")[0].lower()
    if not rest or opening not in PREPOSITIONS | {"because", "while", "when", "after", "although"}:
        return None
    return known_ending(people, rest.split(",")[0].strip())


def _one_word(word: str) -> Name:
    return Name((word,))


def _plural(words: Sequence[str]) -> bool:
    """Whether no name follows a plural at a phrase's head ("Supporters of the ban", not "Aides Kerrel")."""
    return len(words) == 1 or words[1].lower() in _BEHIND_PLURAL


def _from_capitals(people: People, phrase: str) -> str:
    """Write a name in capitals as names are written, where it is one ("LENA TORVIK", "KERREL")."""
    if not phrase.isupper():
        return phrase
    words = phrase.split()
    known = people.knows(words[-1])
    return phrase.title() if known or (len(words) > 1 and all(len(w) > 2 for w in words)) else phrase


@lru_cache(maxsize=1 << 14)
def _head(phrase: str) -> str:
    """Return the phrase without its appositions."""
    return _APART.split(phrase, 1)[0].strip().rstrip(",")


def _shortened(head: str) -> str:
    """Return the phrase of a group with a small first letter where that is only a determiner or a plural."""
    first, _, rest = head.partition(" ")
    if not rest:
        return head
    small = first in _DETERMINERS or (is_group_word(first) and not rest[0].isupper())
    return f"{first.lower()} {rest}" if small else head


_DETERMINERS = frozenset(
    "The A An His Her Its Their Some Two Three Four Five Several Many One Other Another Most".split()
)
