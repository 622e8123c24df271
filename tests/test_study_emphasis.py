"""What a study says of emphasis: planted truths in its own families, and the register of all tests."""

import tomllib

import pandas as pd
import pytest

import samestory as ss
from samestory import tables
from samestory.errors import CorpusError, OptionError
from samestory.measures import topic_model

KEY = ss.demo_corpus() / "key"
OUTLET = {"talvera-herald": "Talvera Herald", "free-harbour": "Free Harbour", "talnews": "Talnews"}
ACTORS = {
    "the crowd": ["protesters", "marchers", "demonstrators", "agitators", "troublemakers"],
    "Greta Pohl": ["Greta Pohl", "Pohl"],
}


@pytest.fixture(scope="module")
def study():
    return ss.compare(ss.demo_corpus(), actors=ACTORS)


@pytest.fixture(scope="module")
def contrasts():
    plan = tomllib.loads((KEY / "framing.toml").read_text(encoding="utf-8"))["emphasis"]
    return {
        (topic, OUTLET[folder], other)
        for folder, topics in plan.items()
        for topic in topics
        for other in OUTLET.values()
        if other != OUTLET[folder]
    }


def called(estimates, prefix="", suffix=""):
    """Topic, outlet with more and outlet with less of each difference that passes the adjustment."""
    label = estimates["measure"]
    rows = estimates[
        label.str.startswith(prefix) & label.str.endswith(suffix) & (estimates["p_adjusted"] < 0.05)
    ]
    return {
        (
            r.measure.removeprefix(prefix).removesuffix(suffix),
            *((r.group, r.reference) if r.estimate > 0 else (r.reference, r.group)),
        )
        for r in rows.itertuples()
    }


def test_a_study_finds_the_planted_emphasis_and_no_other(study, contrasts):
    assert called(study.tables["estimates"], prefix="emphasis, ") == contrasts


def test_a_study_finds_the_planted_prominence_and_no_other(study, contrasts):
    found = study.tables["estimates_prominence"]
    assert called(found, suffix=", body") == contrasts
    assert called(found) == {(f"{t}, body", a, b) for t, a, b in contrasts}
    tables.check(study.tables["prominence"], tables.PROMINENCE)


def test_names_are_described_with_their_sentences_and_nothing_is_called(study):
    text = study.tables["articles"].set_index("article_id")["text"]
    found = study.tables["descriptions"]
    for row in found.itertuples():
        assert text[row.article_id][row.sentence_start :].startswith(row.sentence)
        assert text[row.article_id][row.start : row.end] in row.sentence
    counts = found.query("kind == 'noun' and actor == 'the crowd'").groupby(["description", "outlet"]).size()
    assert counts.unstack(fill_value=0).loc["marchers"].idxmax() == "Free Harbour"
    estimates = study.tables["estimates_naming"]
    assert not (estimates["p_adjusted"] < 0.05).any()
    assert estimates["reason_code"].notna().any()


def test_the_register_lists_every_test_once(study):
    register = tables.check(study.tables["families"], tables.FAMILIES)
    held = [name for name in study.tables if name.startswith("estimates")]
    assert set(register["table"]) == set(held)
    assert register["family"].is_unique
    for row in register.itertuples():
        table = study.tables[row.table]
        assert row.n_tests == table["p"].notna().sum()
        sizes = table["family_size"].dropna().unique().tolist()
        assert sizes == ([row.n_tests] if row.n_tests else [])
        assert row.n_rows == row.n_tests + row.n_untested
    untested = study.tables["estimates"].query("p != p")
    assert untested["reason"].notna().all()


def test_the_size_of_each_family_is_printed(study):
    said = study.summary["methods"]
    register = study.tables["families"].set_index("family")
    assert f"The family held {register.loc['study', 'n_tests']} tests" in said
    assert f"prominence ({register.loc['prominence', 'n_tests']} tests" in said
    assert "naming" not in said.split("Further families")[1].split(".")[0]  # nothing was tested there


def test_leave_one_out_is_that_of_the_estimates(study):
    out = tables.check(study.tables["leave_one_out"], tables.LEAVE_ONE_OUT)
    key = ["measure", "group", "reference"]
    range_ = out.groupby(key)["estimate"].agg(["min", "max"])
    estimates = study.tables["estimates"].set_index(key).loc[range_.index]
    assert range_["min"].to_numpy() == pytest.approx(estimates["without_one_low"].to_numpy())
    assert range_["max"].to_numpy() == pytest.approx(estimates["without_one_high"].to_numpy())


def small(n):
    """Articles of two outlets on invented fairs, each with words of its own story."""
    rows = []
    for i in range(n):
        outlet = "AB"[i % 2]
        word = ["barley", "anchor", "verdict"][(i // 2) % 3]
        other = ["harvest", "harbour", "judge"][(i // 2) % 3]
        third = ["tractor", "sailor", "lawyer"][(i // 2) % 3]
        text = f"The {word} and the {other} met {third} number {i}. " * 3
        rows.append((f"a{i}", outlet, text, f"s{i // 2}"))
    return pd.DataFrame(rows, columns=["article_id", "outlet", "text", "story_id"])


def test_a_topic_model_on_request(monkeypatch):
    fit = topic_model.fit_topics
    quick = {"n_topics": (3,), "seeds": 2, "resamples": 2, "top": 3}
    monkeypatch.setattr(topic_model, "fit_topics", lambda s, *, seed: fit(s, seed=seed, **quick))
    study = ss.compare(small(120), stories="given", clean=False, topic_model=True)
    for name in ("topic_grid", "model_topics", "topic_prevalence", "topic_intrusion"):
        tables.check(study.tables[name], tables.TABLES[name])
    assert set(study.tables["estimates_topics"]["family"]) == {"topic model"}
    assert "topic model" in set(study.tables["families"]["family"])
    assert "non-negative matrix factorisation" in study.summary["methods"]
    assert study.summary["options"]["topic_model"] is True


def test_what_is_refused():
    with pytest.raises(CorpusError, match="at least 100 articles, 20"):
        ss.compare(small(20), stories="given", clean=False, topic_model=True)
    with pytest.raises(OptionError, match="regular expression"):
        ss.compare(small(4), stories="given", clean=False, actors={"x": ["(a+)+$"]})
    many = small(8).assign(outlet=[f"o{i}" for i in range(8)])
    wide = pd.concat(
        [
            many.assign(outlet=many["outlet"] + str(k), article_id=many["article_id"] + str(k))
            for k in range(25)
        ]
    )
    with pytest.raises(OptionError, match="200 outlets would make 19900 pairs") as problem:
        ss.compare(wide, stories="given", clean=False)
    assert "reference" in str(problem.value)
    one = ss.compare(small(8).assign(outlet="A"), stories="given", clean=False)
    assert one.tables["families"].empty
    assert one.tables["estimates_prominence"].empty


def test_no_shared_story_is_described():
    apart = small(8).assign(story_id=lambda f: f["article_id"])
    study = ss.compare(apart, stories="given", clean=False, actors={"x": ["anchor"]})
    assert set(study.tables["estimates"]["reason_code"]) <= {"no_shared_story", "no_value"}
    assert study.tables["families"]["n_tests"].sum() == 0
    assert study.tables["leave_one_out"].empty


def test_actors_come_as_a_table_too(tmp_path):
    file = tmp_path / "actors.csv"
    file.write_text(
        "# made up\nactor,term\ncrowd,protester*\ncrowd,rioter*\ncrowd,rioter*\nAda Holm,\n", encoding="utf-8"
    )
    actors = ss.read_actors(file)
    assert actors.to_numpy().tolist() == [
        ["crowd", "protester*"],
        ["crowd", "rioter*"],
        ["Ada Holm", "Ada Holm"],
    ]
    sentences = pd.DataFrame(
        {"article_id": ["a"], "start": [0], "end": [40], "text": ["The rioters met Ada Holm."]}
    )
    found = ss.actor_descriptions(sentences, actors)
    assert found["actor"].tolist() == ["crowd", "Ada Holm"]
    for content, why in (
        ("name\nx\n", "column actor"),
        ("actor\n", "no row"),
        ("actor,term\n,x\n", "names no actor"),
        ("", "no row"),
    ):
        file.write_text(content, encoding="utf-8")
        with pytest.raises(CorpusError, match=why):
            ss.read_actors(file)
    with pytest.raises(CorpusError, match="cannot be read"):
        ss.read_actors(tmp_path / "none.csv")
