"""Reading everything again by a signal that has changed, and embedding everything, in the background."""
