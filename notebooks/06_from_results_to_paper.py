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
# # From results to a paper
#
# **Question.** How do the results get into a manuscript so that a reviewer can check every number: figures at the size of
# the journal, tables, a methods paragraph with its references, and the register of everything that was tested?

# %%
from pathlib import Path
from tempfile import mkdtemp

import samestory as ss

root = Path.cwd() if (Path.cwd() / "corpora").exists() else Path.cwd().parent
study = ss.compare(root / "corpora" / "demo")

# %% [markdown]
# ## What was tested
#
# One study is one main family of tests. Each further question is a family of its own; this is the register to report.

# %%
study.tables["families"]

# %% [markdown]
# ## Figures at the size of the journal
#
# A preset knows width, type size and what the publisher forbids. `save_figure` writes PDF (fonts embedded as Type 42), SVG
# and PNG, the plotted numbers as CSV, and a JSON with checksum, versions and a text for those who cannot see the figure.

# %%
list(ss.figure_presets())

# %%
estimates, pairs = study.tables["estimates"], study.tables["pairs"]
tone = estimates[estimates["measure"] == "tone, own voice"].reset_index(drop=True)
ax = ss.plot_estimates(tone, pairs=pairs[pairs["measure"] == "tone, own voice"], preset="nature-column")
written = ss.save_figure(ax, root / "figures" / "tone_nature_column", data=tone)
[file.name for file in written]

# %% [markdown]
# The text in place of the figure:

# %%
import json

json.loads(written[-1].read_text(encoding="utf-8"))["alt"]

# %% [markdown]
# ## Tables
#
# `.csv`, `.jsonl` and `.parquet` keep every digit; `.tex` (booktabs) and `.md` are for reading.

# %%
columns = ["group", "reference", "estimate", "low", "high", "p_adjusted", "n_stories"]
table = ss.save_table(tone[columns], Path(mkdtemp()) / "tone.tex")
print(table.read_text(encoding="utf-8"))

# %% [markdown]
# ## The methods paragraph
#
# It says what was really run, with the counts before and after each step; what did not run is not claimed.

# %%
print(study.summary["methods"][:1800], "…")

# %% [markdown]
# `study.save("results/")` writes all of it: tables, figures, `report.html`, `methods.md` with `references.bib`, and a
# `manifest.json` with the checksum of every input and output. The same corpus and version give the same bytes, which is
# what a reviewer needs to check one number.
#
# ## Sharing without the texts
#
# Articles belong to their publishers. A package without texts holds addresses, hashes and every table less its words; who
# holds the articles too gets the corpus back and learns which texts are exactly the same.

# %%
package = ss.dehydrate(
    ss.read_corpus(root / "corpora" / "demo"), Path(mkdtemp()) / "package", tables=study.tables
)
rebuilt, report = ss.hydrate(ss.read_package(package), ss.read_corpus(root / "corpora" / "demo"))
report["status"].value_counts()

# %% [markdown]
# **What this does not show.** That the corpus was the right one. How it was drawn, and who says which stance an outlet has,
# is yours to write; `corpus.toml` keeps both with the data.
#
# **Exercise.** Which of your claims would survive if one story were left out?
#
# <details><summary>Answer</summary>
#
# `study.tables["leave_one_out"]` has the estimate without each story in turn, and `estimates` the smallest and largest of
# them (`without_one_low`, `without_one_high`). A claim whose sign hangs on one story is a claim about that story.
# </details>
