"""PDF files page by page: paragraphs and tables that know their page, and warnings for what gave no text."""

from generation.documents.pdf.read import read_pdf

__all__ = ["read_pdf"]
