"""The room of the tests: example cases, what is expected of them, and runs."""
