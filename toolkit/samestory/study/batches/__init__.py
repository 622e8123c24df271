"""The walk over batches of articles: what needs one article only is done batch by batch.

``plan`` cuts a corpus into batches that depend on its articles alone, not on their order; ``steps`` is what
is done to one batch, table in, tables out; ``executors`` does it here, in processes or (``cluster``) on a
Dask cluster, and says which batches were lost with their worker; ``store`` keeps every result by the content
it was made of, so that a run that was killed goes on where it stopped; ``pipeline`` joins them; ``merging``
makes whole tables of the pieces; ``memory`` gives back what a step no longer holds. What needs the whole
corpus (which lines recur, which articles tell one story, who a surname stands for, the comparison) is done
once, between these or, after them, by workers that leave it in the store.

The results are the same bytes whatever the executor, the number of workers and the order of the articles.
"""

from samestory.study.batches.executors import EXECUTORS
from samestory.study.batches.pipeline import Pipeline
from samestory.study.batches.results import Cleaned

__all__ = ["EXECUTORS", "Cleaned", "Pipeline"]
