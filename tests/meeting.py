"""A small meeting to test with: five items, four roles, and the eight rules of the built-in checklist."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from functools import cache
from typing import Any

from signoff.domain.answer import Answer, Status
from signoff.domain.checklist import Category, CheckKind, Checklist, Demand, Item, Role, Rule, RuleKind
from signoff.domain.deciding import decide
from signoff.domain.evidence import Evidence
from signoff.domain.meeting import Choice, Decision, SignOff, Verdict, Vote, Watch
from signoff.domain.release import Release, Window
from signoff.domain.session import Session
from signoff.storage.checklist_file import load_checklist
from signoff.storage.locations import shipped

NOW = datetime(2026, 11, 26, 14, 0, tzinfo=UTC)
"""A Thursday afternoon."""
LINK = Evidence("https://ci.example/run/8812")
STAGING = Evidence("https://ci.example/run/8813", environment="staging")
BY = "R. Manager"


@cache
def the_built_in_checklist() -> Checklist:
    return load_checklist(shipped("checklists") / "production-readiness.toml")


@cache
def a_checklist() -> Checklist:
    security = (
        Item("vault", "Secrets in a vault", must=True),
        Item("scan", "Dependencies scanned", must=True, evidence=Demand.REQUIRED),
    )
    testing = (
        Item("coverage", "Coverage meets its threshold"),
        Item("rollback-tested", "Rollback tested", must=True, evidence=Demand.REQUIRED),
        Item("rollback-plan", "Rollback plan documented", must=True),
    )
    rules = (
        Rule("complete", RuleKind.ALWAYS, "Complete this checklist", CheckKind.CHECKLIST_COMPLETE),
        Rule("team-sign-off", RuleKind.ALWAYS, "Get sign-off", CheckKind.REQUIRED_ROLES_VOTED),
        Rule("tested", RuleKind.ALWAYS, "Test rollback", CheckKind.ITEM_PASSES, item="rollback-tested"),
        Rule("watch", RuleKind.ALWAYS, "Monitor closely", CheckKind.WATCHER_NAMED),
        Rule("skipped", RuleKind.NEVER, "Skip items", CheckKind.NOTHING_SKIPPED),
        Rule("plan", RuleKind.NEVER, "No plan", CheckKind.ITEM_PASSES, item="rollback-plan", evidence=True),
        Rule(
            "staging",
            RuleKind.NEVER,
            "Trust staging",
            CheckKind.EVIDENCE_NOT_ONLY_FROM,
            category="testing",
            environment="staging",
        ),
        Rule(
            "friday", RuleKind.NEVER, "Friday afternoon", CheckKind.WINDOW_OUTSIDE, weekday=4, start=time(12), end=None
        ),
    )
    roles = (
        Role("qa", "QA"),
        Role("product", "Product"),
        Role("legal", "Legal", vote=Demand.OPTIONAL),
        Role("manager", "Release manager", vote=Demand.NONE, signature=Demand.REQUIRED),
    )
    categories = (Category("security", "Security", security), Category("testing", "Testing", testing))
    return Checklist("small", "1", "Small", categories, rules, roles)


def a_window(start: datetime = NOW + timedelta(hours=1), hours: float = 2, zone: str = "UTC") -> Window:
    end = (start.astimezone(UTC) + timedelta(hours=hours)).astimezone(start.tzinfo)
    return Window(start, end, zone)


def a_session(checklist: Checklist | None = None, release: Release | None = None) -> Session:
    """A meeting in which nobody has said anything."""
    return Session.start(
        "payments-4.12.0-prod", checklist or a_checklist(), release or Release("payments", "4.12.0"), NOW
    )


def answered(session: Session, item: str, status: Status | None = None, **fields: Any) -> Session:
    """The session after one answer; without a status only the fields change."""
    changed = fields if status is None else {"status": status, **fields}
    return session.answer(item, now=NOW, by=BY, **changed)


def voted(session: Session, role: str, choice: Choice, comment: str = "") -> Session:
    return session.vote(role, Vote(choice, "somebody", comment), now=NOW, by=BY)


def decided(session: Session, choice: Verdict = Verdict.GO) -> Session:
    return decide(session, Decision(choice, BY, NOW), now=NOW, by=BY)


def a_ready_session() -> Session:
    """A meeting that found nothing against the release: its verdict is GO."""
    session = a_session(release=Release("payments", "4.12.0", window=a_window()))
    for item in session.checklist.items:
        session = answered(session, item.id, Status.PASS, evidence=(LINK,))
    for role in session.checklist.roles:
        session = voted(session, role.id, Choice.GO)
    return session.set_watch(Watch("ana", NOW + timedelta(days=2)), now=NOW, by=BY)


def signed(session: Session) -> Session:
    return session.signed(
        SignOff("rm@example.com", "Release manager", "GO", NOW, "SHA256:abc", "payments.signoff.md", "a" * 64)
    )


COMPLETE: dict[Status, dict[str, Any]] = {
    Status.PASS: {"evidence": (LINK,)},
    Status.CONDITION: {"what": "merge the fix", "owner": "ana", "due": NOW.date()},
    Status.RISK: {"accepted_by": "the CTO", "until": NOW.date(), "reason": "low traffic"},
    Status.NA: {"reason": "it has no database"},
}
"""What each status must also have, given."""


def an_answer(status: Status, **fields: Any) -> Answer:
    return Answer(status, **fields)
