"""How often signals flag what is written: over time, by template, block, kind, model and version."""
