"""The page of all templates: finding one, making a new one, and taking one in from a file."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.models import User
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from fillapp.access import needs
from fillapp.pages.accounts import SignedIn
from fillapp.pages.studio.found import MAY_CHANGE, find_editable
from fillapp.pages.studio.gallery.entries import Entry, find_entries
from generation.documents.passages import UnreadableDocument
from generation.template_package import TemplatePackage, keep_examples, read_package
from generation.uploads import refuse_large
from signals.clean import clean_text
from templates.body import TemplateBody
from templates.copies import make_template
from templates.editing import change_draft
from templates.models import ReportTemplate
from templates.packed import UnreadablePackage
from templates.template_file import read_template
from templates.yaml_file import InvalidFile

_LONGEST, _LONGEST_NAME, _MOST_MISTAKES = 100, 200, 20
_YAML = (".yaml", ".yml")
_NO_NAME = "A template needs a name. Type one; it can be changed later."
_NO_FILE = "No file was chosen. Choose a .filltemplate or .yaml file."


@require_http_methods(["GET", "POST"])
@needs(MAY_CHANGE)
def show_gallery(request: SignedIn) -> HttpResponse:
    """All templates that the words fit; a POST makes a new one, empty or from a file."""
    if request.method == "GET":
        return _show(request)
    if request.POST.get("do") == "import":
        return _take_in(request)
    name = clean_text(request.POST.get("name", "")).strip()[:_LONGEST_NAME]
    if not name:
        return _show(request, name_error=_NO_NAME)
    template = make_template(TemplateBody(name=name), owner=request.user)
    return redirect("template", slug=template.slug)


def _take_in(request: SignedIn) -> HttpResponse:
    """The template in the file, as a new one or as the draft of one that the user may change."""
    file = request.FILES.get("file")
    if file is None:
        return _show(request, file_errors=[_NO_FILE])
    try:
        package = _read(file)
    except (UnreadablePackage, UnreadableDocument) as refusal:
        return _show(request, file_errors=[str(refusal)])
    except InvalidFile as error:
        return _show(request, file_errors=_say_mistakes(error))
    template = _keep(request.user, package, request.POST.get("into", ""), file.name or "a file")
    if template is None:
        return _show(request, file_errors=["That template is gone. Choose another, or make a new one."])
    for left_out in keep_examples(package, template, request.user):
        messages.warning(request, f"Left out: {left_out}")
    messages.success(request, f"“{package.file.body.name}” is here, as a draft.")
    return redirect("template_versions", slug=template.slug)


def _read(file: "UploadedFile[bytes]") -> TemplatePackage:
    """Raises `UnreadablePackage`, `UnreadableDocument` or `InvalidFile`."""
    name = file.name or "file"
    refuse_large(name, file.size or 0)
    content = file.read()
    if not name.lower().endswith(_YAML):
        return read_package(content)
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UnreadablePackage(f"“{name}” is no text in UTF-8. Save it as UTF-8.") from error
    return TemplatePackage(read_template(text, lambda style: None))


def _keep(user: User, package: TemplatePackage, into: str, name: str) -> ReportTemplate | None:
    body = package.file.keep()
    if not into:
        return make_template(body, owner=user)
    template = find_editable(user).filter(slug=into).first()
    if template:
        change_draft(template, lambda draft: body, what=f"Imported from “{clean_text(name)}”", by=user)
    return template


def _say_mistakes(error: InvalidFile) -> list[str]:
    said = [f"Line {line}: {message}" for line, message in error.lines[:_MOST_MISTAKES]]
    more = len(error.lines) - _MOST_MISTAKES
    return [*said, f"And {more} more."] if more > 0 else said


def _show(request: SignedIn, *, name_error: str = "", file_errors: list[str] | None = None) -> HttpResponse:
    entries = find_entries(request.user)
    asked = clean_text(request.GET.get("q", "")).strip()[:_LONGEST]
    found = [entry for entry in entries if entry.fits(asked.casefold().split())]
    context = {
        "has_any": bool(entries),
        "found": [entry for entry in found if not entry.template.archived],
        "archived": [entry for entry in found if entry.template.archived],
        "q": asked,
        "editable": _find_targets(entries),
        "into": request.POST.get("into", ""),
        "name_error": name_error,
        "file_errors": file_errors or [],
        "largest": settings.FILL_LARGEST_UPLOAD,
        "page": "templates",
    }
    status = 422 if name_error or file_errors else 200
    return render(request, "templates/studio/gallery.html", context, status=status)


def _find_targets(entries: list[Entry]) -> list[Entry]:
    """The templates whose draft a file may take the place of."""
    return [entry for entry in entries if entry.can_edit and not entry.template.archived]
