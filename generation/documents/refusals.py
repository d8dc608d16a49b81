"""Why a file cannot be read, in the sentence its owner is shown."""

from generation.documents.isolation.limits import Limits
from generation.documents.passages import UnreadableDocument

# Twenty endings make no sentence; these are what people call them.
KINDS = "Word, PDF, Excel, PowerPoint, OpenDocument, RTF, mail, CSV, plain text, Markdown or web pages"
_OTHERS = {
    ".doc": ("an old Word file (.doc)", ".docx"),
    ".ppt": ("an old presentation (.ppt)", ".pptx"),
    ".odp": ("an OpenDocument presentation (.odp)", ".pptx"),
    ".pages": ("a Pages document", ".docx"),
    ".numbers": ("a Numbers spreadsheet", ".xlsx"),
    ".key": ("a Keynote presentation", ".pptx"),
}
_KINDS = {
    ".pdf": "a PDF file",
    ".docx": "a Word file",
    ".xlsx": "a spreadsheet",
    ".pptx": "a presentation",
    ".rtf": "an RTF file",
    ".html": "a web page",
    ".msg": "an Outlook mail",
    ".odt": "an OpenDocument text",
    ".ods": "an OpenDocument spreadsheet",
}


def protected(name: str) -> UnreadableDocument:
    return UnreadableDocument(
        f"“{name}” is protected with a password. Save a copy without the password and upload that."
    )


def damaged(name: str) -> UnreadableDocument:
    return UnreadableDocument(
        f"“{name}” is damaged or is not what its ending says. Open it, save it again and upload the new copy."
    )


def broken(name: str, reason: str) -> UnreadableDocument:
    """`reason` is a whole sentence about the file."""
    return UnreadableDocument(
        f"“{name}” cannot be read. {reason} Open it, save it again and upload the new copy."
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


def picture(name: str) -> UnreadableDocument:
    return UnreadableDocument(
        f"“{name}” is a picture. Run text recognition (OCR) on it and upload the result."
    )


def unnamed_letters(name: str) -> UnreadableDocument:
    return UnreadableDocument(
        f"“{name}” does not say which letters it shows. "
        "Run text recognition (OCR) on it and upload the result."
    )


def not_text(name: str) -> UnreadableDocument:
    return UnreadableDocument(f"“{name}” is not a text file. Save it as text (UTF-8) and upload it again.")


def archive(name: str) -> UnreadableDocument:
    return UnreadableDocument(
        f"“{name}” is a ZIP archive and no Office file. Unpack it and upload the documents that are in it."
    )


def unknown(name: str, kind: str = "") -> UnreadableDocument:
    """`kind` is the suffix of what the file was found to be or is called."""
    if kind in _OTHERS:
        what, newer = _OTHERS[kind]
        return UnreadableDocument(f"“{name}” is {what}. Save it as {newer} and upload that.")
    return UnreadableDocument(f"“{name}” is not a kind of file that can be read. Use {KINDS}.")


def too_slow(name: str, limits: Limits) -> UnreadableDocument:
    return UnreadableDocument(
        f"“{name}” took longer than {limits.seconds} seconds to read. "
        "Split it into smaller files, or upload only the part that is needed."
    )


def too_large(name: str) -> UnreadableDocument:
    return UnreadableDocument(
        f"“{name}” is too large to be read: it needs more memory than there is for one file. "
        "Split it into smaller files, or upload only the part that is needed."
    )


def unpacks_too_large(name: str, limits: Limits) -> UnreadableDocument:
    return UnreadableDocument(
        f"“{name}” is too large to be read: it unpacks to more than {limits.unpacked} MB. "
        "Split it into smaller files, or upload only the part that is needed."
    )


def too_much_text(name: str, limits: Limits) -> UnreadableDocument:
    return UnreadableDocument(
        f"“{name}” is too large to be read: it holds more than {limits.text} MB of text. "
        "Split it into smaller files, or upload only the part that is needed."
    )


def crashed(name: str) -> UnreadableDocument:
    return UnreadableDocument(
        f"“{name}” cannot be read: reading it broke off. It may be damaged or too large. "
        "Open it, save it again and upload the new copy."
    )


def busy(name: str) -> UnreadableDocument:
    return UnreadableDocument(
        f"“{name}” could not be read: the machine had no room to read it in. Upload it again in a minute."
    )


def read_as(kind: str) -> str:
    """The warning on a file that is not what its name says and was read all the same."""
    what = _KINDS.get(kind, f"a {kind} file")
    return f"The file is {what}, though its name says otherwise; it was read as one."
