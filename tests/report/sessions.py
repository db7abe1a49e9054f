"""Sessions to render: a small one with a slot for every text that a user can type, and a whole meeting."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from functools import partial
from typing import Any
from zoneinfo import ZoneInfo

from signoff.domain.action import Action
from signoff.domain.answer import Answer, Status
from signoff.domain.answers import Answers
from signoff.domain.checklist import Category, CheckKind, Checklist, Demand, Item, Role, Rule, RuleKind
from signoff.domain.deciding import decide
from signoff.domain.evidence import Evidence
from signoff.domain.history import Change
from signoff.domain.meeting import Choice, Decision, Override, Superseded, Verdict, Vote, Watch
from signoff.domain.release import Release, Window
from signoff.domain.session import Session
from signoff.domain.verdict import reasons_for
from signoff.report.report import render_body, render_draft

NOW = datetime(2026, 11, 24, 14, 0, tzinfo=UTC)
SESSION_SHA256 = "5e" * 32
BODY_SHA256 = "b0" * 32
FILE_NAME = "payments-api-4.12.0-2026-11-24.signoff.md"
SIGNER = "rm@example.com"
BY = "R. Manager"

PLACES = (
    "checklist.id",
    "checklist.version",
    "checklist.title",
    "category.title",
    "item.text",
    "role.title",
    "rule.text",
    "session.id",
    "people",
    "release.service",
    "release.version",
    "release.environment",
    "release.commit",
    "release.zone",
    "release.rollback",
    "owner",
    "note",
    "evidence.target",
    "evidence.title",
    "evidence.environment",
    "evidence.sha256",
    "action.text",
    "action.owner",
    "what",
    "accepted_by",
    "reason",
    "vote.by",
    "vote.comment",
    "override.by",
    "override.reason",
    "watcher",
    "decision.by",
    "decision.reason",
    "supersedes.report",
    "history.by",
    "history.subject",
)
"""Every place of a session that can hold text from outside."""


class Texts(dict[str, str]):
    """What is typed where; `plain` wherever nothing is said."""

    def __missing__(self, place: str) -> str:
        return "plain"


def body(session: Session, **changed: str) -> str:
    arguments = {
        "session_sha256": SESSION_SHA256,
        "program_version": "0.1.0",
        "signer": SIGNER,
        "file_name": FILE_NAME,
        **changed,
    }
    return render_body(session, **arguments).decode()


def draft(session: Session) -> str:
    return render_draft(session, session_sha256=SESSION_SHA256, program_version="0.1.0").decode()


def session_with(**texts: str) -> Session:
    """A session in which every place is used; keys are places, with `__` for the dot."""
    return session_of(Texts({place.replace("__", "."): text for place, text in texts.items()}))


def session_of(typed: Texts) -> Session:
    # A text of blanks only counts as none, and what is missing shows; here it is about what a text looks like.
    t = Texts({place: text if text.strip() else f"{text}x" * bool(text) for place, text in typed.items()})
    checklist = _checklist(t)
    release = Release(
        t["release.service"],
        t["release.version"],
        t["release.environment"],
        t["release.commit"],
        Window(NOW, NOW + timedelta(hours=2), t["release.zone"]),
        t["release.rollback"],
    )
    session = Session(
        id=t["session.id"],
        checklist=checklist,
        release=release,
        created=NOW - timedelta(days=1),
        answers=Answers(checklist, _answers(t)),
        revision=7,
        people={"qa": t["people"], "rm": t["people"]},
        votes={
            "qa": Vote(Choice.NO_GO, t["vote.by"], t["vote.comment"]),
            "ops": Vote(Choice.GO_IF, t["vote.by"], t["vote.comment"]),
        },
        overrides={"plan": Override(t["override.by"], t["override.reason"])},
        watch=Watch(t["watcher"], NOW + timedelta(hours=4)),
        decision=Decision(Verdict.GO, t["decision.by"], NOW, t["decision.reason"], Verdict.NO_GO, date(2026, 12, 1)),
        supersedes=Superseded(3, BODY_SHA256, t["supersedes.report"]),
        history=_history(t),
    )
    known = tuple(reason.key for reason in reasons_for(session))
    return replace(session, decision=replace(session.decision, reasons=known))


def _checklist(t: Texts) -> Checklist:
    items = tuple(Item(f"i{n}", t["item.text"], must=n % 2 == 0) for n in range(6))
    return Checklist(
        t["checklist.id"],
        t["checklist.version"],
        t["checklist.title"],
        (Category("first", t["category.title"], items[:3]), Category("second", t["category.title"], items[3:])),
        (
            Rule("all", RuleKind.ALWAYS, t["rule.text"], CheckKind.CHECKLIST_COMPLETE),
            Rule("plan", RuleKind.NEVER, t["rule.text"], CheckKind.ITEM_PASSES, item="i1"),
            Rule("watch", RuleKind.ALWAYS, t["rule.text"], CheckKind.WATCHER_NAMED),
        ),
        (
            Role("qa", t["role.title"]),
            Role("ops", t["role.title"], Demand.OPTIONAL),
            Role("rm", t["role.title"], Demand.NONE, Demand.REQUIRED),
        ),
        sha256="cc" * 32,
    )


def _answers(t: Texts) -> dict[str, Answer]:
    evidence = (
        Evidence(t["evidence.target"], t["evidence.title"], t["evidence.environment"], t["evidence.sha256"]),
        Evidence(t["evidence.target"]),
    )
    said: dict[str, Any] = {"owner": t["owner"], "note": t["note"]}
    actions = (Action(t["action.text"], t["action.owner"], date(2026, 12, 1)),)
    return {
        "i0": Answer(Status.PASS, evidence=evidence, **said),
        "i1": Answer(Status.FAIL, actions=actions, **said),
        "i2": Answer(Status.CONDITION, what=t["what"], due=date(2026, 11, 25), **said),
        "i3": Answer(Status.RISK, accepted_by=t["accepted_by"], until=NOW, reason=t["reason"], **said),
        "i4": Answer(Status.NA, reason=t["reason"], carried=True, **said),
        "i5": Answer(Status.OPEN, parked=True, **said),
    }


def _history(t: Texts) -> tuple[Change, ...]:
    return (
        Change(1, NOW, t["history.by"], "answers.i0", {"status": Status.OPEN}, {"status": Status.PASS}),
        Change(2, NOW, t["history.by"], t["history.subject"], {"x": 1}, {"x": 2}),
        Change(7, NOW, t["history.by"], "people", {"qa": "old"}, {"qa": t["people"]}),
    )


def payments_checklist() -> Checklist:
    """Three categories of the built-in checklist, with its roles and most of its rules."""
    categories = (
        Category(
            "security",
            "Security",
            (
                Item("secrets-in-vault", "Secrets in vault/secrets manager, not env vars or code", must=True),
                Item("dependency-scan", "Dependencies scanned for vulnerabilities", True, Demand.REQUIRED),
                Item("https-headers", "HTTPS enforced, secure headers set", must=True),
            ),
        ),
        Category(
            "observability",
            "Observability",
            (
                Item("health-endpoints", "Health endpoints (/health, /ready) responding", must=True),
                Item("metrics-exposed", "Metrics exposed for scraping", must=True),
                Item("distributed-tracing", "Distributed tracing configured"),
                Item("dashboards", "Dashboards created for service"),
            ),
        ),
        Category(
            "testing",
            "Testing",
            (
                Item("load-tested", "Load tested at expected scale"),
                Item("rollback-tested", "Rollback tested", True, Demand.REQUIRED),
                Item("rollback-plan", "Rollback plan documented", True, Demand.REQUIRED),
                Item("feature-flags", "Feature flags for risky changes"),
            ),
        ),
    )
    rules = (
        Rule("complete", RuleKind.ALWAYS, "Complete this checklist before production deploy", _complete),
        Rule("team", RuleKind.ALWAYS, "Get sign-off from relevant team members", CheckKind.REQUIRED_ROLES_VOTED),
        Rule("tested", RuleKind.ALWAYS, "Test rollback procedure", CheckKind.ITEM_PASSES, item="rollback-tested"),
        Rule("watch", RuleKind.ALWAYS, "Monitor closely after deploy", CheckKind.WATCHER_NAMED),
        Rule("skipped", RuleKind.NEVER, 'Skip items for "quick fixes"', CheckKind.NOTHING_SKIPPED),
        Rule(
            "friday",
            RuleKind.NEVER,
            "Deploy on Friday afternoon",
            CheckKind.WINDOW_OUTSIDE,
            weekday=4,
            start=time(12),
        ),
    )
    roles = (
        Role("security", "Security"),
        Role("operations", "Operations"),
        Role("qa", "QA"),
        Role("product", "Product", Demand.OPTIONAL),
        Role("release-manager", "Release manager", Demand.NONE, Demand.REQUIRED),
    )
    return Checklist(
        "production-readiness", "1", "Production Readiness", categories, rules, roles, sha256="a1b2c3d4" * 8
    )


_complete = CheckKind.CHECKLIST_COMPLETE


def new_session() -> Session:
    """The session as it is made: nothing has been said yet."""
    berlin = ZoneInfo("Europe/Berlin")
    start = datetime(2026, 11, 27, 13, 0, tzinfo=berlin)
    release = Release(
        "payments-api",
        "4.12.0",
        "prod",
        "9f8e7d6c5b4a39281706f5e4d3c2b1a098765432",
        Window(start, start + timedelta(hours=2), "Europe/Berlin"),
        "https://wiki.example/payments/rollback?v=4.12",
    )
    return Session.start("payments-api-4.12.0", payments_checklist(), release, NOW - timedelta(days=1))


class Meeting:
    """A meeting as it goes on, a minute for each edit."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self.now = NOW

    def does(self, edit: str, *arguments: Any, **fields: Any) -> None:
        self.now += timedelta(minutes=1)
        change = partial(decide, self.session) if edit == "decide" else getattr(self.session, edit)
        self.session = change(*arguments, now=self.now, by=BY, **fields)

    def says(self, item: str, status: Status, **fields: Any) -> None:
        self.does("answer", item, status=status, **fields)


def go_session() -> Session:
    """A clean GO."""
    meeting = Meeting(new_session())
    start = datetime(2026, 11, 26, 13, 0, tzinfo=ZoneInfo("Europe/Berlin"))
    window = Window(start, start + timedelta(hours=2), "Europe/Berlin")
    meeting.does("describe", replace(meeting.session.release, window=window))
    for item in meeting.session.checklist.items:
        evidence = (Evidence(f"https://ci.example/run/{item.id}", environment="prod"),)
        meeting.says(item.id, Status.PASS, owner="ana", evidence=evidence)
    for role in ("security", "operations", "qa", "product"):
        meeting.does("vote", role, Vote(Choice.GO, f"{role} lead"))
    meeting.does("set_watch", Watch("dee", NOW + timedelta(days=3)))
    meeting.does("decide", Decision(Verdict.GO, BY, meeting.now, "", Verdict.GO))
    return meeting.session


def contested_session() -> Session:
    """A meeting with a bit of everything, decided against the verdict and against one vote."""
    meeting = Meeting(new_session())
    meeting.does("name_people", {"qa": "Chen Li", "security": "Ana Ruiz", "release-manager": SIGNER})
    _answer_everything(meeting)
    meeting.does("vote", "security", Vote(Choice.GO, "Ana Ruiz"))
    meeting.does("vote", "operations", Vote(Choice.GO_IF, "Dee", "if the pager rota for the weekend is confirmed"))
    meeting.does("vote", "qa", Vote(Choice.NO_GO, "Chen Li", "Metrics are missing on 2 of 6 pods; we would fly blind."))
    meeting.does("override", "friday", Override("V. P. Engineering", "Contract ends on Saturday; agreed with support."))
    meeting.does("set_watch", Watch("Dee", NOW + timedelta(days=3, hours=10)))
    reason = (
        "The old version cannot process the new card scheme from Saturday on.\n"
        "Two pods without metrics are fewer than one region without payments."
    )
    meeting.does("decide", Decision(Verdict.CONDITIONAL, BY, meeting.now, reason, Verdict.NO_GO))
    return replace(
        meeting.session,
        supersedes=Superseded(12, BODY_SHA256, "payments-api-4.12.0-2026-11-20.signoff.md"),
    )


def _answer_everything(meeting: Meeting) -> None:
    ci = "https://ci.example/run/8812"
    meeting.says("secrets-in-vault", Status.PASS, owner="Ana Ruiz", note="Vault path kv/payments, read by 3 people.")
    meeting.says("dependency-scan", Status.PASS, owner="Ana Ruiz", evidence=(Evidence(ci, "Scan of the image"),))
    meeting.says("https-headers", Status.NA, reason="Internal service: TLS ends at the mesh, no browser calls it.")
    probe = Evidence("evidence/ready.txt", "curl of all six pods", "prod", "0123456789abcdef" * 4)
    meeting.says("health-endpoints", Status.PASS, owner="Bob", evidence=(probe,))
    meeting.says("metrics-exposed", Status.OPEN, parked=True)
    note = "2 of 6 pods return 404.\nFix is merged (see #8812), not deployed:\n\n    kubectl rollout status deploy/x"
    action = Action("Deploy the metrics fix", "Chen Li", date(2026, 11, 30))
    meeting.says("metrics-exposed", Status.FAIL, owner="Chen Li", note=note, actions=(action,))
    meeting.says(
        "distributed-tracing",
        Status.RISK,
        accepted_by="V. P. Engineering",
        until=date(2026, 12, 31),
        reason="Only the batch path is untraced.",
    )
    meeting.says(
        "load-tested",
        Status.CONDITION,
        owner="Bob",
        what="Repeat the load test with 2x card traffic",
        due=datetime(2026, 11, 26, 12, 0, tzinfo=UTC),
    )
    drill = Evidence(f"{ci}/rollback", "Rollback drill", "prod")
    meeting.says("rollback-tested", Status.PASS, owner="Dee", evidence=(drill,))
    meeting.says("rollback-plan", Status.PASS, owner="Dee")
    meeting.says("feature-flags", Status.PASS, carried=True)
