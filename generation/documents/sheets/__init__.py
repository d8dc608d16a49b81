"""Spreadsheets as tables that read as they look."""
