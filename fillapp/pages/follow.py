"""Where a report's page listens: one stream of events for as long as the page is open."""

from asgiref.sync import sync_to_async
from django.http import HttpRequest, StreamingHttpResponse
from django.views.decorators.http import require_GET

from fillapp.access import needs
from fillapp.hub import hub
from fillapp.watchers import admit

_HEADERS = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}


@require_GET
@needs("generation.view_report")
async def follow_report(request: HttpRequest, pk: int) -> StreamingHttpResponse:
    """Events of a report: `block` and `summary` at each change, `finished` whenever it has become so.

    A page says in `?seen=` what it shows already, and a browser that comes back what it was told last.
    """
    watcher = await sync_to_async(admit)(request, pk)
    seen = request.headers.get("Last-Event-ID") or request.GET.get("seen", "")
    events = hub.listen(watcher, seen)
    return StreamingHttpResponse(events, content_type="text/event-stream", headers=_HEADERS)
