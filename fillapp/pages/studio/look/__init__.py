"""The room of a template's Word look: the organisation's file, its styles, and how they look."""
