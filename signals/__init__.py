"""Looking at text: nothing here knows reports, templates or pages."""
