"""Alerts: somebody is told when a signal flags too often, and when it no longer does."""
