"""Closed word classes that stand in for a part-of-speech tagger."""

from __future__ import annotations

import re

__all__ = [
    "ADDRESSED",
    "ADDRESSING",
    "ADVERBS",
    "AUXILIARIES",
    "BARRIERS",
    "BE",
    "CLAUSE_LINKS",
    "DETERMINERS",
    "MEDIA",
    "MONTHS",
    "NOT_APPOSITION",
    "NOUN_FORMS",
    "OBJECTS",
    "OPENERS",
    "PASSIVES",
    "PERSONAL",
    "PREPOSITIONS",
    "STOPS_AFTER",
    "TELLING",
    "TIMES",
    "WH",
    "is_finite",
]


def _set(text: str) -> frozenset[str]:
    return frozenset(text.split())


PERSONAL = _set("he she it they we i you")
DETERMINERS = _set(
    "the a an his her its their our my your this these those some any every each another both all "
    "several many few most two three four five six seven eight nine ten dozens hundreds thousands no "
    "other such more"
)
AUXILIARIES = _set(
    "has have had having is are was were be been being am will would can could may might shall should "
    "must do does did not n't never hasn't haven't hadn't isn't aren't wasn't weren't won't wouldn't "
    "can't cannot couldn't shouldn't mustn't don't doesn't didn't ain't 's 've 'd 'll 're 'm"
)
ADVERBS = _set(
    "also now later then once still often again always even just already yet ever soon first recently "
    "repeatedly further since previously reportedly simply only instead long too earlier sometimes all "
    "nevertheless thereafter meanwhile so really merely quickly"
)
PREPOSITIONS = _set(
    "in on at of for with by from about during after before against over under into through to between "
    "among amid despite without within toward towards near upon via per since until outside inside "
    "across behind following regarding throughout unlike like besides as along including"
)
CLAUSE_LINKS = _set(
    "that because if when while although though whereas whether unless once until where why how what "
    "which who whom whose than so as since after before but and or nor yet"
)
#: Words at which a noun phrase that is read backwards ends.
BARRIERS = _set(
    "that because if when while although though but whereas whether unless until where why how what "
    "which who whom whose than so as since yet nor then ; : — – -- ( ) [ ] . ! ? …"
)
TIMES = _set(
    "monday tuesday wednesday thursday friday saturday sunday mon tue wed thu fri sat sun today "
    "yesterday tomorrow tonight morning afternoon evening night week month year midday noon midnight "
    "weekend last next this early late earlier later recently afterwards afterward"
)
MONTHS = _set(
    "january february march april may june july august september october november december jan. feb. "
    "mar. apr. aug. sept. sep. oct. nov. dec."
)
#: Finite forms of common verbs that no cue lexicon holds, to see where a subject ends.
_FINITE = _set(
    "went came made took gave won lost met held ran led left got put set saw sat stood began became "
    "kept brought fell rose grew sent spent paid sold built drew drove threw broke chose ate flew "
    "forgot hid lay rode rang sang sank shot slept struck swept swore taught tore wore had has is are "
    "was were be will would can could may might must should did does do makes takes comes gets gives "
    "leads remains faces goes runs holds keeps puts brings begins becomes stands sits include includes "
    "meet meets win wins lose loses need needs stay stays turn turns work works live lives arrives "
    "visits opens closes helps seems rises falls follows lies let lets cut cuts hit hits read reads "
    "spread quit"
)
_PAST = re.compile(r"[a-z]{2,}(?:ed)\Z")
_NOT_PAST = _set(
    "need indeed speed seed feed weed greed breed united unprecedented so-called hundred sacred naked "
    "red bed shed"
)


def is_finite(word: str) -> bool:
    """Guess whether a lower-case word is a finite verb that no lexicon lists.

    Examples
    --------
    >>> [is_finite(w) for w in ("walked", "went", "hundred", "river")]
    [True, True, False, False]
    """
    return word in _FINITE or (
        word.endswith("ed") and word not in _NOT_PAST and _PAST.match(word) is not None
    )


#: Words that open a clause before its subject.
OPENERS = _set(
    "but and so still however meanwhile yet then now later also instead indeed or nor moreover thus "
    "hence similarly separately asked perhaps maybe even only"
)

#: Words that begin no apposition.
NOT_APPOSITION = _set(
    "and but or while as when after before though although because if so which that with without "
    "in on at during following despite amid citing per"
)

#: Words at which a noun phrase after an inverted verb ends.
STOPS_AFTER = _set(
    "on in during after before when while as at to that about because if through via late early last "
    "earlier later today yesterday tonight this following outside"
)

#: Forms of cue verbs that are as often nouns or adjectives.
NOUN_FORMS = _set(
    "address aim aims answer answers ask attack attacks back backs blast brand brands call calls cast "
    "challenge challenges charge charges cite claim claims comment comments complaint credit credits "
    "cry demand demands document documents doubt doubts dub email emails estimate estimates favor "
    "favour fear fears figure figures file files find finding findings finds focus following forecast "
    "forecasts guess hate hope hopes issue issues joke jokes label laugh learned learning like likes "
    "look looks love name names note notes offer offers order orders plan plans pledge pledges plot "
    "point points polling post posts project projects promise promises protest protests question "
    "questions regret regrets release releases remark remarks replies reply report reports request "
    "requests rip rule rules show shows signal signals slam smile snap sources state states support "
    "talk talks term terms text texts thank thanks tweet tweets used view views voice vote votes vow "
    "vows want wants warning warnings welcome wish wishes worries worry"
)

#: Forms of "to be" before a participle.
BE = _set("is are was were be been being 's 're 'm am")

#: Cue verbs whose passive hands over a view ("is expected to").
PASSIVES = _set(
    "expect believe think say know see consider call describe name report view accuse ask tell quote "
    "identify portray label dub blame criticize criticise praise rule deem allege estimate project "
    "intend plan"
)

#: Verbs that as participles may take an object ("…, calling it a mess").
TELLING = _set("call describe cite urge dub label accuse blame denounce criticize criticise blast praise")

#: Verbs that need the person spoken to, and so are not inverted.
ADDRESSING = _set("tell inform remind assure reassure warn urge ask")

#: Verbs that may name the person spoken to before what is said.
ADDRESSED = _set(
    "tell inform remind assure reassure warn ask urge advise convince persuade notify instruct promise "
    "show caution beg implore"
)

#: Where something is said: "in a statement", "at a news conference".
MEDIA = _set(
    "statement interview email e-mail letter speech tweet post report release memo note message "
    "conference briefing hearing op-ed editorial column filing appearance call remarks article blog "
    "video address rally debate press broadcast testimony program programme show"
)

#: Pronouns as objects.
OBJECTS = _set("him her them us me you it himself herself themselves")

#: Words that open a question.
WH = _set("if whether how why what when where who which")
