"""The studio: the rooms in which a template is built, proved and published."""
