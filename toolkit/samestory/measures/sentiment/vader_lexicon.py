"""VADER's lexicon, open to changes, and what it says of each token.

The lexicon and the names of emoji are read from the installed vaderSentiment, without importing its code.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache, partial
from importlib.resources import files
from string import punctuation
from typing import Any

from samestory.measures.sentiment.vader_rules import (
    ACTIVE,
    BOOSTERS,
    BUT,
    EMOJI,
    MODIFIER,
    NEGATIONS,
    PLAIN,
    RULED,
    RULED_WORDS,
    WATCHED,
    Word,
)

__all__ = ["Lexicon", "Memo", "read_lexicon", "spell_emoji", "spell_pieces"]

# The memo forgets everything when it is full; a token longer than any word is not worth keeping.
_MEMO_SIZE, _MEMO_LENGTH = 1 << 17, 48


class Lexicon(dict[str, float]):
    """A dict from word to valence that counts its changes, so that nothing outdated is remembered.

    Every way to change a dict counts, except calling ``dict``'s own methods past this class.

    Examples
    --------
    >>> lexicon = Lexicon(good=1.9)
    >>> lexicon["fab"] = 2.0
    >>> lexicon.version, lexicon
    (1, {'good': 1.9, 'fab': 2.0})
    """

    version = 0

    def __setitem__(self, word: str, valence: float) -> None:
        super().__setitem__(word, valence)
        self.version += 1

    def __delitem__(self, word: str) -> None:
        super().__delitem__(word)
        self.version += 1

    def __ior__(self, other: Any) -> Lexicon:  # type: ignore[override,misc]
        self.update(other)
        return self

    def clear(self) -> None:
        """Remove every word."""
        super().clear()
        self.version += 1

    def pop(self, *args: Any) -> Any:
        """Remove a word and return its valence, or the default."""
        self.version += 1
        return super().pop(*args)

    def popitem(self) -> tuple[str, float]:
        """Remove and return the last word and its valence."""
        self.version += 1
        return super().popitem()

    def setdefault(self, *args: Any) -> Any:
        """Return the valence of a word, after adding it where it is missing."""
        self.version += 1
        return super().setdefault(*args)

    def update(self, *args: Any, **words: float) -> None:
        """Add and change words as ``dict.update`` does."""
        try:
            super().update(*args, **words)
        finally:
            self.version += 1


@lru_cache(maxsize=2)
def _table(name: str) -> dict[str, str]:
    """Read the first two columns of a file of the installed vaderSentiment."""
    raw = (files("vaderSentiment") / name).read_bytes().decode("utf-8")
    rows = (line.strip().split("\t") for line in raw.rstrip("\n").split("\n") if line)
    return {row[0]: row[1] for row in rows}


def read_lexicon() -> Lexicon:
    """Read the lexicon as installed.

    Examples
    --------
    >>> read_lexicon()["good"]
    1.9
    """
    return Lexicon((word, float(valence)) for word, valence in _table("vader_lexicon.txt").items())


def _emoji() -> dict[str, str]:
    return _table("emoji_utf8_lexicon.txt")


@lru_cache(maxsize=1)
def _spelled() -> dict[int, str]:
    # vaderSentiment goes character by character, so it never sees a longer emoji. Where it sets a blank
    # before the name and where not makes no difference once the text is split.
    return str.maketrans({emoji: f" {name}" for emoji, name in _emoji().items() if len(emoji) == 1})


@lru_cache(maxsize=1)
def _single_emoji() -> frozenset[str]:
    return frozenset(emoji for emoji in _emoji() if len(emoji) == 1)


def spell_emoji(text: str) -> str:
    """Replace each emoji of one code point by its name.

    Examples
    --------
    >>> spell_emoji("Rain🙂")
    'Rain slightly smiling face'
    """
    return text.translate(_spelled())


def spell_pieces(pieces: Iterable[Any]) -> str:
    """Join strings and spell those that are emoji; anything else fails here as it does in vaderSentiment."""
    emoji, text = _emoji(), ""
    for piece in pieces:
        text += f" {emoji[piece]}" if piece in emoji else piece
    return text


class Memo(dict[str, "Word | None"]):
    """What is known of each token seen, within bounds; None for a token without effect."""

    def __init__(self, lexicon: Mapping[str, float], *, emoji: bool) -> None:
        self.lexicon, self.emoji = lexicon, emoji
        # Most hits differ by their valence only. One object for each valence stays close at hand.
        self.plain: dict[float, Word] = {}

    def __missing__(self, token: str) -> Word | None:
        bare = token.strip(punctuation)  # as in lower(), without the price of a call
        word = token.lower() if len(bare) <= 2 else bare.lower()
        found = None
        if word in self.lexicon or word in WATCHED or "n't" in word or not token.isascii():
            found = self._judged(token, word)
        if len(token) > _MEMO_LENGTH:
            return found
        if len(self) >= _MEMO_SIZE:
            self.clear()
            self.plain.clear()
        self[token] = found
        return found

    def _judged(self, token: str, word: str) -> Word | None:
        if self.emoji and not _single_emoji().isdisjoint(token):
            return Word(EMOJI)
        known, boost, upper = word in self.lexicon, BOOSTERS.get(word, 0.0), token.isupper()
        negates = word in NEGATIONS or "n't" in word
        active = negates or word in ACTIVE
        if known and not boost:
            valence = self.lexicon[word]
            # A user's valence that is not a float takes every step of the original.
            if upper or active or word in RULED_WORDS or type(valence) is not float:
                return Word(RULED, word, known, valence, upper, 0.0, negates, active)
            if valence not in self.plain:
                self.plain[valence] = Word(PLAIN, known=True, valence=valence)
            return self.plain[valence]
        if word == "but":
            return Word(BUT, word)
        return Word(MODIFIER, word, known, 0.0, upper, boost, negates, active) if active else None

    def __reduce__(self) -> tuple[Any, ...]:  # a copy starts empty
        return partial(Memo, emoji=self.emoji), (self.lexicon,)
