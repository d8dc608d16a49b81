"""What must be done before a template may be published."""

from templates.models import ReportTemplate


def find_obstacles(template: ReportTemplate) -> list[str]:
    """A sentence for each thing that keeps the draft from being published; none where nothing does."""
    if not template.draft.parsed.require.tests:
        return []
    return ["This template asks for tests before it is published, and none has passed with this draft yet."]
