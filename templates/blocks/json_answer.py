"""JSON in the answers of models: read when it is whole, and as far as it goes while it is being written."""

import json
import re
from typing import Any

from signals.clean import clean_text
from templates.blocks.base import UnreadableAnswer

# Numbers stay as they are spelt: 12.50 is not 12.5 in a table of amounts. Raw newlines in texts are let pass.
_DECODER = json.JSONDecoder(parse_float=str, parse_int=str, parse_constant=str, strict=False)
_FENCED = re.compile(r"```[^\n`{\[]*\n?(.*?)(?:```|\Z)", re.DOTALL)
# A text up to its closing quote, else up to the last letter that is whole: half an escape says nothing, nor
# does the first half of a pair that makes one letter.
_TOKEN = re.compile(
    r'"(?P<text>(?:[^"\\]|\\[^u]|\\u(?![dD][89abAB])[0-9a-fA-F]{4}|\\u[0-9a-fA-F]{4}(?=.{6}))*)(?P<closed>")?'
    r"|[{}\[\],:]",
    re.DOTALL,
)
_ENDS = {"{": "}", "[": "]"}
# What may yet turn out to be Markdown's bold, or the sign before a point.
_OPEN_BOLD = re.compile(r"\*+\Z|\*\*(?=\S).*\Z", re.DOTALL)
_BOLD = re.compile(r"\*\*(?=\S)(.+?)(?<=\S)\*\*")
_ONLY_SIGN = re.compile(r"\s*[-*•–]?\s*")


def read_json(answer: str) -> Any:
    """The JSON in an answer, whatever stands around it, its numbers as texts. Raises `UnreadableAnswer`."""
    text = _unwrap(answer)
    try:
        try:
            return _DECODER.decode(text)
        except json.JSONDecodeError:
            start = re.search(r"[{\[]", text)
            if not start:
                raise
            data, end = _DECODER.raw_decode(text, start.start())
            if set("{}[]") & set(text[end:]):
                raise
            return data
    except json.JSONDecodeError as error:
        raise UnreadableAnswer(f"The answer is not JSON: {error}.") from error
    except RecursionError as error:
        raise UnreadableAnswer("The answer is nested too deep.") from error


def read_json_so_far(answer: str) -> Any | None:
    """What `read_json` would give if the answer ended here; None while that is nothing.

    The last text may be unfinished: so much of it is there as will stay. Of an object there is at least one
    field with something in it.
    """
    text = _unwrap(answer)
    start = re.search(r"[{\[]", text)
    try:
        return _DECODER.raw_decode(_close(text[start.start() :]))[0] if start else None
    except (json.JSONDecodeError, RecursionError):
        return None


def read_plain(text: str) -> str:
    """A text in an answer that may hold no marks: cleaned, without space around it or Markdown's bold."""
    return _BOLD.sub(r"\1", clean_text(text)).strip()


def _unwrap(answer: str) -> str:
    """`answer` without a code fence around it or in it."""
    text = answer.strip()
    if not text.startswith(("{", "[")) and (fenced := _FENCED.search(text)):
        return fenced[1].strip()
    return text


def _close(text: str) -> str:
    """`text`, which begins with a bracket, up to the last thing that is there, and all brackets closed."""
    ends: list[str] = []
    # Where what is there ends, and what would close it.
    whole = (0, "")
    is_key = False
    for token in _TOKEN.finditer(text):
        sign = token[0]
        if sign in _ENDS:
            ends.append(_ENDS[sign])
            is_key = sign == "{"
        elif sign in ("}", "]"):
            ends.pop()
            whole = (token.end(), "".join(reversed(ends)))
            if not ends:
                break
        elif sign == ",":
            # A number is whole only now.
            whole = (token.start(), "".join(reversed(ends)))
            is_key = ends[-1] == "}"
        elif sign == ":":
            is_key = False
        elif token["closed"]:
            if not is_key:
                whole = (token.end(), "".join(reversed(ends)))
        else:
            said = "" if is_key else _settled(token["text"])
            if said:
                return f"{text[: token.start()]}{said}{''.join(reversed(ends))}"
            break
    end, closing = whole
    return text[:end] + closing


def _settled(written: str) -> str:
    """An unfinished text as JSON, without what may change when it goes on; empty if nothing is left."""
    text = _OPEN_BOLD.sub("", _BOLD.sub(r"\1", _DECODER.decode(f'"{written}"')))
    return "" if _ONLY_SIGN.fullmatch(text) else json.dumps(text)
