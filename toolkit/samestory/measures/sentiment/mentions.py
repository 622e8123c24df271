"""Where an actor is mentioned: by full name, its last part, variants, and a pronoun where safe."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

import pandas as pd

from samestory import tables
from samestory.errors import OptionError
from samestory.text import Span, normalise_typography, sentence_spans

__all__ = ["find_mentions", "propose_actors"]

_TITLES = (
    "Mr Mrs Ms Miss Dr Prof Professor Sir Dame Lord Lady President Vice Prime Minister Chancellor Senator "
    "Sen Rep Representative Congressman Congresswoman Governor Gov Mayor Judge Justice General Gen Colonel "
    "Captain Secretary Ambassador King Queen Prince Princess Pope Councillor Premier Speaker Foreign "
    "Finance Deputy Former"
).split()
# What makes a capitalised phrase something else than a person, so that its last word is no short name.
_NO_PERSON = frozenset(
    "party alliance ministry university council court federation news post times bank city county states "
    "union agency department office committee commission congress parliament senate group company "
    "corporation inc ltd college school association society club church hospital police army force forces "
    "fund foundation centre center campaign team board authority republic kingdom islands national "
    "democrats republicans herald tribune journal league house bridge harbour harbor port airport street "
    "road square river hills island lake front movement guard coast".split()
)
_CAPITAL = r"[^\W\d_a-zß-öø-ÿ][\w'.-]*"
_TITLE = rf"(?:(?:{'|'.join(_TITLES)})\.? )+"
_BEFORE = re.compile(rf"({_CAPITAL}) \Z")
_AFTER = re.compile(rf" (?={_CAPITAL})")
_RUN = re.compile(
    r"\b[A-Z][^\W\d_]+(?:[ -](?:[A-Z][^\W\d_]+|[A-Z]\.|de|van|von|al|bin))*[ -][A-Z][^\W\d_]+\b"
    r"|\b[A-Z]{2,5}\b"
)
_PRONOUN = re.compile(r"(He|She)\b(?!')")
_DAYS = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday january february march april may june july "
    "august september october november december".split()
)


@dataclass(frozen=True)
class _Actor:
    name: str
    short: str | None
    full: re.Pattern[str]
    variants: re.Pattern[str] | None


def _one_of(names: Iterable[str]) -> str:
    ordered = sorted(set(names), key=lambda n: (-len(n), n))
    return "|".join(r"\s+".join(map(re.escape, normalise_typography(n).split())) for n in ordered)


def _pattern(names: Iterable[str]) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w-])(?:{_one_of(names)})(?![\w-])")


def _actors(actors: Mapping[str, Iterable[str]] | Iterable[str] | pd.DataFrame) -> list[_Actor]:
    if isinstance(actors, str):
        actors = [actors]
    if isinstance(actors, pd.DataFrame):
        if "actor" not in actors.columns:
            raise OptionError(
                f"a table of actors needs the column actor; it has {', '.join(map(str, actors.columns))}",
                hint="give the table of propose_actors, or a list of names",
            )
        actors = actors["actor"].tolist()
    given = actors if isinstance(actors, Mapping) else dict.fromkeys(actors, ())
    out = []
    for name, variants in given.items():
        more = [variants] if isinstance(variants, str) else list(variants)
        if not all(isinstance(n, str) and n.strip() for n in (name, *more)):
            raise OptionError(
                f"an actor is a name, or a name with its variants; {name!r}: {more!r} was found",
                hint="give a list of names, or a dict such as {'Ada Orlan': ['the premier']}",
            )
        parts = name.split()
        person = (
            1 < len(parts) <= 4 and not _NO_PERSON & {p.lower() for p in parts} and parts[-1][:1].isupper()
        )
        short = normalise_typography(parts[-1]) if person else None
        out.append(_Actor(name, short, _pattern([name]), _pattern(more) if more else None))
    if not out:
        raise OptionError(
            "no actor was given", hint="propose_actors(articles) lists those whom all outlets mention"
        )
    return out


def find_mentions(
    articles: pd.DataFrame, actors: Mapping[str, Iterable[str]] | Iterable[str] | pd.DataFrame
) -> pd.DataFrame:
    """Find where articles mention actors.

    Parameters
    ----------
    articles : DataFrame
        Articles table.
    actors : iterable of str, mapping of str to iterable of str, or DataFrame
        Full names; or each full name with further names for the same actor, which are found as written; or a
        table with the column ``actor``, such as :func:`propose_actors` returns.

    Returns
    -------
    DataFrame
        Mentions table, in the order of the articles and of the text; ``start`` and ``end`` are characters of
        ``articles.text``. A title before a name is part of the mention. ``kind`` is one of

        - name: the full name;
        - variant: one of the further names;
        - short: the last word of a person's name, in an article that has the full name, or after a title; not
          where another capitalised word stands beside it, nor where two of the actors could be meant;
        - pronoun: "He" or "She" at the head of a sentence, where the sentence before mentions this actor and
          nobody else, and where an article does not use both for the same actor.

    Raises
    ------
    TableError
        ``articles`` is not an articles table.
    OptionError
        No actor was given, or one that is no name.

    Examples
    --------
    >>> text = "Ada Orlan won. She thanked the town. Mayor Orlan leaves, but Orlan Bridge stays."
    >>> articles = pd.DataFrame({"article_id": ["a"], "outlet": ["Herald"], "text": [text]})
    >>> find_mentions(articles, ["Ada Orlan"])[["start", "end", "text", "kind"]]
       start  end         text     kind
    0      0    9    Ada Orlan     name
    1     15   18          She  pronoun
    2     37   48  Mayor Orlan    short
    """
    tables.check(articles, tables.ARTICLES)
    wanted = _actors(actors)
    rows = [
        (i, start, end, actor, text[start:end], kind)
        for i, text in enumerate(articles["text"])
        for (start, end), actor, kind in _mentions(normalise_typography(text), wanted)
    ]
    columns = ["row", "start", "end", "actor", "text", "kind"]
    types = {"row": "int64", "start": "int64", "end": "int64", "actor": "str", "text": "str", "kind": "str"}
    found = pd.DataFrame(rows, columns=columns).astype(types)
    travels = [
        c for c in ("article_id", "outlet", "stance", "published", "story_id") if c in articles.columns
    ]
    context = articles[travels].iloc[found.pop("row")].reset_index(drop=True)
    out = pd.concat([context[["article_id"]], found, context.drop(columns="article_id")], axis=1)
    return tables.check(out, tables.MENTIONS)


_Found = tuple[Span, str, str]


def _mentions(text: str, actors: list[_Actor]) -> list[_Found]:
    """Find the mentions of one article, without overlap: longer ones first, names before short names."""
    found: list[_Found] = []
    for actor in actors:
        found += [(_titled(text, m.span()), actor.name, "name") for m in actor.full.finditer(text)]
        if actor.variants:
            found += [(m.span(), actor.name, "variant") for m in actor.variants.finditer(text)]
    named = {name for _, name, kind in found if kind == "name"}
    found += _short(text, actors, named)
    kept: list[_Found] = []
    for one in sorted(found, key=lambda f: (f[2] == "short", f[0][0] - f[0][1], f[0], f[1])):
        if all(one[0][1] <= start or end <= one[0][0] for (start, end), _, _ in kept):
            kept.append(one)
    return sorted(kept + _pronouns(text, kept))


def _titled(text: str, span: Span) -> Span:
    """Let a mention begin with the titles that stand before it."""
    before = re.search(rf"(?<![\w-]){_TITLE}\Z", text[max(0, span[0] - 80) : span[0]])
    return (span[0] - len(before.group()), span[1]) if before else span


def _short(text: str, actors: list[_Actor], named: set[str]) -> Iterator[_Found]:
    owners: defaultdict[str, list[str]] = defaultdict(list)
    for actor in actors:
        if actor.short:
            owners[actor.short].append(actor.name)
    for short, names in owners.items():
        here = [name for name in names if name in named]
        if len(here or names) > 1:
            continue
        for match in _pattern([short]).finditer(text):
            span = _titled(text, match.span())
            alone = not _BEFORE.search(text[max(0, span[0] - 60) : span[0]]) or _opens(text, span[0])
            titled = span != match.span()
            if (alone or titled) and (here or titled) and not _AFTER.match(text, span[1]):
                yield span, (here or names)[0], "short"


def _opens(text: str, start: int) -> bool:
    """Say whether the word before a place is the first of its sentence, so that its capital says nothing."""
    word = _BEFORE.search(text[max(0, start - 60) : start])
    head = text[: start - len(word.group())].rstrip() if word else ""
    # A first name may open a sentence as well, so only short function words count.
    return bool(word and word.group(1).lower() in _OPENERS and (not head or head[-1] in '.!?"\n'))


_OPENERS = frozenset(
    "but and when while as if after before for in on at to then yet so that though with".split()
)


def _pronouns(text: str, found: list[_Found]) -> list[_Found]:
    """Find "He" and "She" after a sentence that mentions one actor and nobody else who could be meant."""
    spans = sentence_spans(text)
    out: list[_Found] = []
    held: str | None = None
    for start, end in spans:
        match = _PRONOUN.match(text, start)
        inside = [f for f in found if start <= f[0][0] < end]
        if match and held:
            out.append((match.span(), held, "pronoun"))
            inside.append((match.span(), held, "pronoun"))
        names = {actor for _, actor, _ in inside}
        others = _other_names(text, (start, end), [span for span, _, _ in inside])
        held = names.pop() if len(names) == 1 and not others else None
    by: defaultdict[str, set[str]] = defaultdict(set)
    for span, actor, _ in out:
        by[actor].add(text[span[0] : span[1]])
    return [f for f in out if len(by[f[1]]) == 1]


def _other_names(text: str, sentence: Span, known: list[Span]) -> bool:
    """Say whether a sentence holds a capitalised word, past its first, that is no mention and no day."""
    first = sentence[0]
    for word in re.finditer(r"\b[A-Z][^\W\d_]+", text[sentence[0] : sentence[1]]):
        place = word.start() + first
        mentioned = any(a <= place < b for a, b in known)
        if not mentioned and word.start() > 1 and word.group().lower() not in _DAYS:
            return True
    return False


def propose_actors(
    articles: pd.DataFrame, *, by: str = "outlet", least: int = 2, top: int = 20
) -> pd.DataFrame:
    """Propose actors: the names that every outlet mentions.

    Parameters
    ----------
    articles : DataFrame
        Articles table.
    by : str, default "outlet"
        Column of the groups that must all mention an actor.
    least : int, default 2
        In at least so many articles overall.
    top : int, default 20
        How many names, those in most articles first.

    Returns
    -------
    DataFrame
        One row per name: ``actor``, ``n_articles``, and ``fewest``, the articles of the group that has
        fewest. A name is a run of capitalised words or an abbreviation in capitals, so that places and
        offices are proposed as well: choose from the list.

    Raises
    ------
    TableError
        ``articles`` is not an articles table.
    OptionError
        ``least`` or ``top`` is below 1.

    Examples
    --------
    >>> articles = pd.DataFrame({"article_id": ["a", "b"], "outlet": ["Herald", "Ledger"],
    ...     "text": ["We met Ada Orlan and Bo Lind.", "On Monday Ada Orlan left."]})
    >>> propose_actors(articles)
           actor  n_articles  fewest
    0  Ada Orlan           2       1
    """
    tables.check(articles, tables.ARTICLES, need=[by])
    if least < 1 or top < 1:
        raise OptionError(f"least and top are at least 1; {least} and {top} were found")
    known = articles.dropna(subset=[by])
    groups = sorted(known[by].unique())
    counts: dict[str, Counter[str]] = {g: Counter() for g in groups}
    for group, text in zip(known[by], known["text"], strict=True):
        counts[group].update(set(_names(normalise_typography(text))))
    shared = set.intersection(*(set(c) for c in counts.values())) if counts else set()
    rows = [(n, sum(c[n] for c in counts.values()), min(c[n] for c in counts.values())) for n in shared]
    rows = sorted((r for r in rows if r[1] >= least), key=lambda r: (-r[1], -r[2], r[0]))[:top]
    types = {"actor": "str", "n_articles": "int64", "fewest": "int64"}
    return pd.DataFrame(rows, columns=list(types)).astype(types)


_NO_NAME = _DAYS | _OPENERS | {"the", "a", "an", "i"}


def _names(text: str) -> Iterator[str]:
    """Yield the names of a text, titles and days off."""
    for match in _RUN.finditer(text):
        words = match.group().split(" ")
        skipped = [i for i, w in enumerate(words) if w in _TITLES or w.lower() in _NO_NAME]
        words = words[skipped[-1] + 1 :] if skipped else words
        if len(words) > 1 or (words and words[0].isupper()):
            yield " ".join(words)
