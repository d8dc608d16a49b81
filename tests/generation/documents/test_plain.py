"""Plain text and Markdown."""

import pytest

from generation.documents.builder import LONGEST_PASSAGE
from generation.documents.passages import UnreadableDocument
from tests.generation.documents.conftest import Read, quotes


def test_a_paragraph_is_a_passage(read: Read) -> None:
    document = read("a.txt", "First line\nsecond line.\n\n \nNext paragraph.\n")
    assert quotes(document) == ["First line\nsecond line.", "Next paragraph."]
    assert document.pages is None


def test_a_long_paragraph_is_cut_where_a_sentence_ends(read: Read) -> None:
    cut = quotes(read("a.txt", "The committee agreed. " * 300))
    assert len(cut) > 1
    assert all(len(quote) <= LONGEST_PASSAGE and quote.endswith("agreed.") for quote in cut)


def test_a_transcript_without_blank_lines_is_cut_between_lines(read: Read) -> None:
    cut = quotes(read("a.txt", "\n".join(f"Speaker {n}: I say something here" for n in range(200))))
    assert all(quote.startswith("Speaker") for quote in cut)


def test_text_without_spaces_is_cut_too(read: Read) -> None:
    assert len(read("a.txt", "議" * 5000).passages) > 3


def test_utf_16_with_its_mark_is_read(read: Read) -> None:
    assert read("a.txt", "Grüße aus 東京".encode("utf-16")).text == "Grüße aus 東京"


def test_forbidden_characters_are_cleaned(read: Read) -> None:
    assert read("a.txt", "a\x01b\x0cc\r\nd").text == "a\ufffdb c\nd"


def test_a_binary_file_is_not_taken_for_text(read: Read) -> None:
    with pytest.raises(UnreadableDocument, match=r"“a.txt” is not a text file"):
        read("a.txt", b"\x00\x01\x02text")


MARKDOWN = """Before all.

# Minutes

Present: Ann.

## Actions
- Pay the rent
- Ask Bob

```
# no heading
```

Due dates
---------
| What | When |
| --- | --- |
| Rent | May |

[link]: https://example.org
"""


def test_markdown_headings_are_the_path_of_what_follows(read: Read) -> None:
    document = read("a.md", MARKDOWN)
    paths = dict(
        zip(quotes(document), [passage.place.headings for passage in document.passages], strict=True)
    )
    assert paths["Before all."] == ()
    assert paths["Present: Ann."] == ("Minutes",)
    assert paths["- Pay the rent\n- Ask Bob"] == ("Minutes", "Actions")
    assert paths["```\n# no heading\n```"] == ("Minutes", "Actions")


def test_markdown_is_kept_as_written(read: Read) -> None:
    document = read("a.md", MARKDOWN)
    assert [line for line in document.text.split("\n") if line] == [
        line for line in MARKDOWN.split("\n") if line
    ]
    assert document.tables == 1
