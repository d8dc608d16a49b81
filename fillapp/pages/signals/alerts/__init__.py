"""Alerts: what somebody is told of, and what was raised."""
