# ---
# jupyter:
#   jupytext:
#     formats: ipynb,py:percent
#     text_representation:
#       extension: .py
#       format_name: percent
#   kernelspec:
#     display_name: Python 3
#     language: python
#     name: python3
# ---

# %% [markdown]
# # Corpus and stories
#
# **Question.** What is in a corpus, what did cleaning take out of it, and which articles tell the same event? Everything
# that follows rests on these three answers, so this notebook looks at them closely before anything is measured.

# %%
from pathlib import Path

import pandas as pd

import samestory as ss

root = Path.cwd() if (Path.cwd() / "corpora").exists() else Path.cwd().parent
pd.set_option("display.max_colwidth", 70)

# %% [markdown]
# ## What is there
#
# `samestory check corpora/demo` prints the same on the command line: articles per outlet, missing dates, lengths,
# languages, duplicates, the share of page furniture, mixed typography.

# %%
raw = ss.read_corpus(root / "corpora" / "demo")
lines = ss.cleaning_lines(raw)
quality = ss.corpus_quality(raw, lines)
quality["outlet_quality"].set_index("outlet").T

# %%
quality["quality_warnings"][["subject", "remark"]]

# %% [markdown]
# **Reading.** One outlet in three was saved as pages pasted from a browser: that is where the furniture is. Two articles
# have no date; they are aligned by their words alone, and say so in the column `flags`.
#
# ## What cleaning took out
#
# Every line of every page is on record: kept, or gone and why.

# %%
lines[~lines["kept"]].groupby("reason").size().sort_values(ascending=False)

# %%
page = lines[lines["article_id"] == lines.loc[~lines["kept"], "article_id"].mode()[0]]
page[["line", "text", "kept", "reason"]].head(12)

# %% [markdown]
# ## Which articles tell the same event
#
# Alignment gives two levels: `story_id` is one event, `storyline_id` the affair that it belongs to. `story_probability`
# says how sure the alignment is of each article.

# %%
articles = ss.align_storylines(ss.align_stories(ss.clean_articles(raw)))
articles = ss.mark_reprints(articles)
lines_told = articles.groupby("storyline_id").agg(
    stories=("story_id", "nunique"),
    articles=("article_id", "size"),
    first=("published", "min"),
    title=("title", "first"),
)
lines_told[lines_told["stories"] > 1].sort_values("stories", ascending=False)

# %%
ax = ss.plot_coverage(ss.story_coverage(articles, sampling="story"))

# %% [markdown]
# **Reading.** A hatched cell is a story that an outlet does not tell *in this corpus*. The demo articles were written story
# by story, so a gap is nobody's choice: the column `reason` of the coverage table says that, and no selection is tested.
#
# ## How sure is it?
#
# Each link between two articles has a probability and the words that carry it. The least certain links are the ones worth
# a human eye.

# %%
sheet = ss.review_sheet(articles, most=5)
sheet.drop(columns=["lede", "other_lede"], errors="ignore")

# %% [markdown]
# `samestory stories corpora/demo --review sheet.csv` writes that sheet. Write `must` or `cannot` where you have decided and
# save it as `corrections.csv` in the corpus folder: alignment keeps to it from then on, and the report counts it.
#
# ## Reprints
#
# A text that an outlet takes over is no second voice. It is kept and marked, and every comparison is also given without.

# %%
reprints = articles[articles["reprint_of"].notna()]
reprints[["article_id", "reprint_of", "reprint_share", "reprint_kind", "agency"]].round(2)

# %% [markdown]
# **What this does not show.** Whether an outlet *chose* to leave a story out. That needs a corpus that holds everything
# the outlets published in the period, and `sampling = "all"` in its `corpus.toml`.
#
# **Exercise.** How many stories would be left if only stories told by all three outlets counted? What would you gain and
# lose by that?
#
# <details><summary>Answer</summary>
#
# `ss.story_coverage(articles).query("n_articles > 0").groupby("story_id").size().eq(3).sum()` counts them. You would gain
# one and the same set of stories for every pair of outlets; you would lose the stories that just two of them tell, which
# is power. samestory pairs outlet by outlet, so that each pair uses all the stories it shares.
# </details>
