"""How good the drafts are: the demo sets, filled and held against keys written by hand."""
