"""samestory."""
