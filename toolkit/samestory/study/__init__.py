"""The whole walk in one call: from a corpus to tables, figures, report and methods text.

Names are loaded on first use: a worker that measures a batch needs neither the comparison nor the charts.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from samestory.study.result import Study
    from samestory.study.tables import StudyTables
    from samestory.study.walk import STEPS, compare, demo_corpus, prepare_shard

__all__ = ["STEPS", "Study", "StudyTables", "compare", "demo_corpus", "prepare_shard"]

_WHERE = {"Study": "result", "StudyTables": "tables"}


def __getattr__(name: str) -> Any:
    if name not in __all__:
        raise AttributeError(f"module {__name__} has no attribute {name}")
    return getattr(import_module(f"samestory.study.{_WHERE.get(name, 'walk')}"), name)
