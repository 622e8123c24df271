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
# # Your own corpus
#
# Copy this notebook, change one path, and run it from top to bottom. As it stands it uses the demo corpus.
#
# **How to lay out a corpus.** One folder per outlet, one file per article (`.txt`, `.html`, `.docx`, …), or one table with
# the columns `outlet` and `text`. `samestory new my_corpus` makes an empty one with a `corpus.toml` to fill in, where you
# say which stance each outlet has *and who says so*.

# %%
from pathlib import Path
from tempfile import mkdtemp

import samestory as ss

root = Path.cwd() if (Path.cwd() / "corpora").exists() else Path.cwd().parent
corpus = root / "corpora" / "demo"  # ← your folder or file
results = Path(mkdtemp()) / "results"  # ← where the results should go

# %% [markdown]
# ## 1. Look before you measure
#
# Read what is remarked on before you go on: missing dates, duplicates, one outlet with pages and another with clean text.

# %%
articles = ss.read_corpus(corpus)
quality = ss.corpus_quality(articles, ss.cleaning_lines(articles))
quality["quality_warnings"][["subject", "remark"]]

# %% [markdown]
# ## 2. Compare

# %%
study = ss.compare(corpus)
study.summary["tier"]

# %% [markdown]
# That line is the most important one: it says what your number of shared stories allows. With one shared story you may
# describe; from six on a test can find something.

# %%
ss.show(study.tables["estimates"].head(6))

# %%
pairs = study.tables["pairs"]
tone = study.tables["estimates"].query("measure == 'tone, own voice'").reset_index(drop=True)
ax = ss.plot_estimates(tone, pairs=pairs[pairs["measure"] == "tone, own voice"])

# %% [markdown]
# ## 3. Check the alignment
#
# Look at the least certain links. Where one is wrong, write `must` or `cannot` into the column `link`, save the sheet as
# `corrections.csv` in your corpus folder, and run this notebook again.

# %%
ss.review_sheet(study.tables["articles"], most=3).T

# %% [markdown]
# ## 4. Save everything

# %%
folder = study.save(results)
sorted(path.name for path in folder.iterdir())

# %% [markdown]
# Open `report.html`: every story side by side, outlets in columns, quotes marked by speaker; search, choose a speaker, click
# a sentence to cite it.
#
# **What this does not show.** A difference between outlets is not a bias, and no difference found is not fairness.
#
# **Exercise.** Take one claim of the report and walk back from it to three sentences. Would you have made the claim from
# the sentences?
#
# <details><summary>Answer</summary>
#
# There is no right answer here, but there is a right habit: overview → estimate → its stories → the sentences. If the
# sentences do not support the claim, the measure is wrong for your question, however small the p.
# </details>
