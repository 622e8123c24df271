"""Whether a text is English: VADER's words are, and so are the function words counted here."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from samestory.text import WordTable, encode_words

__all__ = ["foreign_sentences"]

# Function words make up about half of any running text. Own compilation; words that English shares are left
# out of the second list.
_ENGLISH = frozenset(
    "the of and to a in that is was for it with as his on be at by i this had not are but from or have an "
    "they which one you were her all she there would their we him been has when who will no more if out so "
    "said what up its about into than them can only other new some could these two may then do first any "
    "my now such like our over me even most after also did many before must through your he how".split()
)
_FOREIGN = (
    frozenset(
        # German, Dutch, the Scandinavian languages
        "der das und ist nicht ein eine einen dem des den mit sich auf für von zu auch werden wird wurde "
        "nach bei aus het een van niet dat zijn voor maar ook wordt naar och att det som är för inte av på "
        "ikke og til jeg "
        # French, Spanish, Portuguese, Italian, Romanian
        "le la les une est dans pour qui sur pas avec sont ont été cette aux mais ce du et el los las una "
        "por que del con para su se como más pero fue um uma não os dos da mais foi são ao il di che è gli "
        "per della nel sono anche și este din cu pentru "
        # Polish, Czech, Turkish, Indonesian
        "nie się jest w z na że dla jak po ale jako byl byla které ve bir bu ve için ile de da yang dan di "
        "untuk dengan ini itu pada".split()
    )
    - _ENGLISH
)
# Enough words to tell, and how much likelier the other language must be.
_FEW, _MARGIN = 3, 2


# No letter of the Latin alphabet; quotation marks and dashes are among them.
_NOT_LATIN = re.compile("[^\x00-\u024f\u1e00-\u1eff]")


def foreign_sentences(
    article_ids: Sequence[str], texts: Sequence[str], found: WordTable | None = None
) -> list[bool]:
    """Say for each sentence whether it is not English.

    Parameters
    ----------
    article_ids : sequence of str
        The article of each sentence. A sentence too short to tell follows its article.
    texts : sequence of str
        The sentences.
    found : WordTable, optional
        The words of the sentences, where they are known already.

    Returns
    -------
    list of bool
        True where more letters are outside the Latin alphabet than in it, or where at least three function
        words of other European languages stand against fewer than half as many English ones.

    Examples
    --------
    >>> foreign_sentences(["a", "a", "b"], ["Das ist nicht der Plan und wird es nicht.", "Nein.", "No."])
    [True, True, False]
    """
    found = encode_words(texts) if found is None else found
    english, foreign = (_count(found, some, len(texts)) for some in (_ENGLISH, _FOREIGN))
    other = np.fromiter(map(_beyond_latin, texts), dtype=np.int64, count=len(texts))
    places = {a: i for i, a in enumerate(dict.fromkeys(article_ids))}
    article = np.fromiter(map(places.__getitem__, article_ids), dtype=np.int64, count=len(texts))
    # How many letters there are matters only in articles that have others than Latin ones.
    odd = np.bincount(article, weights=other) > 0
    letters = np.array(
        [sum(map(str.isalpha, t)) if o else 0 for t, o in zip(texts, odd[article].tolist(), strict=True)],
        dtype=np.int64,
    )
    counts = english, foreign, letters, other
    whole = _foreign(*(np.bincount(article, weights=c) for c in counts))
    follows = whole[article] & (english <= foreign)
    return [bool(one) for one in _foreign(*counts) | follows]


def _count(found: WordTable, wanted: frozenset[str], n: int) -> NDArray[np.int64]:
    """Count the words of a list in each of n texts."""
    known = np.fromiter(map(wanted.__contains__, found.vocabulary), np.bool_, len(found.vocabulary))
    return np.bincount(found.rows[known[found.ids]], minlength=n)


def _beyond_latin(text: str) -> int:
    """Count the letters outside the Latin alphabet."""
    return 0 if text.isascii() else sum(map(str.isalpha, _NOT_LATIN.findall(text)))


def _foreign(
    english: NDArray[Any], foreign: NDArray[Any], letters: NDArray[Any], other: NDArray[Any]
) -> NDArray[np.bool_]:
    return (2 * other > letters) | ((foreign >= _FEW) & (foreign > _MARGIN * english))
