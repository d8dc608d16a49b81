"""The teaching page: one text after the other, learnt at each word."""

import pytest
from django.contrib.auth.models import User
from django.test import Client

from fillapp.accounts import SUPER
from signals.handed import CannotEmbed, hands
from signals.models import Label, Signal
from signals.teaching import pool
from signals.teaching.saying import say
from tests.fillapp.conftest import make_user
from tests.fillapp.signals.teaching import (
    NO,
    YES,
    answer,
    asked,
    label,
    make_looked,
    sample_of,
    section,
    teach_all,
)

PAGE = "/signals/promises/"


@pytest.fixture(autouse=True)
def no_pools() -> None:
    pool.forget_pools()


def read(client: Client, address: str = PAGE) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


def test_without_texts_it_says_where_they_come_from(as_tess: Client, signal: Signal) -> None:
    assert "No texts yet" in read(as_tess)


def test_it_begins_with_a_phrase_and_asks_about_what_is_like_it(
    as_tess: Client, signal: Signal, tess: User
) -> None:
    make_looked(tess, *NO, *YES)
    assert "Begin with a phrase" in read(as_tess)
    html = answer(as_tess, "phrase", phrase="We guarantee that you win the case")["html"]
    assert asked(html) == YES[0]
    assert YES[0] in section(html, "alike")


def test_each_word_is_learnt_at_once(as_tess: Client, signal: Signal, tess: User) -> None:
    make_looked(tess, *NO, *YES)
    said = label(as_tess, sample_of(YES[0]), "yes")
    assert "It needs a no" in said["html"]
    said = label(as_tess, sample_of(NO[0]), "no", note="Only a date")
    assert said["said"] == f"No: “{NO[0]}”"
    assert "data-pending" in said["html"]
    signal.refresh_from_db()
    assert signal.learned
    assert set(Label.objects.values_list("says", "note")) == {(True, ""), (False, "Only a date")}
    assert asked(said["html"]) not in (YES[0], NO[0], "")


def test_the_figures_come_after_the_word(as_tess: Client, signal: Signal, tess: User) -> None:
    teach_all(signal, tess)
    make_looked(tess, "You will surely win.", "The bus was late.")
    page = read(as_tess)
    assert "data-pending" not in page
    assert "Precision" in page
    html = label(as_tess, sample_of("The bus was late."), "no")["html"]
    assert "data-pending" in html
    html = as_tess.get("/signals/promises/figures/").json()["html"]
    assert "data-pending" not in html
    assert "Precision" in section(html, "learnt")
    assert "would be flagged now" in section(html, "flagged")


def test_what_would_be_flagged_is_listed_without_the_examples(
    as_tess: Client, signal: Signal, tess: User
) -> None:
    teach_all(signal, tess)
    make_looked(tess, "We guarantee that you will win.", "The bus was late on Monday.")
    flagged = section(read(as_tess), "flagged")
    assert "We guarantee that you will win." in flagged
    assert YES[0] not in flagged


def test_a_piece_stands_among_its_neighbours_with_a_way_to_its_report(
    as_tess: Client, signal: Signal, tess: User
) -> None:
    report = make_looked(tess, "The bus was late.", "We promise that you win.", "It rained.", title="April")
    html = answer(as_tess, "phrase", phrase="We promise that you win")["html"]
    ask = section(html, "ask")
    assert "The bus was late." in ask
    assert "It rained." in ask
    assert f'<a href="/reports/{report.pk}/#block-risks">April</a> · Risks · Minutes' in ask


def test_what_is_skipped_is_not_asked_again_before_it_is_undone(
    as_tess: Client, signal: Signal, tess: User
) -> None:
    make_looked(tess, *YES[:2])
    first = asked(answer(as_tess, "phrase", phrase="We guarantee that you win the case")["html"])
    second = asked(label(as_tess, sample_of(first), "skip")["html"])
    assert second not in (first, "")
    assert asked(read(as_tess)) == second
    assert "Nothing left to ask" in label(as_tess, sample_of(second), "skip")["html"]
    assert asked(answer(as_tess, "undo")["html"]) == second
    assert not Label.objects.exists()


def test_words_and_skips_are_undone_in_the_order_they_were_said(
    as_tess: Client, signal: Signal, tess: User
) -> None:
    make_looked(tess, *YES[:3])
    answer(as_tess, "phrase", phrase="We win")
    label(as_tess, sample_of(YES[0]), "yes")
    label(as_tess, sample_of(YES[1]), "skip")
    label(as_tess, sample_of(YES[0]), "no")
    assert answer(as_tess, "undo")["said"] == f"Undone: no to “{YES[0]}”, which is yes again"
    assert "skipped" in answer(as_tess, "undo")["said"]
    assert answer(as_tess, "undo")["said"] == f"Undone: yes to “{YES[0]}”"
    assert answer(as_tess, "undo")["said"] == "There is nothing to undo."


def test_examples_can_be_typed(as_tess: Client, signal: Signal) -> None:
    said = answer(as_tess, "examples", texts="You win.\nYou gain.", says="yes")
    assert said["said"] == "2 examples of yes added."
    assert "2 yes" in said["html"]
    assert "Nothing was typed" in answer(as_tess, "examples", texts=" ", says="no")["said"]


def test_more_precision_moves_the_line(as_tess: Client, signal: Signal, tess: User) -> None:
    teach_all(signal, tess)
    make_looked(tess, "You will surely win.")
    read(as_tess)
    signal.refresh_from_db()
    usual = signal.threshold
    html = answer(as_tess, "precision", precision="0.95")["html"]
    assert 'value="0.95" selected' in html
    signal.refresh_from_db()
    assert signal.threshold >= usual
    assert signal.settings["precision"] == 0.95


def test_answers_that_contradict_each_other_are_shown_without_figures(
    as_tess: Client, signal: Signal, tess: User
) -> None:
    teach_all(signal, tess, no=[*NO, "We guarantee you will win the case!"])
    make_looked(tess, "The bus was late.")
    learnt = section(read(as_tess), "learnt")
    assert "contradict" in learnt
    assert learnt.count("pair-word") == 2
    assert "Precision" not in learnt


def test_what_cannot_be_told_apart_is_not_pretended_to_be(
    as_tess: Client, signal: Signal, tess: User
) -> None:
    colours = ["red", "blue", "green", "white", "black", "grey", "pink", "brown"]
    same = [f"The {one} door was opened on Monday morning." for one in colours]
    teach_all(signal, tess, yes=same[::2], no=same[1::2])
    teach_all(
        signal,
        tess,
        yes=[f"A {one} car." for one in colours[1::2]],
        no=[f"A {one} car." for one in colours[::2]],
    )
    make_looked(tess, "The bus was late.")
    page = read(as_tess)
    assert "It cannot be learnt so far" in section(page, "learnt")
    assert "Precision" not in section(page, "learnt")
    assert "Do not rely on this" in section(page, "flagged")


def test_two_people_see_each_others_words_at_the_next_click(
    as_tess: Client, signal: Signal, tess: User
) -> None:
    ben = make_user("ben", role=SUPER)
    as_ben = Client()
    as_ben.force_login(ben)
    teach_all(signal, tess, yes=YES[:2], no=NO[:2])
    answer(as_ben, "examples", texts=YES[2], says="yes")
    html = answer(as_tess, "examples", texts=NO[2], says="no")["html"]
    assert "3 yes" in html
    assert "3 no" in html
    assert Label.objects.count() == 6


def test_a_disagreement_is_shown_with_names_and_can_be_settled(
    as_tess: Client, signal: Signal, tess: User
) -> None:
    teach_all(signal, tess)
    disputed = sample_of(YES[0])
    say(signal, disputed, make_user("ben", role=SUPER), False)
    page = read(as_tess)
    settle = section(page, "settle")
    assert "You: yes, ben: no" in settle
    assert "People disagree on 1 text" in page
    assert "5 yes" in page
    html = label(as_tess, disputed, "no")["html"]
    assert "ben" not in section(html, "settle")
    assert "7 no" in html


def test_without_script_a_form_brings_the_page_back(as_tess: Client, signal: Signal, tess: User) -> None:
    make_looked(tess, *YES)
    sent = {"sample": sample_of(YES[0]).pk, "says": "yes"}
    response = as_tess.post("/signals/promises/label/", sent, follow=True)
    assert response.redirect_chain == [("/signals/promises/", 302)]
    assert f"Yes: “{YES[0]}”" in response.content.decode()


def test_a_word_that_is_none_is_refused(as_tess: Client, signal: Signal, tess: User) -> None:
    make_looked(tess, *YES)
    for sent in ({"says": "maybe"}, {"says": "yes", "sample": "x"}, {"says": "yes", "sample": 10**30}):
        sent = {"sample": sample_of(YES[0]).pk, **sent}
        assert as_tess.post("/signals/promises/label/", sent).status_code == 404
    assert not Label.objects.exists()


def test_without_an_embedder_the_words_are_kept_and_the_page_says_why(
    as_tess: Client, signal: Signal, tess: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Broken:
        name = "broken"

        def __call__(self, texts: object) -> None:
            raise CannotEmbed("The embedder does not answer.")

    make_looked(tess, *YES)
    monkeypatch.setattr(hands, "embed", Broken())
    assert "The embedder does not answer." in read(as_tess)
    label(as_tess, sample_of(YES[1]), "no")
    said = label(as_tess, sample_of(YES[0]), "yes")
    assert "kept, but nothing was learnt: The embedder does not answer." in said["said"]
    assert Label.objects.count() == 2
    assert "The embedder does not answer." in as_tess.get("/signals/promises/figures/").json()["said"]


def test_another_embedder_is_learnt_from_when_the_page_is_opened(
    as_tess: Client, signal: Signal, tess: User
) -> None:
    teach_all(signal, tess)
    make_looked(tess, "You will surely win.")
    read(as_tess)
    signal.refresh_from_db()
    signal.learned = {**(signal.learned or {}), "embedder": "another"}
    signal.save()
    assert "would be flagged" in read(as_tess)
    signal.refresh_from_db()
    assert signal.learned
    assert signal.learned["embedder"] != "another"


def test_texts_with_marks_are_shown_as_they_are(as_tess: Client, signal: Signal, tess: User) -> None:
    make_looked(tess, "<b>We</b> promise & win.")
    html = answer(as_tess, "phrase", phrase="<i>We promise")["html"]
    assert "&lt;b&gt;We&lt;/b&gt; promise &amp; win." in html
    assert "<b>We" not in html
    assert "<i>We" not in html


def test_of_many_examples_the_figures_are_worked_out_after_the_page_is_there(
    as_tess: Client, signal: Signal, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("fillapp.pages.signals.teaching.page._FEW", 3)
    for word, texts in (("yes", YES), ("no", NO)):
        as_tess.post("/signals/promises/examples/", {"says": word, "texts": "\n".join(texts)})
    assert "data-pending" in as_tess.get("/signals/promises/").content.decode()
    assert Signal.objects.get().worth is None
    as_tess.get("/signals/promises/figures/")
    assert Signal.objects.get().worth
