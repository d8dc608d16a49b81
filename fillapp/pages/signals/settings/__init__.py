"""The first room of a rule or a judge: its settings, trying them, and how it does on recent texts."""
