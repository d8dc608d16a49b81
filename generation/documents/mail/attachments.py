"""What is attached to a mail, read after its text as documents of their own, within limits."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from tempfile import TemporaryFile

from generation.documents.builder import TextBuilder
from generation.documents.isolation.limits import LARGEST_ATTACHMENT
from generation.documents.passages import UnreadableDocument
from signals.clean import clean_text
from templates.word.parts import Heading, Paragraph, Part

_MOST = 20
_DEEPEST = 3


def show_headers(subject: str, headers: Mapping[str, str]) -> Iterator[Part]:
    """The subject as a heading, the other headers that are there a line each."""
    yield Heading(subject, 1)
    yield Paragraph("\n".join(f"{name}: {value}" for name, value in headers.items() if value))


class Attachments:
    """Adds attachments to the text of their mail; what is not read is named in a warning."""

    def __init__(self, builder: TextBuilder) -> None:
        self._builder = builder
        self._count = 0
        self._pictures = 0

    def enter_mail(self, subject: str, under: tuple[str, ...]) -> bool:
        """Whether one more attached mail is read; marks where it begins."""
        allowed = self._allows(_shorten(subject), under)
        if allowed:
            self._builder.mark(f"attachment {_shorten(subject)}")
        return allowed

    def add_picture(self) -> None:
        """A picture in the text; its words are not read."""
        self._pictures += 1
        if self._pictures == 1:
            self._warn("Pictures in the text of the mail were not read.")

    def add(self, name: str, data: bytes, under: tuple[str, ...]) -> None:
        """Reads one attached file as what its name says."""
        from generation.documents.read import read_document

        name = _shorten(name)
        if not data:
            self._warn(f"The attachment “{name}” is empty.")
            return
        if len(data) > LARGEST_ATTACHMENT:
            self._warn(f"The attachment “{name}” was not read: it is too large. Upload it by itself.")
            return
        if not self._allows(name, under):
            return
        # A file without a name: nothing is left behind, however the reading ends.
        with TemporaryFile() as file:
            file.write(data)
            file.seek(0)
            try:
                document = read_document(Path(f"/dev/fd/{file.fileno()}"), name)
            except UnreadableDocument as refusal:
                self._warn(f"An attachment was not read: {refusal}")
                return
            except MemoryError:
                raise
            except Exception:
                self._warn(f"The attachment “{name}” was not read: it is damaged.")
                return
        self._builder.mark(f"attachment {name}")
        self._builder.add_document(document, (*under, f"Attachment “{name}”"))

    def _allows(self, name: str, under: tuple[str, ...]) -> bool:
        self._count += 1
        if self._count > _MOST:
            if self._count == _MOST + 1:
                self._warn(f"Only the first {_MOST} attachments were read.")
            return False
        if len(under) >= _DEEPEST:
            self._warn(f"The attachment “{name}” was not read: it lies too deep in other attachments.")
            return False
        return True

    def _warn(self, warning: str) -> None:
        self._builder.warnings.append(warning)


def _shorten(name: str) -> str:
    return " ".join(clean_text(name).split())[:120]
