"""Why a file cannot be read, in the sentence its owner is shown."""

from generation.documents.passages import UnreadableDocument

# Twenty endings make no sentence; these are what people call them.
KINDS = "Word, PDF, Excel, PowerPoint, OpenDocument, RTF, mail, CSV, plain text, Markdown or web pages"


def protected(name: str) -> UnreadableDocument:
    return UnreadableDocument(
        f"“{name}” is protected with a password. Save a copy without the password and upload that."
    )


def damaged(name: str) -> UnreadableDocument:
    return UnreadableDocument(
        f"“{name}” is damaged or is not what its ending says. Open it, save it again and upload the new copy."
    )


def empty(name: str) -> UnreadableDocument:
    return UnreadableDocument(f"“{name}” is an empty file. Check the original and upload it again.")


def without_text(name: str, warnings: tuple[str, ...] = ()) -> UnreadableDocument:
    """`warnings` say what went wrong where something was there and could not be read."""
    advice = " ".join(warnings) or "Upload a file with text in it."
    return UnreadableDocument(f"“{name}” holds no text that can be read. {advice}")


def scanned(name: str) -> UnreadableDocument:
    return UnreadableDocument(
        f"“{name}” holds no text; it may be a scan. Run text recognition (OCR) on it and upload the result."
    )


def not_text(name: str) -> UnreadableDocument:
    return UnreadableDocument(f"“{name}” is not a text file. Save it as text (UTF-8) and upload it again.")


def too_large(name: str) -> UnreadableDocument:
    return UnreadableDocument(
        f"“{name}” unpacks to more than can be read. Upload the part of it that the report needs."
    )


def old_kind(name: str, new: str) -> UnreadableDocument:
    return UnreadableDocument(
        f"“{name}” is of an old kind that cannot be read. Open it, save it as {new} and upload that."
    )


def unknown(name: str) -> UnreadableDocument:
    return UnreadableDocument(f"“{name}” is not a kind of file that can be read. Use {KINDS}.")
