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
# # Tone
#
# **Question.** Do the outlets tell the same stories in a different tone, in their own voice, in the voices they quote, and
# towards particular people? And which words make the difference?

# %%
from pathlib import Path

import pandas as pd

import samestory as ss

root = Path.cwd() if (Path.cwd() / "corpora").exists() else Path.cwd().parent
pd.set_option("display.max_colwidth", 70)
articles = ss.align_stories(ss.clean_articles(ss.read_corpus(root / "corpora" / "demo")))
quotes = ss.link_speakers(ss.find_quotes(articles))
sentences = ss.label_voice(ss.split_sentences(articles), quotes)
scores = ss.score_sentiment(sentences)

# %% [markdown]
# ## Own voice and quoted voice
#
# VADER scores sentences, never whole articles: those saturate. Sentences are averaged to articles, and articles to the
# means below.

# %%
summary = ss.summarise_sentiment(scores, articles=articles)
ax = ss.plot_voices(summary)
written = ss.save_figure(ax, root / "figures" / "voices", data=summary)

# %% [markdown]
# **Reading.** A circle is the outlet's own voice, the other mark the voices it quotes. These are means over articles, and
# outlets do not tell the same stories, so this picture describes. The comparison pairs by story:

# %%
own = scores[scores["voice"] == "own"]
tone = ss.compare_groups(own, "compound", label="tone, own voice", seed=2026)
pairs = ss.pair_stories(own, "compound", label="tone, own voice")
ss.show(tone)

# %%
outlets = {"group": "Free Harbour", "reference": "Talvera Herald"}
titles = articles.sort_values("published").groupby("story_id", as_index=False)["title"].first()
two = pairs[(pairs["group"] == outlets["group"]) & (pairs["reference"] == outlets["reference"])]
two = two.merge(titles, on="story_id").reset_index(drop=True)
ax = ss.plot_slopes(two, estimates=tone)
written = ss.save_figure(ax, root / "figures" / "slopes", data=two)

# %% [markdown]
# One line is one story; most rise from *Free Harbour* to the *Talvera Herald*. That is the paired difference as it
# happened, before any test.
#
# ## Which words

# %%
shift = ss.explain_sentiment(own, **outlets)
ax = ss.plot_word_shift(shift)
written = ss.save_figure(ax, root / "figures" / "word_shift", data=shift)

# %% [markdown]
# The bars sum to the difference of the means. Look for words that mean something else in the news (a *crisis* meeting, a
# *positive* test): if such words carry the result, the result is about the topic, not about the tone. Masking the names of
# the news and the words that are neutral there is one option away (`news_neutral=True`).
#
# ## Over time

# %%
weeks = ss.describe_over_time(own, "compound", articles=articles, label="tone, own voice")
ax = ss.plot_over_time(weeks)
written = ss.save_figure(ax, root / "figures" / "over_time", data=weeks)

# %% [markdown]
# ## Towards actors
#
# A sentence can be gloomy and still speak well of somebody. `score_targets` judges each mention of an actor by itself.

# %%
actors = {"Tobias Kerrel": ["Kerrel"], "Nadia Ferrant": ["Ferrant"]}
targets = ss.score_targets(sentences, ss.find_mentions(articles, actors))
targets = targets.assign(balance=targets["pos"] - targets["neg"])
targets.pivot_table(index="actor", columns="outlet", values="balance", aggfunc=["mean", "size"]).round(2)

# %%
minister = targets[targets["actor"] == "Tobias Kerrel"]
ss.show(ss.compare_groups(minister, "balance", label="balance towards the finance minister", seed=2026))

# %% [markdown]
# **What this does not show.** Opinion. A lexicon counts words; a small model counts patterns of words. `docs/sentiment.md`
# says how well both agree with human ratings, and what to report beside a tone.
#
# **Exercise.** Compare `ss.compare_groups(scores[scores["voice"] == "quoted"], "compound")` with the result for the own
# voice. Which outlet differs more in what it says, and which in whom it quotes?
#
# <details><summary>Answer</summary>
#
# All three pairs differ less in quoted voice. Much of the tone that a reader meets comes from the outlets themselves here,
# since that is where it was planted; in other corpora it is often the other way round. Either way only the split can tell.
# </details>
