"""The dialogue from its first line to its last."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from signoff.cli.dialogue.decision import DecisionQuestion
from signoff.cli.dialogue.go_to_item import GoToItem
from signoff.cli.dialogue.item_walk import ItemWalk
from signoff.cli.dialogue.roll_call import RollCall
from signoff.cli.dialogue.talk import Talk
from signoff.cli.dialogue.watch_question import ask_watch, watch_words
from signoff.domain.deciding import obstacle_to_signing
from signoff.domain.session import Session
from signoff.domain.verdict import unfinished_items, verdict_of

_MOST_OPEN: Final = 10


def walk_through(talk: Talk) -> None:
    """Walk through a session until the decision is taken, or somebody leaves.

    Args:
        talk: The dialogue.

    Raises:
        Leave: When somebody leaves, or there are no more lines.
    """
    talk.say_all(_opening(talk.session))
    items, roll_call, decision = ItemWalk(talk), RollCall(talk), DecisionQuestion(talk)
    start = ""
    while True:
        items.walk(start)
        back_to = items.last or talk.session.checklist.items[-1].id
        try:
            roll_call.call(back_to)
            ask_watch(talk)
            decision.ask(back_to)
        except GoToItem as there:
            start = there.item
        else:
            return


def _opening(session: Session) -> Iterator[str]:
    release, checklist, tally = session.release, session.checklist, session.answers.tally
    yield release.title
    if release.window:
        yield f"Window: {release.window.text}"
    yield f"Checklist: {checklist.title} {checklist.version}, {len(checklist.items)} items, {tally.answered()} answered"
    yield f"The rules say: {verdict_of(session).value}"
    yield "Say y, n, c, r or a to an item, or ? for all that can be said. Everything is saved at once."


def closing_lines(session: Session, name: str) -> Iterator[str]:
    """What is said at the end, however it came: what is decided, what is still open, how to sign.

    Args:
        session: The session.
        name: How the session is called on the command line.
    """
    tally, decision = session.answers.tally, session.decision
    yield ""
    yield f"{tally.answered()} of {tally.total()} answered, {tally.parked} parked, {tally.incomplete()} incomplete"
    unfinished = [reason.text for reason in unfinished_items(session)]
    yield from (f"Still {text}" for text in unfinished[:_MOST_OPEN])
    if len(unfinished) > _MOST_OPEN:
        yield f"And {len(unfinished) - _MOST_OPEN} more"
    yield f"{watch_words(session.watch)}"
    yield f"The rules say: {verdict_of(session).value}"
    if decision.is_taken:
        yield f"Decided: {decision.choice.value} by {decision.by}"
        obstacle = obstacle_to_signing(session)
        how = f"signoff export --unsigned {name} and signoff sign, or f and S in signoff open {name}"
        yield f"Before it is signed: {obstacle}" if obstacle else f"To sign: {how}"
    else:
        yield f"Nothing is decided: signoff answer {name} goes on here"
    yield f"An unsigned draft of the report: signoff export --draft {name}"
