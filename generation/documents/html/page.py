"""The part of a web page its visitor came for, without menus, page footers and what nobody sees."""

from lxml import etree
from lxml.html import HtmlElement

_DROPPED = ("script", "style", "nav", "noscript", "template", "svg", "iframe", "object", "button", "select")
_UNSEEN = etree.XPath(
    "//*[@hidden or @role='navigation' or @role='search' or @aria-hidden='true' and not(normalize-space())"
    " or contains(translate(@style, ' ', ''), 'display:none')"
    " or contains(concat(' ', @class, ' '), ' noprint ') or contains(concat(' ', @class, ' '), ' no-print ')]"
)
_MAIN = etree.XPath("//main | //*[@role='main']")
# Beside the article; inside one they are its own.
_AROUND = etree.XPath(
    "//*[self::footer or self::aside or @role='contentinfo' or @role='complementary' or @role='banner']"
    "[not(ancestor::article or ancestor::main or ancestor::*[@role='main'])]"
)
_LISTS = etree.XPath("//ul")
# What holds this much of the text is no menu, whatever its tag says.
_MUCH = 0.3
_MOST_IN_MAIN = 0.6
_LONG_MENU = 25
_SHORT_LINK = 40
LINKS_LEFT_OUT = "Long lists of links were left out."


def strip_page(page: HtmlElement) -> tuple[HtmlElement, list[str]]:
    """The element to read, and warnings. What is dropped unseen may be words for a language model alone."""
    etree.strip_elements(page, *_DROPPED, with_tail=False)
    for element in _UNSEEN(page):
        _drop(element)
    body = page.find("body")
    body = page if body is None else body
    total = _measure(body)
    for element in _AROUND(page):
        if _measure(element) < _MUCH * total:
            _drop(element)
    menus = [one for one in _LISTS(page) if _is_menu(one, total)]
    for element in menus:
        _drop(element)
    found = _MAIN(page)
    if len(found) == 1 and _measure(found[0]) > _MOST_IN_MAIN * _measure(body):
        body = found[0]
    return body, [LINKS_LEFT_OUT] if menus else []


def _measure(element: HtmlElement) -> int:
    """How many letters stand in it."""
    return sum(len(text.strip()) for text in element.itertext())


def _is_menu(items: HtmlElement, total: int) -> bool:
    """Whether a list holds many short links and nothing else, beside much other text."""
    links = [link for link in items.iter("a") if link.text_content().strip()]
    length = _measure(items)
    return (
        len(links) >= _LONG_MENU
        and sum(map(_measure, links)) > 0.9 * length
        and length < _SHORT_LINK * len(links)
        and length < _MUCH * total
    )


def _drop(element: HtmlElement) -> None:
    if element.getparent() is not None:
        element.drop_tree()
