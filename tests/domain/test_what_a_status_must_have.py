"""Six statuses, and what each must also have before the meeting can finish."""

from dataclasses import replace

import pytest

from meeting import COMPLETE, LINK, NOW, a_ready_session, a_session, answered
from signoff.domain.action import Action
from signoff.domain.answer import ASKED_FIELDS, Answer, Status, missing
from signoff.domain.checklist import Demand, Item

MUST = Item("m", "A must", must=True)
SHOULD = Item("s", "Not a must")
PROVEN = Item("p", "A must with evidence", must=True, evidence=Demand.REQUIRED)
DAY = NOW.date()


@pytest.mark.parametrize(
    ("item", "answer", "lacks"),
    [
        (PROVEN, Answer(Status.OPEN), ()),
        (MUST, Answer(Status.PASS), ()),
        (PROVEN, Answer(Status.PASS), ("evidence",)),
        (PROVEN, Answer(Status.PASS, evidence=(LINK,)), ()),
        (MUST, Answer(Status.FAIL), ()),
        (SHOULD, Answer(Status.FAIL), ("an action",)),
        (SHOULD, Answer(Status.FAIL, actions=(Action("fix it"),)), ()),
        (PROVEN, Answer(Status.FAIL), ()),
        (MUST, Answer(Status.CONDITION), ("a condition", "an owner", "a due date")),
        (MUST, Answer(Status.CONDITION, what="merge"), ("an owner", "a due date")),
        (MUST, Answer(Status.CONDITION, what="merge", owner="ana", due=DAY), ()),
        (MUST, Answer(Status.RISK), ("who accepts it", "until when", "a reason")),
        (MUST, Answer(Status.RISK, accepted_by="cto", until=DAY), ("a reason",)),
        (MUST, Answer(Status.RISK, accepted_by="cto", until=DAY, reason="small"), ()),
        (MUST, Answer(Status.NA), ("a reason",)),
        (PROVEN, Answer(Status.NA, reason="no database"), ()),
    ],
)
def test_a_status_lacks_exactly_what_it_asks_for(item: Item, answer: Answer, lacks: tuple[str, ...]) -> None:
    assert missing(item, answer) == lacks


def test_each_status_has_its_own_box_and_word() -> None:
    shown = [f"{status.box} {status.word}" for status in Status]

    assert shown == ["[ ] OPEN", "[✓] PASS", "[✗] FAIL", "[~] COND", "[!] RISK", "[-] N/A"]


def test_a_flag_takes_the_box_only_where_it_means_something() -> None:
    assert Answer(Status.OPEN, parked=True).box == "[»]"
    assert Answer(Status.FAIL, parked=True).box == "[✗]"
    assert Answer(Status.PASS, carried=True).box == "[↻]"
    assert Answer(Status.OPEN, carried=True).box == "[ ]"
    assert Answer(Status.PASS, carried=True).word == "pass"


def test_an_answer_to_be_reconfirmed_is_not_settled() -> None:
    assert Answer(Status.PASS).is_settled
    assert not Answer(Status.PASS, carried=True).is_settled
    assert not Answer(Status.OPEN).is_settled


@pytest.mark.parametrize("old", COMPLETE)
@pytest.mark.parametrize("new", Status)
def test_a_new_status_empties_what_only_the_old_one_asked_for(old: Status, new: Status) -> None:
    before = answered(a_session(), "vault", old, **COMPLETE[old])
    after = answered(before, "vault", new).answers["vault"]

    kept = {Status.CONDITION: {"what", "due"}, Status.RISK: {"accepted_by", "until", "reason"}, Status.NA: {"reason"}}
    blank = Answer()
    for name in ASKED_FIELDS:
        stays = name in kept.get(new, ())
        assert getattr(after, name) == getattr(before.answers["vault"] if stays else blank, name), name
    assert (after.owner, after.evidence) == (before.answers["vault"].owner, before.answers["vault"].evidence)


def test_what_is_given_together_with_a_status_is_kept() -> None:
    session = answered(a_session(), "vault", Status.PASS, reason="asked by nobody, but given now")

    assert session.answers["vault"].reason == "asked by nobody, but given now"


def test_a_status_confirms_a_carried_answer_and_takes_an_item_back_from_parking() -> None:
    session = answered(a_ready_session(), "vault", carried=True, parked=True)
    session = answered(session, "vault", Status.PASS)

    assert session.answers["vault"] == replace(session.answers["vault"], carried=False, parked=False)
    assert session.answers["vault"].is_settled


def test_a_note_does_not_confirm_a_carried_answer() -> None:
    session = answered(answered(a_ready_session(), "vault", carried=True), "vault", note="still looking")

    assert session.answers["vault"].carried
