"""Taking a signal elsewhere: as a file with a snippet that runs it, and back as an upload."""
