"""The pictures in docs/: the demo's own case, with a simulated model that gives good answers."""
