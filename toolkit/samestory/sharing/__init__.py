"""Share a corpus without its texts, and rebuild it from texts at hand or from the web."""

from samestory.sharing.hydration import hydrate
from samestory.sharing.opening import Package, read_package
from samestory.sharing.package import dehydrate
from samestory.sharing.rebuilt import write_corpus
from samestory.sharing.results import read_results

__all__ = ["Package", "dehydrate", "hydrate", "read_package", "read_results", "write_corpus"]
