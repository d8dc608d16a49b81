"""What a report is made of: templates, snapshots, blocks, guards, and Word both ways."""
