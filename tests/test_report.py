"""The report leads from each number to its sentences, says what it leaves out, and nothing in it can act."""

import base64
import hashlib
import re
import runpy
from collections import Counter
from html.parser import HTMLParser
from importlib.resources import files
from pathlib import Path
from types import SimpleNamespace

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from samestory.charts import plot_coverage, plot_estimates, plot_speakers, plot_terms
from samestory.errors import OutputError, TableError
from samestory.export import figure_svg
from samestory.report import Summary, methods_text, references_bib, write_report
from samestory.report.claims import claims
from samestory.report.facets import facets_of
from samestory.report.places import places_of
from samestory.report.reading import Reader
from samestory.report.references import bibtex, bibtex_text, reference, works
from samestory.report.safe import anchors, plain, web_address
from samestory.report.svg import drawing

MADE = SimpleNamespace(**runpy.run_path(str(Path(__file__).with_name("report_tables.py"))))
VOID = {"meta", "br", "input", "img", "link", "hr"}


class Page(HTMLParser):
    """A page as its elements: tag, attributes and the text inside."""

    def __init__(self, source):
        super().__init__(convert_charrefs=True)
        self.elements, self.open, self.comments = [], [], []
        self.feed(source)
        self.close()

    def handle_starttag(self, tag, attrs):
        element = SimpleNamespace(tag=tag, attrs=dict(attrs), text="", inside=[e.tag for e in self.open])
        self.elements.append(element)
        if tag not in VOID:
            self.open.append(element)

    def handle_startendtag(self, tag, attrs):
        self.elements.append(SimpleNamespace(tag=tag, attrs=dict(attrs), text="", inside=[]))

    def handle_endtag(self, tag):
        while self.open and self.open.pop().tag != tag:
            pass

    def handle_data(self, data):
        for element in self.open:
            element.text += data

    def handle_comment(self, data):
        self.comments.append(data)

    def all(self, tag, **attrs):
        return [
            e for e in self.elements if e.tag == tag and all(e.attrs.get(k) == v for k, v in attrs.items())
        ]

    def by_id(self, anchor):
        (element,) = [e for e in self.elements if e.attrs.get("id") == anchor]
        return element


def figures(told):
    return {
        "tone": figure_svg(plot_estimates(told["estimates"], pairs=told["pairs"]), name="tone"),
        "speakers": figure_svg(plot_speakers(told["speakers"]), name="speakers"),
        "terms": figure_svg(plot_terms(told["terms"]), name="terms", data=told["terms"]),
        "coverage": figure_svg(plot_coverage(told["coverage"]), name="coverage", data=told["coverage"]),
    }


def written(folder, told, *, with_figures=True, summary=None, title="The bridge"):
    facts = MADE.summary() if summary is None else summary
    facts = {**facts, "methods": methods_text(facts)}
    return write_report(
        folder / "report.html",
        tables=told,
        figures=figures(told) if with_figures else {},
        summary=facts,
        title=title,
    )


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    told = MADE.all_tables(8, 3)
    path = written(tmp_path_factory.mktemp("report"), told)
    source = path.read_text(encoding="utf-8")
    return SimpleNamespace(told=told, source=source, page=Page(source))


@pytest.fixture(scope="module")
def hostile(tmp_path_factory):
    told = MADE.hostile_tables()
    facts = {
        **MADE.summary(),
        "corpus": MADE.HOSTILE[0],
        "tier": MADE.HOSTILE[5],
        "options": {"x": MADE.HOSTILE[1]},
    }
    facts["outlets"] = [{"outlet": h, "stance": h, "n_articles": 1} for h in MADE.HOSTILE]
    path = written(tmp_path_factory.mktemp("hostile"), told, summary=facts, title=MADE.HOSTILE[3])
    source = path.read_text(encoding="utf-8")
    return SimpleNamespace(told=told, source=source, page=Page(source))


def test_every_sentence_stands_in_the_page_in_order(made):
    articles = made.page.all("article")
    assert len(articles) == len(made.told["articles"])
    spans = [e for e in made.page.all("span") if re.fullmatch(r"a-.*-s\d+", e.attrs.get("id", ""))]
    assert Counter(e.text for e in spans) == Counter(made.told["sentences"]["text"])
    one = made.told["articles"]["article_id"].iloc[0]
    mine = made.told["sentences"].query("article_id == @one")["text"].tolist()
    anchor = anchors(made.told["articles"]["article_id"], "a-")[one]
    assert [made.page.by_id(f"{anchor}-s{i + 1}").text for i in range(len(mine))] == mine


def test_quotes_are_marked_with_their_speaker(made):
    marks = [e for e in made.page.all("mark") if "article" in e.inside]
    assert Counter(e.text for e in marks) == Counter(made.told["quotes"]["text"])
    assert {e.attrs["title"] for e in marks} == {
        "direct speech: Mayor Orla Finch (said)",
        "direct speech: the port authority (said)",
    }


def test_tint_and_voice_follow_the_table(made):
    for row in made.told["sentences"].head(12).itertuples():
        (span, *_) = [e for e in made.page.all("span") if e.text == row.text and "title" in e.attrs]
        assert f"{row.voice} voice" in span.attrs["title"]
        assert span.attrs["title"].endswith(f"tone {row.compound:+.2f}".replace("-", "−"))
        sides = {c[0] for c in span.attrs["class"].split() if re.fullmatch(r"[np]\d", c)}
        assert sides == (set() if abs(row.compound) < 0.05 else {"n" if row.compound < 0 else "p"})


def test_all_links_inside_lead_somewhere(made):
    ids = [e.attrs["id"] for e in made.page.elements if "id" in e.attrs]
    assert len(ids) == len(set(ids))
    links = [e.attrs["href"] for e in made.page.elements if e.attrs.get("href", "").startswith("#")]
    assert links
    assert {link[1:] for link in links} <= set(ids)
    clips = re.findall(r"url\(#([^)]+)\)", made.source)
    assert clips
    assert set(clips) <= set(ids)


def test_each_estimate_lists_its_stories_with_their_differences(made):
    lines = [e for e in made.page.all("li") if "details" in e.inside and "table" in e.inside]
    wanted = [
        f"{d:+.3f}".replace("-", "−").replace("+0.000", "0.000") for d in made.told["pairs"]["difference"]
    ]
    assert sorted(e.text.split()[0] for e in lines) == sorted(wanted)


def test_each_estimate_has_n_tier_and_interval_or_reason(made):
    rows = [
        e
        for e in made.page.all("tr")
        if e.attrs.get("class") in {"tested", "not-informative", "no-test", "descriptive"}
    ]
    assert len(rows) == len(made.told["estimates"])
    for estimate in made.told["estimates"].itertuples():
        (row,) = [r for r in rows if f"{estimate.group} − {estimate.reference}" in r.text]
        assert estimate.tier in row.text
        assert f"{estimate.n_stories}" in row.text
        assert " to " in row.text if pd.notna(estimate.low) else estimate.reason in row.text


def test_comparisons_without_a_test_stand_in_the_order_of_a_study():
    """Tone, then voices, then topics by name, in any row order; not all by name."""
    names = ["emphasis, economy", "emphasis, health", "tone, own voice", "share of quoted voice"]
    one = MADE.all_tables(4, 3)["estimates"].head(1)
    frame = pd.concat([one] * 4, ignore_index=True).assign(
        measure=names, tier="no test", p_adjusted=float("nan")
    )
    wanted = ["tone, own voice", "share of quoted voice", "emphasis, economy", "emphasis, health"]
    for rows in (frame, frame[::-1]):
        assert [c["measure"] for c in claims(rows, pd.DataFrame(), None, {})] == wanted


def test_what_is_not_tested_is_not_called_a_finding(tmp_path):
    told = MADE.all_tables(2, 2)
    page = Page(written(tmp_path, told, with_figures=False).read_text(encoding="utf-8"))
    (claim,) = [e for e in page.all("li") if "section" in e.inside and "Over 2 shared stories" in e.text]
    assert "description, not a finding" in claim.text
    assert "adjusted p" not in claim.text


def test_counts_and_reservations_are_explained(made):
    section = made.page.by_id("counts").text
    assert "lines of page furniture removed" in section
    assert "63" in section
    assert "no publication date; aligned by its words alone" in section
    assert "not given" in section  # the stance of the outlet that has none


def test_the_page_asks_for_nothing_and_runs_nothing(made, hostile):
    for page in (made.page, hostile.page):
        (script,) = page.all("script")  # the toolkit's own, which holds no data
        assert script.text == (files("samestory.report") / "templates" / "report.js").read_text("utf-8")
        assert not script.attrs
        assert not page.all("link")
        assert not page.all("iframe")
        assert not any(e.attrs.get("src") for e in page.elements)
        outside = [e for e in page.elements if re.match(r"\w+:", e.attrs.get("href", "") or "")]
        assert all(
            e.tag == "a" and e.attrs["href"].startswith("https://example.org/")
            for e in outside
            if e.tag != "image"
        )
        assert all(e.attrs["href"].startswith("data:image/png;base64,") for e in outside if e.tag == "image")


def test_the_policy_allows_the_one_style_and_the_one_script(made):
    (policy,) = [e.attrs["content"] for e in made.page.all("meta") if "http-equiv" in e.attrs]
    assert policy.startswith("default-src 'none'; ")
    for kind in ("style", "script"):
        (element,) = made.page.all(kind)
        digest = base64.b64encode(hashlib.sha256(element.text.encode()).digest()).decode()
        assert f"{kind}-src 'sha256-{digest}';" in policy
    assert "unsafe" not in policy
    assert not any("style" in e.attrs for e in made.page.elements)


def test_hostile_text_is_text(hostile):
    page = hostile.page
    allowed = {"i": 0, "img": 0, "script": 0}
    assert {t: len([e for e in page.all(t) if e.attrs or e.text]) for t in allowed} == {
        **allowed,
        "i": 6,
        "script": 1,
    }
    assert all("scale" in str(e.attrs) or e.attrs.get("class", "")[:1] in "np" for e in page.all("i"))
    assert not page.comments
    for element in page.elements:
        assert not any(name.startswith("on") for name in element.attrs)
        assert not any(
            (v or "").lower().lstrip().startswith(("javascript:", "data:text"))
            for v in element.attrs.values()
        )
    body = page.all("body")[0].text
    for text in MADE.HOSTILE:
        assert plain(text) in body
    assert "{{ 7 * 7 }}" in body
    assert "49" not in page.by_id("stories").text


def test_marks_that_turn_writing_are_gone(hostile):
    assert not re.search("[\u202a-\u202e\u2066-\u2069]", hostile.source)
    assert "Rightto left turned" in hostile.source


def test_addresses_that_are_not_links_are_shown_as_text(hostile):
    assert "not linked: javascript:alert(5)" in hostile.page.by_id("stories").text
    assert not [e for e in hostile.page.all("a") if e.attrs["href"].startswith(("javascript", "data"))]


def test_same_bytes_twice_and_in_any_row_order(tmp_path):
    told = MADE.all_tables(4, 3)
    first = written(tmp_path / "a", told).read_bytes()
    assert first == written(tmp_path / "b", told).read_bytes()
    mixed = {k: t.sample(frac=1, random_state=5) for k, t in told.items()}
    assert first == written(tmp_path / "c", mixed).read_bytes()


def test_articles_alone_make_a_page(tmp_path):
    articles = MADE.articles(2, 2).drop(columns=["story_id", "flags", "reprint_of", "stance", "url", "title"])
    page = Page(
        write_report(tmp_path, tables={"articles": articles}, figures={}, summary={}, title="T").read_text(
            "utf-8"
        )
    )
    assert "No groups were compared" in page.by_id("overview").text
    assert "Articles in no story" in page.by_id("no-story-1").text
    assert len(page.all("article")) == len(articles)


def test_no_article_at_all_makes_a_page(tmp_path):
    told = {k: t.iloc[:0] for k, t in MADE.all_tables(2, 2).items()}
    page = Page(written(tmp_path, told).read_text(encoding="utf-8"))
    assert not page.all("article")
    assert len(page.all("svg")) == 4


def test_an_article_without_text_is_still_listed(tmp_path):
    told = MADE.all_tables(2, 2)
    gone = told["articles"]["article_id"].iloc[0]
    told["articles"] = told["articles"].assign(
        text=lambda t: t["text"].mask(t["article_id"] == gone, ""),
        flags=lambda t: t["flags"].mask(t["article_id"] == gone, "no_text"),
    )
    for name in ("sentences", "quotes"):
        told[name] = told[name][told[name]["article_id"] != gone]
    page = Page(written(tmp_path, told).read_text(encoding="utf-8"))
    article = page.by_id(anchors(told["articles"]["article_id"], "a-")[gone])
    assert "No sentences." in article.text
    assert "the article has no text" in article.text


def test_reprints_name_their_source(tmp_path):
    told = MADE.all_tables(2, 2)
    ids = told["articles"]["article_id"].tolist()
    told["articles"].loc[1, "reprint_of"] = ids[0]
    page = Page(written(tmp_path, told).read_text(encoding="utf-8"))
    marks = anchors(ids, "a-")
    assert f"reprint of {ids[0]}" in page.by_id(marks[ids[1]]).text
    assert page.all("a", href=f"#{marks[ids[0]]}")


def test_the_page_stays_small(tmp_path):
    told = MADE.all_tables(15, 12, 45)  # about 150 articles of about 450 words
    assert len(told["articles"]) >= 150
    assert written(tmp_path, told).stat().st_size <= 5_000_000


def test_many_articles_get_pages_that_hold_them_all_once(tmp_path):
    told = MADE.all_tables(200, 3, 3)
    n = len(told["articles"])
    assert n > 500
    report = written(tmp_path, told, with_figures=False)
    pages = sorted((tmp_path / "report_stories").glob("*.html"))
    assert len(pages) == -(-n // 150) + (n % 150 > 147)  # whole stories, so a page may hold a little less
    read = [Page(p.read_text("utf-8")) for p in pages]
    held = [a.attrs["id"] for page in read for a in page.all("article")]
    assert sorted(held) == sorted(anchors(told["articles"]["article_id"], "a-").values())
    assert max(len(page.all("article")) for page in read) <= 150
    front = Page(report.read_text("utf-8"))
    assert not front.all("article")
    known = {
        f"report_stories/{p.name}": {e.attrs.get("id") for e in q.elements}
        for p, q in zip(pages, read, strict=True)
    }
    links = [e.attrs["href"] for e in front.all("a") if e.attrs["href"].startswith("report_stories/")]
    assert len(links) > 200
    assert all(link.partition("#")[2] in known[link.partition("#")[0]] for link in links)
    walk = [e.attrs["href"] for e in read[0].all("a") if "nav" in e.inside]
    assert walk == ["../report.html", "002.html"]


def test_what_is_too_much_is_left_out_and_said(tmp_path):
    articles = MADE.articles(20, 3, 3)
    tables = {"articles": articles, "sentences": MADE.sentences(articles)}
    page = Page(
        write_report(tmp_path, tables=tables, figures={}, summary={}, title="T", most_articles=30).read_text(
            "utf-8"
        )
    )
    shown = len(page.all("article"))
    assert 27 < shown <= 30
    assert (
        f"{len(articles) - shown} articles, of the stories that the fewest outlets tell"
        in page.by_id("stories").text
    )


def test_a_story_of_very_many_articles_stays_bounded(tmp_path):
    articles = MADE.articles(600, 1, 3).assign(story_id="one")
    written(tmp_path, {"articles": articles, "sentences": MADE.sentences(articles)}, with_figures=False)
    page = Page((tmp_path / "report.html").read_text("utf-8"))
    assert len(page.all("article")) == 600
    assert page.by_id("stories").text.count("Not shown here to keep the page small") == 100


def test_articles_can_be_chosen_by_outlet_speaker_and_topic(made):
    (outlet,) = made.page.all("select", id="by-outlet")
    assert all(o in outlet.text for o in made.told["articles"]["outlet"].unique())
    (speaker,) = made.page.all("select", id="by-speaker")
    assert "Mayor Orla Finch" in speaker.text
    said = {e.attrs["data-speaker"] for e in made.page.all("mark") if "article" in e.inside}
    assert said == {
        o.attrs["value"] for o in made.page.all("option") if "select" in o.inside and "Finch" in o.text
    } | {o.attrs["value"] for o in made.page.all("option") if "port authority" in o.text}


def test_each_term_leads_to_its_lines_and_each_speaker_to_quotes(made):
    ids = {e.attrs.get("id") for e in made.page.elements}
    voices = [e for e in made.page.all("a") if "details" in e.inside and e.attrs["href"].startswith("#a-")]
    assert voices
    assert {e.attrs["href"][1:] for e in voices} <= ids
    for link in voices:
        if link.text != "↗":
            assert link.text in made.page.by_id(link.attrs["href"][1:]).text


def test_removed_lines_are_there_struck_through(tmp_path):
    told = MADE.all_tables(2, 2)
    first = told["articles"]["article_id"].iloc[0]
    told["lines"] = MADE.removed([first], ["Sign up <b>now</b>"], "newsletter")
    page = Page(written(tmp_path, told, with_figures=False).read_text("utf-8"))
    (gone,) = page.all("del")
    assert gone.text == "Sign up <b>now</b>"
    article = page.by_id(anchors(told["articles"]["article_id"], "a-")[first]).text
    assert article.index("Sign up") < article.index(told["sentences"]["text"].iloc[0])  # where it stood
    assert page.by_id("removed").attrs["type"] == "checkbox"


def test_overlapping_and_foreign_spans_keep_the_text():
    articles = pd.DataFrame({"article_id": ["a"], "outlet": ["Herald"], "text": ["One two three four."]})
    sentences = pd.DataFrame(
        {"article_id": ["a"], "start": [0], "end": [19], "text": ["One two three four."]}
    )
    base = MADE.quotes(MADE.articles(1, 1)).head(1)
    spans = [[[0, 7]], [[4, 13]], [[14, 90]]]
    quotes = pd.concat([base.assign(article_id="a", start=s[0][0], end=s[0][1], spans=[s]) for s in spans])
    places = places_of(articles, sentences, most_articles=10)
    facets = facets_of(articles, quotes, pd.DataFrame())
    (story,) = Reader(articles, sentences, quotes, pd.DataFrame(), places, facets).stories(0)
    pieces = story["columns"][0]["articles"][0]["blocks"][0].sentences[0]["pieces"]
    assert "".join(text for text, _ in pieces) == "One two three four."
    assert [text for text, speech in pieces if speech] == ["One two", " three", "four."]


def test_a_table_that_is_none_and_a_figure_that_is_none_are_refused(tmp_path):
    with pytest.raises(TableError):
        write_report(tmp_path, tables={}, figures={}, summary={}, title="T")
    articles = MADE.articles(1, 2)
    for wrong in ("<html/>", "no markup", '<svg xmlns="http://www.w3.org/2000/svg">'):
        with pytest.raises(TableError, match="not SVG"):
            write_report(tmp_path, tables={"articles": articles}, figures={"f": wrong}, summary={}, title="T")


def test_a_place_that_cannot_be_written_is_named(tmp_path):
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(OutputError, match=r"report\.html"):
        written(tmp_path / "file", MADE.all_tables(1, 2), with_figures=False)


def test_only_drawing_comes_through_from_a_figure():
    svg = (
        '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" onload="f()">'
        "<script>alert(2)</script><style>*{fill:red}</style><foreignObject><p>x</p></foreignObject><!-- c -->"
        '<a xlink:href="javascript:alert(3)"><path d="M 0 0"/></a>'
        '<image xlink:href="https://example.org/x.png"/>'
        '<use xlink:href="https://example.org/#p"/><path id="p" style="fill: url(#g); stroke: url(https://example.org/)"/>'
        '<use xlink:href="#p" onclick="alert(4)"/><title>&lt;script&gt;</title></svg>'
    )
    out = drawing(svg, name="f")
    page = Page(out)
    assert [e.tag for e in page.elements] == ["svg", "image", "use", "path", "use", "title"]
    assert "alert" not in out
    assert "example.org" not in out
    assert page.all("path")[0].attrs == {"id": "f-p", "fill": "url(#f-g)"}
    assert page.all("use")[1].attrs == {"href": "#f-p"}


@pytest.mark.parametrize(
    ("url", "linked"),
    [
        ("https://example.org/a?b=c#d", True),
        ("HTTP://EXAMPLE.ORG", True),
        ("javascript:alert(1)", False),
        (" https://example.org", False),
        ("https://", False),
        ("//example.org", False),
        ("data:text/html,x", False),
        ("java\tscript:alert(1)", False),
        ("https://[bad", False),
        (None, False),
        (float("nan"), False),
    ],
)
def test_only_web_addresses_are_linked(url, linked):
    assert (web_address(url) is not None) == linked


@given(st.lists(st.text(), max_size=8))
def test_anchors_are_safe_and_distinct(names):
    made = anchors(names, "a-")
    assert set(made) == set(names)
    assert len({a.lower() for a in made.values()}) == len(made)
    assert all(re.fullmatch(r"a-[A-Za-z0-9-]+", a) for a in made.values())


def test_methods_claim_what_ran_and_cite_it():
    text = methods_text(MADE.summary())
    for said in (
        "26 articles; 24 of them",
        "63 lines",
        "8 stories, 7 of them",
        "288 sentences",
        "41 attributions",
    ):
        assert said in text
    for cited in ("Hutto", "Monroe", "Kiss", "Holm, S. (1979)", "Fisher, R. A.", "Pitman", "McKinney"):
        assert cited in text
    assert "threshold = 0.3" in text
    assert "seeded with 2026" in text
    assert "The family held 3 tests" in text


@pytest.mark.parametrize(
    ("step", "word"),
    [
        ("score_sentiment", "VADER"),
        ("distinctive_terms", "Dirichlet"),
        ("align_stories", "average linkage"),
        ("split_sentences", "Punkt"),
        ("mark_reprints", "Reprints"),
        ("compare_groups", "Holm, S."),
        ("clean_articles", "furniture"),
    ],
)
def test_methods_do_not_claim_what_did_not_run(step, word):
    facts = MADE.summary()
    assert word in methods_text(facts)
    facts["steps"] = [s for s in facts["steps"] if s != step]
    facts["versions"] = {}
    assert word not in methods_text(facts)


def test_methods_say_how_words_were_chosen_and_how_stories_were_drawn():
    facts = MADE.summary()
    assert "Function words were not listed" in methods_text(facts)
    assert "Hesterberg" not in methods_text(facts)
    facts["tests"] = [
        "mean of paired differences; t interval; exact sign-flip test; story bootstrap, 4999 draws"
    ]
    assert "expanded percentile intervals" in methods_text(facts)
    assert "Hesterberg, T. C. (2015)" in methods_text(facts)


ENTRY = re.compile(r"@(\w+)\{([\w-]+),\n((?:  \w+ = \{.*\},?\n)+)\}\n")


def test_the_bibliography_holds_the_cited_works_and_no_other():
    facts = MADE.summary()
    keys = set(re.findall(r"@([a-z]+\d{4}\w*)", methods_text(facts, citations="keys")))
    entries = {e[1]: e for e in ENTRY.findall(references_bib(facts))}
    assert set(entries) == keys
    assert keys == set(re.findall(r"`(\w+)`$", methods_text(facts), re.MULTILINE))
    listed = methods_text(facts).split("### References")[1]
    for key in keys:
        assert reference(key) in listed
    facts["steps"] = ["score_sentiment"]
    facts["versions"] = {}
    assert re.findall(r"^@\w+\{(\w+)", references_bib(facts), re.MULTILINE) == ["hutto2014vader"]
    assert references_bib({}) == ""


def test_every_work_is_well_formed_bibtex():
    text = bibtex(works())
    assert text.isascii()
    entries = ENTRY.findall(text)
    assert [e[1] for e in entries] == sorted(works())
    assert "".join(f"@{kind}{{{key},\n{body}}}\n\n" for kind, key, body in entries).strip() == text.strip()
    for _, key, body in entries:
        assert {"author", "title", "year"} <= set(re.findall(r"^  (\w+) =", body, re.MULTILINE))
        assert body.count("{") == body.count("}")
        assert str(works()[key]["year"]) in key


def test_a_work_is_cited_somewhere():
    facts = {**MADE.summary(), "adjustments": ["Holm", "Benjamini-Hochberg"]}
    facts["steps"] = [*facts["steps"], "summarise_sentiment", "explain_sentiment"]
    facts["tests"] = [*facts["tests"], "story bootstrap, 4999 draws"]
    packages = "matplotlib nltk numpy pandas scikit-learn scipy statsmodels".split()
    facts["versions"] = dict.fromkeys(packages, "1")
    assert set(re.findall(r"@([a-z]+\d{4}\w*)", methods_text(facts, citations="keys"))) == set(works())


def test_a_name_that_looks_like_a_citation_is_none():
    facts = {"corpus": "demo [@nobody1900]", "n_articles_read": 1}
    assert "[@nobody1900]" in methods_text(facts)
    assert references_bib(facts) == ""


@given(st.text(max_size=30))
def test_bibtex_text_opens_no_command_of_its_own(text):
    made = bibtex_text(text)
    made = re.sub(r"\\(textbackslash|textasciitilde|textasciicircum)\{\}|\\[&%$#_{}]", "", made)
    made = re.sub(r"\{\\(['`^~\"]|[cv] )[A-Za-z]\}|\{\\(o|O|ss|l|ae|aa)\}", "", made)
    assert not set(made) & set("\\{}&%$#_~^")


def test_methods_of_nothing_are_a_heading():
    assert methods_text({}) == "## Methods\n\n\n"


def test_methods_without_holm_do_not_cite_it():
    facts = {**MADE.summary(), "tests": ["mean of paired differences; t interval"], "adjustments": []}
    text = methods_text(facts)
    assert "Holm" not in text
    assert "Fisher" not in text


def test_a_name_with_line_breaks_makes_no_heading():
    text = methods_text({"corpus": "x\n\n# Results\n\n- y", "n_articles_read": 1})
    assert "\n# Results" not in text


def test_methods_tell_what_was_not_scored_and_what_masking_changes():
    text = methods_text(MADE.summary())
    assert "3 sentences in other languages had no score" in text
    assert "at most 0.012" in text


def test_the_summary_names_all_the_counts():
    assert set(MADE.summary()) == set(Summary.__annotations__)


def test_who_is_heard_is_counted_in_all_articles_piece_by_piece(tmp_path):
    told = MADE.all_tables(3, 3)
    quotes = told["quotes"]
    first = told["articles"]["article_id"].iloc[0]
    pages = []
    for name, heard in (
        ("whole", None),
        ("pieces", lambda columns: (piece[[*columns]] for _, piece in quotes.groupby("article_id"))),
    ):
        target = write_report(
            tmp_path / name, tables=told, figures={}, summary={}, title="Harbour", heard=heard
        )
        pages.append(target.read_bytes())
    assert pages[0] == pages[1]
    few = {**told, "quotes": quotes[quotes["article_id"] == first]}
    all_of_it = write_report(
        tmp_path / "few", tables=few, figures={}, summary={}, title="T", heard=lambda c: [quotes[[*c]]]
    )
    options = [e.text for e in Page(all_of_it.read_text("utf-8")).all("option") if "select" in e.inside]
    whole = [e.text for e in Page(pages[0].decode("utf-8")).all("option") if "select" in e.inside]
    assert options == whole
