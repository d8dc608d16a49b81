"""Proving a template: what is expected of its blocks on known documents, runs of that, and what came out."""
