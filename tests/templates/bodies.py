"""Bodies for tests: one by hand, and any that Hypothesis thinks of."""

from typing import Any

from hypothesis import strategies as st

from signals.clean import clean_text
from templates.body import TemplateBody, read_body

MINUTES: dict[str, Any] = {
    "fill": 1,
    "name": "Minutes",
    "documents": [{"key": "transcript", "name": "Transcript"}],
    "blocks": [
        {"heading": "Minutes"},
        {"text": "Drafted from the transcript."},
        {"block": "summary", "kind": "long_text", "reads": ["transcript"]},
        {"block": "conclusion", "kind": "long_text", "after": ["summary"]},
    ],
    "guards": [{"signal": "refusal", "blocks": ["summary"]}],
}


def minutes(**changes: object) -> TemplateBody:
    """The body above, with other values for some of its keys."""
    return read_body(MINUTES | changes)


# Words that YAML reads as something else, signs that mean something to it, and any other text.
_tricky = st.sampled_from(
    [
        "No",
        "yes",
        "on",
        "null",
        "~",
        "1",
        "-0",
        "007",
        "1_000",
        "0x1F",
        "1e5",
        "1.5",
        ".inf",
        "1:30",
        "=",
        "<<",
        "true",
        "2026-03-14",
        "- a",
        "? b",
        "a: b",
        "#c",
        "*d",
        "&e",
        "!f",
        ">",
        "%g",
        "@h",
        "`i",
        "'",
        '"',
        " j ",
        "a\nb\n",
        "\n",
        "\ta",
        "a\n\n  b",
        "—",
        "\xa0",
        "\ufeff",
        "📝",
        "{k}",
        "[l]",
        "m, n",
    ]
)
texts = (_tricky | st.text(max_size=12)).map(clean_text)
filled = texts.filter(bool)
_keys = st.from_regex(r"[a-z][a-z0-9_-]{0,6}", fullmatch=True)
_options = st.lists(st.from_regex(r"[A-Za-z0-9]{1,5}", fullmatch=True), min_size=1, max_size=4)
_settings = st.one_of(
    st.tuples(st.just("long_text"), st.fixed_dictionaries({}, optional={"max_words": st.integers(1, 500)})),
    st.tuples(
        st.just("table"),
        st.fixed_dictionaries(
            {"columns": st.tuples(st.fixed_dictionaries({"name": filled, "description": texts})).map(list)}
        ),
    ),
    st.tuples(st.just("bullets"), st.fixed_dictionaries({"levels": st.integers(1, 4)})),
    st.tuples(
        st.just("selection"),
        st.fixed_dictionaries({"options": _options.map(lambda all_: sorted({one.lower() for one in all_}))}),
    ),
)


@st.composite
def bodies(draw: st.DrawFn) -> TemplateBody:
    """Any template: blocks wait only for those before them, and read only documents there are."""
    slots = draw(st.lists(_keys, unique=True, max_size=2))
    keys = draw(st.lists(_keys, unique=True, max_size=3))
    blocks: list[dict[str, Any]] = [{"heading": draw(filled), "level": draw(st.integers(1, 4))}]
    for number, key in enumerate(keys):
        kind, settings = draw(_settings)
        block: dict[str, Any] = {"block": key, "kind": kind, "settings": settings, "title": draw(texts)}
        block["instructions"] = draw(texts)
        block["after"] = draw(st.lists(st.sampled_from(keys[:number]), unique=True)) if number else []
        block["reads"] = draw(st.lists(st.sampled_from(slots), unique=True)) if slots else []
        block["examples"] = draw(st.lists(texts, max_size=2))
        blocks += [block, {"text": draw(texts)}]
    guard = {"signal": draw(_keys), "threshold": draw(st.floats(0, 1)), "blocks": keys[:1]}
    return read_body(
        {
            "name": draw(filled),
            "description": draw(texts),
            "documents": [{"key": slot, "name": draw(filled), "hint": draw(texts)} for slot in slots],
            "word": {"toc": draw(st.booleans())},
            "blocks": blocks,
            "guards": [guard],
        }
    )
