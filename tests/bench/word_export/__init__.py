"""A report of 358 pages as a Word file: how long Fill takes, and whether every reader finds all of it."""
