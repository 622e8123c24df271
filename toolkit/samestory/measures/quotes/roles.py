"""Which words name one office: abbreviations, forms for men and women, wider words, party tags.

Own compilation, CC0-1.0.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType

__all__ = ["GENERIC", "holds_office", "modifies_office", "party_tag"]

_ONE_OFFICE = (
    "senator sen sens",
    "representative rep reps congressman congresswoman congressperson",
    "governor gov govs",
    "general gen",
    "colonel col",
    "captain capt",
    "chair chairman chairwoman chairperson",
    "spokesman spokeswoman spokesperson",
    "ombudsman ombudswoman",
    "ceo executive",
    "professor prof",
    "doctor dr",
    "attorney lawyer",
    "mp parliamentarian",
    "headmaster headmistress",
)
_SAME: Mapping[str, str] = MappingProxyType(
    {word: line.split()[0] for line in _ONE_OFFICE for word in line.split()}
)
#: Wider words, and the offices whose holders they may stand for.
GENERIC: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        "leader": frozenset("president minister premier chancellor king leader".split()),
        "lawmaker": frozenset("senator representative mp councillor lawmaker".split()),
        "politician": frozenset("senator representative mp governor mayor minister politician".split()),
        "candidate": frozenset("candidate nominee".split()),
        "nominee": frozenset("nominee candidate".split()),
        "democrat": frozenset(("democrat",)),
        "independent": frozenset(("independent",)),
        "republican": frozenset(("republican",)),
        "economist": frozenset(("economist",)),
        "diplomat": frozenset("diplomat ambassador envoy".split()),
        "scientist": frozenset("scientist hydrologist".split()),
    }
)
#: Words that make another office of one: "vice president", "deputy mayor".
_OTHER = frozenset("vice deputy assistant shadow under associate lieutenant lt prime first".split())
_TAG = re.compile(
    r"\s*(?:\(|,\s)(?P<party>[DRI])(?:\.?(?:-|,\s)(?P<place>[A-Z][A-Za-z.]*(?:\s[A-Z][A-Za-z.]*)?))?(?=[),])"
)
_PARTY = MappingProxyType({"D": "democrat", "R": "republican", "I": "independent"})
_STATES: Mapping[str, str] = MappingProxyType(
    {
        short: state
        for state, shorts in (
            pair.split(":")
            for pair in (
                "alabama:ala,al alaska:alaska,ak arizona:ariz,az arkansas:ark,ar california:calif,ca "
                "colorado:colo,co connecticut:conn,ct delaware:del,de florida:fla,fl georgia:ga "
                "hawaii:hawaii,hi "
                "idaho:idaho,id illinois:ill,il indiana:ind,in iowa:iowa,ia kansas:kan,ks kentucky:ky "
                "louisiana:la maine:maine,me maryland:md massachusetts:mass,ma michigan:mich,mi "
                "minnesota:minn,mn mississippi:miss,ms missouri:mo montana:mont,mt nebraska:neb,ne "
                "nevada:nev,nv oregon:ore,or ohio:ohio,oh oklahoma:okla,ok pennsylvania:pa tennessee:tenn,tn "
                "texas:texas,tx utah:utah,ut vermont:vt virginia:va washington:wash,wa wisconsin:wis,wi "
                "wyoming:wyo,wy new_hampshire:nh new_jersey:nj new_mexico:nm new_york:ny "
                "north_carolina:nc north_dakota:nd rhode_island:ri south_carolina:sc south_dakota:sd "
                "west_virginia:wva,wv"
            ).split()
        )
        for short in shorts.split(",")
    }
)


def holds_office(wanted: str, held: str) -> bool:
    """Whether two words name one office, or the first a wider one.

    Examples
    --------
    >>> holds_office("senator", "sen"), holds_office("leader", "president"), holds_office("mayor", "judge")
    (True, True, False)
    """
    one, other = _SAME.get(wanted, wanted), _SAME.get(held, held)
    return one == other or other in GENERIC.get(one, ())


def modifies_office(word: str) -> bool:
    """Whether a word beside an office makes another office of it ("deputy", "vice")."""
    return word in _OTHER


def party_tag(after: str) -> tuple[str, ...]:
    """Read the party and the state that stand after a lawmaker's name; empty where none do.

    Examples
    --------
    >>> party_tag(" (R-Ky.) said"), party_tag(", D-Ohio, said"), party_tag(" said")
    (('kentucky', 'republican'), ('ohio', 'democrat'), ())
    """
    m = _TAG.match(after)
    if m is None:
        return ()
    place = (m["place"] or "").replace(".", "").lower()
    return (*_STATES.get(place, place).replace("_", " ").split(), _PARTY[m["party"]])
