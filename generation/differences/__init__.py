"""What differs between two values of one kind: line by line, and word by word in lines that stayed."""

from generation.differences.compare import Cell, Change, Line, Span, find_differences

__all__ = ["Cell", "Change", "Line", "Span", "find_differences"]
