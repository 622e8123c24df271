"""The engine against vaderSentiment itself: every bit of every float, and the order of the keys."""

import copy
import gzip
import json
import pickle
import random
import struct
import subprocess
import sys
from itertools import islice
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from vaderSentiment.vaderSentiment import (
    BOOSTER_DICT,
    NEGATE,
    SPECIAL_CASES,
    SentimentIntensityAnalyzer,
)

from samestory import text as floor
from samestory.measures.sentiment.vader import Lexicon, Vader

SHARED = Path(__file__).resolve().parents[1].parent / "shared"
ORACLE = SentimentIntensityAnalyzer()
ENGINE = Vader()
BLANKS = [" ", " ", " ", "\n", "\t", "\x1c", "\x85", "\xa0", "\u2028", "\u3000", "\u200b", ""]
MARKS = ["", "", "", "!", "?", "??", "!!!!!", ".", ",", "'", "’", "(", ")", "*"]
ODD = [
    "\ud83d",
    "\udc80x",
    "\x00",
    "İ",
    "ß",
    "ΑΣ",
    "1",
    "42",
    "3.14",
    "中文",
    "🙂",
    "❤️",
    "👍🏽",
    "👨‍👩‍👧",
    "🇬🇧",
    "©",
    "1️⃣",
]
RULES = "but no or nor never so this without doubt least at very kind of sort just enough good BAD not isn't"
PHRASES = ["without doubt", "never so", "at least", "very least", "kind of", "no luck nor", *SPECIAL_CASES]
GROUPS = [
    list(ORACLE.lexicon),
    list(ORACLE.emojis),
    list(BOOSTER_DICT),
    NEGATE,
    ODD,
    PHRASES,
    RULES.split() * 3,
]


def bits(scores):
    return [(key, type(value), struct.pack("<d", value)) for key, value in scores.items()]


def outcome(engine, text):
    try:
        return bits(engine.polarity_scores(text))
    except Exception as error:
        return type(error), str(error)


def made_up(rng):
    pool = [rng.choice(rng.choice(GROUPS)) for _ in range(rng.randint(1, 12))]
    pool = [rng.choice((w, w, w, w.upper(), w.title())) + rng.choice(MARKS) for w in pool]
    return "".join(rng.choice(pool) + rng.choice(BLANKS) for _ in range(rng.choice((0, 1, 2, 4, 7, 12, 40))))


@pytest.mark.parametrize(
    "text",
    [
        "",
        " \x1c\x85\u2028 ",
        "!!!",
        "?? !",
        "The bridge is safe.",
        "The bridge is NOT safe!!",
        "THE BRIDGE IS SAFE",
        "The plan was good, but the good plan was good and good but bad.",
        "but",
        "No good, no bad or ugly, no harm nor fraud",
        "no NO no",
        "least good",
        "least good at",
        "At least good, the very least good, the least good",
        "It was never so good and never this bad, so this good",
        "without doubt good, without a doubt good, without any real good",
        "kind of good, the kind of good kind",
        "sort of very good, just enough help",
        "Yeah, right: the bomb at the bus stop was bad ass to die for, a kiss of death for a beating heart",
        "the shit the bomb but the shit",
        "yeah right now the the big one the bomb yeah right bomb the end!",  # 3.12 and later: 0, not -2e-16
        "good🙂good 🙂 🙂🙂\n🙂",
        "👍🏽 ❤️ 👨‍👩‍👧 🇬🇧 © ®",
        "\ud83d good \ude00",
        ":) :D (: :-( XD <3",
        "good" * 30_000,
        "🙂" * 500,
        "good bad but " * 300,
    ],
)
def test_edges_are_scored_as_by_vadersentiment(text):
    assert outcome(ENGINE, text) == outcome(ORACLE, text)


@pytest.mark.parametrize(
    "given_",
    [
        None,
        3,
        2.5,
        b"good",
        b"",
        [],
        ["good", " ", "bad!"],
        ["🙂", "🙂x", "❤️", "good"],
        ("a", 1),
        [["a"]],
        {"good": 1},
    ],
)
def test_what_is_no_string_fails_or_scores_as_in_vadersentiment(given_):
    assert outcome(ENGINE, given_) == outcome(ORACLE, given_)


def test_made_up_strings():
    rng = random.Random(2026)
    texts = [made_up(rng) for _ in range(6_000)]
    assert [t for t in texts if outcome(ENGINE, t) != outcome(ORACLE, t)] == []


@settings(deadline=None, max_examples=300)
@given(
    st.lists(st.sampled_from([w for group in GROUPS for w in group]) | st.text(st.characters(), max_size=6))
)
def test_any_string(words):
    text = " ".join(words)
    assert outcome(ENGINE, text) == outcome(ORACLE, text)


def test_whole_numbers_in_the_lexicon_add_up_as_in_vadersentiment():
    rng, oracle, engine = random.Random(7), SentimentIntensityAnalyzer(), Vader()
    for _ in range(60):
        changes = {
            rng.choice(rng.choice(GROUPS)).lower(): rng.choice(
                (1, -2, 3, 0, 0.1, 0.2, -0.3, 1e-17, float("nan"))
            )
            for _ in range(20)
        }
        oracle.lexicon.update(changes)
        engine.lexicon.update(changes)
        for text in [made_up(rng) for _ in range(20)] + [" ".join(rng.choices(list(changes), k=12))]:
            assert outcome(engine, text) == outcome(oracle, text)


CHANGES = {
    "set": lambda d: d.__setitem__("bridge", 2.0),
    "set again": lambda d: d.__setitem__("good", -1.0),
    "delete": lambda d: d.__delitem__("good"),
    "pop": lambda d: d.pop("good"),
    "pop default": lambda d: d.pop("nothing like it", None),
    "popitem": lambda d: d.popitem(),
    "clear": lambda d: d.clear(),
    "update mapping": lambda d: d.update({"bridge": 1.0}),
    "update pairs": lambda d: d.update([("bridge", 1.0)]),
    "update words": lambda d: d.update(bridge=1.0),
    "setdefault": lambda d: d.setdefault("bridge", -2.0),
    "or": lambda d: d.__ior__({"bridge": 1.0}),
    "rule words": lambda d: d.update(
        {"this": 1.0, "but": 2.0, "never": -1.0, "at": 1, "very": 0.5, "least": 1.0}
    ),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_changes_of_the_lexicon_take_effect_at_once(change):
    oracle, engine = SentimentIntensityAnalyzer(), Vader()
    texts = ["The good bridge :}", "this never was very good but at least this bridge is", "|:"]
    for text in texts:
        engine.polarity_scores(text)
    change(oracle.lexicon)
    change(engine.lexicon)
    assert dict(engine.lexicon) == oracle.lexicon
    assert [outcome(engine, t) for t in texts] == [outcome(oracle, t) for t in texts]


def test_a_failed_update_still_counts():
    engine = Vader()
    engine.polarity_scores("bridge")
    with pytest.raises(TypeError):
        engine.lexicon.update([("bridge", 2.0), 5])
    assert engine.polarity_scores("bridge")["pos"] == 1.0


def test_engines_do_not_share_changes_but_a_lexicon_may_be_shared():
    one, two = Vader(), Vader()
    one.lexicon["bridge"] = 2.0
    assert two.polarity_scores("bridge")["compound"] == 0.0
    two.lexicon = one.lexicon
    one.lexicon["tunnel"] = 2.0
    assert two.polarity_scores("tunnel")["pos"] == 1.0
    two.lexicon = {"ferry": 1.0}
    assert isinstance(two.lexicon, Lexicon)
    assert two.polarity_scores("ferry")["pos"] == 1.0
    assert two.polarity_scores("tunnel")["pos"] == 0.0


@pytest.mark.parametrize("copied", [copy.deepcopy, lambda e: pickle.loads(pickle.dumps(e))])
def test_a_copy_scores_alike_and_follows_its_own_lexicon(copied):
    engine = Vader()
    engine.polarity_scores("The bridge is good")
    twin = copied(engine)
    twin.lexicon["bridge"] = 2.0
    assert twin.polarity_scores("bridge")["pos"] == 1.0
    assert engine.polarity_scores("bridge")["pos"] == 0.0


def test_memory_is_bounded(monkeypatch):
    monkeypatch.setattr("samestory.measures.sentiment.vader_lexicon._MEMO_SIZE", 50)
    engine, rng = Vader(), random.Random(3)
    text = " ".join(f"w{rng.randrange(500)} good{i}" for i in range(400)) + " not good" + "x" * 10_000
    assert outcome(engine, text) == outcome(ORACLE, text)
    assert len(engine._memo) <= 50
    assert max(map(len, engine._memo)) < 100


def test_vadersentiment_itself_is_not_imported():
    code = "import sys; from samestory.measures.sentiment.vader_lexicon import read_lexicon; read_lexicon(); "
    code += "print('vaderSentiment.vaderSentiment' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"


def test_news():
    path = SHARED / "data" / "alignment" / "allsides_18k.jsonl.gz"
    if not path.exists():
        pytest.skip("the shared articles are not here")
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        articles = [json.loads(line)["text"] for line in islice(lines, 12)]
    texts = articles + [text[a:b] for text in articles for a, b in floor.sentence_spans(text)]
    assert sum(outcome(ENGINE, t) != outcome(ORACLE, t) for t in texts) == 0
