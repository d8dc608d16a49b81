"""Ways between pages: back to where somebody came from, and never off this site."""

from urllib.parse import urlencode, urlsplit, urlunsplit

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import resolve_url
from django.utils.http import url_has_allowed_host_and_scheme


def here(request: HttpRequest) -> str:
    """The address of this page, to come back to."""
    query = keep_query(request, "deleted")
    return f"{request.path}?{query}" if query else request.path


def keep_query(request: HttpRequest, *without: str) -> str:
    """The query of this page, without these names and without what is empty."""
    return urlencode(
        [(name, one) for name, all_ in request.GET.lists() for one in all_ if one and name not in without]
    )


def read_next(request: HttpRequest) -> str:
    """The page that a form or an address names to go on to; empty where it is none of this site."""
    asked = request.POST.get("next") or request.GET.get("next", "")
    is_ours = asked.startswith("/") and url_has_allowed_host_and_scheme(asked, allowed_hosts=None)
    return asked if is_ours else ""


def go_back(request: HttpRequest, otherwise: str, *args: object, **more: object) -> HttpResponse:
    """To the page that a form names as `next`, else to `otherwise`; with `more` in its query."""
    address = urlsplit(read_next(request) or resolve_url(otherwise, *args))
    query = QueryDict(address.query, mutable=True)
    for name, value in more.items():
        query[name] = str(value)
    return HttpResponseRedirect(urlunsplit(("", "", address.path, query.urlencode(), "")))
