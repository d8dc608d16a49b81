"""Signing in and out."""

from django.contrib.auth.models import User
from django.contrib.auth.views import LoginView, LogoutView
from django.http import HttpRequest


class SignedIn(HttpRequest):
    """A request that came past `needs`."""

    user: User


def name_of(person: User | None) -> str:
    """What a person is called on pages; never an e-mail address, which a user name may be."""
    if person is None:
        return "someone who is gone"
    return person.get_full_name() or person.get_username().partition("@")[0]


class SignIn(LoginView):
    """The door. Whoever is inside already is led on."""

    template_name = "fillapp/sign_in.html"
    redirect_authenticated_user = True


class SignOut(LogoutView):
    """The way out, by POST only."""

    http_method_names = ["post", "options"]
