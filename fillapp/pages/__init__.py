"""The pages: one file each, thin doors to what generation and templates do."""
