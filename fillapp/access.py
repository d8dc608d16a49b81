"""Who may do what: every page asks for the permission it needs, in this one way."""

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar, cast

from asgiref.sync import iscoroutinefunction, sync_to_async
from django.conf import settings
from django.contrib.auth.models import User
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from fillapp.accounts import MEANINGS, find_administrators

View = TypeVar("View", bound=Callable[..., Any])


def needs(permission: str) -> Callable[[View], View]:
    """Let only people with this permission on: others are sent to the door, or told whom to ask.

    What a person may see or change of a thing is asked next, by `visible_to`, `editable_by`, `owned_by`.
    """

    def guard(view: View) -> View:
        @wraps(view)
        def answer(request: HttpRequest, *args: Any, **more: Any) -> Any:
            return _refuse(request, permission) or view(request, *args, **more)

        @wraps(view)
        async def answer_async(request: HttpRequest, *args: Any, **more: Any) -> Any:
            refusal = await sync_to_async(_refuse)(request, permission)
            return refusal or await view(request, *args, **more)

        return cast(View, answer_async if iscoroutinefunction(view) else answer)

    return guard


def _refuse(request: HttpRequest, permission: str) -> HttpResponse | None:
    """What a person is answered who may not go on, None for one who may."""
    user = request.user
    if not isinstance(user, User):
        return redirect_to_login(request.get_full_path(), settings.LOGIN_URL)
    if user.has_perm(permission):
        return None
    context = {
        "has_role": bool(user.get_all_permissions()),
        "what": MEANINGS.get(permission, "do this"),
        "administrators": find_administrators(),
    }
    return render(request, "fillapp/no_role.html", context, status=403)
