"""The rooms of the signals: what there is, how each is taught, and what they found."""
