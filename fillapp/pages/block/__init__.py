"""What can be done with a block of a report: thin doors to review and engine, for scripts and plain forms."""
