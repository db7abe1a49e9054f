"""The keys that answer an item, the same on the review and in the presenter."""

from __future__ import annotations

from typing import Final

from signoff.domain.answer import Status
from signoff.domain.spoken_choice import STATUS_KEYS
from signoff.ui.keyboard.key import Key

_LETTERS: Final = {status: letter for letter, status in STATUS_KEYS.items()}


def _status(id_: str, status: Status, label: str) -> Key:
    return Key(id_, _LETTERS[status], f"answer('{status.value}')", label, "Answer", "answer", 4, changes=True)


ANSWER_KEYS: Final = {
    Status.PASS: _status("review.pass", Status.PASS, "PASS: it is so"),
    Status.FAIL: _status("review.fail", Status.FAIL, "FAIL: it is not so"),
    Status.CONDITION: _status("review.condition", Status.CONDITION, "COND: go if ..., by when"),
    Status.RISK: _status("review.risk", Status.RISK, "RISK: accepted by, until, why"),
    Status.NA: _status("review.na", Status.NA, "N/A: with a reason"),
}
"""The key of each status, in the order in which they are shown."""

CLEAR: Final = Key("review.clear", "delete", "answer('open')", "Clear the answer", "Answer", changes=True)
PARK: Final = Key("review.park", "P", "park", "Park: ask later", "Answer", changes=True)
OWNER: Final = Key("review.owner", "p,at", "owner", "Owner", "Details", "owner", 2, changes=True)
EVIDENCE: Final = Key(
    "review.evidence", "e", "evidence", "Evidence: add, edit, remove", "Details", "evidence", 2, changes=True
)
NOTE: Final = Key("review.note", "i", "note", "Note", "Details", "note", 2, changes=True)
NOTE_OUTSIDE: Final = Key("review.note_outside", "E,f4", "note_outside", "Note in $EDITOR", "Details", changes=True)
ACTIONS: Final = Key(
    "review.actions", "t", "actions", "Actions: text @owner !due", "Details", "action", 1, changes=True
)
DETAILS: Final = Key("review.details", "d", "details", "What the status asks for", "Details", changes=True)
FINISH: Final = Key("review.finish", "f", "finish", "Finish: verdict, decision, signature", "Meeting", "finish", 3)
