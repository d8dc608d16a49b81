"""What a good model would answer for the demo's committee meeting, by a word of the block's part."""

import json
from itertools import cycle
from typing import Any

from tests.simulated_llm.asked import Asked


def _rows(columns: str, *rows: str) -> str:
    names = columns.split("|")
    return json.dumps({"rows": [dict(zip(names, row.split("|"), strict=True)) for row in rows]})


def _points(*points: str) -> str:
    return json.dumps({"items": list(points)})


_STEPS = (
    "The committee meets again on Thursday 21 May 2026, at half past six. Until then the corrected budget goes to "
    "Full Council, the shelving order waits for the fire certificate, and the staff survey must be in by 8 May. "
    "Nobody is responsible yet for obtaining the certificate.",
    "The next meeting is on Thursday 21 May 2026, at half past six. By then the budget of £258,200 must be with "
    "Full Council and the staff survey finished. Nobody has taken on the fire certificate, without which the "
    "shelving cannot be ordered on 10 April.",
    "Before Thursday 21 May 2026 three things must be done: the budget sent to Full Council by 20 March, the fire "
    "certificate obtained by the end of March, and the staff asked by 8 May. The certificate still has no owner.",
    "The next meeting is on Thursday 21 May 2026. The certificate for the shelving still has nobody responsible; "
    "the budget goes to Full Council by 20 March, the survey of the staff is due by 8 May.",
)
_ANSWERS = {
    "Attendance": _rows(
        "Name|Role|Attendance",
        "Ruth Adeyemi|Chair|Present",
        "Paul Whitcombe|Vice-chair|Present",
        "Joe Brannock|Member|Present",
        "Dermot Hale|Member|Apologies",
        "Ingrid Lund|Member|Part",
        "Sana Mirza|Member|Present",
        "Beatriz Quill|Member|Absent",
        "Tomas Verity|In attendance|Present",
        "Grace Okonjo|In attendance|Present",
        "Helen Prior|In attendance|Present",
    ),
    "Quorum": json.dumps(
        {"facts": ["Four of seven members is the quorum; four stayed."], "chosen": "Quorate throughout"}
    ),
    "Summary": (
        "The committee recommended the budget to Full Council after taking £1,000 off events. The finance officer "
        "later corrected the figure for premises and energy, so that the total stands at £258,200; nobody wished to "
        "reopen the vote. Councillor Brannock opposed a budget that pays more for staff and buys no extra hours.\n\n"
        "For the children's library the committee chose Oakmere over a quote that looked cheaper but leaves out "
        "fitting, on condition that the fire certificate is seen first.\n\n"
        "The Sunday trial was extended to 28 June. Families would like it made permanent; the staff are to be asked "
        "before that is decided."
    ),
    "Decisions taken": _points(
        "Agreed the minutes of 15 January 2026, with five days in place of nine.",
        "Recommended the budget to Full Council, by four votes to one; after a correction it stands at £258,200.",
        "Chose Oakmere for the shelving at £17,780, on condition that the fire certificate is seen before the order.",
        "Extended the Sunday opening trial to 28 June.",
        "Fixed the next meeting for Thursday 21 May 2026, at half past six.",
    ),
    "Budget": _rows(
        "Item|Proposed|Agreed",
        "Staff|£152,600|£152,600",
        "Books and media|£33,000|£33,000",
        "Premises and energy|£46,000|£44,800",
        "Events and outreach|£9,500|£8,500",
        "ICT and self-service|£11,500|£11,500",
        "Sunday opening|£7,800|£7,800",
        "Total|£260,400|£258,200",
    ),
    "Previous actions": _rows(
        "Ref|Action|Result",
        "LC-31|Obtain three quotes for the children's library shelving|Done",
        "LC-32|Report the figures of the Sunday opening trial|Done",
        "LC-33|Write to the County about the mobile library stop at Fen End|Carried forward",
        "LC-34|Check when the lift maintenance contract ends, and tell the committee|Done",
    ),
    "“Actions”": _rows(
        "Action|Owner|Due",
        "Chase the County about the mobile library stop at Fen End|Helen Prior|2 April 2026",
        "Send the recommended budget to Full Council|Grace Okonjo|20 March 2026",
        "Obtain the fire certificate for the shelving|Not assigned|31 March 2026",
        "Place the shelving order with Oakmere|Tomas Verity|10 April 2026",
        "Survey the staff about Sunday opening|Tomas Verity|8 May 2026",
        "Put the Friends' gift on the next agenda|Helen Prior|21 May 2027",
    ),
    "Left open": _points(
        "Whether Sunday opening becomes permanent; the staff are to be asked first.",
        "Opening on Wednesdays without staff: the insurer's view and a price for the cameras are missing.",
        "The Friends' gift of £2,000 towards furniture, which was not on the agenda.",
    ),
}


class Answers:
    """The answers by block; the last one in several versions, one after the other."""

    def __init__(self) -> None:
        self._steps = cycle(_STEPS)

    def __call__(self, asked: Asked) -> Any:
        part = asked.part[:60]
        if "Before the next meeting" in part:
            return next(self._steps)
        return next((answer for word, answer in _ANSWERS.items() if word in part), None)
