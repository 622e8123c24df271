// Choosing, searching and walking. The page reads well without it: everything stands in the document, and
// this script only hides, shows and marks. It holds no data and writes no markup.
(() => {
  "use strict";
  const tools = document.getElementById("choose");
  if (!tools) return;
  tools.hidden = false;
  const query = document.getElementById("search");
  const facets = ["outlet", "speaker", "topic"].map((name) => document.getElementById(`by-${name}`));
  const articles = [...document.querySelectorAll("article[data-outlet]")];
  const stories = [...document.querySelectorAll("section.story")];
  const lines = [...document.querySelectorAll(".index li")];
  const told = document.getElementById("told");
  const next = document.getElementById("next");
  const previous = document.getElementById("previous");
  const plain = (text) => text.toLowerCase().replace(/[\u2018\u2019\u201b]/g, "'")
    .replace(/[\u201c\u201d\u201e\u00ab\u00bb]/g, '"').replace(/\s+/g, " ");
  const has = (list, number) => number === "" || (list || "").split(" ").includes(number);
  let hits = [];

  function choose() {
    const [outlet, speaker, topic] = facets.map((f) => (f ? f.value : ""));
    const wanted = plain(query.value.trim());
    const chosen = (e) => has(e.dataset.outlet, outlet) && has(e.dataset.speaker, speaker) && has(e.dataset.topic, topic);
    for (const old of document.querySelectorAll(".hit, .said")) old.classList.remove("hit", "said");
    hits = [];
    let shown = 0;
    for (const article of articles) {
      let visible = chosen(article);
      if (visible && wanted) {
        const found = [...article.querySelectorAll(".s")].filter((s) => plain(s.textContent).includes(wanted));
        const title = plain(article.querySelector("h5").textContent).includes(wanted);
        for (const sentence of found) sentence.classList.add("hit");
        hits.push(...found);
        visible = found.length > 0 || title;
      }
      if (visible && speaker) {
        for (const mark of article.querySelectorAll(`mark[data-speaker="${speaker}"]`)) mark.classList.add("said");
      }
      article.hidden = !visible;
      shown += visible;
    }
    for (const story of stories) {
      const columns = [...story.querySelectorAll(".outlet")];
      for (const column of columns) column.hidden = !column.querySelector("article:not([hidden])");
      story.hidden = columns.every((column) => column.hidden);
    }
    let listed = 0;
    for (const line of lines) {
      const here = line.dataset.here === undefined ? null : document.getElementById(line.dataset.here);
      line.hidden = here ? here.hidden : !(chosen(line) && (!wanted || plain(line.textContent).includes(wanted)));
      listed += !line.hidden;
    }
    const any = outlet || speaker || topic || wanted;
    told.textContent = !any ? "" : articles.length
      ? `${shown} of ${articles.length} articles` + (wanted ? `, ${hits.length} sentences` : "")
      : `${listed} of ${lines.length} stories`;
    for (const button of [next, previous]) if (button) button.disabled = hits.length === 0;
  }

  function go(sentence) {
    if (!sentence) return;
    location.hash = sentence.id;
    arrive();
  }

  function step(by) {
    const at = hits.findIndex((hit) => `#${hit.id}` === location.hash);
    go(hits[(at < 0 ? (by > 0 ? 0 : hits.length - 1) : at + by + hits.length) % hits.length]);
  }

  // A link to what a choice has hidden shows it again.
  function arrive() {
    const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (!target) return;
    for (let e = target; e; e = e.parentElement) {
      if (e.hidden && e !== tools) e.hidden = false;
      if (e.tagName === "DETAILS") e.open = true;
    }
    if (target.matches(".s, article, section.story")) {
      target.tabIndex = -1;
      target.focus({ preventScroll: true });
      target.scrollIntoView({ block: "center" });
    }
  }

  let wait;
  query.addEventListener("input", () => { clearTimeout(wait); wait = setTimeout(choose, 150); });
  query.addEventListener("keydown", (event) => {
    if (event.key === "Enter") { event.preventDefault(); clearTimeout(wait); choose(); step(event.shiftKey ? -1 : 1); }
  });
  for (const f of facets) if (f) f.addEventListener("change", choose);
  if (next) next.addEventListener("click", () => step(1));
  if (previous) previous.addEventListener("click", () => step(-1));
  document.getElementById("all").addEventListener("click", () => {
    query.value = "";
    for (const f of facets) if (f) f.value = "";
    choose();
    query.focus();
  });
  // A click on a sentence makes it the page's address, so that it can be cited; selecting text does not.
  document.addEventListener("click", (event) => {
    const sentence = event.target.closest && event.target.closest(".s");
    if (sentence && sentence.id && String(getSelection()) === "") {
      history.replaceState(null, "", `#${sentence.id}`);
      location.replace(`#${sentence.id}`);
      sentence.tabIndex = -1;
      sentence.focus({ preventScroll: true });
    }
  });
  // From a chosen sentence, the arrow keys lead to its neighbours in the article.
  document.addEventListener("keydown", (event) => {
    const here = document.activeElement;
    if (!here || !here.classList.contains("s") || event.altKey || event.ctrlKey || event.metaKey) return;
    const by = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!by) return;
    const all = [...here.closest("article").querySelectorAll(".s")];
    const other = all[all.indexOf(here) + by];
    if (other) { event.preventDefault(); go(other); }
  });
  addEventListener("hashchange", arrive);
  addEventListener("beforeprint", () => { for (const d of document.querySelectorAll("#estimates details")) d.open = true; });
  choose();
  arrive();
})();
