"""How a few-shot signal learns: from a handful of texts somebody said yes or no to, on vectors alone."""
