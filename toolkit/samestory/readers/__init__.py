"""Read articles from a folder of text files, a folder of tables, or one file: one format, one file here.

``READERS`` says which function reads which suffix; there is nothing else to know.
"""

from samestory.readers.corpus import READERS, read_corpus
from samestory.readers.info import read_corpus_info

__all__ = ["READERS", "read_corpus", "read_corpus_info"]
