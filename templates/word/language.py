"""What a report's language means to Word: the proofing language, and the words of a page number."""

import re

_REGIONS = {
    "cs": "cs-CZ", "da": "da-DK", "de": "de-DE", "el": "el-GR", "en": "en-GB", "es": "es-ES",
    "fi": "fi-FI", "fr": "fr-FR", "hu": "hu-HU", "it": "it-IT", "ja": "ja-JP", "ko": "ko-KR",
    "nb": "nb-NO", "nl": "nl-NL", "no": "nb-NO", "pl": "pl-PL", "pt": "pt-PT", "ro": "ro-RO",
    "ru": "ru-RU", "sv": "sv-SE", "tr": "tr-TR", "uk": "uk-UA", "zh": "zh-CN",
}  # fmt: skip
_EAST_ASIAN = ("ja", "ko", "zh")
_RIGHT_TO_LEFT = ("ar", "fa", "he", "ur")
_PAGE_WORDS = {
    "cs": ("Strana", "z"), "da": ("Side", "af"), "de": ("Seite", "von"), "en": ("Page", "of"),
    "es": ("Página", "de"), "fi": ("Sivu", "/"), "fr": ("Page", "sur"), "it": ("Pagina", "di"),
    "nb": ("Side", "av"), "nl": ("Pagina", "van"), "no": ("Side", "av"), "pl": ("Strona", "z"),
    "pt": ("Página", "de"), "sv": ("Sida", "av"),
}  # fmt: skip
_CONTENTS = {
    "ar": "المحتويات", "cs": "Obsah", "da": "Indhold", "de": "Inhalt", "en": "Contents", "es": "Índice",
    "fi": "Sisällys", "fr": "Sommaire", "hu": "Tartalom", "it": "Indice", "ja": "目次", "ko": "목차",
    "nb": "Innhold", "nl": "Inhoud", "no": "Innhold", "pl": "Spis treści", "pt": "Índice",
    "ro": "Cuprins", "ru": "Содержание", "sv": "Innehåll", "tr": "İçindekiler", "uk": "Зміст", "zh": "目录",
}  # fmt: skip
_TAG = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")


def word_language(language: str) -> str:
    """The tag Word knows: "de" → "de-DE"; one with a region stays; what is no tag is British English."""
    tag = language.strip().replace("_", "-")
    if not _TAG.fullmatch(tag):
        return _REGIONS["en"]
    return _REGIONS.get(tag.lower(), tag)


def language_attribute(tag: str) -> str:
    """The attribute of `w:lang` that this tag belongs to."""
    base = _base(tag)
    return "eastAsia" if base in _EAST_ASIAN else "bidi" if base in _RIGHT_TO_LEFT else "val"


def page_words(tag: str) -> tuple[str, str]:
    """The words in front of the page number and of the number of pages."""
    return _PAGE_WORDS.get(_base(tag), ("", "/"))


def contents_word(tag: str) -> str:
    """The heading of a table of contents."""
    return _CONTENTS.get(_base(tag), _CONTENTS["en"])


def _base(tag: str) -> str:
    return tag.partition("-")[0].lower()
