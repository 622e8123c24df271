"""Compare the engine with vaderSentiment on made-up strings.

    python bench/fuzz_vader.py [--n 500000] [--seed 1]

Every bit of every float and the order of the keys must agree. One block in four changes both lexicons first.
"""

from __future__ import annotations

import argparse
import random
import struct

from vaderSentiment.vaderSentiment import BOOSTER_DICT, NEGATE, SPECIAL_CASES, SentimentIntensityAnalyzer

from samestory.measures.sentiment.vader import Vader

BLANKS = [
    *" " * 30,
    "  ",
    "\r\n",
    *"\n\t\x0b\x0c\x1c\x1d\x1e\x1f\x85\xa0\u1680\u2000\u2009\u200a\u2028\u2029\u202f\u205f\u3000\u200b",
    "",
]
MARKS = (
    "! ? !! ??? !!!!! . , ... ' \" ’ “ ” - -- — : ; ( ) * _ # @ & $ / \\ | ~ ` ^ < > [ ] { } + = %".split()
)
ODD = "\ud83d \ude00 \udc80 \ud800a \x00 \ufeff \u200d \ufe0f İ ß ǅ Σ ΑΣ ﬁ é \u0301 中文 1 42 3.14 -7"
ODD_WORDS = [*ODD.split(), *"1,000 50% № ª ² Ⅷ ⓐ 👨‍👩‍👧 🇬🇧 👍🏽 ❤️ 1️⃣".split()]
RULES = (
    "no or nor never so this without doubt least at very but kind of sort just enough the to for right bus "
    "stop shit bomb bad ass badass yeah kiss death die beating heart good great awful "
    "not isn't ISN'T wasn’t n't"
).split()
PHRASES = (
    "without doubt,without a doubt,without any doubt,never so,never this,never ever so,at least,very least,"
    "the least,no good or,no,no luck nor,kind of,the worst kind of,but not,so this,least good at,not so bad,"
    "no doubt,nothing but,to die,kiss of,the,yeah, right,and but"
).split(",")
ALTERED = [
    0,
    0.0,
    -0.0,
    1,
    -2,
    3,
    2**60,
    True,
    0.1,
    0.2,
    -0.3,
    1e-17,
    5e-324,
    1e308,
    float("inf"),
    float("nan"),
]


def vocabulary(analyzer):
    """Return the groups of pieces a string is drawn from."""
    lexicon, emoji = list(analyzer.lexicon), list(analyzer.emojis)
    phrases = [w for p in SPECIAL_CASES for w in (p, p)] + [p for p in BOOSTER_DICT if " " in p]
    return [
        lexicon,
        lexicon,
        emoji,
        list(BOOSTER_DICT),
        NEGATE,
        phrases,
        RULES,
        RULES,
        ODD_WORDS,
        PHRASES,
        PHRASES,
        "but but but no this so never least".split(),
        "council said on morning train report".split(),
    ]


def recased(rng, word):
    kind = rng.randrange(8)
    if kind == 0:
        return word.upper()
    if kind == 1:
        return word.title()
    return "".join(rng.choice((c.upper(), c)) for c in word) if kind == 2 else word


def piece(rng, groups):
    word = recased(rng, rng.choice(rng.choice(groups)))
    if rng.random() < 0.25:
        word = word + rng.choice(MARKS)
    if rng.random() < 0.1:
        word = rng.choice(MARKS) + word
    return word


def made_up(rng, groups):
    """One string; half of them repeat few words, which is where the weighing around "but" goes astray."""
    n = rng.choice((0, 1, 2, 3, 4, 5, 6, 8, 10, 15, 25, 60))
    if rng.random() < 0.5:
        pool = [piece(rng, groups) for _ in range(rng.randint(1, 8))]
        words = [rng.choice(pool) for _ in range(n)]
    else:
        words = [piece(rng, groups) for _ in range(n)]
    if rng.random() < 0.04:
        words = [w.upper() for w in words]
    return "".join(w + rng.choice(BLANKS) for w in words) + rng.choice(
        ("", "", "", "!", "?", "??", "!?!", " ")
    )


def bits(scores):
    return [(key, type(value), struct.pack("<d", value)) for key, value in scores.items()]


def outcome(engine, text):
    try:
        return bits(engine.polarity_scores(text))
    except Exception as error:
        return type(error), str(error)


def alter(rng, groups, *lexicons):
    """Make the same changes to all lexicons, in every way a dict can be changed."""
    for _ in range(rng.randint(1, 12)):
        word = rng.choice(rng.choice(groups)).lower()
        usual = (0.1, 0.2, 0.3, 1, 2, 1.5, -1.5, 3, -3.0)
        value = rng.choice(ALTERED if rng.random() < 0.3 else usual)
        how = rng.randrange(7)
        for lexicon in lexicons:
            if how == 0:
                lexicon.pop(word, None)
            elif how == 1:
                lexicon.update({word: value})
            elif how == 2:
                lexicon.setdefault(word, value)
            elif how == 3 and word in lexicon:
                del lexicon[word]
            elif how == 4:
                lexicon |= {word: value}
            else:
                lexicon[word] = value


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--n", type=int, default=500_000)
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    rng = random.Random(args.seed)
    theirs, ours = SentimentIntensityAnalyzer(), Vader()
    groups, original = vocabulary(theirs), dict(theirs.lexicon)
    different, seen, altered = 0, set(), 0
    for i in range(args.n):
        if i % 400 == 0:  # three blocks as installed, then one with twenty changed lexicons
            theirs.lexicon, ours.lexicon = dict(original), dict(original)
        if i % 400 >= 300:
            altered += 1
            if i % 5 == 0:
                alter(rng, groups, theirs.lexicon, ours.lexicon)
        text = made_up(rng, groups)
        seen.add(hash(text))
        if outcome(theirs, text) != outcome(ours, text):
            different += 1
            if different <= 5:
                print(repr(text), outcome(theirs, text), outcome(ours, text))
    print(f"{args.n} strings ({len(seen)} distinct, {altered} with changed lexicons): {different} different")


if __name__ == "__main__":
    main()
