"""Signing in and out."""

from django.contrib.auth.models import User
from django.contrib.auth.views import LoginView, LogoutView
from django.http import HttpRequest


class SignedIn(HttpRequest):
    """A request that came past `needs`."""

    user: User


def name_of(person: User | None) -> str:
    """What a person is called on pages."""
    return (person.get_full_name() or person.get_username()) if person else "someone who is gone"


class SignIn(LoginView):
    """The door. Whoever is inside already is led on."""

    template_name = "fillapp/sign_in.html"
    redirect_authenticated_user = True


class SignOut(LogoutView):
    """The way out, by POST only."""

    http_method_names = ["post", "options"]
