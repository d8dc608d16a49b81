"""Examples that come with a file: nobody in particular says yes or no to them."""

from collections.abc import Iterable

from django.db import transaction

from signals.clean import clean_text
from signals.models import Label, Sample, Signal, Text, hash_said
from signals.pieces import WHOLE

LONGEST = 5_000
_AT_ONCE = 500


@transaction.atomic
def give_examples(signal: Signal, examples: Iterable[tuple[str, bool]]) -> None:
    """Texts with a yes or no, in the place of all that were given before; what people said themselves stays.

    A text that is given twice counts as it is given last.
    """
    Label.objects.filter(signal=signal, author=None, sample__text__scope=signal.scope).delete()
    said = {clean_text(text).strip()[:LONGEST]: says for text, says in examples}
    said.pop("", None)
    samples = _keep(signal, list(said))
    Label.objects.bulk_create(
        [Label(signal=signal, sample=samples[hash_said(text)], says=says) for text, says in said.items()],
        batch_size=_AT_ONCE,
    )


def _keep(signal: Signal, texts: list[str]) -> dict[str, Sample]:
    """The sample of each text by its hash, among the texts of this signal alone."""
    origins = {f"{signal.scope}:{hash_said(text)[:32]}": text for text in texts}
    known = set(Text.objects.filter(scope=signal.scope).values_list("origin", flat=True))
    made = Text.objects.bulk_create(
        [
            Text(origin=origin, scope=signal.scope, tags={"purpose": "example"})
            for origin in origins
            if origin not in known
        ],
        batch_size=_AT_ONCE,
    )
    said = {text: origins[text.origin] for text in made}
    Sample.objects.bulk_create(
        [
            Sample(text=text, number=1, address=WHOLE, said=one, sha256=hash_said(one))
            for text, one in said.items()
        ],
        batch_size=_AT_ONCE,
    )
    return {sample.sha256: sample for sample in Sample.objects.filter(text__scope=signal.scope, number=1)}
