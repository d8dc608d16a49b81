"""Telling: examples only for those who may read them, and nothing sent into a private network."""

import socket
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread
from typing import Any, ClassVar

import orjson
import pytest
from django.contrib.auth.models import User
from django.core import mail
from django.utils import timezone
from pytest_django import Settings

from fillapp.accounts import SUPER
from fillapp.telling import tell, tell_test
from fillapp.telling.webhook import check_address, post
from generation.looking import look_at_report
from generation.models import Report
from signals.handed import CannotTell
from signals.models import Alert, Raising, Reading, Signal, Text
from tests.fillapp.conftest import make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def raising(finished: Report, settings: Settings) -> Raising:
    """Alice's summary was flagged, and she and a stranger are to be told."""
    settings.FILL_ADDRESS = "https://fill.example.org"
    look_at_report(finished.pk)
    signal = Signal.objects.create(name="cheerful", title="Too cheerful", kind="few_shot", made_by="now")
    text = Text.objects.get(tags__block="summary")
    Reading.objects.create(
        signal=signal, text=text, score=0.9, flagged=True, piece="sentence 1", made_by="now",
        day=timezone.localdate(),
    )  # fmt: skip
    alert = Alert.objects.create(
        signal=signal, bound=0.05, hours=24, least=1, way="email", tags={"template": text.tags["template"]},
        to="alice@example.org\nmallory@example.org\nnobody@example.org",
    )  # fmt: skip
    make_user("mallory", role=SUPER)
    for user in User.objects.all():
        user.email = f"{user.username}@example.org"
        user.save()
    alice = User.objects.get(username="alice")
    alice.groups.set(User.objects.get(username="mallory").groups.all())
    return Raising.objects.create(alert=alert, read=12, flagged=3, examples=[text.pk])


def test_each_gets_a_mail_with_the_counts_and_a_link(raising: Raising) -> None:
    assert tell(raising, is_cleared=False) == ""
    assert [one.to for one in mail.outbox] == [[address] for address in raising.alert.addresses]
    for one in mail.outbox:
        assert one.subject == "“Too cheerful” flags more than 5 %"
        assert "3 of 12 texts (25 %, between 8.89 % and 53.2 %)" in one.body
        assert "https://fill.example.org/signals/monitoring/?signal=cheerful" in one.body


def test_examples_go_only_to_whoever_may_open_the_report(raising: Raising) -> None:
    tell(raising, is_cleared=False)
    alice, mallory, nobody = mail.outbox
    assert "All went well." in alice.body
    assert "Minutes" in alice.body
    for one in (mallory, nobody):
        assert "All went well." not in one.body
        assert "Minutes" not in one.body
        assert "one template" in one.body


def test_an_address_that_two_people_share_gets_no_example(raising: Raising) -> None:
    User.objects.filter(username="mallory").update(email="alice@example.org")
    tell(raising, is_cleared=False)
    assert "All went well." not in mail.outbox[0].body


def test_when_it_is_over_that_is_told_too(raising: Raising) -> None:
    raising.cleared, raising.cleared_flagged, raising.cleared_read = timezone.now(), 1, 40
    tell(raising, is_cleared=True)
    assert mail.outbox[0].subject == "“Too cheerful” is back under 5 %"
    assert "1 of 40" in mail.outbox[0].body


def test_a_test_says_that_it_is_one(raising: Raising) -> None:
    assert tell_test(raising.alert) == ""
    assert mail.outbox[0].subject.startswith("Test: ")


def test_one_that_cannot_be_told_keeps_no_other_back(
    raising: Raising, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9
    with pytest.raises(CannotTell, match="mail server"):
        tell(raising, is_cleared=False)


@pytest.mark.parametrize(
    ("address", "wrong"),
    [
        ("https://hooks.example.org/x?y=1", ""),
        ("ftp://hooks.example.org", "https://"),
        ("hooks.example.org", "https://"),
        ("https://", "https://"),
        ("https://ann:secret@hooks.example.org", "name and the password"),
        ("http://127.0.0.1/", "private network"),
        ("http://10.0.0.8/", "private network"),
        ("http://169.254.169.254/latest", "private network"),
        ("http://[::1]/", "private network"),
        ("http://[::ffff:10.0.0.1]/", "private network"),
        ("http://0.0.0.0/", "private network"),
        ("https://hooks.example.org:99999/", "no address"),
    ],
)
def test_an_address_is_checked_before_it_is_kept(address: str, wrong: str) -> None:
    assert wrong in check_address(address)
    assert bool(check_address(address)) == bool(wrong)


def test_a_name_of_a_private_machine_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    inside = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("10.1.2.3", 80))]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *args, **more: inside)
    with pytest.raises(CannotTell, match="private network"):
        post("http://inside.example.org/", {})


def test_a_name_that_nobody_knows_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*args: Any, **more: Any) -> Any:
        raise socket.gaierror

    monkeypatch.setattr(socket, "getaddrinfo", fail)
    with pytest.raises(CannotTell, match="no machine"):
        post("https://nowhere.example.org/", {})


class _Hook(BaseHTTPRequestHandler):
    status = 200
    got: ClassVar[list[tuple[str, str | None, Any]]] = []

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.got.append((self.path, self.headers["Host"], orjson.loads(body)))
        self.send_response(self.status)
        self.send_header("Location", "http://127.0.0.1:1/")
        self.end_headers()

    def log_message(self, *args: Any) -> None:
        """Not on the terminal."""


@pytest.fixture
def hook() -> Iterator[HTTPServer]:
    server = HTTPServer(("127.0.0.1", 0), _Hook)
    _Hook.got.clear()
    Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.shutdown()


def test_a_webhook_gets_counts_and_a_link_and_no_text(
    raising: Raising, hook: HTTPServer, settings: Settings
) -> None:
    settings.FILL_WEBHOOK_PRIVATE = True
    raising.alert.way, raising.alert.to = "webhook", f"http://localhost:{hook.server_port}/in?key=1"
    tell(raising, is_cleared=False)
    path, host, said = _Hook.got[0]
    assert (path, host) == ("/in?key=1", f"localhost:{hook.server_port}")
    assert (said["event"], said["flagged"], said["read"], said["signal"]) == ("raised", 3, 12, "cheerful")
    assert "All went well." not in str(said)


@pytest.mark.parametrize("status", [302, 404, 500])
def test_a_webhook_that_does_not_take_it_says_so(
    status: int, raising: Raising, hook: HTTPServer, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.FILL_WEBHOOK_PRIVATE = True
    monkeypatch.setattr(_Hook, "status", status)
    raising.alert.way, raising.alert.to = "webhook", f"http://127.0.0.1:{hook.server_port}/"
    with pytest.raises(CannotTell, match=f"status {status}"):
        tell(raising, is_cleared=False)
    assert len(_Hook.got) == 1
