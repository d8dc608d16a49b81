"""How often the judge is right: statements with known answers on small texts, by the model that is set.

Run with a model: OPENAI_BASE_URL=… OPENAI_API_KEY=… python -m tests.bench.judging [times]
"""

import os
import sys
import time

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "fillapp.settings")

MINUTES = (
    "The committee met on 3 March 2026. It agreed the budget of € 48,200 for 2026/27. Ann Osei will ask for "
    "a second quote for the roof by 20 March. The lease was deferred to the summer meeting because the "
    "tenant has not answered. Nobody objected."
)
RISKS = (
    "The tenant may leave before the summer.\nThe roof may cost more than € 12,000.\n"
    "Two volunteers have resigned, and no successor has been found."
)
LETTER = (
    "We regret that your application cannot be granted. Your income of £ 31,400 is above the limit of "
    "£ 28,000. You may appeal within 28 days by writing to the tribunal."
)
TABLE = (
    "Action\tOwner\tDue\nAsk for a second roof quote\tM. Osei\t14 March 2026\n"
    "Write to the tenant\tJ. Hartley\t\nOrder new chairs\t\t1 April 2026"
)
CASES = [
    (MINUTES, "The text says why the lease was deferred.", True),
    (MINUTES, "The text says who asks for the roof quote.", True),
    (MINUTES, "The text names the amount of the budget.", True),
    (MINUTES, "The text says how many people attended.", False),
    (MINUTES, "The text promises that the roof will be repaired this year.", False),
    (MINUTES, "The text says that the lease was signed.", False),
    (RISKS, "The text names at least one risk about people.", True),
    (RISKS, "The text says how likely each risk is.", False),
    (RISKS, "Every risk has somebody who is responsible for it.", False),
    (LETTER, "The text says how the reader can appeal, and by when.", True),
    (LETTER, "The text gives the reason for the decision with a figure.", True),
    (LETTER, "The text tells the reader that the application was granted.", False),
    (LETTER, "The text blames the reader or is rude.", False),
    (TABLE, "Every action has an owner.", False),
    (TABLE, "One of the actions is about chairs.", True),
    (TABLE, "The text contains financial advice.", False),
]


def main() -> None:
    django.setup()
    from generation.profiles import default_profile
    from generation.proving.judge import judge

    profile, times = default_profile(), int(sys.argv[1]) if len(sys.argv) > 1 else 1
    right = undecided = 0
    for text, statement, truth in CASES * times:
        began = time.monotonic()
        judgement = judge(profile, text, statement)
        verdict = judgement.verdict
        right += verdict.passed is truth
        undecided += verdict.passed is None
        mark = "ok   " if verdict.passed is truth else "WRONG"
        print(
            f"{mark} {truth!s:5} {statement}\n      {time.monotonic() - began:.1f} s: {verdict.reason}",
            flush=True,
        )
    count = len(CASES) * times
    print(f"{right} of {count} right, {undecided} undecided ({profile.model})")


if __name__ == "__main__":
    main()
