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
# # Emphasis
#
# **Question.** What do the outlets dwell on when they tell the same story: which topics, how prominently, in which words,
# and what do they call the people in it?

# %%
from pathlib import Path

import pandas as pd

import samestory as ss

root = Path.cwd() if (Path.cwd() / "corpora").exists() else Path.cwd().parent
pd.set_option("display.max_colwidth", 90)
articles = ss.align_stories(ss.clean_articles(ss.read_corpus(root / "corpora" / "demo")))
sentences = ss.label_voice(ss.split_sentences(articles), ss.find_quotes(articles))
codebook = ss.read_codebook()

# %% [markdown]
# ## Topics
#
# A codebook is a table of topics and words. The starter codebook has ten topics of political news; bring your own as
# `.csv`, `.toml`, `.yaml` (quanteda) or `.dic`. A topic's share is the share of an article's sentences with one of its words.

# %%
shares = ss.topic_share(sentences, codebook)
topics = sorted(shares["topic"].unique())
means = pd.concat([ss.describe_groups(shares[shares["topic"] == t], "share", label=t) for t in topics])
ax = ss.plot_topics(means.reset_index(drop=True))
written = ss.save_figure(ax, root / "figures" / "topics", data=means.reset_index(drop=True))

# %% [markdown]
# Whether a difference is real is a question to the stories, for all topics as one family of tests:

# %%
measures = [(topic, shares[shares["topic"] == topic], "share") for topic in topics]
emphasis = ss.compare_measures(measures, seed=2026)
pairs = pd.concat([ss.pair_stories(table, column, label=name) for name, table, column in measures])
ss.show(emphasis[emphasis["p_adjusted"] < 0.05])

# %%
shown = emphasis[
    emphasis["measure"].isin(emphasis.loc[emphasis["p_adjusted"] < 0.05, "measure"])
].reset_index(drop=True)
ax = ss.plot_estimates(shown, pairs=pairs)
written = ss.save_figure(ax, root / "figures" / "emphasis", data=shown)

# %% [markdown]
# **Reading.** One dot is one story. A topic is on this list only if the outlets differ on it after adjustment for all the
# tests; that it is absent does not mean that they agree, and `minimum_detectable` says how large a difference would have
# been found.
#
# ## Prominence
#
# The same topics in the headline, the lede and the body apart; no invented weights.

# %%
placed = ss.prominence(articles, codebook)
placed.groupby(["topic", "outlet"])[["in_headline", "in_lede", "body_share"]].mean().round(2).unstack().head(
    4
)

# %% [markdown]
# ## Words
#
# Distinctive terms describe: log-odds with a prior, their rank with a bootstrap interval over stories, and beside them the
# only p that may carry a claim, paired by story. Function words (the, they, of) are listed with `function_words=True` only,
# and datelines are not counted.

# %%
terms = ss.distinctive_terms(sentences, exclude=["Talnews", "Free Harbour", "Talvera Herald"])
ss.show(terms.groupby("outlet").head(4))

# %%
ax = ss.plot_terms(terms)

# %% [markdown]
# And every count leads to its lines:

# %%
ss.keyword_in_context(sentences, "minister", width=40)[["outlet", "left", "match", "right"]].head(4)

# %% [markdown]
# ## Names
#
# What does each outlet call the same people, and the same event?

# %%
actors = {
    "people in the street": ["protesters", "marchers", "agitators", "troublemakers"],
    "the ferry dispute": ["strike", "walkout", "stoppage", "disruption", "industrial action"],
}
called = ss.actor_descriptions(sentences, actors)
called.groupby(["actor", "outlet"])["description"].agg(
    lambda d: ", ".join(d.value_counts().index[:4])
).unstack()

# %% [markdown]
# **What this does not show.** Why. More sentences on hardship may be a choice of the outlet, or of those whom it could
# reach. And a codebook finds its own words only: read the lines before you believe a share.
#
# **Exercise.** Add a word to a topic that should change nothing (a word that no article holds) and one that should change
# much. What happens to the family of tests?
#
# <details><summary>Answer</summary>
#
# The first changes no share and no p. The second changes the shares of its topic, and through the adjustment every adjusted
# p a little: the family is one. Deciding on words after seeing the results is the quickest way to a false claim; fix the
# codebook first, and keep it with the paper.
# </details>
