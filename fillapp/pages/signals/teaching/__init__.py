"""The teaching page of a signal that learns from examples."""
