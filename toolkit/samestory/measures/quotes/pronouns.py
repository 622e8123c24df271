"""Whom he, she and who stand for."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from samestory.measures.quotes.names import parse_name
from samestory.measures.quotes.speakers import Mention, People
from samestory.text import Span

__all__ = ["GENDERS", "Antecedents", "Spoken"]

#: The gender that a pronoun says.
GENDERS = {"he": "m", "him": "m", "his": "m", "himself": "m", "she": "f", "her": "f", "herself": "f"}
_REACH = 8  # sentences back
_LOOK = 60  # mentions back
# The letter comes first, so that the search skips to it: he, him, his, her; she.
_PRONOUN = re.compile(r"[hHsS](?=[eEiIhH])(?<!\w.)(?:(?<=[hH])(?:[eE][rR]?|[iI][mMsS])|(?<=[sS])[hH][eE])\b")
_BEFORE_WHO = re.compile(r"([A-Z][^\s,;:()“”\"]*(?:\s+(?:[a-z]{2,3}\s+)?[A-Z][^\s,;:()“”\"]*){0,4})"
                         r"(?:\s\([^()]*\))?(?:,(?:\s[^,.;:“”\"]{1,60})?)?,?\s*\Z")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Spoken:
    """Who spoke last, and where."""

    name: str
    place: int


class Antecedents:
    """Finds whom a pronoun stands for, by nearness, subject, gender and who spoke last."""

    def __init__(self, text: str, people: People, bounds: Sequence[int], quoted: Sequence[Span]) -> None:
        self._text, self._people, self._bounds = text, people, bounds
        self._places = [m.place for m in people.mentions]
        self._learn_genders(quoted)

    def he_or_she(self, gender: str, place: int, spoke: Spoken | None) -> tuple[str | None, bool]:
        """Return the person, and whether a rival of the same gender stands as near."""
        here = self._sentence(place)
        scores: dict[str, float] = {}
        at = bisect_left(self._places, place)
        recent = spoke is not None and here - self._sentence(spoke.place) <= 3
        for mention in reversed(self._people.mentions[max(0, at - _LOOK) : at]):
            sentence = self._sentence(mention.place)
            if here - sentence > _REACH:
                break
            person = mention.person
            if person.gender not in (None, gender) or not person.human:
                continue
            score = self._weight(mention, sentence, here) + 1.5 * (person.gender == gender)
            if recent and spoke is not None and person.name.full == spoke.name:
                score += 1.5
            name = person.name.full
            scores[name] = max(score, scores.get(name, score))
        if not scores:
            return (spoke.name if spoke is not None and self._may_be(spoke.name, gender) else None), True
        best = max(scores, key=lambda n: scores[n])
        others = [s for n, s in scores.items() if n != best]
        return best, bool(others) and max(others) > scores[best] - 1

    def _weight(self, mention: Mention, sentence: int, here: int) -> float:
        """Nearer is likelier, the first name of a sentence likelier, one inside a quotation less."""
        before = bisect_left(self._places, mention.place) - 1
        first = before < 0 or self._places[before] < self._bounds[max(sentence, 0)]
        return -(here - sentence) + 0.6 * first - 1.5 * mention.quoted

    def _may_be(self, name: str, gender: str) -> bool:
        """Whether a name that is no person's full name may be meant: short, and not of the other gender."""
        if len(name.split()) > 3 or not name[:1].isupper() or " and " in name:
            return False
        words = {w.strip(".").lower() for w in name.split()}
        wrong = {"mr", "king", "pope", "sir", "lord", "prince"} if gender == "f" else {"mrs", "ms", "queen"}
        known = next((p for p in self._people.persons if p.name.full == name), None)
        return not words & wrong and (known is None or known.gender in (None, gender))

    def only_one_before(self, place: int) -> str | None:
        """Return the only person whom the sentence before names, for a quotation that says no speaker."""
        here = self._sentence(place)
        at = bisect_left(self._places, place)
        near = [m for m in self._people.mentions[max(0, at - 9) : at] if self._sentence(m.place) == here - 1]
        names = {m.person.name.full for m in near if not m.quoted and m.person.human}
        return names.pop() if len(names) == 1 else None

    def who(self, place: int) -> str | None:
        """Return the person right before a relative pronoun ("Tobias Kerrel, who said …")."""
        m = _BEFORE_WHO.search(self._text[max(0, place - 160) : place].rsplit("\n", 1)[-1])
        if m is None:
            return None
        name = parse_name(m.group(1))
        if name is None or (len(name.words) < 2 and not self._people.knows(name.words[-1])):
            return None
        return self._people.by_name(name)

    def _sentence(self, place: int) -> int:
        return bisect_right(self._bounds, place) - 1

    def _learn_genders(self, quoted: Sequence[Span]) -> None:
        """Count he and she near the only person whom a sentence and the one before it name."""
        unknown = {id(p): p for p in self._people.persons if p.gender is None}
        by_sentence: dict[int, set[int]] = {}
        for mention in self._people.mentions if unknown else ():
            if not mention.quoted:
                by_sentence.setdefault(self._sentence(mention.place), set()).add(id(mention.person))
        votes: dict[int, float] = {}
        starts = [a for a, _ in quoted]
        for sentence, near in by_sentence.items():
            (one, *others) = near
            if others or one not in unknown:
                continue
            last = sentence + 1 in by_sentence or sentence + 1 == len(self._bounds)
            follows = [] if last else [sentence + 1]
            votes[one] = votes.get(one, 0) + sum(
                self._he_or_she_says(s, starts, quoted) for s in (sentence, *follows)
            )
        for number, vote in votes.items():
            if vote:
                unknown[number].gender = "f" if vote > 0 else "m"

    def _he_or_she_says(self, sentence: int, starts: Sequence[int], quoted: Sequence[Span]) -> float:
        """Count she, and he as less than nothing, outside quotations; what opens a sentence counts twice."""
        begin = self._bounds[sentence] if sentence >= 0 else 0
        stop = self._bounds[sentence + 1] if sentence + 1 < len(self._bounds) else len(self._text)
        vote = 0.0
        for m in _PRONOUN.finditer(self._text, begin, stop + 3):  # so that a word at the end is seen whole
            at = bisect_right(starts, m.start()) - 1
            if m.start() < stop and (at < 0 or m.start() >= quoted[at][1]):
                weight = 2.0 if m.start() - self._bounds[max(sentence, 0)] < 2 else 1.0
                vote += weight if GENDERS[m.group().lower()] == "f" else -weight
        return vote
