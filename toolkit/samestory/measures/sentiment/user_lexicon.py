"""A user's own words for VADER, read from a file that may hold mistakes."""

from __future__ import annotations

from math import isfinite
from pathlib import Path

from samestory.errors import CorpusError
from samestory.measures.sentiment.vader_lexicon import Lexicon, read_lexicon

__all__ = ["read_sentiment_lexicon"]

_STRONGEST = 4.0


def read_sentiment_lexicon(path: str | Path, *, extend: bool = True) -> Lexicon:
    r"""Read a lexicon of words and valences from a file.

    Parameters
    ----------
    path : str or Path
        A file in UTF-8 with one word a line: the word, a tab or a comma, and its valence from -4 (most
        negative) to 4. What follows another tab or comma is ignored, as are empty lines and lines that begin
        with ``#``.
    extend : bool, default True
        Add the words to VADER's lexicon, in place of VADER's valence where a word is in both. Otherwise the
        file is the whole lexicon.

    Returns
    -------
    Lexicon
        For ``score_sentiment(sentences, lexicon=...)`` or ``Vader().lexicon``.

    Raises
    ------
    CorpusError
        The file cannot be read, or a line of it (which is named) lacks a valence, has one that is no number
        from
        -4 to 4, has a word with a blank or a capital, which VADER would never find, or repeats a word.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     file = Path(folder, "mine.csv")
    ...     _ = file.write_text("# our words\nlandslide,1.5\n", encoding="utf-8")
    ...     read_sentiment_lexicon(file, extend=False)
    {'landslide': 1.5}
    """
    try:
        lines = Path(path).read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise CorpusError(f"the lexicon cannot be read: {error}", path=path) from error
    found: dict[str, float] = {}
    for number, line in enumerate(lines, 1):
        if not line.strip() or line.startswith("#"):
            continue
        word, valence = _entry(line, path, number)
        if word in found:
            raise CorpusError(f"'{word}' stands in the lexicon twice", path=path, line=number)
        found[word] = valence
    if not found:
        raise CorpusError(
            "a lexicon was needed, no word was found", path=path, hint="give one word,valence a line"
        )
    lexicon = read_lexicon() if extend else Lexicon()
    lexicon.update(found)
    return lexicon


def _entry(line: str, path: str | Path, number: int) -> tuple[str, float]:
    word, mark, rest = line.partition("\t" if "\t" in line else ",")
    value = rest.split("\t" if mark == "\t" else ",")[0].strip()
    word = word.strip()
    try:
        valence = float(value)
    except ValueError:
        valence = float("nan")
    if not word or not isfinite(valence) or abs(valence) > _STRONGEST:
        raise CorpusError(
            f"a word and its valence from -4 to 4 were needed, '{line.strip()[:60]}' was found",
            hint="write word,valence",
            path=path,
            line=number,
        )
    if word != word.lower() or any(map(str.isspace, word)):
        raise CorpusError(
            f"VADER looks up single words in lower case, '{word[:60]}' would never be found",
            hint="use single words without capitals",
            path=path,
            line=number,
        )
    return word, valence
