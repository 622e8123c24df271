"""VADER, exact and fast: the scores of vaderSentiment 3.3.2 to the last bit, in time linear in the text.

vaderSentiment [1]_ lowers the case of the whole text again for every word it knows. Here a text is split
once, what is known of a token is remembered, and only the words of the lexicon are visited, with the three
words before each where one of these can change it.

References
----------
.. [1] Hutto, C. J., & Gilbert, E. (2014). VADER: A parsimonious rule-based model for sentiment analysis
   of social media text. Proceedings of ICWSM, 8(1), 216-225.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import compress
from math import sqrt
from typing import Any

from samestory.measures.sentiment.vader_lexicon import Lexicon, Memo, read_lexicon, spell_emoji, spell_pieces
from samestory.measures.sentiment.vader_rules import EMOJI, PLAIN, RULED, changed_valence, lower, weigh_but

__all__ = ["Lexicon", "Vader"]

_INTEGER = 1.5 * 2.0**52


def _emphasis(text: str) -> float:
    """Return what exclamation and question marks add."""
    questions = text.count("?")
    asked = 0.0 if questions < 2 else questions * 0.18 if questions < 4 else 0.96
    return min(text.count("!"), 4) * 0.292 + asked


def _round(x: float, power: float, digits: int) -> float:
    """Return ``round(x, digits)``, in less time where no tie is near; ``power`` is 10 to the ``digits``.

    A float below 2**51 plus ``_INTEGER`` has no place for a fraction, so what is left is a whole number.
    Divided by a power of ten, it is the float nearest to the decimal number, as from `round`.
    """
    scaled = x * power
    whole = (scaled + _INTEGER) - _INTEGER
    # Zero may have a sign to keep; near a tie (and for what is no number) the digits must be looked at.
    return whole / power if whole and -0.499 < scaled - whole < 0.499 else round(x, digits)


def _scores(values: list[Any], n: int, text: str) -> dict[str, float]:
    """Turn the valences of the hits among n words into the four scores."""
    total = float(sum(values))
    positive = negative = 0.0
    neutral = n
    for value in values:
        if value > 0:
            positive += float(value) + 1
            neutral -= 1
        elif value < 0:
            negative += float(value) - 1
            neutral -= 1
        elif value != 0:  # not a number
            neutral -= 1
    if "!" in text or "?" in text:
        emphasis = _emphasis(text)
        total += emphasis if total > 0 else -emphasis if total < 0 else 0.0
        if positive > -negative:
            positive += emphasis
        elif positive < -negative:
            negative -= emphasis
    compound = total / sqrt(total * total + 15)
    weight = positive - negative + neutral
    return {
        "neg": _round(abs(negative / weight), 1e3, 3) if negative else 0.0,
        "neu": _round(neutral / weight, 1e3, 3),
        "pos": _round(abs(positive / weight), 1e3, 3) if positive else 0.0,
        "compound": _round(-1.0 if compound < -1.0 else 1.0 if compound > 1.0 else compound, 1e4, 4),
    }


class Vader:
    """VADER's sentiment analyser: a drop-in for vaderSentiment's, exact and many times faster.

    Attributes
    ----------
    lexicon : Lexicon
        Valence of each word, about -4 to 4; 7,506 entries to begin with. Words may be added, changed and
        removed at any time. A plain dict assigned to it is copied; a `Lexicon` is shared.

    Notes
    -----
    Scores equal those of vaderSentiment 3.3.2 in every bit and in the order of the keys, whatever the text,
    including what looks like a slip there: "this" within reach strengthens a word, an all-capitals word
    of valence 0 turns negative, and words of equal valence confuse the weighing around "but".
    Of emoji only single code points are known. What is remembered of tokens is bounded.

    Examples
    --------
    >>> vader = Vader()
    >>> vader.polarity_scores("The crews were brave, but the night was awful!")
    {'neg': 0.318, 'neu': 0.519, 'pos': 0.163, 'compound': -0.4753}
    >>> vader.lexicon["crews"] = 1.5
    >>> vader.polarity_scores("The crews left.")["compound"]
    0.3612
    """

    def __init__(self) -> None:
        self.lexicon = read_lexicon()

    @property
    def lexicon(self) -> Lexicon:
        """Valence of each word; changes take effect at once."""
        return self._lexicon

    @lexicon.setter
    def lexicon(self, words: Mapping[str, float]) -> None:
        self._lexicon = words if isinstance(words, Lexicon) else Lexicon(words)
        self._forget()

    def _forget(self) -> None:
        self._version = self._lexicon.version
        self._memo = Memo(self._lexicon, emoji=True)

    def polarity_scores(self, text: str) -> dict[str, float]:
        """Score a text.

        Parameters
        ----------
        text : str
            A sentence, or any other text. (A list of strings is taken as vaderSentiment takes it.)

        Returns
        -------
        dict
            ``neg``, ``neu``, ``pos`` (shares of the text, 0 to 1, rounded to 3 digits) and ``compound``
            (-1 to 1, 4 digits); all 0 for a text without words.

        Raises
        ------
        TypeError
            ``text`` is no string.
        """
        if self._version != self._lexicon.version:
            self._forget()
        if type(text) is str:
            return _scored(*self._visited(text, self._memo))
        return _scored(*self._visited(spell_pieces(text), Memo(self._lexicon, emoji=False)))

    def hits(self, text: str) -> tuple[list[tuple[str, float]], float, int]:
        """Say which words of a text carry its score, and how much each does.

        Parameters
        ----------
        text : str
            A sentence.

        Returns
        -------
        hits : list of (str, float)
            Each word of the lexicon as it stands in the text, without punctuation and in lower case, with
            the valence that is left after negation, degree, capitals and "but".
        emphasis : float
            What exclamation and question marks add to the sum of the valences.
        n : int
            Words of the text as VADER counts them, emoji spelled out.

        Notes
        -----
        With s the sum of the valences and the emphasis, ``compound`` is s / sqrt(s² + 15).

        Examples
        --------
        >>> Vader().hits("The crews were not happy.")
        ([('happy', -1.998)], 0.0, 5)
        """
        if self._version != self._lexicon.version:
            self._forget()
        text, tokens, values, places, but = self._visited(text, self._memo)
        if but >= 0 and values:
            weighed = weigh_but(values, places, but, len(tokens))
            if len(weighed) > len(values):
                weighed.remove(0.0)  # the one put in is the first
            values = weighed
        total = float(sum(values))
        emphasis = _emphasis(text) if total else 0.0
        emphasis = -emphasis if total < 0 < emphasis else emphasis
        hits = [(lower(tokens[i]), float(v)) for i, v in zip(places, values, strict=True)]
        return hits, emphasis, len(tokens)

    def counted(self, text: str) -> tuple[dict[str, float], int, int]:
        """Score a text, and count its hits and its words, in one walk.

        Parameters
        ----------
        text : str
            A sentence.

        Returns
        -------
        scores : dict
            What `polarity_scores` gives.
        n_hits, n : int
            Words that `hits` lists, and words as VADER counts them.

        Examples
        --------
        >>> scores, n_hits, n = Vader().counted("The crews were not happy.")
        >>> scores["compound"], n_hits, n
        (-0.4585, 1, 5)
        """
        if self._version != self._lexicon.version:
            self._forget()
        text, tokens, values, places, but = self._visited(text, self._memo)
        return _scored(text, tokens, values, places, but), len(places), len(tokens)

    def _visited(self, text: str, memo: Memo) -> tuple[str, list[str], list[Any], list[int], int]:
        """Visit the hits: the text, emoji spelled; its tokens; valences and places of hits; "but" or -1."""
        tokens = text.split()
        n = len(tokens)
        words: list[Any] = list(map(memo.__getitem__, tokens))
        values: list[Any] = []
        places: list[int] = []
        but, active, mixed = -1, -4, None
        for i in compress(range(n), words):
            word = words[i]
            kind = word.kind
            if kind == PLAIN and i - active > 3:
                values.append(word.valence)
                places.append(i)
                continue
            if kind == EMOJI:
                return self._visited(spell_emoji(text), memo)
            if but < 0 and word.word == "but":
                but = i
            if kind <= RULED and not (word.word == "kind" and i + 1 < n and lower(tokens[i + 1]) == "of"):
                if mixed is None:  # whether capitals mean anything: not every word is all capitals
                    mixed = not all(map(str.isupper, tokens))
                values.append(changed_valence(word, words, tokens, i, mixed, memo.lexicon))
                places.append(i)
            if word.active:
                active = i
        return text, tokens, values, places, but


def _scored(text: str, tokens: list[str], values: list[Any], places: list[int], but: int) -> dict[str, float]:
    """Scores from what a walk visited."""
    n = len(tokens)
    if not values:
        return {"neg": 0.0, "neu": 1.0 if n else 0.0, "pos": 0.0, "compound": 0.0}
    return _scores(values if but < 0 else weigh_but(values, places, but, n), n, text)
