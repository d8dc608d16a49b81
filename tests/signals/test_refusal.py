"""Refusals: a model that declines, told from a text that regrets something."""

import pytest

from signals.refusal import is_refusal


@pytest.mark.parametrize(
    "text",
    [
        "I'm sorry, but I can't assist with that.",
        "I’m sorry, but I can’t assist with that request.",
        "Sorry, I cannot help with this.",
        "I apologize, but I am unable to provide this information.",
        "I cannot provide legal advice about this household.",
        "I can't write this section.",
        "I am unable to answer from the documents.",
        "As an AI language model, I cannot give an opinion.",
        "Unfortunately, I cannot fulfil this request.",
        "We are sorry, but we cannot process this request.",
        "**I'm sorry, but I can't help with that.**",
        "Es tut mir leid, aber ich kann dabei nicht helfen.",
        "Leider kann ich diese Frage nicht beantworten.",
        "Je suis désolé, mais je ne peux pas répondre.",
    ],
)
def test_a_model_that_declines_is_noticed(text: str) -> None:
    assert is_refusal(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "The committee was sorry that it could not help.",
        "The tenant said: “I'm sorry, I cannot pay.”",
        "“I'm sorry, I cannot pay,” said the tenant.",
        "The documents do not say who attended.",
        "Ms Adair cannot work at present and is unable to pay.",
        "I am sorry to report that Mr Lee died in March. The board sent its condolences.",
        "Unfortunately, the roof cannot be repaired before winter.",
        "Inability to pay was not assessed.",
        "The chair apologised; she can attend in May.",
        "I can confirm that the works are complete.",
        "As an aid to readers, the figures are rounded and cannot be added up.",
    ],
)
def test_a_text_that_regrets_something_is_no_refusal(text: str) -> None:
    assert not is_refusal(text)


def test_a_long_text_is_no_refusal_however_it_begins() -> None:
    assert not is_refusal("I cannot stress this enough: " + "the roof needs repair. " * 100)
