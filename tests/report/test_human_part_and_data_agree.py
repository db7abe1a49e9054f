"""Whatever happened in a meeting, people and machines read the same of it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from report.sessions import NOW, Texts, body, session_of
from signoff.domain.action import Action
from signoff.domain.answer import Answer, Status
from signoff.domain.answers import Answers
from signoff.domain.checklist import Agreement
from signoff.domain.evidence import Evidence
from signoff.domain.meeting import Choice, Decision, Override, Superseded, Verdict, Vote, Watch
from signoff.domain.session import Session
from signoff.domain.verdict import reasons_for
from signoff.report.data_block import read_data
from signoff.report.escape import inline

WORDS = st.sampled_from(["", "one", "two words", "a | b", "*x* @y", "z\nz"])
WHENS = st.sampled_from([None, date(2026, 12, 1), NOW, NOW + timedelta(days=9)])
ANSWERS = st.builds(
    Answer,
    status=st.sampled_from(Status),
    owner=WORDS,
    note=WORDS,
    evidence=st.lists(st.builds(Evidence, WORDS), max_size=1).map(tuple),
    actions=st.lists(st.builds(Action, WORDS, WORDS, WHENS), max_size=2).map(tuple),
    parked=st.booleans(),
    carried=st.booleans(),
    what=WORDS,
    due=WHENS,
    accepted_by=WORDS,
    until=WHENS,
    reason=WORDS,
)
DECISIONS = st.builds(Decision, st.sampled_from(Verdict), WORDS, st.just(NOW), WORDS, st.sampled_from(Verdict), WHENS)


@st.composite
def sessions(draw: st.DrawFn) -> Session:
    base = session_of(Texts())
    names = {"item.text": "Item", "role.title": "Role", "rule.text": "Rule"}
    base = session_of(Texts(names))
    session = replace(
        base,
        checklist=replace(base.checklist, roll_call=draw(st.sampled_from(Agreement))),
        answers=Answers(base.checklist, draw(st.dictionaries(st.sampled_from(list(base.answers)), ANSWERS))),
        votes=draw(
            st.dictionaries(
                st.sampled_from(["qa", "ops", "rm"]), st.builds(Vote, st.sampled_from(Choice), WORDS, WORDS)
            )
        ),
        overrides=draw(st.dictionaries(st.sampled_from(["all", "plan", "watch"]), st.builds(Override, WORDS, WORDS))),
        watch=draw(st.builds(Watch, WORDS, WHENS)),
        decision=draw(DECISIONS),
        supersedes=draw(st.sampled_from([Superseded(), Superseded(3, "ab" * 32, "old.md")])),
        people=draw(st.dictionaries(st.sampled_from(["qa", "rm"]), st.sampled_from(["Ana", "ana@example.com"]))),
    )
    known = tuple(reason.key for reason in reasons_for(session))  # a body is made only of a decision that holds
    return replace(session, decision=replace(session.decision, reasons=known))


def section(report: str, title: str) -> list[str]:
    found = re.search(rf"^## {title}\n\n(.*?)\n\n(?=## )", report, re.MULTILINE | re.DOTALL)
    assert found
    return found[1].split("\n")


def rows(lines: list[str]) -> Iterator[list[str]]:
    """The cells of the rows of a table, without its head."""
    for line in [line for line in lines if line.startswith("|")][2:]:
        cells = re.split(r"(?<!\\)\|", line)[1:-1]
        yield ["" if cell.strip() == "-" else cell.strip() for cell in cells]


def listed(lines: list[str]) -> list[str]:
    return [line[2:] for line in lines if line.startswith("- ")]


def first_word(when: str | None) -> str:
    return (when or "")[:10]


@settings(max_examples=300, deadline=None)
@given(sessions())
def test_the_two_parts_agree(session: Session) -> None:
    report = body(session)
    data = read_data(report.encode())
    check_decision(report, data)
    check_counts(report, data)
    check_reasons(report, data)
    check_answers(report, data)
    check_meeting(report, data)


def check_decision(report: str, data: dict[str, Any]) -> None:
    decision = data["decision"]
    outcome = decision["choice"] if decision else f"would be {data['verdict']}"
    assert report.split("\n")[0].endswith(f": {outcome}")
    text = "\n".join(section(report, "Decision"))
    if not decision:
        assert "Nothing is decided" in text
        assert f"revision {data['session']['revision']}: {data['verdict']}" in text
        return
    assert text.startswith(f"**{decision['choice']}**")
    assert f"when this was decided: {decision['verdict']}\n" in text
    assert f"on this revision, {data['session']['revision']}: {data['verdict']}" in text
    assert ("Decided by" in text) == bool(decision["by"])
    assert ("Meet again" in text) == bool(decision["meet_again"])
    assert ("- Why:" in text) == bool(decision["reason"])


def check_counts(report: str, data: dict[str, Any]) -> None:
    counts, lines = data["counts"], section(report, "Counts")
    words = {"PASS": "pass", "FAIL": "fail", "COND": "condition", "RISK": "risk", "N/A": "na", "OPEN": "open"}
    shown = {re.sub(r"^`\[.\] (.*)`$", r"\1", row[0]): int(row[1]) for row in rows(lines)}
    assert {words[word]: shown[word] for word in words} == {key: counts[key] for key in words.values()}
    assert shown["all"] == counts["total"]
    assert shown["`[↻]` to re-confirm"] == counts["to_reconfirm"]
    assert f"status: {counts['incomplete']}" in lines[-2]
    assert f"open: {counts['parked']}" in lines[-1]
    assert sum(counts[key] for key in words.values()) + counts["to_reconfirm"] == counts["total"]
    boxes = re.findall(r"^- `(\[.\]) (.*?)`", report.split("## Checks")[1], re.MULTILINE)
    assert len(boxes) == counts["total"]
    for word, key in words.items():
        assert sum(shown == word for _, shown in boxes) == counts[key]


def check_reasons(report: str, data: dict[str, Any]) -> None:
    by_verdict = {verdict: [r for r in data["reasons"] if r["verdict"] == verdict] for verdict in Verdict}
    assert data["blockers"] == [{"text": r["text"], "item": r["item"]} for r in by_verdict[Verdict.NO_GO]]
    assert listed(section(report, "Blockers")) == [inline(reason["text"]) for reason in data["blockers"]]
    assert listed(section(report, "Undecided")) == [inline(r["text"]) for r in by_verdict[Verdict.UNDECIDED]]
    conditions = section(report, "Conditions")
    assert len(listed(conditions)) + len(data["conditions"]) == len(by_verdict[Verdict.CONDITIONAL])


def check_answers(report: str, data: dict[str, Any]) -> None:
    conditions = [[row[0], row[1], row[2][:10]] for row in rows(section(report, "Conditions"))]
    assert conditions == [[inline(c["what"]), inline(c["owner"]), first_word(c["due"])] for c in data["conditions"]]
    risks = [[row[1], row[2], row[3][:10], row[4]] for row in rows(section(report, "Accepted risks"))]
    assert risks == [
        ["must" if r["must"] else "", inline(r["accepted_by"]), first_word(r["until"]), inline(r["reason"])]
        for r in data["risks"]
    ]
    actions = [[row[0], row[1], row[2][:10]] for row in rows(section(report, "Actions"))]
    assert actions == [[inline(a["text"]), inline(a["owner"]), first_word(a["due"])] for a in data["actions"]]


def check_meeting(report: str, data: dict[str, Any]) -> None:
    words = {None: "no vote", "go": "GO", "no-go": "NO-GO", "go-if": "GO IF", "absent": "ABSENT"}
    votes = section(report, "Roll call")
    assert [[row[0], row[1] == "yes", row[3], row[4]] for row in rows(votes)] == [
        [words[vote["choice"]], vote["needed"], inline(vote["by"]), inline(vote["comment"])] for vote in data["votes"]
    ]
    counted = data["roll_call"]
    words_of = {"unanimous": "Unanimous: all", "majority": f"By majority: {counted['needed']} of the"}
    said = f"{words_of[counted['agreement']]} {counted['total']} needed roles have to vote go; {counted['go']} do."
    assert said in votes
    decision = data["decision"]
    if decision and decision["choice"] in ("GO", "CONDITIONAL"):
        assert len(listed(votes)) == sum(vote["choice"] == "no-go" for vote in data["votes"])
    rules = section(report, "Critical rules")
    assert [row[0].split(",")[0].lower() for row in rows(rules)] == [rule["state"] for rule in data["rules"]]
    assert len(listed(rules)) == sum(bool(rule["override"]) for rule in data["rules"])
    for row, required in zip(rows(section(report, "Required sign-offs")), data["required_sign_offs"], strict=True):
        assert row[0] == inline(required["role"])
        assert row[2] == (f"`{required['signer']}`" if required["signer"] else "anybody whose key is known")
    superseded = data["supersedes"]
    first = section(report, "Supersedes")[0]
    assert first.startswith(f"- Revision: {superseded['revision']}" if superseded else "Nothing")
