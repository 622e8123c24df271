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
# # Whose voice?
#
# **Question.** Whom does each outlet let speak, how, and how much of its text is other people's words? A quoted insult is
# not the outlet's tone, so this comes before tone.

# %%
from pathlib import Path

import pandas as pd

import samestory as ss

root = Path.cwd() if (Path.cwd() / "corpora").exists() else Path.cwd().parent
pd.set_option("display.max_colwidth", 70)
articles = ss.align_stories(ss.clean_articles(ss.read_corpus(root / "corpora" / "demo")))

# %% [markdown]
# ## Finding attributions
#
# One row is one attribution: what is said (`text`, with its characters in the article), who says it (`speaker` as written,
# `speaker_resolved` as one name), by which words (`cue`), and how sure the finder is.

# %%
quotes = ss.link_speakers(ss.find_quotes(articles))
ss.show(quotes.head(5))

# %%
pd.crosstab(quotes["outlet"], quotes["kind"])

# %% [markdown]
# *Direct* speech stands in quotation marks, *indirect* speech without, *mixed* has both. Headlines hold quotes too
# (`in_headline`).
#
# ## Who speaks

# %%
speakers = ss.count_speakers(quotes)
ss.show(speakers.groupby("outlet").head(3))

# %%
ax = ss.plot_speakers(speakers)

# %% [markdown]
# **Reading.** The bars are shares of the outlet's attributions that have a named speaker. The intervals take attributions
# as independent; where one article lets one person talk at length they are too narrow. This describes, it does not test.

# %%
kinds = ss.count_speaker_kinds(quotes)
kinds.pivot_table(index="speaker_kind", columns="outlet", values="share").round(2)

# %% [markdown]
# ## How many voices
#
# Counting speakers favours the outlet with more quotes. Rarefied to equal numbers of quotes the figures compare: how many
# speakers to expect in that many quotes (`rarefied_hill_0`), and how many equally frequent ones that amounts to.

# %%
ss.speaker_diversity(quotes).round(2)

# %% [markdown]
# ## With what verb
#
# *Said* reports; *claimed* keeps its distance; *pointed out* takes the words for true.

# %%
pd.crosstab(quotes["outlet"], quotes["cue_stance"].fillna("not in the lexicon"), normalize="index").round(2)

# %% [markdown]
# ## How much of the text is quoted
#
# Each sentence is the outlet's own, quoted, or mixed. The share of attributed letters compares story by story:

# %%
sentences = ss.label_voice(ss.split_sentences(articles), quotes)
quoted = ss.compare_groups(sentences, "quoted_share", label="share of quoted voice", seed=2026)
ss.show(quoted)

# %% [markdown]
# **What this does not show.** That an outlet is fair or unfair: some people cannot be reached, some stories have one
# side. And the finder errs: `docs/evaluation.md` says how often. Where the `attribution_rate` differs between outlets, the
# errors may too, and small differences of shares mean nothing.
#
# **Exercise.** Take the five longest quotes of one outlet and find them in the report (`make demo`, then search). Does the
# page mark the right stretch of text, and is the speaker right?
#
# <details><summary>Answer</summary>
#
# `quotes[quotes["outlet"] == "Talnews"].nlargest(5, "quoted_words")[["speaker_resolved", "text"]]` lists them. Every row
# leads to its characters: `articles.set_index("article_id").text[row.article_id][row.start:row.end]`. Note what you would
# have marked otherwise, and whether it happens to all outlets alike: errors that do cancel in a paired comparison, errors
# that do not are a bias.
# </details>
