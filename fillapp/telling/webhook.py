"""Webhooks: one POST of JSON to an address outside, never to the installation's own network."""

import ipaddress
import socket
from typing import Any
from urllib.parse import SplitResult, urlsplit

import httpx2
from django.conf import settings

from signals.handed import CannotTell

_SECONDS = 10
_PRIVATE = (
    "The webhook's address belongs to a private network, where alerts are not sent. Choose a public one, or "
    "have whoever runs Fill set FILL_WEBHOOK_PRIVATE=1."
)


def check_address(address: str) -> str:
    """Why alerts cannot be sent there, as far as the address alone tells; empty when they can."""
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError:
        return "This is no address. Give one that begins with https://."
    if parts.scheme not in ("https", "http") or not parts.hostname or port == 0:
        return "Give the webhook's whole address, which begins with https://."
    if parts.username or parts.password:
        return "Leave the name and the password out of the webhook's address."
    try:
        number = ipaddress.ip_address(parts.hostname)
    except ValueError:
        return ""
    return "" if _is_allowed(number) else _PRIVATE


def post(address: str, said: dict[str, Any]) -> None:
    """Send it, to the very machine that was checked: a name could stand for another a moment later.

    Raises `CannotTell`.
    """
    if wrong := check_address(address):
        raise CannotTell(wrong)
    parts = urlsplit(address)
    host = parts.hostname or ""
    number = _resolve(host, parts)
    netloc = f"[{number}]" if number.version == 6 else str(number)
    target = parts._replace(netloc=f"{netloc}:{parts.port}" if parts.port else netloc, fragment="")
    try:
        # Not by a proxy of the environment, which would look the name up again.
        with (
            httpx2.Client(timeout=_SECONDS, trust_env=False, follow_redirects=False) as client,
            client.stream(
                "POST",
                target.geturl(),
                json=said,
                headers={"Host": parts.netloc, "User-Agent": "Fill"},
                extensions={"sni_hostname": host},
            ) as response,
        ):
            status = response.status_code
    except httpx2.TimeoutException as error:
        raise CannotTell(f"The webhook at {host} did not answer within {_SECONDS} seconds.") from error
    except httpx2.HTTPError as error:
        raise CannotTell(f"The webhook at {host} cannot be reached: {error}") from error
    if status >= 300:
        raise CannotTell(f"The webhook at {host} answered with HTTP status {status}.")


def _resolve(host: str, parts: SplitResult) -> ipaddress.IPv4Address | ipaddress.IPv6Address:
    """The first of its numbers, when all of them are allowed."""
    try:
        found = socket.getaddrinfo(host, parts.port or parts.scheme, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise CannotTell(f"There is no machine called {host}.") from error
    numbers = [ipaddress.ip_address(str(one[4][0]).partition("%")[0]) for one in found]
    if not all(_is_allowed(number) for number in numbers):
        raise CannotTell(_PRIVATE)
    return numbers[0]


def _is_allowed(number: ipaddress.IPv4Address | ipaddress.IPv6Address) -> bool:
    inner = getattr(number, "ipv4_mapped", None) or number
    return settings.FILL_WEBHOOK_PRIVATE or (inner.is_global and not inner.is_multicast)
