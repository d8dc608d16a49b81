"""Formulas on one line: without its signs, a fraction of 1 and 2 would be read as 12."""

from templates.word.package import Element, child, local, value

_DELETED = ("del", "moveFrom")
_DEEPEST = 50


def write_formula(formula: Element, depth: int = 0) -> str:
    """The text of an `m:oMath` or of anything inside one."""
    if depth > _DEEPEST:
        return ""
    return "".join(_write(element, depth + 1) for element in formula)


def _write(element: Element, depth: int) -> str:
    def part(name: str) -> str:
        found = child(element, name)
        return "" if found is None else write_formula(found, depth)

    match local(element.tag):
        case "t":
            return str(element.text or "")
        case "f":
            return f"{_group(part('num'))}/{_group(part('den'))}"
        case "sSup":
            return f"{_group(part('e'))}^{_group(part('sup'))}"
        case "sSub":
            return f"{part('e')}_{_group(part('sub'))}"
        case "sSubSup":
            return f"{part('e')}_{_group(part('sub'))}^{_group(part('sup'))}"
        case "rad":
            return f"{part('deg')}√{_group(part('e'))}"
        case "nary":
            return _write_sum(element, part("sub"), part("sup"), part("e"))
        case "d":
            return _write_brackets(element, depth)
        case "m":
            rows = [", ".join(write_formula(cell, depth) for cell in row) for row in _named(element, "mr")]
            return "; ".join(rows)
        case name if name.endswith("Pr") or name in _DELETED:
            return ""
    return write_formula(element, depth)


def _group(text: str) -> str:
    return text if len(text) < 2 or text.isalnum() else f"({text})"


def _write_sum(element: Element, low: str, high: str, content: str) -> str:
    """A sum, product or integral with its bounds."""
    sign = value(child(child(element, "naryPr"), "chr"))
    bounds = (f"_{_group(low)}" if low else "") + (f"^{_group(high)}" if high else "")
    return f"{'∫' if sign is None else sign}{bounds} {content}"


def _write_brackets(element: Element, depth: int) -> str:
    properties = child(element, "dPr")
    opening, closing = value(child(properties, "begChr")), value(child(properties, "endChr"))
    content = ", ".join(write_formula(found, depth) for found in _named(element, "e"))
    return f"{'(' if opening is None else opening}{content}{')' if closing is None else closing}"


def _named(element: Element, name: str) -> list[Element]:
    return [found for found in element if local(found.tag) == name]
