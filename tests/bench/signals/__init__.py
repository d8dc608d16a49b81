"""How well few-shot signals learn: `make bench-signals FILL_CORPUS=folder of labelled CSV files`."""
