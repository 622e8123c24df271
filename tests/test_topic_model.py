import numpy as np
import pandas as pd
import pytest
from scipy import stats

import samestory as ss
from samestory.errors import CorpusError, OptionError
from samestory.measures.topic_model import fit_topics, intrusion_sheet
from samestory.measures.topic_model.agreement import matched, medoid, pairwise_agreement

THEMES = {
    "sea": "harbour ferry vessel anchor tide sailor rope deck mast gull cargo quay".split(),
    "farm": "barley tractor meadow harvest cattle plough orchard fence stable hay seed barn".split(),
    "court": "judge verdict appeal lawyer trial bench ruling clerk witness oath statute bail".split(),
}


def corpus(n=120, seed=1):
    """Each article speaks of one theme; outlet A of the sea more often."""
    rng = np.random.default_rng(seed)
    rows = []
    for i in range(n):
        outlet = "AB"[i % 2]
        weights = [0.6, 0.2, 0.2] if outlet == "A" else [0.2, 0.4, 0.4]
        theme = list(THEMES)[rng.choice(3, p=weights)]
        text = " ".join(rng.choice(THEMES[theme], 30))
        rows.append((f"a{i:03d}", 0, len(text), text, outlet, f"s{i // 2:03d}", theme))
    return pd.DataFrame(rows, columns=["article_id", "start", "end", "text", "outlet", "story_id", "theme"])


@pytest.fixture(scope="module")
def model():
    return fit_topics(corpus(), n_topics=(3, 6), seeds=6, resamples=4, top=6)


def test_planted_themes_come_out(model):
    assert model.grid.loc[model.grid["chosen"], "n_topics"].tolist() == [3]
    for _, part in model.topics.groupby("topic"):
        assert any(set(part["term"]) <= set(words) for words in THEMES.values())
        assert (part["agreement"] > 0.4).all()
    assert model.grid["agreement"].between(0, 1).all()
    assert model.grid["coherence"].between(-1, 1).all()


def test_prevalence_adds_up_and_can_be_compared(model):
    assert model.prevalence.groupby("article_id")["share"].sum().to_numpy() == pytest.approx(1)
    sea = model.topics[model.topics["term"].isin(THEMES["sea"])]["topic"].iloc[0]
    row = ss.compare_groups(model.prevalence[model.prevalence["topic"] == sea], "share").iloc[0]
    assert row["estimate"] > 0
    assert row["p"] < 0.05
    signs = [
        ss.compare_groups(part[part["topic"] == sea], "share")["estimate"][0] > 0
        for _, part in model.refits.groupby("run")
    ]
    assert len(signs) == 4
    assert all(signs)


def test_the_same_again(model):
    again = fit_topics(corpus().sample(frac=1, random_state=3), n_topics=(3, 6), seeds=6, resamples=4, top=6)
    pd.testing.assert_frame_equal(again.topics, model.topics)


def test_intrusion_sheet(model):
    sheet = intrusion_sheet(model)
    assert len(sheet) == 3
    for row in sheet.itertuples():
        own = set(model.topics.query("topic == @row.topic")["term"])
        shown = row.words.split(", ")
        assert len(shown) == 6
        assert set(shown) - own == {row.intruder}


def test_small_corpora_are_refused():
    with pytest.raises(CorpusError, match="at least 100 articles, 99"):
        fit_topics(corpus(99))
    with pytest.raises(CorpusError, match="too few"):
        fit_topics(corpus(120).assign(text="Rain fell."), n_topics=(3,))
    with pytest.raises(OptionError, match="seeds"):
        fit_topics(corpus(), seeds=1)


def test_agreement_does_not_depend_on_the_order_of_topics():
    one, other = [[1, 2, 3], [4, 5, 6]], [[4, 5, 9], [1, 2, 3]]
    assert matched(one, other)[1].tolist() == [1.0, pytest.approx(2 / 3)]
    assert pairwise_agreement([one, one[::-1]]) == 1.0
    assert medoid([[[9, 8, 7], [6, 5, 4]], one, one[::-1]]) == 1


def test_refits_stand_inside_the_bootstrap():
    model = fit_topics(corpus(), n_topics=(3,), seeds=3, resamples=20, top=6)
    out = ss.compare_topics(model, seed=1)
    assert out["family"].unique().tolist() == ["topic model"]
    assert out["family_size"].tolist() == [3.0] * 3
    assert out["n_refits"].tolist() == [20] * 3
    sea = model.topics[model.topics["term"].isin(THEMES["sea"])]["topic"].iloc[0]
    row = out.set_index("measure").loc[sea]
    assert row["refit_low"] < row["estimate"] < row["refit_high"]
    # Second computation of one run, the plain way: every story as often as it was drawn.
    run = model.refits.query("run == 0 and topic == @sea")
    wide = run.pivot(index="story_id", columns="outlet", values="share").dropna()
    times = run.groupby("story_id")["drawn"].first().loc[wide.index]
    assert times.sum() == model.refits["story_id"].nunique()
    mine = np.average(wide["A"] - wide["B"], weights=times)
    values = []
    for _, part in model.refits.query("topic == @sea").groupby("run"):
        w = part.pivot(index="story_id", columns="outlet", values="share")
        t = part.groupby("story_id")["drawn"].first().loc[w.index]
        values.append(np.average(w["A"] - w["B"], weights=t))
    assert values[0] == pytest.approx(mine)
    half = (row["refit_high"] - row["refit_low"]) / 2
    assert half == pytest.approx(stats.t.ppf(0.975, row["n_stories"] - 1) * np.std(values, ddof=1))


def test_few_refits_give_no_interval(model):
    out = ss.compare_topics(model)
    assert out["n_refits"].eq(4).all()
    assert out["refit_low"].isna().all()
    none = fit_topics(corpus(), n_topics=(3,), seeds=2, resamples=0, top=6)
    assert ss.compare_topics(none)["n_refits"].eq(0).all()
