"""What a run of tests proves something about: the draft, what is expected of it, and the documents."""

import hashlib

from generation.proving.expecting import documents_of, find_test_cases, standing
from templates.models import ReportTemplate


def hash_tests(template: ReportTemplate) -> str:
    """The hash of all that decides how the tests come out; how the Word file looks does not."""
    parts = [template.draft.text_hash]
    for case in find_test_cases(template):
        expected = standing().filter(case=case).order_by("pk").values_list("pk", flat=True)
        parts.append(f"{case.pk}: {' '.join(map(str, expected))}")
        parts += [f"{slot}:{document.sha256}" for document, slot in documents_of(case)]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()
