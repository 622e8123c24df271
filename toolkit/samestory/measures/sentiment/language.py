"""Whether a text is English: VADER's words are, and so are the function words counted here."""

from __future__ import annotations

from collections.abc import Sequence

from samestory.text import words

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


def _counts(text: str) -> tuple[int, int, int, int]:
    """Count function words, English and other, and letters, all and those outside the Latin alphabet."""
    found = words(text)
    letters = [c for c in text if c.isalpha()]
    other = sum(c > "\u024f" and not "\u1e00" <= c <= "\u1eff" for c in letters)
    return sum(w in _ENGLISH for w in found), sum(w in _FOREIGN for w in found), len(letters), other


def _foreign(english: int, foreign: int, letters: int, other: int) -> bool:
    if letters and other > letters / 2:
        return True
    return foreign >= _FEW and foreign > _MARGIN * english


def foreign_sentences(article_ids: Sequence[str], texts: Sequence[str]) -> list[bool]:
    """Say for each sentence whether it is not English.

    Parameters
    ----------
    article_ids : sequence of str
        The article of each sentence. A sentence too short to tell follows its article.
    texts : sequence of str
        The sentences.

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
    counts = [_counts(t) for t in texts]
    totals: dict[str, tuple[int, int, int, int]] = {}
    for article, (e, f, n, o) in zip(article_ids, counts, strict=True):
        old = totals.get(article, (0, 0, 0, 0))
        totals[article] = (old[0] + e, old[1] + f, old[2] + n, old[3] + o)
    whole = {a: _foreign(*t) for a, t in totals.items()}
    return [_foreign(*c) or (whole[a] and c[0] <= c[1]) for a, c in zip(article_ids, counts, strict=True)]
