"""Hypothesis strategies: any edit of the small meeting, and any session that edits lead to."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from hypothesis import strategies as st

from meeting import BY, NOW, a_checklist, a_session, signed
from signoff.domain.action import Action
from signoff.domain.answer import Status
from signoff.domain.deciding import decide
from signoff.domain.evidence import Evidence
from signoff.domain.meeting import Choice, Decision, Override, Verdict, Vote, Watch
from signoff.domain.release import Release, Window
from signoff.domain.session import Session

Edit = Callable[[Session], Session]

AWKWARD = (
    '"""',
    "'''",
    "\"quoted\" \\ and 'quoted'",
    "[answers.vault]\nstatus = 'fail'",
    "[[history]]",
    "a # no comment",
    "one\ntwo\r\nthree\rfour\n",
    " \t ",
    "{x = [1, 2]}",
    "\x00\x1b\x7f\x85\u2028\ufeff",
    "👩‍👩‍👧 çok güzel 検査",
)
texts = st.sampled_from(AWKWARD) | st.text(max_size=20)
words = st.text(st.characters(blacklist_characters="\n", blacklist_categories=["Cs"]), min_size=1, max_size=12)
zones = st.sampled_from([ZoneInfo(name) for name in ("UTC", "Europe/Berlin", "Asia/Kathmandu", "America/St_Johns")])


def _comes_once(moment: datetime) -> bool:
    # Python calls a moment in the hour that comes twice unequal to itself in another zone.
    return moment.utcoffset() == moment.replace(fold=1 - moment.fold).utcoffset()


moments = st.datetimes(datetime(1800, 1, 1), datetime(2900, 1, 1), timezones=zones, allow_imaginary=False).filter(
    _comes_once
)
whens = st.none() | st.dates(NOW.date().replace(year=1800)).filter(lambda day: day.year < 9999) | moments
links = st.builds(Evidence, texts, texts, st.sampled_from(["", "staging", "prod"]), st.sampled_from(["", "a1" * 32]))
actions = st.builds(Action, texts, texts, whens)
fields = st.fixed_dictionaries(
    {},
    optional={
        "status": st.sampled_from(Status),
        "owner": texts,
        "note": texts,
        "evidence": st.lists(links, max_size=3).map(tuple),
        "actions": st.lists(actions, max_size=2).map(tuple),
        "parked": st.booleans(),
        "carried": st.booleans(),
        "what": texts,
        "due": whens,
        "accepted_by": texts,
        "until": whens,
        "reason": texts,
    },
)


@st.composite
def windows(draw: st.DrawFn) -> Window:
    start = draw(moments.filter(lambda moment: moment.year > 1970))
    there = start.tzinfo
    end = (start.astimezone(ZoneInfo("UTC")) + timedelta(minutes=draw(st.integers(1, 5000)))).astimezone(there)
    return Window(start, end, str(there))


releases = st.builds(
    Release, words, words, words, texts, st.none() | windows().filter(lambda w: _comes_once(w.end)), texts
)
decisions = st.builds(
    Decision, st.sampled_from(Verdict), texts, st.none() | moments, texts, st.sampled_from(Verdict), whens
)
_ITEMS = [item.id for item in a_checklist().items]
_ROLES = list(a_checklist().role_by_id)


def _answer(item: str, changed: dict[str, Any]) -> Edit:
    return lambda s: s.answer(item, now=NOW, by=BY, **changed)


edits: st.SearchStrategy[Edit] = st.one_of(
    st.builds(_answer, st.sampled_from(_ITEMS), fields),
    st.builds(
        lambda role, vote: lambda s: s.vote(role, vote, now=NOW, by=BY),
        st.sampled_from(_ROLES),
        st.builds(Vote, st.sampled_from(Choice), texts, texts),
    ),
    st.builds(
        lambda rule, override: lambda s: s.override(rule, override, now=NOW, by=BY),
        st.sampled_from([rule.id for rule in a_checklist().rules]),
        st.builds(Override, texts, texts),
    ),
    st.dictionaries(st.sampled_from(_ROLES), texts).map(lambda p: lambda s: s.name_people(p, now=NOW, by=BY)),
    releases.map(lambda release: lambda s: s.describe(release, now=NOW, by=BY)),
    st.builds(Watch, texts, whens).map(lambda watch: lambda s: s.set_watch(watch, now=NOW, by=BY)),
    decisions.map(lambda decision: lambda s: decide(s, decision, now=NOW, by=BY)),
    st.just(lambda s: signed(s).reopened(now=NOW, by=BY)),
)
"""Any one edit, as a function of the session. A signed session is reopened at once: the next edit needs that."""


def after(session: Session, done: list[Edit]) -> Session:
    """The session after some edits."""
    for edit in done:
        session = edit(session)
    return session


sessions = st.builds(
    lambda release, done: after(a_session(release=release), done), releases, st.lists(edits, max_size=8)
)
"""Any session of the small meeting."""
