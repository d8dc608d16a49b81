"""The pages of a Word file as pictures: asked for, waited for and shown, wherever a page shows them."""

from dataclasses import dataclass

from django.http import Http404, HttpResponse
from django.urls import reverse

from generation.word_pages import Drawing, Failed, Pages, draw_pages, fingerprint, has_libreoffice, look_up

# Of the pictures, in pixels: sharp on a fine screen when a page is as wide as a sheet of paper.
_WIDTH = 1240
_SMALL = 200


@dataclass(frozen=True)
class Preview:
    """How far the pictures are; they stand below the address `at`, and posted to it are tried again."""

    at: str = ""
    digest: str = ""
    drawn: Pages | None = None
    failed: str = ""

    @property
    def state(self) -> str:
        """Missing (no LibreOffice), failed, ready, or drawing."""
        if not self.digest:
            return "missing"
        if self.failed:
            return "failed"
        return "ready" if self.drawn else "drawing"

    @property
    def address(self) -> str:
        """Where to ask how far they are; the pictures stand below it."""
        return f"{self.at}{self.digest}/"


@dataclass(frozen=True)
class WordPages:
    """The pages of one thing's Word file; `owner` keeps apart what only one thing's people may see."""

    owner: str
    at: str

    @classmethod
    def of_report(cls, pk: int) -> "WordPages":
        """Those of a report."""
        return cls(str(pk), reverse("report_preview", args=[pk]))

    @classmethod
    def of_template(cls, pk: int, slug: str) -> "WordPages":
        """Those of the sample report of a template."""
        return cls(f"template-{pk}", reverse("template_pages", args=[slug]))

    def ask(self, docx: bytes, again: bool = False) -> Preview:
        """How far the pages of this file are; begun if nobody has, or `again` where they failed."""
        if not has_libreoffice():
            return Preview(self.at)
        digest = fingerprint(docx)
        found = look_up(self._key(digest))
        if found is None or (again and isinstance(found, Failed)):
            draw_pages(self._key(digest), docx)
            found = look_up(self._key(digest)) or Drawing()
        return self._preview(digest, found)

    def find(self, digest: str) -> Preview | None:
        """How far the pages of a file are; None where this process knows nothing of it, or no longer."""
        found = look_up(self._key(digest))
        return self._preview(digest, found) if found else None

    def send_picture(self, digest: str, number: int, small: bool) -> HttpResponse:
        """One page as PNG. Raises `Http404`."""
        found = look_up(self._key(digest))
        png = found.picture(number, _SMALL if small else _WIDTH) if isinstance(found, Pages) else None
        if png is None:
            raise Http404
        response = HttpResponse(png, content_type="image/png")
        # The address changes with what the page shows.
        response["Cache-Control"] = "private, max-age=3600, immutable"
        return response

    def _key(self, digest: str) -> str:
        """Whoever knows the digest of another's file does not see it by way of their own."""
        return f"{self.owner}-{digest}"

    def _preview(self, digest: str, found: Pages | Drawing | Failed) -> Preview:
        return Preview(
            self.at,
            digest,
            found if isinstance(found, Pages) else None,
            found.sentence if isinstance(found, Failed) else "",
        )
