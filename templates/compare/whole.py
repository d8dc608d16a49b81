"""What differs in the whole of two templates: names, rules, the Word look, documents and guards."""

from collections import Counter
from collections.abc import Iterator

from templates.body import DocumentSlot, Guard, TemplateBody, WordLook
from templates.compare.blocks import name_block
from templates.compare.changes import Detail, PartChange
from templates.compare.pairing import find_moved, find_partners

_TOO_LONG = {"refuse": "say so", "select": "use the passages that fit", "parts": "read them in parts"}
_ACTIONS = {"flag": "mark it for the reviewer", "resample": "write it again", "withhold": "hold it back"}
_ON_ERROR = {"pass": "let it pass", "fail": "stop the block"}


def compare_wholes(old: TemplateBody, new: TemplateBody) -> Iterator[PartChange]:
    """Names and rules, then the Word look, then the documents."""
    if details := tuple(_compare_rules(old, new)):
        yield PartChange("template", "changed", "The whole template", details=details)
    if details := tuple(_compare_looks(old.word, new.word)):
        yield PartChange("word", "changed", "The Word look", details=details)
    yield from _compare_documents(old.documents, new.documents)


def compare_guards(old: TemplateBody, new: TemplateBody) -> Iterator[PartChange]:
    """The guards that came, went or are set otherwise."""
    partners = find_partners(
        old.guards, new.guards, Guard.model_dump_json, lambda one: Counter([one.signal]), lambda one: "guard"
    )
    partners = {i: j for i, j in partners.items() if old.guards[i].signal == new.guards[j].signal}
    for i, guard in enumerate(old.guards):
        if i not in partners:
            yield PartChange("guard", "gone", guard.signal, details=tuple(_describe_guard(old, guard, True)))
    back = {j: i for i, j in partners.items()}
    for j, guard in enumerate(new.guards):
        if j not in back:
            yield PartChange("guard", "new", guard.signal, details=tuple(_describe_guard(new, guard, False)))
        elif details := tuple(_compare_guard(old, old.guards[back[j]], new, guard)):
            yield PartChange("guard", "changed", guard.signal, details=details)
    if find_moved(partners):
        before, after = (", ".join(guard.signal for guard in body.guards) for body in (old, new))
        details = (Detail("Order of the guards", before, after),)
        yield PartChange("template", "changed", "The whole template", details=details)


def _compare_rules(old: TemplateBody, new: TemplateBody) -> Iterator[Detail]:
    said = [
        ("Name", old.name, new.name),
        ("Language", old.language, new.language),
        ("Tone", old.tone, new.tone),
        ("All reviewed before Word", _yes(old.require.review), _yes(new.require.review)),
        ("Tests before publishing", _yes(old.require.tests), _yes(new.require.tests)),
        ("When documents are too long", _TOO_LONG[old.context], _TOO_LONG[new.context]),
    ]
    if old.description != new.description:
        yield Detail("Description", old.description, new.description, is_prose=True)
    yield from (Detail(name, was, now) for name, was, now in said if was != now)


def _compare_looks(was: WordLook, now: WordLook) -> Iterator[Detail]:
    if was.style != now.style:
        yield Detail("Word file", was.style or "none", now.style or "none")
    elif was.sha256 != now.sha256:
        yield Detail("Word file", was.style or "none", f"{now.style or 'none'}, with other content")
    for role in sorted(was.styles.keys() | now.styles.keys()):
        before, after = (look.styles.get(role, "as detected") for look in (was, now))
        if before != after:
            yield Detail(f"Style of {role}", before, after)
    if was.toc != now.toc:
        yield Detail("Table of contents", _yes(was.toc), _yes(now.toc))


def _compare_documents(was: list[DocumentSlot], now: list[DocumentSlot]) -> Iterator[PartChange]:
    before, after = ({slot.key: slot for slot in slots} for slots in (was, now))
    for slot in was:
        if slot.key not in after:
            yield PartChange("document", "gone", slot.name, slot.key)
    for slot in now:
        if slot.key not in before:
            yield PartChange("document", "new", slot.name, slot.key)
        elif details := tuple(_compare_slots(before[slot.key], slot)):
            yield PartChange("document", "changed", before[slot.key].name, slot.key, details=details)
    order = [[slot.key for slot in slots if slot.key in before.keys() & after.keys()] for slots in (was, now)]
    if order[0] != order[1]:
        names = [", ".join(after[key].name for key in keys) for keys in order]
        details = (Detail("Order of the documents", names[0], names[1]),)
        yield PartChange("template", "changed", "The whole template", details=details)


def _compare_slots(was: DocumentSlot, now: DocumentSlot) -> Iterator[Detail]:
    if was.name != now.name:
        yield Detail("Name", was.name, now.name)
    if was.hint != now.hint:
        yield Detail("Hint", was.hint, now.hint)
    if was.required != now.required:
        yield Detail("Needed", _yes(was.required), _yes(now.required))


def _compare_guard(old: TemplateBody, was: Guard, new: TemplateBody, now: Guard) -> Iterator[Detail]:
    before, after = dict(_say_guard(old, was)), dict(_say_guard(new, now))
    # Renaming a block changes no guard.
    same_blocks = was.blocks == now.blocks
    for name, said in before.items():
        if said != after[name] and not (same_blocks and name == "Watches"):
            yield Detail(name, said, after[name])


def _describe_guard(body: TemplateBody, guard: Guard, is_gone: bool) -> Iterator[Detail]:
    for name, said in _say_guard(body, guard):
        yield Detail(name, said if is_gone else None, None if is_gone else said)


def _say_guard(body: TemplateBody, guard: Guard) -> Iterator[tuple[str, str]]:
    yield "Watches", ", ".join(name_block(body.block(key)) for key in guard.blocks) or "every block"
    yield "When it fires", _ACTIONS[guard.action]
    yield "Fires from", "where the signal says" if guard.threshold is None else f"{guard.threshold:g}"
    yield "Tries, at most", str(guard.max_tries)
    yield "When it cannot look", _ON_ERROR[guard.on_error]


def _yes(value: bool) -> str:
    return "yes" if value else "no"
