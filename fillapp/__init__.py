"""The site: settings, pages, accounts, and the doors to everything else."""
