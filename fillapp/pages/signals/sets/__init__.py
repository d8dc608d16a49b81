"""Imported sets of texts: brought as CSV, shared, deleted, and read by a signal to see how it does."""
