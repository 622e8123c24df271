"""The report: one page that leads from every number back to its sentences, and the methods paragraph."""

from samestory.report.claims import foremost_estimates
from samestory.report.methods import methods_text, references_bib
from samestory.report.page import Report, begin_report, write_report
from samestory.report.places import articles_shown
from samestory.report.summary import Summary

__all__ = [
    "Report",
    "Summary",
    "articles_shown",
    "begin_report",
    "foremost_estimates",
    "methods_text",
    "references_bib",
    "write_report",
]
