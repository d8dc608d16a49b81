"""A report as its page shows it: headings, texts and blocks, each block with its state in words."""
