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
# # A first comparison
#
# **Question.** Three outlets report on the same events: one close to the government, one close to the opposition, one
# news agency. Do they tell these stories in a different tone, with other voices, with another emphasis?
#
# The corpus is `corpora/demo`: eighty articles about twenty-nine stories of an invented country, written for this
# toolkit. Because it is invented, we know what was planted, and can see whether an analysis finds it.

# %%
from pathlib import Path

import pandas as pd

import samestory as ss

root = Path.cwd() if (Path.cwd() / "corpora").exists() else Path.cwd().parent
pd.set_option("display.max_colwidth", 70)

# %% [markdown]
# ## Articles in, stories out
#
# Some of the files are pages as pasted from a browser. Cleaning takes menus, captions, appeals and comment forms out;
# alignment finds the articles that tell the same event; reprints of agency texts are marked.

# %%
articles = ss.read_corpus(root / "corpora" / "demo")
articles = ss.mark_reprints(ss.align_stories(ss.clean_articles(articles)))
articles[["article_id", "outlet", "published", "title", "story_id"]].head()

# %%
coverage = ss.story_coverage(articles)
ax = ss.plot_coverage(coverage)
written = ss.save_figure(ax, root / "figures" / "coverage", data=coverage)

# %% [markdown]
# Read it row by row: one row is one story, a hatched cell is an outlet that did not tell it. Which stories an outlet
# tells (*selection*) and how it tells those it shares with others (*presentation*) are two questions. All that follows is
# about presentation. In this corpus the articles were written story by story, so the hatched cells say nothing about
# selection.

# %% [markdown]
# ## Whose voice?
#
# An outlet that quotes an insult is not insulting. So the first step is to find who is quoted, directly or indirectly,
# and to tell the outlet's own sentences from attributed ones.

# %%
quotes = ss.link_speakers(ss.find_quotes(articles))
sentences = ss.label_voice(ss.split_sentences(articles), quotes)
quotes[["outlet", "kind", "speaker", "speaker_resolved", "cue", "text"]].sample(5, random_state=1)

# %%
pd.crosstab(sentences["outlet"], sentences["voice"], normalize="index").round(2)

# %%
speakers = ss.count_speakers(quotes, by="outlet")
ax = ss.plot_speakers(speakers)
written = ss.save_figure(ax, root / "figures" / "speakers", data=speakers)

# %% [markdown]
# The government-friendly outlet lets ministers, the police and business speak, the opposition paper the opposition, the
# unions and the people affected. Finding quotes is not perfect; `docs/evaluation.md` says how far the counts can be
# trusted, and `quotes` holds every one with its place in the text.

# %% [markdown]
# ## Tone
#
# VADER scores each sentence from -1 (very negative words) to 1 (very positive words). Sentences are averaged to articles,
# articles to stories; each story then gives one difference between two outlets, and the estimate is the mean of these
# differences. One dot is one story.

# %%
scores = ss.score_sentiment(sentences)
own_voice = scores[scores["voice"] == "own"]
tone = ss.compare_groups(own_voice, "compound", by="outlet", label="tone, own voice", seed=2026)
tone[["group", "reference", "estimate", "low", "high", "p", "p_adjusted", "n_stories", "tier"]].round(3)

# %%
pairs = ss.pair_stories(own_voice, "compound", label="tone, own voice")
ax = ss.plot_estimates(tone, pairs=pairs)
written = ss.save_figure(ax, root / "figures" / "tone", data=tone)

# %% [markdown]
# **In words.** In its own voice *Free Harbour* is sharper than both others, the *Talvera Herald* warmer. The dots show that
# this is not so everywhere: many stories lie near zero. (Indeed a tone was planted in ten stories only.)
#
# Now the same with quoted voice left in. The differences shrink: part of the tone of an article belongs to the people it
# quotes.

# %%
everything = ss.compare_groups(scores, "compound", by="outlet", label="tone, all sentences", seed=2026)
pd.concat([tone, everything])[
    ["measure", "group", "reference", "estimate", "low", "high", "n_stories"]
].round(3)

# %% [markdown]
# ## Emphasis
#
# What do the outlets dwell on? First by a codebook of topics (share of an article's sentences with a word of the topic),
# then by the words that are distinctive of each outlet.

# %%
shares = ss.topic_share(sentences, ss.read_codebook())
shares.pivot_table(index="topic", columns="outlet", values="share").round(3)

# %%
terms = ss.distinctive_terms(sentences, by="outlet", exclude=["Talnews", "Free Harbour", "Talvera Herald"])
ax = ss.plot_terms(terms)
written = ss.save_figure(ax, root / "figures" / "terms", data=terms)

# %% [markdown]
# Distinctive terms **describe**. They are no test: words are not independent within an article, and a single article can
# put a word on this list. A claim about emphasis goes through the stories, as tone did:

# %%
economy = shares[shares["topic"] == "economy"]
emphasis = ss.compare_groups(economy, "share", label="share of sentences on the economy", seed=2026)
emphasis[["group", "reference", "estimate", "low", "high", "p", "n_stories"]].round(3)

# %% [markdown]
# ## All at once
#
# `ss.compare` does the whole walk, adjusts all tests of the study as one family, and writes tables, figures, a report in
# which every story can be read side by side, and a methods paragraph for the paper:
#
# ```python
# study = ss.compare("corpora/demo")
# study.save("results/")
# ```
#
# **What this does not show.** That an outlet is biased, or why. A score says which words an outlet uses, not what it wants.
#
# **Exercise.** Repeat the tone comparison for the stories of the ferry strikes only. How many stories are left, which tier
# is that, and what may be said?
#
# <details><summary>Answer</summary>
#
# Three stories: two strikes and the deal. The tier is "not informative": there is a mean difference and an interval, but with
# three stories the smallest possible two-sided p is 0.25, so no test could ever find anything. You may describe the three
# stories; you may not claim that the outlets differ.
# </details>
