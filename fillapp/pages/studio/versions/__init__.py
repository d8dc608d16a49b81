"""The room of versions: publishing, comparing, going back, and moving reports forward."""
