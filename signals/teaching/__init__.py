"""Teaching a few-shot signal: what people say of samples, what it learns, and what to ask next."""
