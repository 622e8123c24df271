"""Naming: what outlets call the same actor. Titles, appositions, adjectives and nouns, found by rules.

There is no parser behind this: a description is taken only where the words around a name leave little doubt
(an adjective between a determiner and a noun, capitalised words directly before a name, a phrase between
commas that begins with an article). So it is precise rather than complete, alike for every outlet.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

import pandas as pd

from samestory import tables, text
from samestory.errors import OptionError

__all__ = ["actor_descriptions", "description_shares"]

_KINDS = ("title", "apposition", "adjective", "noun")
_TRAVELS = ("outlet", "stance", "story_id", "reprint_of")
_DETERMINER = r"(?:the|a|an|these|those|this|that|some|many|several|its|his|her|their|our|all|most|few)"
_NUMBER = r"(?:\d[\d,.]*|hundreds of|thousands of|dozens of|two|three|four|five|six|seven|eight|nine|ten)"
# Up to three words between a determiner or number and the noun; function words end the search.
_BEFORE = re.compile(
    rf"\b(?:{_DETERMINER}(?:\s+{_NUMBER})?|{_NUMBER})\s+((?:[a-z][a-z'-]+,?\s+){{1,3}})$", re.IGNORECASE
)
_FUNCTION = frozenset(
    "of in on at to for from by with and or but as than who which that was were is are be been has had have "
    "did the a an some many several other others same such more most less few two three four five six".split()
)
# "Prime Minister", "Captain", "Union leader": words directly before a name, at most four.
_TITLE = re.compile(r"((?:[A-Z][\w'-]+\s+){1,3}(?:[a-z]+\s+)?)$")
_NOT_TITLE = frozenset(
    "the a an on in at by for from to but and when while after before as if it he she they this that these "
    "those with was were is are then now yesterday today monday tuesday wednesday thursday friday saturday "
    "sunday".split()
)
_APPOSITION = re.compile(r"^,\s+((?:the|a|an)\s+[^,;:.!?()\"]{3,80}?)(?=,|;|[.!?]$)", re.IGNORECASE)


def actor_descriptions(
    sentences: pd.DataFrame, actors: Mapping[str, Iterable[str]] | pd.DataFrame
) -> pd.DataFrame:
    """List what each article calls each actor.

    Parameters
    ----------
    sentences : DataFrame
        Sentences table; give the rows of the outlet's own voice to leave quoted names out.
    actors : mapping of str to iterable of str, or DataFrame
        For each actor the names and nouns it goes by, as terms of a codebook: whole words, ``*`` for any
        ending, phrases. Rival nouns for the same people are one actor: ``{"the crowd": ["protester*",
        "rioter*"]}``. Or an actors table (``actor``, ``term``), as :func:`samestory.read_actors` gives it.

    Returns
    -------
    DataFrame
        Descriptions table: one row per mention and description: ``article_id``, ``start``, ``end`` (the
        mention, in characters of ``articles.text``), ``actor``, ``kind``, ``description`` (lower case),
        ``sentence_start``, ``sentence``, and outlet and story where the sentences have them. Every mention
        has one row of kind ``noun``, the term itself as written; ``title``, ``apposition`` and
        ``adjective`` come on top where there are any.

    Raises
    ------
    OptionError
        No actor, or a term that cannot be used.

    Notes
    -----
    Rules, not a parser: *adjective* is a word between a determiner or number and the mention, *title* are
    capitalised words directly before a name, *apposition* is a phrase between commas after the mention that
    begins with an article.

    Examples
    --------
    >>> sentences = pd.DataFrame({"article_id": ["a"], "start": [0], "end": [40],
    ...     "text": ["The angry rioters met Mayor Ada Holm, the former judge."]})
    >>> actor_descriptions(sentences, {"crowd": ["rioter*"], "Holm": ["Ada Holm"]})[["actor", "kind",
    ...     "description"]]
       actor        kind       description
    0  crowd   adjective             angry
    1  crowd        noun           rioters
    2   Holm  apposition  the former judge
    3   Holm        noun          ada holm
    4   Holm       title             mayor
    """
    tables.check(sentences, tables.SENTENCES)
    if isinstance(actors, pd.DataFrame):
        tables.check(actors, tables.ACTORS)
        by_actor = actors.groupby("actor", sort=False)["term"]
        actors = {str(name): list(terms) for name, terms in by_actor}
    if not actors:
        raise OptionError(
            "at least one actor was needed, none was found", hint='give one, as in {"crowd": ["protester*"]}'
        )
    if texts := [name for name, terms in actors.items() if isinstance(terms, str)]:
        raise OptionError(
            f"the actor '{texts[0]}' needs a list of terms, the text '{actors[texts[0]]}' was found",
            hint=f'{{"{texts[0]}": ["{actors[texts[0]]}"]}}',
        )
    patterns = {name: text.term_pattern(terms) for name, terms in actors.items()}
    travels = [c for c in _TRAVELS if c in sentences.columns]
    rows: list[dict[str, object]] = []
    for place, (sentence, start) in enumerate(zip(sentences["text"], sentences["start"], strict=True)):
        plain = text.normalise_typography(sentence)
        for actor, pattern in patterns.items():
            for m in pattern.finditer(plain.lower()):
                span = {"place": place, "start": int(start) + m.start(), "end": int(start) + m.end()}
                context = {"actor": actor, "sentence_start": int(start), "sentence": sentence}
                found = _described(plain, m.start(), m.end())
                rows.extend(span | context | {"kind": k, "description": d} for k, d in found)
    whole = {"place": "int64", "start": "int64", "end": "int64", "actor": "str", "kind": "str"}
    whole |= {"description": "str", "sentence_start": "int64", "sentence": "str"}
    found_rows = pd.DataFrame(rows, columns=list(whole)).astype(whole)
    context_rows = sentences[["article_id", *travels]].iloc[found_rows.pop("place")].reset_index(drop=True)
    out = pd.concat([context_rows[["article_id"]], found_rows, context_rows[travels]], axis=1)
    out = out.sort_values(["article_id", "start", "actor", "kind", "description"], ignore_index=True)
    return tables.check(out, tables.DESCRIPTIONS)


def _described(sentence: str, start: int, end: int) -> Iterator[tuple[str, str]]:
    """Find the descriptions of one mention, the noun itself last."""
    before, mention, after = sentence[:start], sentence[start:end], sentence[end:]
    named = mention[:1].isupper() and bool(before.strip())
    apposition = _APPOSITION.match(after)
    if apposition:
        yield "apposition", apposition.group(1).strip().lower()
    if named and (title := _TITLE.search(before)):
        words = title.group(1).split()
        while words and words[0].lower() in _NOT_TITLE:
            words = words[1:]
        if words:
            yield "title", " ".join(words).lower()
    if not mention[:1].isupper() and (adjectives := _BEFORE.search(before)):
        words = [w.strip(",").lower() for w in adjectives.group(1).split()]
        if not set(words) & _FUNCTION:
            yield from (("adjective", w) for w in dict.fromkeys(words))
    yield "noun", mention.lower()


def description_shares(descriptions: pd.DataFrame, *, min_articles: int = 3) -> pd.DataFrame:
    """Measure, per article, how often an actor is described in one way: the table that can be compared.

    Parameters
    ----------
    descriptions : DataFrame
        Descriptions table (:func:`actor_descriptions`).
    min_articles : int, default 3
        Articles, over all outlets, below which a description is not listed.

    Returns
    -------
    DataFrame
        Description shares: one row per actor, description and article that mentions the actor: ``actor``,
        ``kind``, ``description``, ``article_id``, ``n_mentions`` (of the actor in the article), ``count`` and
        ``share`` (count / n_mentions), with outlet and story. ``share`` is a measure for
        :func:`samestory.compare_groups`, one actor, kind and description at a time.

    Raises
    ------
    TableError
        A column is absent.

    Examples
    --------
    >>> sentences = pd.DataFrame({"article_id": ["a", "b"], "start": [0, 0], "end": [9, 9],
    ...     "text": ["The rioters left.", "Protesters left; protesters sang."]})
    >>> found = actor_descriptions(sentences, {"crowd": ["rioter*", "protester*"]})
    >>> description_shares(found, min_articles=1)[["description", "article_id", "n_mentions", "share"]]
      description article_id  n_mentions  share
    0  protesters          a           1    0.0
    1  protesters          b           2    1.0
    2     rioters          a           1    1.0
    3     rioters          b           2    0.0
    """
    tables.check(descriptions, tables.DESCRIPTIONS)
    travels = [c for c in _TRAVELS if c in descriptions.columns]
    mentions = descriptions[descriptions["kind"] == "noun"].groupby(["actor", "article_id"], sort=True)
    articles = mentions.agg(n_mentions=("start", "size"), **{c: (c, "first") for c in travels}).reset_index()
    key = ["actor", "kind", "description"]
    counts = descriptions.groupby([*key, "article_id"], sort=True).size().rename("count").reset_index()
    held = counts.groupby(key)["article_id"].nunique()
    listed = held[held >= min_articles].reset_index()[key]
    out = listed.merge(articles, on="actor").merge(counts, how="left", on=[*key, "article_id"])
    out = out.assign(count=out["count"].fillna(0).astype("int64"))
    out = out.assign(share=out["count"] / out["n_mentions"])
    columns = [*key, "article_id", "n_mentions", "count", "share", *travels]
    return out[columns].sort_values([*key, "article_id"], ignore_index=True)
