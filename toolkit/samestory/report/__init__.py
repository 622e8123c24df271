"""The report: one page that leads from every number back to its sentences, and the methods paragraph."""

from samestory.report.evidence import HEARD
from samestory.report.methods import methods_text, references_bib
from samestory.report.page import write_report
from samestory.report.places import articles_shown
from samestory.report.summary import Summary

__all__ = ["HEARD", "Summary", "articles_shown", "methods_text", "references_bib", "write_report"]
