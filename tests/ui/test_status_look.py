"""How what is no status wears the look of one."""

from __future__ import annotations

import pytest

from signoff.domain.answer import Status
from signoff.domain.meeting import Choice, Verdict
from signoff.domain.rules import RuleState
from signoff.ui.status_look import look_of

GOOD = (Verdict.GO, Choice.GO, RuleState.MET)
BAD = (Verdict.NO_GO, Choice.NO_GO, RuleState.BROKEN)
UNSAID = (Verdict.UNDECIDED, Choice.NONE, RuleState.UNDECIDED)
BETWEEN = {
    Verdict.CONDITIONAL: Status.CONDITION,
    Choice.GO_IF: Status.CONDITION,
    Choice.ABSENT: Status.NA,
    RuleState.OVERRIDDEN: Status.RISK,
}


@pytest.mark.parametrize("said", [*Verdict, *Choice, *RuleState], ids=repr)
def test_every_verdict_vote_and_rule_wears_the_look_of_a_status(said: Verdict | Choice | RuleState) -> None:
    looks = dict.fromkeys(GOOD, Status.PASS) | dict.fromkeys(BAD, Status.FAIL) | dict.fromkeys(UNSAID, Status.OPEN)
    assert look_of(said) is (looks | BETWEEN)[said]


def test_no_two_of_them_are_the_same_word_so_that_one_mapping_can_hold_them_all() -> None:
    words = [str(said) for said in (*Verdict, *Choice, *RuleState)]
    assert len(set(words)) == len(words)
