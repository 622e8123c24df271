"""What kind of speaker a phrase names.

The classes follow the usual typology of news sources: named or recognisable persons, organisations, groups,
documents, and persons whom the outlet leaves unnamed.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from functools import lru_cache

from samestory.measures.quotes.name_words import OFFICES, ORGANISATION, ORGANS, PLACES
from samestory.measures.quotes.names import parse_name
from samestory.measures.quotes.words import PREPOSITIONS
from samestory.text import normalise_typography

__all__ = ["SPEAKER_KINDS", "is_group_word", "speaker_kind"]

SPEAKER_KINDS = ("person", "organisation", "group", "document", "anonymous", "pronoun", "none")


def _set(text: str) -> frozenset[str]:
    return frozenset(text.split())


_PRONOUNS = _set(
    "he she it they we i you who which whom whose his her its their our my him them us me one this that "
    "these "
    "those both himself herself themselves itself"
)
_DOCUMENTS = _set(
    "report study survey poll statement letter memo memorandum document filing lawsuit suit complaint "
    "indictment affidavit bill law order ruling verdict email e-mail text tweet post article editorial "
    "column "
    "book transcript data figure statistic release analysis research review paper draft agreement treaty "
    "resolution record communique dossier audit census forecast estimate poster leaflet sign banner headline "
    "video ad advert advertisement commercial website page blog manifesto plan budget charter constitution "
    "note "
    "message caption speech tally index chart map finding evidence minutes proposal declaration petition "
    "notice "
    "inscription recording log diary memoir notebook polling policy advisory animation photo photograph "
    "guidance rule regulation lawsuit motion subpoena quotation biography speech profile press"
)
_ANONYMOUS = _set(
    "official source person people insider aide diplomat someone somebody witness bystander man woman boy "
    "girl "
    "resident neighbour neighbor passenger caller participant attendee staffer employee worker one adviser "
    "advisor individual relative friend colleague operative strategist officer lawmaker informant anyone "
    "whistleblower onlooker investigator reader user driver visitor"
)
_GROUPS = _set(
    "critics supporters opponents experts analysts observers activists protesters demonstrators republicans "
    "democrats conservatives liberals progressives voters residents scientists researchers economists "
    "historians "
    "lawmakers politicians lawyers attorneys prosecutors families parents students teachers farmers workers "
    "advocates campaigners allies rivals leaders members ministers senators governors doctors nurses "
    "scholars "
    "backers detractors americans europeans britons investors traders markets media reporters journalists "
    "commentators pundits fans players crews fishermen commuters many some others most all few both "
    "thousands "
    "hundreds dozens millions everyone everybody nobody crowd public jury team pair couple trio men women "
    "neighbours neighbors customers owners employers unions majority minority camp family group people "
    "authorities "
    "locals crowds villagers pensioners opposition aides centrists moderates legislators policymakers "
    "independents veterans immigrants muslims christians jews catholics evangelicals hispanics latinos "
    "percent blacks whites two three four five six seven eight nine ten"
)
_BODIES = _set(
    "police army navy military government administration cabinet kremlin pentagon vatican bureau court "
    "tribunal "
    "union council panel committee campaign opposition watchdog regulator think-tank firm chamber assembly "
    "parliament senate house press nato un eu regime junta militia treasury treasurer presidency secretariat "
    "coalition movement lobby chancellery prosecution defence defense palace fed state city town county "
    "village "
    "hospital clinic factory shop store airline carrier bank insurer lender startup start-up brewery museum "
    "theatre library archive directorate inspectorate taskforce consortium syndicate cooperative "
    "co-operative "
    "embassy consulate mission headquarters management facebook twitter google amazon apple microsoft "
    "youtube breitbart politico reuters cnn axios vox newsweek buzzfeed wikileaks hezbollah hamas isis "
    "taliban courts"
)
_SPOKESPERSON = re.compile(r"\bspokes(?:man|woman|person|people|men)\b", re.IGNORECASE)
_ANY_OFFICE = frozenset(OFFICES) | _set(
    "senator lawyer attorney journalist author historian scientist expert"
)
_ONE_PERSON = _ANONYMOUS | _ANY_OFFICE
_CORPORATE = _BODIES | ORGANISATION | ORGANS
_SINGLE_BODIES = ORGANISATION - {"democrats", "republicans", "greens", "forces"}
_ENDS_HEAD = PREPOSITIONS | {"that", "familiar", "close"}
_COUNTED = _set(
    "a an one two three four five six several some another other many few unnamed anonymous senior"
)


def speaker_kind(
    phrase: str | None, resolved: str | None = None, *, people: Collection[str] = frozenset()
) -> str:
    """Say what kind of speaker a phrase names.

    Parameters
    ----------
    phrase : str or None
        The speaker as written.
    resolved : str, optional
        The name it was resolved to.
    people : collection of str
        Full names of persons of the article.

    Returns
    -------
    str
        One of ``SPEAKER_KINDS``. "pronoun" is said of the phrase as written, whatever it stands for; a role
        that was resolved to a person is a "person". A spokesperson without a name is the organisation;
        single persons and officials without a name or an office that tells who they are, are "anonymous";
        several speakers at once, and people in the plural, are a "group".

    Examples
    --------
    >>> [speaker_kind(p) for p in ("Tobias Kerrel", "the ministry", "two officials", "the report", "critics")]
    ['person', 'organisation', 'anonymous', 'document', 'group']
    >>> speaker_kind("he", "Tobias Kerrel"), speaker_kind(None)
    ('pronoun', 'none')
    """
    if phrase is None or not phrase.strip():
        return "none"
    kind = _as_written(phrase)
    if kind == "pronoun" or resolved is None:
        return kind
    if resolved in people:
        return "person"
    several = kind != "none" and " and " in phrase and resolved.rpartition(" and ")[2] in people
    return "group" if several else kind


@lru_cache(maxsize=1 << 14)
def _as_written(phrase: str) -> str:
    """Tell a phrase by itself."""
    if normalise_typography(phrase).strip().lower() in _PRONOUNS:
        return "pronoun"
    segments = [s.strip() for s in re.split(r",|\(|\s[-–—]\s|\bwho\b", phrase) if s.strip(" .\"“”'")]
    if not segments:
        return "none"
    name = parse_name(phrase)
    if name is not None and (len(name.words) > 1 or name.roles) and not _corporate(name.words):
        return "person"
    return _of_phrase(segments[0])


def _corporate(words: tuple[str, ...]) -> bool:
    plain = [normalise_typography(w).lower() for w in words]
    return not _CORPORATE.isdisjoint(plain) or any(w.isupper() and len(w) > 2 and w.isalpha() for w in words)


def _of_phrase(segment: str) -> str:
    """Read the head noun of a phrase without appositions."""
    words = normalise_typography(segment).split()
    lower = [w.lower().strip("\"'.") for w in words]
    cut = next((i for i, w in enumerate(lower) if i and w in _ENDS_HEAD), None)
    head = lower[:cut]
    noun = head[-1] if head else lower[-1]
    stem = _singular(noun)
    if _SPOKESPERSON.search(segment):
        return "organisation"
    if "and" in head and not words[0][0].isdigit():
        return "group"
    single = noun == stem and noun not in _GROUPS
    paper = noun in ("post", "press", "bulletin") and words[len(head) - 1][0].isupper()
    if (noun in _DOCUMENTS or stem in _DOCUMENTS) and not paper:
        return "document"
    counted = head[0] in _COUNTED or len(head) == 1
    if stem in ("official", "source", "insider", "person") or (noun == "people" and cut is not None):
        return "anonymous"
    if counted and stem in _ANONYMOUS and not (noun in _GROUPS and len(head) == 1):
        return "anonymous" if single or head[0] in ("two", "three", "four", "several") else "group"
    if paper or noun in _BODIES or noun in ORGANS or noun in _SINGLE_BODIES or noun in PLACES:
        return "organisation"
    if noun in _GROUPS or stem in _GROUPS:
        return "group"
    if stem in _ANY_OFFICE or stem in _ANONYMOUS:
        return (
            "anonymous" if single and head[0] in ("a", "an", "one", "another") else _person_or_group(single)
        )
    return _by_form(words[: len(head)], head, single)


def _person_or_group(single: bool) -> str:
    return "person" if single else "group"


def _by_form(words: list[str], lower: list[str], single: bool) -> str:
    """Guess from capitals and number where no word list knows the head."""
    named = words[-1][0].isupper() or (len(words) > 1 and words[0][0].isupper() and words[1][0].isupper())
    if words[0].isupper() and len(words[0]) > 1:
        return "organisation"
    if named:
        article = lower[0] == "the" or "the" in lower
        return "organisation" if article or lower[-1].endswith("s'") else "person"
    if not single:
        return "group"
    if not _AGENT.search(lower[-1]):
        return "document"
    return "anonymous" if lower[0] in ("a", "an", "one", "another") else "person"


_AGENT = re.compile(
    r"(?:er|or|ist|ian|ant|ent|man|woman|eer|ee|son|ter|ther|guest|host|pal|chum|kid|wife|boss)\Z"
)


def _singular(noun: str) -> str:
    if noun.endswith("ies") and len(noun) > 4:
        return noun[:-3] + "y"
    return noun[:-1] if noun.endswith("s") and not noun.endswith(("ss", "us")) else noun


def is_group_word(word: str) -> bool:
    """Whether a word at the head of a sentence names people in the plural, whatever its capital.

    Examples
    --------
    >>> is_group_word("Supporters"), is_group_word("Kerrel")
    (True, False)
    """
    plain = word.lower()
    return plain in _GROUPS or (plain.endswith("s") and _singular(plain) in _ONE_PERSON)
