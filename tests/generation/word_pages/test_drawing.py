"""Drawing behind a request's back, where many ask at once."""

import pytest

from generation.word_pages import Drawing, Failed, drawing, look_up


def test_when_many_are_waiting_one_more_is_asked_to_come_again(monkeypatch: pytest.MonkeyPatch) -> None:
    waiting = {f"1-{number}" for number in range(20)}
    monkeypatch.setattr(drawing, "_under_way", waiting)
    drawing.draw_pages("2-a", b"")
    drawing.draw_pages("1-7", b"")
    found = look_up("2-a")
    assert isinstance(found, Failed)
    assert "Try again in a moment" in found.sentence
    assert isinstance(look_up("1-7"), Drawing)
    assert len(waiting) == 20
