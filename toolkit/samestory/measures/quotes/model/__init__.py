"""Attributions of quotations by a trained chain model; NumPy alone at run time."""

from samestory.measures.quotes.model.attributions import Attribution
from samestory.measures.quotes.model.model import QuoteModel

__all__ = ["Attribution", "QuoteModel"]
