"""Signals in every state their pages can show, on the demo's letters."""

import re

from django.contrib.auth.models import Group, User

from fillapp.accounts import SUPER
from fillapp.demo import PASSWORD, load_letters
from signals.changing import save_signal
from signals.models import Sample, Signal
from signals.teaching.lesson import teach, weigh
from signals.teaching.saying import say
from signals.teaching.typed import add_examples

PROMISES = re.compile(
    r"guarantee|certainly|be sure that|without any risk|nothing to complain|bound to|promise that|assured"
    r"|no doubt|Nothing can go wrong|for good|We assure|is certain|are certain|have our word|never be lower"
)
COLLEAGUE = "colleague"


def prepare_signals() -> None:
    """One nobody taught, one taught and disputed, one whose answers contradict, one in the archive."""
    load_letters()
    author = User.objects.get(username="author")
    colleague = User.objects.create_user(COLLEAGUE, password=PASSWORD)
    colleague.groups.add(Group.objects.get(name=SUPER))
    make_signal("fresh", "Sounds unkind")
    taught = make_signal("taught", "Promises an outcome")
    _say_all(taught, author)
    disputed = Sample.objects.filter(said__startswith="It meets twice a week").first()
    assert disputed
    say(taught, disputed, author, False, "A plain fact")
    say(taught, disputed, colleague, True)
    torn = make_signal("torn", "Cannot decide")
    _say_all(torn, author)
    add_examples(torn, ["We guarantee it."], author, True)
    add_examples(torn, ["We guarantee it!"], author, False)
    for signal in (taught, torn):
        weigh(teach(signal))
    Signal.objects.filter(pk=make_signal("old", "Too long").pk).update(archived="2026-11-01T12:00Z")


def make_signal(name: str, title: str) -> Signal:
    """A signal that learns from examples, of nobody."""
    signal = Signal(name=name, title=title, kind="few_shot", question=f"Is it so: {title.lower()}?")
    save_signal(signal)
    return signal


def _say_all(signal: Signal, author: User, each: int = 8) -> None:
    pieces = list(Sample.objects.filter(text__scope__startswith="set:").exclude(address="").order_by("pk"))
    for says in (True, False):
        of_kind = [piece for piece in pieces if bool(PROMISES.search(piece.said)) is says]
        for sample in of_kind[:each]:
            say(signal, sample, author, says)
