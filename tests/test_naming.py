import tomllib
from pathlib import Path

import pandas as pd
import pytest

import samestory as ss
from samestory.errors import OptionError, TableError
from samestory.measures.naming import actor_descriptions, description_shares

KEY = Path(__file__).resolve().parents[1] / "corpora" / "demo" / "key"


def sentences(*texts, outlet="Herald"):
    rows = [(f"a{i}", 10 * i, 10 * i + len(t), t, outlet, f"s{i}") for i, t in enumerate(texts)]
    return pd.DataFrame(rows, columns=["article_id", "start", "end", "text", "outlet", "story_id"])


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("The angry rioters left.", [("adjective", "angry")]),
        ("Some 40 violent masked rioters left.", [("adjective", "violent"), ("adjective", "masked")]),
        ("The rioters left.", []),
        ("The mayor of rioters left.", []),
        ("Rioters, a small band of sailors, left.", [("apposition", "a small band of sailors")]),
        ("Rioters, police and sailors left.", []),
    ],
)
def test_descriptions_of_a_noun(text, found):
    out = actor_descriptions(sentences(text), {"crowd": ["rioter*"]})
    got = sorted(zip(out["kind"], out["description"], strict=True))
    assert got == sorted([*found, ("noun", "rioters")])


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Then Deputy Mayor Ada Holm spoke.", {("title", "deputy mayor")}),
        ("On Monday Ada Holm spoke.", set()),
        ("We met Captain Ada Holm.", {("title", "captain")}),
        ("Ada Holm, the former judge, spoke.", {("apposition", "the former judge")}),
        ("It was Ada Holm, the judge’s daughter.", {("apposition", "the judge's daughter")}),
    ],
)
def test_descriptions_of_a_name(text, found):
    out = actor_descriptions(sentences(text), {"Holm": ["Ada Holm", "Holm"]})
    got = set(zip(out["kind"], out["description"], strict=True)) - {("noun", "ada holm")}
    assert got == found


def test_every_mention_leads_back_to_its_text():
    text = "Rain fell. The angry rioters left, and protesters’ songs rose."
    articles = pd.DataFrame({"article_id": ["a"], "outlet": ["Herald"], "text": [text]})
    out = actor_descriptions(ss.split_sentences(articles), {"crowd": ["rioter*", "protesters"]})
    for row in out.itertuples():
        assert text[row.start : row.end].lower() in ("rioters", "protesters")
        assert text[row.sentence_start :].startswith(row.sentence)


def test_shares_are_of_the_mentions_of_the_actor():
    given = sentences("Rioters met rioters and protesters.", "Protesters sang.", "Nobody sang.")
    shares = description_shares(
        actor_descriptions(given, {"crowd": ["rioters", "protesters"]}), min_articles=1
    )
    wide = shares.pivot(index="article_id", columns="description", values="share")
    assert wide.loc["a0"].tolist() == pytest.approx([1 / 3, 2 / 3])
    assert wide.loc["a1"].tolist() == [1, 0]
    assert "a2" not in wide.index
    assert description_shares(actor_descriptions(given, {"crowd": ["rioters"]}), min_articles=2).empty


def test_paired_tests_tell_a_planted_word_from_a_shared_one():
    rows = []
    for i in range(8):
        for outlet, noun in (("Herald", "rioters"), ("Ledger", "protesters")):
            said = f"The {noun} left. The {noun} sang." + (" The sailors left." if i % 2 else "")
            rows.append((f"{outlet}{i}", 0, 99, said, outlet, f"s{i}"))
    given = pd.DataFrame(rows, columns=["article_id", "start", "end", "text", "outlet", "story_id"])
    found = actor_descriptions(given, {"crowd": ["rioters", "protesters", "sailors"]})
    shares = description_shares(found)
    out = ss.compare_measures(
        [(d, part, "share") for d, part in shares.groupby("description")], family="naming"
    ).set_index("measure")
    assert out.loc["rioters", "p_adjusted"] < 0.05
    assert out.loc["protesters", "estimate"] < 0
    assert out.loc["sailors", "estimate"] == pytest.approx(0)
    assert out["family_size"].dropna().tolist() == [2.0] * 2  # what does not differ anywhere is no test


def test_planted_names_of_the_demo_corpus_come_out():
    framing = tomllib.loads((KEY / "framing.toml").read_text(encoding="utf-8"))
    outlet = {"talvera-herald": "Talvera Herald", "free-harbour": "Free Harbour", "talnews": "Talnews"}
    articles = ss.clean_articles(ss.read_corpus(ss.demo_corpus()))
    parts = ss.split_sentences(articles)
    own = ss.label_voice(parts, ss.find_quotes(articles)).query("voice != 'quoted'")
    planted = framing["naming"]["protest"]
    names = [n for folder in outlet for n in planted[folder]]
    found = actor_descriptions(own, {"crowd": names}).query("kind == 'noun'")
    counts = found.groupby(["description", "outlet"]).size().unstack(fill_value=0)
    for folder, name in outlet.items():
        for noun in set(planted[folder]) & set(counts.index):
            assert counts.loc[noun].idxmax() == name, noun


def test_bad_input():
    with pytest.raises(OptionError, match="at least one actor"):
        actor_descriptions(sentences("Rain."), {})
    with pytest.raises(OptionError, match=r"'x' needs a list of terms, the text 'protester\*' was found"):
        actor_descriptions(sentences("Rain."), {"x": "protester*"})
    with pytest.raises(OptionError, match="every word"):
        actor_descriptions(sentences("Rain."), {"all": ["*"]})
    with pytest.raises(OptionError, match="at least one term"):
        actor_descriptions(sentences("Rain."), {"none": []})
    with pytest.raises(TableError, match="actor"):
        description_shares(sentences("Rain."))
    assert actor_descriptions(sentences("Rain.")[:0], {"x": ["rain"]}).empty
    assert description_shares(actor_descriptions(sentences("Rain."), {"x": ["snow"]})).empty
