"""Which encoding the bytes of a text are in, when neither they nor the file say so."""

import re

from charset_normalizer import from_bytes

# What offices wrote before Unicode; the detector knows a hundred more, which it mistakes for these.
_CANDIDATES = [
    *("cp1252", "cp1251", "cp1250", "cp1253", "cp1254", "cp1255", "cp1256", "koi8_r", "cp874"),
    *("cp932", "euc_jp", "gb18030", "big5", "euc_kr"),
]
_LATIN = ("cp1252", "cp1250", "cp1254")
# Detection reads every byte a few hundred times.
_SAMPLE = 20_000
_NAMES = {
    "cp1252": "Western European",
    "cp1250": "Central European",
    "cp1254": "Turkish",
    "cp1251": "Cyrillic",
    "koi8_r": "Cyrillic",
    "cp1253": "Greek",
    "cp1255": "Hebrew",
    "cp1256": "Arabic",
    "cp874": "Thai",
    "cp932": "Japanese",
    "euc_jp": "Japanese",
    "iso2022_jp": "Japanese",
    "gb18030": "Chinese",
    "big5": "traditional Chinese",
    "euc_kr": "Korean",
    "utf-16-le": "Unicode",
    "utf-16-be": "Unicode",
}
_WRITTEN = {"cp932": "Shift-JIS", "cp874": "TIS-620", "utf-16-le": "UTF-16", "utf-16-be": "UTF-16"}

_CYRILLIC = re.compile(r"[А-яЁёЄІЇєіїҐґЎў]+")
_CASED = re.compile(r"[А-ЯЁЄІЇҐЎ]?[а-яёєіїґў]+|[А-ЯЁЄІЇҐЎ]+")
# In Windows-1252 these are signs such as ³ and ¹, which stand in no word; or š and ž, rare in the West.
_CENTRAL = re.compile(rb"[A-Za-z\xc0-\xff][\xb3\xb9\xbf\x9a\x9d\x9e][a-z\xe0-\xff]|\b[\x8a\x8e\x9a\x9e][a-z]")
_ICELANDIC = frozenset(b"\xe1\xed\xf3\xe6")


def guess_encoding(data: bytes) -> str | None:
    """The likeliest encoding of bytes that are no UTF-8; None where they are no text."""
    if b"\0" in data:
        return _guess_utf16(data)
    sample = _cut_sample(data)
    found = _find_hebrew(sample) or _find_cyrillic(sample) or _detect(sample)
    if found in _LATIN:
        found = _choose_latin(sample)
    return found


def describe_guess(encoding: str) -> str:
    """The warning for the reader of a text whose encoding was guessed."""
    written = _WRITTEN.get(encoding, encoding.replace("cp125", "Windows-125").replace("_", "-"))
    if not written.startswith("Windows"):
        written = written.upper() if written.islower() else written
    return (
        f"The file does not say how its letters are stored; it was read as {_NAMES[encoding]} text "
        f"({written}). If letters look wrong, save it as UTF-8 and upload it again."
    )


def _guess_utf16(data: bytes) -> str | None:
    """The order of bytes that gives more of the signs every text has: spaces, digits, line ends."""
    best, most = None, 0
    for encoding in ("utf-16-le", "utf-16-be"):
        text = data[: 2 * _SAMPLE].decode(encoding, "replace")
        plain = sum(char in " \n\r\t,.;:-" or "0" <= char <= "z" for char in text)
        odd = sum(not char.isprintable() and char not in "\r\n\t\f" for char in text)
        if plain > most and odd * 50 <= len(text):
            best, most = encoding, plain
    return best


def _cut_sample(data: bytes) -> bytes:
    """The beginning, or in a text that begins in plain letters, the lines around the first others."""
    if len(data) <= _SAMPLE:
        return data
    first = next((at for at, byte in enumerate(data) if byte > 127), 0)
    start = data.rfind(b"\n", 0, first) + 1
    sample = data[max(start, first - _SAMPLE // 2) :][:_SAMPLE]
    # A character of several bytes may be cut at the end, but not after a line's.
    return sample[: sample.rfind(b"\n") + 1] or sample


def _find_hebrew(sample: bytes) -> str | None:
    """Its letters fill one run of bytes, where Cyrillic has small letters but lacks its most used ones."""
    high = [byte for byte in sample if byte > 0xBF]
    is_hebrew = len(high) > 4 and all(0xE0 <= byte <= 0xFA for byte in high)
    words = re.findall(rb"(?<![A-Za-z])[\xe0-\xfa]{2,}(?![A-Za-z])", sample)
    return "cp1255" if is_hebrew and sum(map(len, words)) > 0.8 * len(high) else None


def _find_cyrillic(sample: bytes) -> str | None:
    """The detector takes short Cyrillic texts for Chinese or Arabic; their letters and capitals tell more."""
    for encoding in ("cp1251", "koi8_r"):
        text = sample.decode(encoding, "replace")
        words = [word for word in _CYRILLIC.findall(text) if len(word) > 1]
        letters = "".join(words).lower()
        high = sum(byte > 127 for byte in sample)
        if (
            len(letters) > 4
            and len(letters) > 0.8 * high
            and sum(map(letters.count, "оеаитн")) > 0.36 * len(letters)
            and sum(map(bool, map(_CASED.fullmatch, words))) > 0.9 * len(words)
        ):
            return encoding
    return None


def _detect(sample: bytes) -> str | None:
    best = from_bytes(sample, cp_isolation=_CANDIDATES).best()
    return best.encoding if best and best.encoding in _CANDIDATES else "cp1252"


def _choose_latin(sample: bytes) -> str:
    if _CENTRAL.search(sample):
        return "cp1250"
    turkish = set(sample) & set(b"\xfd\xfe\xf0") and not set(sample) & _ICELANDIC
    return "cp1254" if turkish else "cp1252"
