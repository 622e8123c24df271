"""Read articles from a folder, an archive or one file: one format, one file here.

``READERS`` says which function reads which suffix, ``ARCHIVES`` which archives are opened, ``LAYOUTS`` how
exports of news databases are split.
"""

from samestory.readers.archives import ARCHIVES
from samestory.readers.articles import TEXT_AT
from samestory.readers.corpus import READERS, read_corpus, read_corpus_files
from samestory.readers.info import read_corpus_info
from samestory.readers.layouts import LAYOUTS
from samestory.readers.text_file import TextFile

__all__ = [
    "ARCHIVES",
    "LAYOUTS",
    "READERS",
    "TEXT_AT",
    "TextFile",
    "read_corpus",
    "read_corpus_files",
    "read_corpus_info",
]
