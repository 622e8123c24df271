"""The head and foot of an article: headline, byline and credit."""

from __future__ import annotations

import re
from collections.abc import Sequence

from samestory.cleaning.lines import Line, size
from samestory.text import words

__all__ = ["find_headline", "is_byline", "is_credit"]

_HEAD = 14  # lines above the body among which a headline is looked for
_BEGINNING = 40
_LONGEST_BYLINE = 130
_BYLINE = re.compile(
    r"(?:(?:story|written|reported|analysis|posted|words|report|interview|text) )?"
    r"by:? (?!the )[A-Z][^!?]{2,110}(?<![.!?])"
    r"|[A-Z][\w.'-]+(?: [A-Z][\w.'-]+){0,3},? (?:staff(?: writer| reporter)?|(?:special )?correspondent)",
    re.IGNORECASE,
)
_CAPITAL = re.compile(r"(?i:(?:\w+ )?by:?) [A-Z]")
_CREDIT = re.compile(
    r".{2,160}\bcontributed\.?"
    r"|.{2,160}\bcontributed (?:to (?:this|the) report|to this|reporting|additional)\b.{0,80}"
    r"|\(?(?:additional |with )?reporting (?:by|from) .{3,200}"
    r"|\(?(?:editing|writing|compiled|translated|edited) by .{3,120}"
    r"|with (?:reporting|files|additional reporting|material|agencies) ?(?:by|from)? ?.{0,120}"
    r"|[(\[](?-i:[A-Z])[\w./& -]{1,30}[)\]]"
    r"|(?:reuters|ap|afp|(?:the )?associated press|pa|epa|dpa|bloomberg|upi)(?: ?/ ?[\w ]{2,20})?\.?"
    r"|this (?:report|article|story) (?:was|has been|includes) .{5,160}",
    re.IGNORECASE,
)


def is_byline(plain: str) -> bool:
    """Say whether a line, as ``plain_line`` gives it, names the author.

    Examples
    --------
    >>> is_byline("By Tessa Lorne in Lower Kessel"), is_byline("By the numbers")
    (True, False)
    """
    found = len(plain) <= _LONGEST_BYLINE and _BYLINE.fullmatch(plain) is not None
    return found and (not plain.lower().startswith("by") or _CAPITAL.match(plain) is not None)


def is_credit(line: str) -> bool:
    """Say whether a line thanks an agency or a colleague.

    Examples
    --------
    >>> is_credit("Talnews contributed to this report."), is_credit("He contributed to the fund last year.")
    (True, False)
    """
    plain = line.strip()
    return len(plain) <= 220 and _CREDIT.fullmatch(plain) is not None and size(plain) > 3


def find_headline(
    lines: Sequence[Line], taken: Sequence[str | None], start: int, title: str | None
) -> int | None:
    """Find the headline above the body.

    Parameters
    ----------
    lines : sequence of Line
        The lines of the page.
    taken : sequence of (str or None)
        Why a line is furniture.
    start : int
        The first line of the body.
    title : str or None
        The headline where it is known.

    Returns
    -------
    int or None
        Which line it is. A known title is looked for by its words. Otherwise it is the first line in the
        head that shares about as many words with the opening of the body as any other line there.
    """
    if title is not None:
        wanted = words(title)
        places = [i for i, line in enumerate(lines[: start + 3]) if wanted and _says(line.text, wanted)]
        return places[-1] if places else None
    opening = set(words(" ".join(line.text for line in lines[start : start + 4])))
    found = {
        i: _share({w for w in words(lines[i].text) if len(w) > 3}, opening)
        for i in range(max(0, start - _HEAD), start)
        if taken[i] is None and _may_be_headline(lines[i])
    }
    best = max(found.values(), default=0.0)
    return next((i for i, share in found.items() if share >= 0.6 * best), None)


def _says(text: str, wanted: list[str]) -> bool:
    """Say whether a text has these words and no others; its beginning settles most cases."""
    first = words(text[:_BEGINNING])[:-1]  # the last word may be cut
    return first == wanted[: len(first)] and words(text) == wanted


def _share(line: set[str], opening: set[str]) -> float:
    """Return the share of a line's longer words that the opening has; one word in common says little."""
    common = len(line & opening)
    return common / len(line) if common > 1 else 0.1 * common


def _may_be_headline(line: Line) -> bool:
    text, n = line.text, len(words(line.text))
    return (
        3 <= n <= 30
        and line.size <= 200
        and not is_byline(line.plain)
        and not is_credit(text)
        and not (line.sentence and text.rstrip("\"'”’").endswith("."))
    )
