"""The switch with which somebody who holds the permission reads the texts of all reports for an hour."""

from django.contrib import messages
from django.http import HttpResponse
from django.views.decorators.http import require_POST

from fillapp.access import needs
from fillapp.pages.accounts import SignedIn
from fillapp.pages.ways import go_back
from fillapp.reading_all import PERMISSION, turn_off, turn_on
from signals.clean import clean_text


@require_POST
@needs(PERMISSION)
def switch(request: SignedIn) -> HttpResponse:
    """On with a purpose, or off."""
    if request.POST.get("do") == "off":
        turn_off(request)
        return go_back(request, "signals_monitoring")
    purpose = " ".join(clean_text(request.POST.get("purpose", "")).split())
    if purpose:
        turn_on(request, purpose)
    else:
        messages.error(request, "Say what you read the texts of all reports for: it is kept with your name.")
    return go_back(request, "signals_monitoring")
