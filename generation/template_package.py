"""A template as one file, `.filltemplate`: its YAML, its Word document, and its examples if wished."""

import hashlib
import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Self

import yaml
from django.contrib.auth.models import User
from django.db import transaction
from pydantic import Field, ValidationError, model_validator

from generation.documents.passages import UnreadableDocument
from generation.models import Document, ExampleCase, ExampleDocument
from generation.proving.expectations import EXPECTATIONS
from generation.proving.expecting import expect, standing
from generation.uploads import store_documents
from signals.clean import clean_json, clean_text
from templates.blocks.base import Json, Strict, first_error
from templates.body import Key, TemplateBody
from templates.models import ReportTemplate
from templates.packed import UnreadablePackage, pack, unpack
from templates.publish import make_slug
from templates.template_file import EXAMPLES, TemplateFile, pack_template, read_packed
from templates.yaml_file import InvalidFile, read_keys

_CASE = "case.yaml"
_LONGEST_STEM = 80
_MOST_DOCUMENTS, _MOST_EXPECTATIONS = 200, 500


class PackedDocument(Strict):
    """A document of an example: its file beside the case, the name it was uploaded under, its slot."""

    file: str = Field(min_length=1, max_length=200)
    name: str = Field(min_length=1, max_length=255)
    slot: str = Field("", max_length=60)


class PackedExpectation(Strict):
    """What one block must come to on an example."""

    block: Key
    kind: str
    settings: Json = {}

    @model_validator(mode="after")
    def _is_known(self) -> Self:
        if self.kind not in EXPECTATIONS:
            raise ValueError(f"“{self.kind}” is no expectation; they are {', '.join(EXPECTATIONS)}")
        EXPECTATIONS[self.kind].Settings.model_validate(self.settings)
        return self


class PackedCase(Strict):
    """What `case.yaml` says of one example."""

    name: str = Field(min_length=1, max_length=200)
    documents: list[PackedDocument] = Field([], max_length=_MOST_DOCUMENTS)
    expectations: list[PackedExpectation] = Field([], max_length=_MOST_EXPECTATIONS)


@dataclass(frozen=True)
class TemplatePackage:
    """A template and its examples as one file says them; the contents stand beside the documents."""

    file: TemplateFile
    cases: tuple[tuple[PackedCase, tuple[bytes, ...]], ...] = ()


def write_package(body: TemplateBody, cases: Iterable[ExampleCase] = ()) -> bytes:
    """One file that `read_package` reads as the same template and examples. Raises `UnreadablePackage`."""
    files = pack_template(body)
    slots = {slot.key for slot in body.documents}
    for number, case in enumerate(cases, 1):
        files |= _pack_case(f"{EXAMPLES}{number}-{make_slug(case.name)}", case, slots)
    return pack(files)


def read_package(content: bytes) -> TemplatePackage:
    """The template in one file. Raises `UnreadablePackage`, or `InvalidFile` for what its YAML says wrong."""
    files = unpack(content)
    file, known = read_packed(files)
    cases = []
    for name in sorted(files, key=_in_order):
        folder, _, last = name.rpartition("/")
        if last == _CASE and name.startswith(EXAMPLES):
            case = _read_case(name, files[name])
            paths = [f"{folder}/{one.file}" for one in case.documents]
            _check_twice(paths)
            cases.append((case, tuple(_find(path, files) for path in paths)))
            known |= {name, *paths}
    for name in files:
        if name not in known:
            raise UnreadablePackage(f"“{name}” does not belong to a template. Take it out and import again.")
    _check_slots(file.body, [case for case, _ in cases])
    return TemplatePackage(file, tuple(cases))


def keep_examples(package: TemplatePackage, template: ReportTemplate, owner: User | None) -> list[str]:
    """Give a template the examples of a package, but none twice; a sentence for each file left out."""
    said: list[str] = []
    here = [(case, _what_is_in(case)) for case in template.example_cases.all()]
    for packed, contents in package.cases:
        pairs = zip(contents, packed.documents, strict=True)
        what = (packed.name, [(_hash(content), one.slot) for content, one in pairs])
        case = next((case for case, inside in here if inside == what), None)
        if case is None:
            case, left_out = _keep_case(packed, contents, template, owner)
            said += left_out
        for one in packed.expectations:
            expect(case, one.block, one.kind, one.settings)
    return said


def _pack_case(folder: str, case: ExampleCase, slots: Collection[str]) -> Mapping[str, bytes]:
    """The files of an example; a document that the template asked for once, but not now, is any."""
    rows = list(case.example_documents.select_related("document"))
    documents = [
        PackedDocument(
            file=_file_name(number, row.document.name),
            name=row.document.name,
            slot=row.slot if row.slot in slots else "",
        )
        for number, row in enumerate(rows, 1)
    ]
    expectations = [
        PackedExpectation(block=one.block, kind=one.kind, settings=one.settings)
        for one in standing().filter(case=case)
    ]
    packed = PackedCase(name=case.name, documents=documents, expectations=expectations)
    said = packed.model_dump(exclude_defaults=True)
    files = {f"{folder}/{_CASE}": yaml.safe_dump(said, sort_keys=False, allow_unicode=True).encode()}
    for row, document in zip(rows, documents, strict=True):
        try:
            with row.document.file.open("rb") as file:
                files[f"{folder}/{document.file}"] = file.read()
        except OSError as error:
            raise UnreadablePackage(
                f"The file of “{row.document.name}” is gone. Take it out of the examples, or upload it again."
            ) from error
    return files


def _file_name(number: int, name: str) -> str:
    """A name that every file system takes, and a person still knows."""
    path = PurePosixPath(name)
    suffix = path.suffix.lower()
    plain = suffix if re.fullmatch(r"\.[a-z0-9]{1,10}", suffix) else ""
    return f"{number}-{make_slug(path.stem)[:_LONGEST_STEM]}{plain}"


def _in_order(name: str) -> list[tuple[int, str]]:
    """Numbers in a name in their own order: 2 before 10."""
    return [(int(part) if part.isdecimal() else 0, part) for part in re.split(r"([0-9]{1,9})", name)]


def _read_case(name: str, content: bytes) -> PackedCase:
    try:
        return PackedCase.model_validate(clean_json(read_keys(content.decode("utf-8-sig"))))
    except UnicodeDecodeError as error:
        raise UnreadablePackage(f"“{name}” is no text in UTF-8. Save it as UTF-8.") from error
    except InvalidFile as error:
        line, said = error.lines[0]
        raise UnreadablePackage(f"“{name}”, line {line}: {said}.") from error
    except ValidationError as error:
        raise UnreadablePackage(f"“{name}”: {first_error(error)}") from error


def _find(path: str, files: Mapping[str, bytes]) -> bytes:
    if path not in files:
        raise UnreadablePackage(f"“{clean_text(path)}” is missing in the file. Export the template again.")
    return files[path]


def _check_twice(paths: list[str]) -> None:
    for place, path in enumerate(paths):
        if path in paths[:place]:
            raise UnreadablePackage(f"“{path}” is named twice in its “{_CASE}”. Name each file once.")


def _check_slots(body: TemplateBody, cases: Iterable[PackedCase]) -> None:
    slots = {"", *(slot.key for slot in body.documents)}
    for case in cases:
        for document in case.documents:
            if document.slot not in slots:
                raise UnreadablePackage(
                    f"The example “{case.name}” holds a document “{document.slot}”, which the template does "
                    "not ask for. Change its slot, or take it out."
                )


def _what_is_in(case: ExampleCase) -> tuple[str, list[tuple[str, str]]]:
    return case.name, list(case.example_documents.values_list("document__sha256", "slot"))


def _hash(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _keep_case(
    packed: PackedCase, contents: Sequence[bytes], template: ReportTemplate, owner: User | None
) -> tuple[ExampleCase, list[str]]:
    """The case with its documents, and a sentence for each that cannot be read."""
    names = [one.name for one in packed.documents]
    stored = store_documents(list(zip(contents, names, strict=True)), owner)
    slots = [one.slot for one in packed.documents]
    read = [(one, slot) for one, slot in zip(stored, slots, strict=True) if isinstance(one, Document)]
    with transaction.atomic():
        last = template.example_cases.order_by("-position").first()
        position = last.position + 1 if last else 0
        case = ExampleCase.objects.create(template=template, name=packed.name, position=position)
        ExampleDocument.objects.bulk_create(
            ExampleDocument(case=case, document=document, slot=slot, position=position)
            for position, (document, slot) in enumerate(read)
        )
    return case, [f"{packed.name}: {one}" for one in stored if isinstance(one, UnreadableDocument)]
