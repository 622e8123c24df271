"""Names of persons: titles off, roles kept, spelling variants told from namesakes."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from samestory.measures.quotes.name_words import (
    FEMALE,
    FIRST_NAMES,
    MALE,
    NATIONS,
    OFFICES,
    ORGANISATION,
    ORGANS,
    PARTICLES,
    PLACES,
    SUFFIX,
    TITLES,
)
from samestory.measures.quotes.roles import holds_office, modifies_office
from samestory.measures.quotes.words import (
    ADVERBS,
    CLAUSE_LINKS,
    DETERMINERS,
    MONTHS,
    PERSONAL,
    PREPOSITIONS,
    TIMES,
)
from samestory.text import normalise_typography

__all__ = [
    "Name",
    "first_name_gender",
    "fits_role",
    "is_variant",
    "parse_name",
    "role_words",
    "same_surname",
    "skeleton",
]

_NO_NAME = TITLES | DETERMINERS | PERSONAL | TIMES | MONTHS | CLAUSE_LINKS | ADVERBS | PREPOSITIONS
_ROLE_ENDS = PREPOSITIONS | CLAUSE_LINKS
_NO_ROLE = DETERMINERS | PREPOSITIONS
_BODIES = ORGANS - OFFICES


@dataclass(frozen=True, slots=True)
class Name:
    """A parsed phrase: the name's words, and the words of the role beside it, lower case."""

    words: tuple[str, ...]
    roles: tuple[tuple[str, ...], ...] = ()

    @property
    def surname(self) -> str:
        """The last word that is no suffix, lower case with plain marks, without "al-"."""
        rest = [w for w in self.words if w.lower() not in SUFFIX]
        return normalise_typography(rest[-1]).lower().removeprefix("al-") if rest else ""

    @property
    def full(self) -> str:
        """The name as one string."""
        return " ".join(self.words)


def _plain(word: str) -> str:
    return normalise_typography(word).lower().rstrip(".")


@lru_cache(maxsize=1 << 16)
def parse_name(phrase: str) -> Name | None:
    """Read a person's name and role out of a noun phrase.

    Parameters
    ----------
    phrase : str
        A phrase such as a speaker as written.

    Returns
    -------
    Name or None
        None when the phrase names no person: a pronoun, a role alone, an organisation, a group.

    Examples
    --------
    >>> parse_name("Finance Minister Tobias Kerrel, the budget's author").full
    'Tobias Kerrel'
    >>> parse_name("the Talveran president, Casimir Dole").full
    'Casimir Dole'
    >>> parse_name("a spokesman for Tobias Kerrel") is None
    True
    """
    segments = [s.strip() for s in re.split(r",|\(|\s[-–—]\s", phrase) if s.strip()]
    if not segments:
        return None
    first = _head_name(segments[0])
    if first is not None:
        later = tuple(filter(None, (role_words(s) for s in segments[1:3])))
        return Name(first.words, (*first.roles, *later))
    if len(segments) > 1 and (
        segments[0][:1].islower()
        or _plain(segments[0].split()[0]) in DETERMINERS
        or segments[0].split()[-1].islower()
    ):
        second = _head_name(segments[1])
        if second is not None and len(second.words) > 1:
            return Name(second.words, (role_words(segments[0]), *second.roles))
    return None


def _head_name(segment: str) -> Name | None:
    """Return the name that a segment without commas consists of, apart from a role before it."""
    words = [w for w in segment.replace("’s ", "'s ").split() if w not in ("himself", "herself")]
    cut = next((i for i, w in enumerate(words) if i and _ends_head(w)), len(words))
    head, after = words[:cut], _plain(words[cut]) if cut < len(words) else ""
    if after == "and" and _plain(head[-1]) in TITLES and len(words) > cut + 2:
        rest = _head_name(" ".join(words[cut + 1 :]))  # "chairman and chief executive Milo Tarn"
        role = role_words(" ".join(head))
        return Name(rest.words, (role, *rest.roles)) if rest is not None and rest.roles else None
    if not head or after == "and" or (after and not _is_name_word(head[-1])):
        return None  # two people, or "a spokesman for …"
    start = _name_start(head)
    name, role = head[start:], tuple(_plain(w) for w in head[:start])
    if not name or (not _personal(name) and any(_plain(w) in ORGANISATION for w in name)):
        return None
    if (role and role[-1] in _BODIES) or (_plain(name[-1]) in PLACES and not _personal(name)):
        return None
    person = any(r in OFFICES for r in role) or (role and role[-1].endswith("'s"))
    person = person or _two_names(name) or (role and role[-1] in ("late", "rev", "reverend", "hon"))
    if role and role[0] in DETERMINERS and not person:
        return None
    described = role_words(" ".join(head[:start]))
    return Name(tuple(w.strip("“”\"‘'") for w in name), (described,) if described else ())


def _personal(name: list[str]) -> bool:
    """Whether a name that holds a word of organisations is a person's ("Bill Moss", "Ada West")."""
    others = [w for w in name[1:] if _plain(w) in ORGANISATION]
    return (
        len(name) > 1
        and _is_first(name[0])
        and (not others or (others == name[-1:] and _plain(name[-1]) in _SURNAMES))
    )


def _two_names(name: list[str]) -> bool:
    """Whether a name is a known first name and a surname, with an initial between them at most."""
    return (
        len([w for w in name if w[-1:] != "."]) == 2
        and _is_first(name[0])
        and _plain(name[-1]) not in ORGANISATION
    )


def _ends_head(word: str) -> bool:
    """Whether a word ends the part of a phrase that can hold the name."""
    plain = _plain(word)
    return (
        not word[0].isupper()
        and plain not in PARTICLES
        and (plain in PREPOSITIONS or plain in ("who", "and", "or", "that"))
    )


def _name_start(head: list[str]) -> int:
    """Where the run of name words begins that ends a phrase; particles stand inside it."""
    start = len(head)
    if start > 1 and _is_first(head[-2]) and head[-1][:1].isupper() and len(head[-1]) > 2:
        start -= 2  # a surname that looks like an adjective of origin
    shouted = all(w.isupper() for w in head)
    while start and (
        (_is_name_word(head[start - 1]) and (shouted or not _SHOUT.match(head[start - 1])))
        or (
            2 <= start < len(head) and _plain(head[start - 1]) in PARTICLES and _is_name_word(head[start - 2])
        )
    ):
        start -= 1
        if start and all(_plain(w) in _SUFFIXES for w in head[start:]):
            start -= 1  # a surname that looks like a title: "King Jr."
    return start


#: Words of organisations that are surnames as well.
_SURNAMES = frozenset("west north law day lake page rule star".split())
_SHOUT = re.compile(r"[A-Z]{4,}\Z")  # a label ("WATCHED Obama"), beside words that are not in capitals
_SUFFIXES = frozenset(w.rstrip(".") for w in SUFFIX)


def _is_first(word: str) -> bool:
    return word[:1].isupper() and _plain(word) in FIRST_NAMES


def _is_name_word(word: str) -> bool:
    plain = _plain(word)
    if _is_first(word) and plain.endswith(("ian", "ish", "ese")):
        return True
    if len(word) == 2 and word[0].isupper() and word[1] == ".":
        return True  # an initial, be it "A."
    if plain.endswith("-elect") or plain.startswith(("then-", "ex-", "former-")):
        return False
    return (
        word.removeprefix("al-")[:1].isupper()
        and plain not in _NO_NAME
        and not plain.endswith("'s")
        and any(c.isalpha() for c in word)
        and not plain.endswith(("ian", "ish", "ese")) | (plain in NATIONS)
    ) or plain in SUFFIX


def role_words(phrase: str) -> tuple[str, ...]:
    """Return the words of a role phrase, lower case, up to its first preposition or relative.

    Examples
    --------
    >>> role_words("the Talveran finance minister")
    ('talveran', 'finance', 'minister')
    """
    out: list[str] = []
    for word in phrase.split():
        plain = _plain(word)
        if out and plain in _ROLE_ENDS:
            break
        if plain in _NO_ROLE:
            continue
        stem = plain.removesuffix("'s")
        out.append(stem)
        if stem != plain and stem in OFFICES:
            out.clear()  # "the president's spokesman" is no president
    return tuple(out)


def fits_role(wanted: tuple[str, ...], role: tuple[str, ...]) -> bool:
    """Whether a role phrase may name a role: same office, and its other words are the role's too.

    Examples
    --------
    >>> fits_role(("president",), ("morvian", "president")), fits_role(("president",), ("vice", "president"))
    (True, False)
    """
    office = [i for i, r in enumerate(role) if holds_office(wanted[-1], r)]
    if not office or any(r in OFFICES for r in role[office[-1] + 1 :]):
        return False
    other = role[max(office[-1] - 1, 0) : office[-1]]
    if any(modifies_office(r) and r not in wanted for r in other) and (
        wanted[-1] == role[office[-1]] and other[0] not in ("prime", "first")
    ):
        return False  # "the president" is not the vice president
    return all(any(w[:4] == r[:4] for r in role) for w in wanted[:-1])


@lru_cache(maxsize=1 << 14)
def first_name_gender(name: Name) -> str | None:
    """Guess "f" or "m" from the first name and the title; None when unknown.

    Examples
    --------
    >>> first_name_gender(Name(("Clara", "Wyndt")))
    'f'
    """
    titles = {word for role in name.roles for word in role}
    first = _plain(name.words[0]) if len(name.words) > 1 else ""
    if (
        first in FEMALE
        or {"mrs", "ms", "miss", "dame", "lady", "queen", "spokeswoman", "chairwoman", "congresswoman"}
        & titles
    ):
        return "f"
    if first in MALE or {"mr", "sir", "lord", "king", "spokesman", "chairman", "congressman"} & titles:
        return "m"
    return None


def is_variant(a: str, b: str) -> bool:
    """Whether two first names are spellings of one: same consonants in order, five letters or more.

    Examples
    --------
    >>> is_variant("Ebrahim", "Ibrahim"), is_variant("Donald", "Ronald")
    (True, False)
    """
    if a == b:
        return True
    return min(len(a), len(b)) >= 5 and skeleton(a) == skeleton(b)


def same_surname(a: str, b: str) -> bool:
    """Whether two surnames are spellings of one, for bearers whose first names are.

    Examples
    --------
    >>> same_surname("zelensky", "zelenskyy"), same_surname("kerrel", "karol")
    (True, True)
    >>> same_surname("moss", "mays"), same_surname("pohl", "tolley")
    (False, False)
    """
    return a == b or (min(len(a), len(b)) >= 5 and skeleton(a) == skeleton(b) and len(skeleton(a)) > 1)


def skeleton(word: str) -> str:
    """Return the consonants of a word in order, without accents and doublings, k for c and q, v for w.

    Examples
    --------
    >>> skeleton("Erdoğan"), skeleton("Mohammed")
    ('rdgn', 'mhmd')
    """
    plain = "".join(c for c in unicodedata.normalize("NFKD", word.lower()) if not unicodedata.combining(c))
    consonants = re.sub(r"[aeiouyøœæ'-]", "", plain.replace("ph", "f").translate(_SOUNDS))
    return re.sub(r"(.)\1+", r"\1", consonants)


_SOUNDS = str.maketrans("cqw", "kkv")
