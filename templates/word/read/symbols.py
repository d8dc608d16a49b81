"""The signs of Word's symbol fonts as characters everybody can read."""

from templates.word.package import Element, value

_SYMBOL = {
    **dict(zip(range(0x41, 0x5B), "ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ", strict=True)),
    **dict(zip(range(0x61, 0x7B), "αβχδεϕγηιφκλμνοπθρστυϖωξψζ", strict=True)),
    0xA3: "≤",
    0xA5: "∞",
    0xAB: "↔",
    0xAC: "←",
    0xAE: "→",
    0xB0: "°",
    0xB1: "±",
    0xB3: "≥",
    0xB4: "×",
    0xB7: "•",
    0xB8: "÷",
    0xB9: "≠",
    0xBB: "≈",
    0xBE: "—",
    0xD6: "√",
    0xE5: "∑",
    0xF2: "∫",
}
_FONTS = {
    "symbol": _SYMBOL,
    "wingdings": {
        0x6E: "■",
        0x6F: "☐",
        0x71: "☐",
        0x72: "☐",
        0x76: "❖",
        0x78: "☒",
        0xA7: "▪",
        0xA8: "☐",
        0xD8: "➢",
        0xDF: "←",
        0xE0: "→",
        0xE8: "➔",
        0xF0: "⇨",
        0xFB: "✗",
        0xFC: "✓",
        0xFD: "☒",
        0xFE: "☑",
    },
    "wingdings 2": {0x4F: "✗", 0x50: "✓", 0x51: "☒", 0x52: "☑", 0x53: "☒", 0x54: "☒", 0x97: "•", 0xA3: "☐"},
}


def read_symbol(sym: Element) -> str:
    """The sign of a `w:sym`; one unknown here stays the character the file gives."""
    try:
        code = int(value(sym, "char") or "", 16)
        signs = _FONTS.get((value(sym, "font") or "").lower(), {})
        # Symbol fonts are mapped to U+F000 and above, where only the low byte speaks.
        return signs.get(code & 0xFF) or chr(code)
    except (ValueError, OverflowError):
        return ""
