"""The report in a real browser: choosing, searching, links, keys, print, and no serious barrier.

The browser is Chromium, driven by Playwright; axe-core finds barriers. Where one of them is
absent, these tests are skipped with the reason.
"""

import os
import runpy
import shutil
from pathlib import Path
from types import SimpleNamespace

import pandas as pd
import pytest

from samestory.charts import plot_speakers
from samestory.export import figure_svg
from samestory.report import methods_text, write_report

sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe is not installed")
expect = sync_api.expect
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on PATH")
MADE = SimpleNamespace(**runpy.run_path(str(Path(__file__).with_name("report_tables.py"))))
WIDTHS = {"wide": 1400, "narrow": 400}


@pytest.fixture(scope="module")
def browser():
    sandbox = ["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []
    with sync_api.sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=[*sandbox, "--disable-gpu"])
        yield chromium
        chromium.close()


def written(folder, told, **more):
    facts = MADE.summary()
    facts["methods"] = methods_text(facts)
    return write_report(
        folder / "report.html", tables=told, figures={}, summary=facts, title="The bridge", **more
    )


@pytest.fixture(scope="module")
def report(tmp_path_factory):
    """A report with something of everything."""
    told = MADE.all_tables(8, 3)
    first = told["articles"].iloc[0]
    sentence = told["sentences"].query("article_id == @first.article_id").iloc[0]
    told["lines"] = MADE.removed([first["article_id"]], ["Sign up"], "newsletter")
    told["topic_shares"] = _one(
        article_id=first["article_id"],
        topic="transport",
        n_sentences=12,
        n_hits=3,
        share=0.25,
        word_share=0.1,
    )
    best = told["terms"].query("outlet == @first.outlet").sort_values("z").iloc[-1]["term"]
    told["term_lines"] = _one(
        outlet=first["outlet"],
        term=best,
        article_id=first["article_id"],
        start=int(sentence["start"]),
        end=int(sentence["start"]) + 3,
        left="",
        match=sentence["text"][:3],
        right=sentence["text"][3:],
        sentence_start=int(sentence["start"]),
    )
    facts = MADE.summary()
    facts["methods"] = methods_text(facts)
    path = write_report(
        tmp_path_factory.mktemp("browser") / "report.html",
        tables=told,
        figures={"speakers": figure_svg(plot_speakers(told["speakers"]), name="speakers")},
        summary=facts,
        title="The bridge",
    )
    return SimpleNamespace(told=told, address=path.as_uri())


def _one(**row):
    return pd.DataFrame([row])


@pytest.fixture
def page(browser, report):
    page = browser.new_page(viewport={"width": 1400, "height": 900})
    page.problems = []
    page.on("pageerror", lambda error: page.problems.append(str(error)))
    page.on("console", lambda m: page.problems.append(m.text) if m.type == "error" else None)
    page.goto(report.address)
    yield page
    page.close()
    assert page.problems == []


def visible(page, selector):
    return page.locator(f"{selector} >> visible=true").count()


def test_an_outlet_can_be_chosen_and_all_shown_again(page, report):
    articles = report.told["articles"]
    outlet = articles["outlet"].iloc[0]
    page.get_by_label("outlet", exact=True).select_option(
        label=f"{outlet} ({(articles.outlet == outlet).sum()})"
    )
    assert visible(page, "article") == (articles["outlet"] == outlet).sum()
    assert (
        page.locator("#told").inner_text()
        == f"{(articles['outlet'] == outlet).sum()} of {len(articles)} articles"
    )
    page.get_by_role("button", name="show all").click()
    assert visible(page, "article") == len(articles)
    assert page.locator("#told").inner_text() == ""


def test_a_speaker_can_be_chosen_and_is_marked(page, report):
    quotes = report.told["quotes"]
    mine = quotes[quotes["speaker_resolved"].fillna(quotes["speaker"]).str.contains("Finch")]
    page.get_by_label("speaker", exact=True).select_option(
        label=f"Mayor Orla Finch ({mine['article_id'].nunique()})"
    )
    assert visible(page, "article") == mine["article_id"].nunique()
    assert page.locator("mark.said").count() == len(mine)


def test_words_can_be_searched_and_walked(page, report):
    sentences = report.told["sentences"]
    hits = sentences[sentences["text"].str.contains("Nobody was in danger")]
    page.get_by_label("words in a sentence").fill('"nobody  was')  # straight marks find curly ones
    expect(page.locator(".s.hit").first).to_be_attached()
    assert page.locator(".s.hit").count() == len(hits)
    articles = report.told["articles"]
    titled = articles[articles["title"].str.contains("Nobody was in danger")]["article_id"]
    assert visible(page, "article") == len({*hits["article_id"], *titled})
    assert f"{len(hits)} sentences" in page.locator("#told").inner_text()
    page.keyboard.press("Enter")
    first = page.evaluate("document.activeElement.id")
    assert page.url.endswith(f"#{first}")
    page.get_by_role("button", name="next").click()
    assert page.evaluate("document.activeElement.id") != first
    page.get_by_role("button", name="previous").click()
    assert page.evaluate("document.activeElement.id") == first


def test_what_nobody_says_finds_nothing(page):
    page.get_by_label("words in a sentence").fill("zzzz")
    expect(page.locator("article:not([hidden])")).to_have_count(0)
    assert visible(page, "section.story") == 0
    assert page.get_by_role("button", name="next").is_disabled()


def test_a_link_leads_to_its_sentence_even_where_a_choice_hid_it(browser, report):
    page = browser.new_page()
    page.goto(report.address)
    anchor = page.locator("article .s").nth(20).get_attribute("id")
    page.goto(f"{report.address}#{anchor}")
    assert page.evaluate("document.activeElement.id") == anchor
    assert page.locator(f"#{anchor}").is_visible()
    page.get_by_label("words in a sentence").fill("zzzz")
    expect(page.locator("article:not([hidden])")).to_have_count(0)
    other = page.locator("article .s").nth(40).get_attribute("id")
    page.evaluate("id => { location.hash = id }", other)
    expect(page.locator(f"#{other}")).to_be_focused()
    assert page.locator(f"#{other}").is_visible()
    page.close()


def test_a_click_on_a_sentence_makes_it_the_address_and_arrows_walk_on(page):
    sentence = page.locator("article .s").nth(3)
    sentence.click()
    anchor = sentence.get_attribute("id")
    assert page.url.endswith(f"#{anchor}")
    page.keyboard.press("ArrowRight")
    assert page.url.endswith(f"#{page.locator('article .s').nth(4).get_attribute('id')}")
    page.keyboard.press("ArrowLeft")
    assert page.url.endswith(f"#{anchor}")


def test_a_term_leads_to_its_sentence(page, report):
    page.locator("#terms summary", has_text=report.told["term_lines"]["term"].iloc[0]).first.click()
    page.locator("#terms .lines a").first.click()
    assert page.evaluate("document.activeElement.textContent") == report.told["sentences"]["text"].iloc[0]


def test_removed_lines_show_on_request(page):
    assert visible(page, "del") == 0
    page.get_by_label("what cleaning took out").check()
    assert visible(page, "del") == 1


def test_the_keyboard_reaches_everything_in_order(page):
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.url.endswith("#main")
    reached = []
    for _ in range(120):
        page.keyboard.press("Tab")
        reached.append(page.evaluate("document.activeElement.id || document.activeElement.tagName"))
        if reached[-1] == "all":
            break
    assert [r for r in reached if r in {"tint", "by-outlet", "by-speaker", "search", "all"}] == [
        "tint",
        "by-outlet",
        "by-speaker",
        "search",
        "all",
    ]


@pytest.mark.parametrize("width", WIDTHS.values(), ids=WIDTHS)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_serious_barrier(browser, report, width, scheme):
    page = browser.new_page(viewport={"width": width, "height": 900}, color_scheme=scheme)
    page.goto(report.address)
    for details in page.locator("details").all()[:20]:
        details.evaluate("e => { e.open = true }")
    found = axe.Axe().run(page).response["violations"]
    serious = [(v["id"], v["nodes"][0]["html"]) for v in found if v["impact"] in {"serious", "critical"}]
    assert serious == []
    page.close()


@pytest.mark.parametrize("width", WIDTHS.values(), ids=WIDTHS)
def test_nothing_sticks_out_of_the_page(browser, report, width):
    page = browser.new_page(viewport={"width": width, "height": 900})
    page.goto(report.address)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.close()


def test_it_prints_without_tools_and_with_its_stories(page, tmp_path):
    page.emulate_media(media="print")
    assert visible(page, ".tools") == 0
    assert visible(page, "nav") == 0
    assert visible(page, "article") > 0
    pdf = page.pdf()
    assert pdf.startswith(b"%PDF")
    assert len(pdf) > 20_000


def test_without_scripts_the_page_still_reads(browser, report):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(report.address)
    assert visible(page, "article") == len(report.told["articles"])
    assert visible(page, "#choose") == 0
    page.get_by_label("the outlet’s own voice").check()
    context.close()


def test_hostile_text_is_inert(browser, tmp_path):
    told = MADE.hostile_tables()
    path = written(tmp_path, told)
    page = browser.new_page()
    seen, asked = [], []
    page.on("dialog", lambda d: (seen.append(d.message), d.dismiss()))
    page.on("request", lambda r: asked.append(r.url))
    page.goto(path.as_uri())
    page.get_by_label("words in a sentence").fill("<script>")
    expect(page.locator(".s.hit").first).to_be_attached()
    for details in page.locator("details").all():
        details.evaluate("e => { e.open = true }")
    assert seen == []
    assert asked == [path.as_uri()]
    assert page.locator("script").count() == 1
    assert page.locator("img, iframe, object").count() == 0
    page.close()


def test_pages_of_a_large_corpus_link_to_one_another(browser, tmp_path):
    told = MADE.all_tables(200, 3, 3)
    path = written(tmp_path, told)
    page = browser.new_page()
    page.goto(path.as_uri())
    assert visible(page, "article") == 0
    page.get_by_label("words in a headline").fill("part 199")
    expect(page.locator(".index li:not([hidden])")).to_have_count(1)
    page.locator(".index li >> visible=true").locator("a").click()
    page.wait_for_url("**/report_stories/*.html#*")
    expect(page.locator(f"#{page.url.partition('#')[2]}")).to_be_focused()
    page.get_by_role("link", name="Report").click()
    page.wait_for_url("**/report.html")
    page.close()
