"""The JSON Schema of a template file, for editors: made from the kinds, so it is never behind them."""

from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_GET

from templates.schema import template_schema


@require_GET
def show_schema(request: HttpRequest) -> JsonResponse:
    """Open to all: it says how to write a template, nothing of anybody's."""
    return JsonResponse(template_schema())
