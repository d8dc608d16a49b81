"""Small Office files written part by part, for tests."""

from io import BytesIO
from zipfile import ZipFile

_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def zip_parts(parts: dict[str, str]) -> bytes:
    file = BytesIO()
    with ZipFile(file, "w") as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return file.getvalue()


def relations(*targets: tuple[str, str]) -> str:
    """The relations rId1, rId2 … of kind and part."""
    rows = "".join(
        f'<Relationship Id="rId{number}" Type="{_RELATIONS}/{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(targets, 1)
    )
    return f'<Relationships xmlns="{_RELATIONS.replace("officeDocument", "package")}">{rows}</Relationships>'
