"""Word files read as headings, paragraphs, lists, tables and choices."""
