"""Guards: signals that watch the blocks of a template, and what comes of it when one fires."""
