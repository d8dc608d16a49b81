"""What axe finds wrong with a page as it stands."""

from functools import cache
from pathlib import Path
from typing import Any

from playwright.sync_api import Page

_SCRIPT = Path(__file__).resolve().parents[2] / "node_modules/axe-core/axe.min.js"
_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def violations(page: Page) -> list[str]:
    """A line for each element that breaks a rule of WCAG 2.2 AA, or of axe's own good practice."""
    # Given to the browser itself, not to the page, whose policy would refuse it.
    page.evaluate(_script())
    found: list[dict[str, Any]] = page.evaluate(
        "async (tags) => (await axe.run(document, {runOnly: tags, resultTypes: ['violations']})).violations",
        _TAGS,
    )
    return [
        f"{rule['id']}: {' '.join(map(str, node['target']))}: {' '.join(node['failureSummary'].split())}"
        for rule in found
        for node in rule["nodes"]
    ]


@cache
def _script() -> str:
    assert _SCRIPT.exists(), "axe is not installed: npm ci"
    return _SCRIPT.read_text()
