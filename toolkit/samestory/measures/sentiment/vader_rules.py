"""VADER's rules: how the words around a hit change its valence.

The word lists and weights are facts taken from the code of vaderSentiment 3.3.2 (Copyright (c) 2016
C.J. Hutto), under the MIT licence that this package shares. The rules are followed in their order, operation
by operation, because floats depend on it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from heapq import heappush, heappushpop
from string import punctuation
from typing import Any

__all__ = [
    "ACTIVE",
    "BOOSTERS",
    "BUT",
    "EMOJI",
    "MODIFIER",
    "NEGATIONS",
    "PLAIN",
    "RULED",
    "RULED_WORDS",
    "WATCHED",
    "Word",
    "changed_valence",
    "lower",
    "weigh_but",
]

_BOOST, _CAPITALS, _REVERSE, _NEVER_SO = 0.293, 0.733, -0.74, 1.25
BOOSTERS = dict.fromkeys(
    "absolutely amazingly awfully completely considerable considerably decidedly deeply effing enormous "
    "enormously entirely especially exceptional exceptionally extreme extremely fabulously flipping flippin "
    "frackin fracking fricking frickin frigging friggin fully fuckin fucking fuggin fugging greatly hella "
    "highly hugely incredible incredibly intensely major majorly more most particularly purely quite really "
    "remarkably so substantially thoroughly total totally tremendous tremendously uber unbelievably "
    "unusually utter utterly very".split(),
    _BOOST,
) | dict.fromkeys(
    "almost barely hardly kinda kindof kind-of less little marginal marginally occasional occasionally "
    "partly scarce scarcely slight slightly somewhat sorta sortof sort-of".split(),
    -_BOOST,
)
_BOOSTER_PHRASES = dict.fromkeys(("just enough", "kind of", "sort of"), -_BOOST)
NEGATIONS = frozenset(
    "aint arent cannot cant couldnt darent didnt doesnt dont hadnt hasnt havent isnt mightnt mustnt neednt "
    "oughtnt shant shouldnt wasnt werent wont wouldnt neither never none nope nor not nothing nowhere uhuh "
    "uh-uh without rarely seldom despite".split()
)  # and every word with n't in it
# Whole numbers stay whole: sum() of Python 3.12 and later adds them in another way than floats.
_IDIOMS = {
    "the shit": 3,
    "the bomb": 3,
    "bad ass": 1.5,
    "bus stop": 0.0,
    "yeah right": -2,
    "kiss of death": -1.5,
    "to die for": 3,
    "beating heart": 3.5,
}
# An idiom is looked for only where its rarest word, or its first, is within reach of a hit.
_IDIOM_MARKS = frozenset("shit bomb ass bus yeah kiss die beating enough kind sort".split())
_IDIOM_HEADS = frozenset(phrase.split()[0] for phrase in _IDIOMS)
RULED_WORDS = frozenset({"no", "kind", "but"}) | _IDIOM_HEADS | _IDIOM_MARKS
ACTIVE = frozenset({"no", "this", "doubt", "least"}) | NEGATIONS | BOOSTERS.keys() | _IDIOM_MARKS
WATCHED = ACTIVE | {"but"}

# Two kinds of hits: those whose valence only other words may change, and those with rules of their own.
PLAIN, RULED, MODIFIER, BUT, EMOJI = range(5)


@dataclass(slots=True)
class Word:
    """What is known of a token that matters."""

    kind: int
    word: str = ""
    known: bool = False
    valence: Any = 0.0
    upper: bool = False
    boost: float = 0.0
    negates: bool = False
    active: bool = False  # may change the valence of the three words after it; never so for PLAIN


def lower(token: str) -> str:
    """Strip punctuation, unless an emoticon or a very short word would be left, and lower the case.

    Examples
    --------
    >>> lower("Good!"), lower(":D"), lower("(no)")
    ('good', ':d', '(no)')
    """
    bare = token.strip(punctuation)
    return token.lower() if len(bare) <= 2 else bare.lower()


def _boost(word: Word, valence: Any, mixed: bool) -> float:
    """Return what a booster adds to a valence."""
    boost = -word.boost if valence < 0 else word.boost
    if boost and word.upper and mixed:
        boost += _CAPITALS if valence > 0 else -_CAPITALS
    return boost


def changed_valence(
    hit: Word,
    words: list[Word | None],
    tokens: list[str],
    i: int,
    mixed: bool,
    lexicon: Mapping[str, float],
) -> Any:
    """Apply VADER's rules to the valence of a hit.

    Parameters
    ----------
    hit : Word
        The word of the lexicon at place ``i``.
    words : list of Word or None
        What is known of each token.
    tokens : list of str
        The text, split at blanks.
    i : int
        Place of the hit in both lists.
    mixed : bool
        Whether some token is not all in capitals, so that capitals mean something.
    lexicon : mapping
        Valence of each word.

    Returns
    -------
    float
        The valence; an int where the lexicon or an idiom gives one and nothing changes it.
    """
    near = words[i - 1] if i > 0 else None
    mid = words[i - 2] if i > 1 else None
    far = words[i - 3] if i > 2 else None
    one, two, three = near.word if near else "", mid.word if mid else "", far.word if far else ""
    valence = _own_valence(hit, tokens, i, mixed, lexicon, "no" in (one, two, three))
    if i > 0 and not (near and near.known):
        valence = valence + (_boost(near, valence, mixed) if near else 0.0)
        if near and near.negates:
            valence = valence * _REVERSE
    if i > 1 and not (mid and mid.known):
        valence = valence + (_boost(mid, valence, mixed) * 0.95 if mid else 0.0)
        if two == "never" and one in ("so", "this"):
            valence = valence * _NEVER_SO
        elif mid and mid.negates and not (two == "without" and one == "doubt"):
            valence = valence * _REVERSE
    if i > 2 and not (far and far.known):
        valence = valence + (_boost(far, valence, mixed) * 0.9 if far else 0.0)
        if one in ("so", "this") or (three == "never" and two in ("so", "this")):
            valence = valence * _NEVER_SO
        elif far and far.negates and not (three == "without" and "doubt" in (one, two)):
            valence = valence * _REVERSE
        valence = _idiom(valence, hit, tokens, i, (one, two, three))
    if one == "least" and one not in lexicon and (i == 1 or lower(tokens[i - 2]) not in ("at", "very")):
        valence = valence * _REVERSE
    return valence


def _own_valence(
    hit: Word, tokens: list[str], i: int, mixed: bool, lexicon: Mapping[str, float], no_before: bool
) -> Any:
    """Return the valence of a hit after "no" and capitals."""
    valence = hit.valence
    if hit.word == "no" and i + 1 < len(tokens) and lower(tokens[i + 1]) in lexicon:
        valence = 0.0
    if no_before:
        before = [lower(token) for token in tokens[max(0, i - 3) : i]]
        if "no" in before[-2:] or before[-1] in ("or", "nor"):
            valence = hit.valence * _REVERSE
    if hit.upper and mixed:
        valence = valence + _CAPITALS if valence > 0 else valence - _CAPITALS
    return valence


def _idiom(valence: Any, hit: Word, tokens: list[str], i: int, before: tuple[str, str, str]) -> Any:
    """Replace a valence inside an idiom, then add the boosters that are phrases."""
    if hit.kind != RULED and _IDIOM_MARKS.isdisjoint(before):
        return valence
    far, mid, near, word, *after = (lower(token) for token in tokens[i - 3 : i + 3])
    pairs = f"{far} {mid} {near}", f"{far} {mid}", f"{mid} {near}"
    for phrase in (f"{near} {word}", f"{mid} {near} {word}", pairs[2], pairs[0], pairs[1]):
        if phrase in _IDIOMS:
            valence = _IDIOMS[phrase]
            break
    for stop in range(1, len(after) + 1):
        valence = _IDIOMS.get(" ".join([word, *after[:stop]]), valence)
    for phrase in pairs:
        if phrase in _BOOSTER_PHRASES:  # not adding 0.0 elsewhere keeps whole numbers whole
            valence = valence + _BOOSTER_PHRASES[phrase]
    return valence


def weigh_but(values: list[Any], places: list[int], but: int, n: int) -> list[Any]:
    """Weigh the words before and after "but" as vaderSentiment does: also where it misses its aim.

    It walks the list of valences while changing it, and finds its place by value. A valence that stands
    earlier with the same value is changed in its stead, so the places of such values are kept here.

    Returns
    -------
    list
        The new valences, and a 0.0 where the first 0 of vaderSentiment's list becomes a float.
    """
    out, wanted = list(values), set(values)
    earlier: dict[Any, list[int]] = {}
    for rank, value in enumerate(values):
        heap = earlier.get(value)
        first = heappushpop(heap, rank) if heap else rank
        if places[first] == but:
            heappush(earlier.setdefault(value, []), first)
            continue
        changed = out[first] = value * (0.5 if places[first] < but else 1.5)
        if changed in wanted:
            heappush(earlier.setdefault(changed, []), first)
    zero = 0
    while zero < len(values) and places[zero] == zero and values[zero] != 0:
        zero += 1
    return out if zero in (n, but) else [*out[:zero], 0.0, *out[zero:]]
