"""Filling a report: documents, prompts, the model, the engine, fills, review and export."""
