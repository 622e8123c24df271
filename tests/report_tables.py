"""Synthetic tables for the tests of charts, export and report; every sentence here was written for them."""

from __future__ import annotations

import random

import pandas as pd

SENTENCES = (
    "The harbour bridge will stay closed until the spring.",
    "Engineers found rust in two of the nine piers.",
    "“We asked for money three years running,” said Mayor Orla Finch.",
    "Ferries now leave every half hour from the old fish quay.",
    "The council met behind closed doors for most of the evening.",
    "Shopkeepers called the plan a disgrace and a shameful waste.",
    "“Nobody was in danger at any time,” the port authority said.",
    "A second survey is due before the end of the month.",
    "Children waved from the deck as the first boat left.",
    "Councillor Bram Teller praised the crews for their splendid work.",
    "The bill has grown from four million crowns to eleven.",
    "Rain delayed the divers for a third day.",
)
HOSTILE = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(2)>',
    "javascript:alert(3)",
    "</script><svg onload=alert(4)>",
    "]]><b>--></b><!--",
    "{{ 7 * 7 }}{% raw %}",
    "Right\u202eto left\u2066 turned",
    r"$\frac{a}{b}$ \n _x_ & <i>",
)
MEASURES = ("compound", "quoted share")
TIERS = ((1, "descriptive"), (2, "no test"), (5, "not informative"), (10**9, "tested"))
REASONS = {
    "descriptive": "one shared story or none: nothing to compare over",
    "no test": "two stories give no useful interval",
    "not informative": "fewer than six stories: no result could be significant",
    "tested": None,
}


def outlets(n: int = 3) -> list[str]:
    names = [
        "Harbour Herald",
        "Valley Tribune",
        "The Northern Post",
        "Evening Lantern",
        "Газета Берег",
        "Χρονικά Λιμένος",
        "海港日报",
        "صحيفة الميناء",
        "The Independent Voice of the Upper and Lower River Districts",
        "Cash $ and \\ Carry_Weekly $",
        "港口新闻",
        "Zeitung für Küste & Meer",
    ]
    return names[:n]


def articles(n_stories: int = 8, n_outlets: int = 3, length: int = 12) -> pd.DataFrame:
    rows = []
    for s in range(n_stories):
        for o, outlet in enumerate(outlets(n_outlets)):
            if n_outlets > 1 and s > 0 and (s * 7 + o * 3) % 6 == 0:
                continue  # this outlet does not tell this story
            draw = random.Random(100 * s + o)
            chosen = [draw.choice(SENTENCES) for _ in range(length)]
            text = "\n".join(" ".join(chosen[i : i + 3]) for i in range(0, length, 3))
            rows.append(
                {
                    "article_id": f"story {s}/{outlet}.txt",
                    "outlet": outlet,
                    "stance": ("liberal", "conservative", None)[o % 3],
                    "published": pd.Timestamp("2031-03-01", tz="UTC") + pd.Timedelta(days=3 * s, hours=o),
                    "title": f"Bridge news, part {s + 1}: {SENTENCES[(s + o) % len(SENTENCES)]}",
                    "text": text,
                    "url": f"https://example.org/{s}/{o}?a=1&b=2",
                    "flags": "no_date" if (s + o) % 9 == 0 else "",
                    "story_id": f"s{s + 1:03d}",
                    "reprint_of": None,
                }
            )
    frame = pd.DataFrame(rows)
    return frame.assign(published=frame["published"].astype("datetime64[us, UTC]"))


def sentences(of: pd.DataFrame) -> pd.DataFrame:
    rows = []
    for article in of.to_dict("records"):
        at = 0
        for line in article["text"].split("\n"):
            for piece in _pieces(line):
                start = article["text"].index(piece, at)
                at = start + len(piece)
                rows.append(
                    {
                        "article_id": article["article_id"],
                        "start": start,
                        "end": at,
                        "text": piece,
                        "outlet": article["outlet"],
                        "story_id": article["story_id"],
                        "voice": "mixed" if "“" in piece else "own",
                        "compound": round(random.Random(piece).uniform(-0.9, 0.9), 4),
                        "neg": 0.1,
                        "neu": 0.8,
                        "pos": 0.1,
                    }
                )
    return pd.DataFrame(rows)


def _pieces(line: str) -> list[str]:
    if any(h in line for h in HOSTILE):
        return [line]
    return [s for s in SENTENCES if s in line and line.count(s)] and _in_order(line)


def _in_order(line: str) -> list[str]:
    found, rest = [], line
    while rest:
        first = next(s for s in SENTENCES if rest.startswith(s))
        found.append(first)
        rest = rest[len(first) :].lstrip()
    return found


def quotes(of: pd.DataFrame, speaker: str | None = None) -> pd.DataFrame:
    rows = []
    for row in sentences(of).to_dict("records"):
        if "“" not in row["text"]:
            continue
        start = row["start"] + row["text"].index("“")
        end = row["start"] + row["text"].index("”") + 1
        tail = row["text"].split("”")[1]
        who = speaker or ("Mayor Orla Finch" if "Finch" in tail else "the port authority")
        rows.append(
            {
                "article_id": row["article_id"],
                "start": start,
                "end": end,
                "spans": [[start, end]],
                "kind": "direct",
                "text": row["text"][: row["text"].index("”") + 1],
                "quoted_words": 7,
                "speaker": who,
                "speaker_spans": [[end + 6, end + 10]],
                "speaker_resolved": who,
                "cue": "said",
                "cue_spans": [[end + 1, end + 5]],
                "confidence": 0.9,
                "outlet": row["outlet"],
                "story_id": row["story_id"],
            }
        )
    return pd.DataFrame(rows)


def tier_of(n: int) -> str:
    return next(name for most, name in TIERS if n <= most)


def pairs(n_stories: int = 8, n_outlets: int = 3, measures: tuple[str, ...] = MEASURES[:1]) -> pd.DataFrame:
    names = sorted(outlets(n_outlets))
    rows = []
    for m in measures:
        for i, group in enumerate(names):
            for j, reference in enumerate(names[i + 1 :], i + 1):
                # every pair shares another number of stories, so that all tiers occur
                for s in range(max(n_stories - 2 * (i + j - 1), 0)):
                    draw = random.Random(f"{m}{i}{j}{s}")
                    a, b = draw.gauss(-0.1 * i, 0.12), draw.gauss(0.05 * j, 0.12)
                    rows.append(
                        {
                            "measure": m,
                            "group": group,
                            "reference": reference,
                            "story_id": f"s{s + 1:03d}",
                            "group_mean": a,
                            "reference_mean": b,
                            "difference": a - b,
                        }
                    )
    columns = ["measure", "group", "reference", "story_id", "group_mean", "reference_mean", "difference"]
    return pd.DataFrame(rows, columns=columns)


def estimates(
    n_stories: int = 8, n_outlets: int = 3, measures: tuple[str, ...] = MEASURES[:1]
) -> pd.DataFrame:
    dots = pairs(n_stories, n_outlets, measures)
    names = sorted(outlets(n_outlets))
    rows = []
    for m in measures:
        for i, group in enumerate(names):
            for reference in names[i + 1 :]:
                d = dots[
                    (dots["measure"] == m) & (dots["group"] == group) & (dots["reference"] == reference)
                ]["difference"]
                n, tier = len(d), tier_of(len(d))
                half = 2.4 * d.std() / n**0.5 if n >= 3 else None
                mean = d.mean() if n else None
                rows.append(
                    {
                        "measure": m,
                        "group": group,
                        "reference": reference,
                        "estimate": mean,
                        "low": mean - half if half is not None else None,
                        "high": mean + half if half is not None else None,
                        "level": 0.95,
                        "p": 0.21 * (i + 1) if tier == "tested" else None,
                        "p_adjusted": min(0.42 * (i + 1), 1.0) if tier == "tested" else None,
                        "effect_size": mean / d.std() if n >= 3 else None,
                        "minimum_detectable": 0.15 if tier == "tested" else None,
                        "n_stories": n,
                        "family_size": 3,
                        "method": "mean of paired differences, t interval, exact sign-flip test, Holm",
                        "tier": tier,
                        "reason": REASONS[tier],
                        "seed": 2026,
                    }
                )
    frame = pd.DataFrame(rows)
    numbers = ["estimate", "low", "high", "p", "p_adjusted", "effect_size", "minimum_detectable"]
    return frame.astype(dict.fromkeys(numbers, "float64"))


def speakers(n_outlets: int = 3) -> pd.DataFrame:
    names = [
        "Mayor Orla Finch",
        "the port authority",
        "Councillor Bram Teller",
        "Undersecretary for Inland Waterways and Coastal Defences Theodora Quillfeather-Ashdown",
        "Ирина Береговая",
        "a spokesman",
        "Deputy harbour master Tove Lind",
        "$hop_keepers' $union\\",
        "residents",
        "the opposition",
        "Diver Ansel Roe",
        "ferry operator Kestrel Lines",
    ]
    rows = []
    for o, outlet in enumerate(outlets(n_outlets)):
        draw = random.Random(o)
        counts = [max(0, round(draw.gauss(14 - s, 4))) for s in range(len(names))]
        total = sum(counts)
        for name, n in zip(names, counts, strict=True):
            if n:
                rows.append((outlet, name, n, 11 * n, n / total, min(n, 6)))
        rows.append((outlet, None, 5, 40, None, 3))
    columns = ["outlet", "speaker", "n_quotes", "quoted_words", "share", "n_articles"]
    return pd.DataFrame(rows, columns=columns).astype({"share": "float64"}).fillna({"share": 0.0})


def terms(n_outlets: int = 3, per_outlet: int = 15) -> pd.DataFrame:
    words = (
        "rust ferry quay council divers crowns piers survey crews spring harbour tide budget anger splendid"
    ).split()
    rows = []
    for o, outlet in enumerate(outlets(n_outlets)):
        draw = random.Random(o)
        for i, word in enumerate(words[:per_outlet]):
            odds = draw.uniform(-0.5, 2.0)
            error = draw.uniform(0.2, 0.5)
            rows.append(
                (
                    outlet,
                    word,
                    3 + i,
                    1.5,
                    odds,
                    odds / error,
                    odds - 1.96 * error,
                    odds + 1.96 * error,
                    1 + i % 5,
                )
            )
    columns = ["outlet", "term", "count", "rate", "log_odds", "z", "low", "high", "n_articles"]
    return pd.DataFrame(rows, columns=columns)


def coverage(of: pd.DataFrame) -> pd.DataFrame:
    rows = []
    for story, told in of.groupby("story_id"):
        first = told["published"].min()
        for outlet in sorted(set(of["outlet"])):
            mine = told[told["outlet"] == outlet]
            when = mine["published"].min()
            rows.append(
                {
                    "story_id": story,
                    "outlet": outlet,
                    "n_articles": len(mine),
                    "words": int(mine["text"].str.split().str.len().sum()),
                    "first_published": when,
                    "lag_hours": (when - first) / pd.Timedelta(hours=1) if len(mine) else None,
                    "title": told["title"].iloc[0],
                }
            )
    frame = pd.DataFrame(rows)
    return frame.astype({"first_published": "datetime64[us, UTC]", "lag_hours": "float64"})


def all_tables(n_stories: int = 8, n_outlets: int = 3, length: int = 12) -> dict[str, pd.DataFrame]:
    told = articles(n_stories, n_outlets, length)
    return {
        "articles": told,
        "sentences": sentences(told),
        "quotes": quotes(told),
        "estimates": estimates(n_stories, n_outlets),
        "pairs": pairs(n_stories, n_outlets),
        "speakers": speakers(n_outlets),
        "terms": terms(n_outlets),
        "coverage": coverage(told),
    }


def removed(article_ids, texts, reason: str) -> pd.DataFrame:
    """The lines table with one line per article, taken out at its top."""
    return pd.DataFrame(
        {
            "article_id": article_ids,
            "line": 1,
            "text": texts,
            "kept": False,
            "reason": reason,
            "start": float("nan"),
            "end": float("nan"),
            "raw_start": 0,
            "raw_end": 5,
        }
    )


def hostile_tables() -> dict[str, pd.DataFrame]:
    """Tables in which every field that a corpus can fill holds markup, templates or turned writing."""
    rows = [
        {
            "article_id": f"{h} {i}",
            "outlet": h,
            "stance": h,
            "published": pd.Timestamp("2031-03-01", tz="UTC"),
            "title": h,
            "text": f"{h}\n“{h}” said {h}",
            "url": (
                "javascript:alert(5)",
                "data:text/html,<script>1</script>",
                'https://example.org/"><script>',
            )[i % 3],
            "flags": "",
            "story_id": f"s {h}",
            "reprint_of": None,
        }
        for i, h in enumerate(HOSTILE)
    ]
    told = pd.DataFrame(rows)
    group, reference = sorted(told["outlet"])[:2]
    some_pairs = pairs(6, 2).assign(
        group=group, reference=reference, measure=HOSTILE[0], story_id=told["story_id"][:6]
    )
    some = estimates(6, 2).assign(group=group, reference=reference, measure=HOSTILE[0], reason=HOSTILE[1])
    return {
        "articles": told,
        "sentences": sentences(told),
        "quotes": quotes(told, speaker=HOSTILE[1]),
        "estimates": some,
        "pairs": some_pairs,
        "speakers": speakers(1).assign(
            speaker=lambda t: [*HOSTILE, *t["speaker"][len(HOSTILE) :]], outlet=HOSTILE[3]
        ),
        "terms": terms(1).assign(outlet=HOSTILE[4], term=lambda t: [*HOSTILE, *t["term"][len(HOSTILE) :]]),
        "coverage": coverage(told),
        "lines": removed(told["article_id"], HOSTILE, HOSTILE[0]),
        "topic_shares": pd.DataFrame(
            {
                "article_id": told["article_id"],
                "topic": HOSTILE,
                "n_sentences": 2,
                "n_hits": 1,
                "share": 0.5,
                "word_share": 0.1,
            }
        ),
        "term_lines": pd.DataFrame(
            {
                "outlet": HOSTILE[4],
                "term": HOSTILE,
                "article_id": told["article_id"],
                "start": 0,
                "end": 1,
                "left": HOSTILE,
                "match": HOSTILE[1],
                "right": HOSTILE[2],
                "sentence_start": 0,
            }
        ),
    }


def summary() -> dict[str, object]:
    return {
        "corpus": "bridge corpus",
        "n_articles_read": 26,
        "n_articles_used": 24,
        "n_outlets": 3,
        "outlets": [
            {"outlet": "Harbour Herald", "stance": "liberal", "n_articles": 8},
            {"outlet": "Valley Tribune", "stance": "conservative", "n_articles": 8},
            {"outlet": "The Northern Post", "stance": None, "n_articles": 8},
        ],
        "n_stories": 8,
        "n_shared_stories": 7,
        "corrections": {"must": 0, "cannot": 1},
        "selection": "",
        "n_reprints": 1,
        "reprints": {"copy": 1},
        "without_reprints_change": 0.01,
        "n_sentences": 288,
        "n_quotes": 41,
        "n_quotes_with_speaker": 33,
        "voices": {"mixed": 40, "own": 200, "quoted": 48},
        "flags": {"no_date": 2, "no_text": 1},
        "removed_lines": 63,
        "n_not_english": 3,
        "news_neutral_change": 0.012,
        "options": {"align_stories": {"threshold": 0.3, "days": 3}, "level": 0.95},
        "versions": {"samestory": "0.1.0", "python": "3.11", "pandas": "3.1.1", "vaderSentiment": "3.3.2"},
        "seed": 2026,
        "tier": "1 of 3 pairs of outlets shares enough stories to be tested",
        "family_size": 3,
        "families": [{"family": "study", "n_tests": 3, "rejected_adjusted": 1}],
        "adjustments": ["Holm"],
        "tests": ["mean of paired differences, t interval, exact sign-flip test, Holm"],
        "measures": ["compound"],
        "steps": [
            "read_corpus",
            "clean_articles",
            "align_stories",
            "mark_reprints",
            "find_quotes",
            "split_sentences",
            "label_voice",
            "score_sentiment",
            "compare_groups",
            "count_speakers",
            "distinctive_terms",
            "story_coverage",
        ],
        "methods": "",
    }


def sentiment(n_outlets: int = 3) -> pd.DataFrame:
    rows = []
    for o, outlet in enumerate(outlets(n_outlets)):
        for part, voices in (("body", ("all", "own", "quoted")), ("headline", ("all",))):
            for v, voice in enumerate(voices):
                mean = random.Random(f"{o}{part}{v}").uniform(-0.3, 0.3)
                rows.append(
                    {
                        "group": outlet,
                        "part": part,
                        "voice": voice,
                        "mean": mean,
                        "low": mean - 0.08,
                        "high": mean + 0.09,
                        "level": 0.95,
                        "positive": 0.3,
                        "neutral": 0.4,
                        "negative": 0.3,
                        "intensity": 0.2,
                        "coverage": 0.1,
                        "n_sentences": 310 - 20 * o,
                        "n_not_scored": 2,
                        "n_articles": 24,
                        "warnings": "",
                        "method": "percentile bootstrap over articles, 2000 samples",
                        "seed": 2026,
                    }
                )
    return pd.DataFrame(rows)


def topics(n_outlets: int = 3) -> pd.DataFrame:
    names = (
        "economy",
        "crime and courts",
        "environment",
        "health",
        "the work of the parliament and its parties",
    )
    rows = [
        {
            "measure": f"emphasis, {topic}",
            "group": outlet,
            "mean": random.Random(f"{t}{o}").uniform(0.0, 0.1 + 0.05 * t),
            "sd": 0.1,
            "n_articles": 24 - o,
            "n_stories": 20,
        }
        for t, topic in enumerate(names)
        for o, outlet in enumerate(outlets(n_outlets))
    ]
    return pd.DataFrame(rows)


def over_time(n_outlets: int = 3, n_weeks: int = 12) -> pd.DataFrame:
    rows = []
    for o, outlet in enumerate(outlets(n_outlets)):
        draw = random.Random(o)
        for w in range(n_weeks):
            n = draw.randint(0, 6)
            mean = draw.gauss(0.05 * o - 0.1, 0.1) if n else None
            half = 0.1 if n >= 3 else None
            rows.append(
                {
                    "measure": "compound",
                    "group": outlet,
                    "start": pd.Timestamp("2031-03-03", tz="UTC") + pd.Timedelta(weeks=w),
                    "mean": mean,
                    "low": mean - half if mean is not None and half else None,
                    "high": mean + half if mean is not None and half else None,
                    "level": 0.95,
                    "n_articles": n,
                    "n_stories": n,
                }
            )
    return pd.DataFrame(rows).astype(dict.fromkeys(("mean", "low", "high"), "float64"))


def word_shift(n_words: int = 30) -> pd.DataFrame:
    rows = []
    for i in range(n_words):
        draw = random.Random(i)
        often, beside = draw.gauss(0, 0.01), draw.gauss(0, 0.004)
        rows.append(
            {
                "group": "Harbour Herald",
                "reference": "Valley Tribune",
                "word": f"word{i}",
                "contribution": often + beside,
                "by_frequency": often,
                "by_context": beside,
                "rate_group": 0.02,
                "rate_reference": 0.01,
                "score_group": 0.3,
                "score_reference": 0.2,
                "n_group": draw.randint(0, 1400),
                "n_reference": draw.randint(0, 30),
            }
        )
    return pd.DataFrame(rows)
