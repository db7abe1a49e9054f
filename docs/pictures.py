"""Make the pictures of the README anew, from the program itself.

Run it after a screen has changed, and look at the pictures before you commit them:

    .venv/bin/python docs/pictures.py
"""

from __future__ import annotations

import asyncio
import re
import tempfile
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from signoff.domain.action import Action
from signoff.domain.answer import Status
from signoff.domain.evidence import Evidence
from signoff.domain.release import Release, Window
from signoff.domain.session import Session
from signoff.storage.checklist_file import load_checklist
from signoff.storage.locations import Locations, shipped
from signoff.storage.session_file import SessionFile
from signoff.ui.app import SignoffApp

HERE = Path(__file__).parent
NOW = datetime(2026, 11, 24, 14, 2, 11, tzinfo=UTC)
SIZE = (120, 30)


def a_meeting() -> Session:
    """A meeting for a release, half an hour before it ends."""
    start = NOW.replace(day=26, minute=0, second=0)
    window = Window(start, start + timedelta(hours=2), "UTC")
    release = Release("payments-api", "4.12.0", "prod", "9f31c2a", window)
    checklist = load_checklist(shipped("checklists") / "production-readiness.toml")
    session = Session.start("payments-api-4.12.0-prod", checklist, release, NOW)
    session = session.name_people({"security": "ana", "operations": "chen", "qa": "dee"}, now=NOW, by="R. Manager")
    run = Evidence("https://ci.example/run/8812", "pipeline", "prod")
    for item in checklist.categories[0].items:
        session = _said(session, item.id, status=Status.PASS, owner="ana", evidence=(run,))
    session = _said(session, "structured-logging", status=Status.PASS, owner="ana", evidence=(run,))
    session = _said(session, "health-endpoints", status=Status.PASS, owner="bob")
    session = _said(
        session,
        "metrics-exposed",
        status=Status.FAIL,
        owner="chen",
        evidence=(run,),
        note="2 of 6 pods return 404. The fix is merged, the image is not rebuilt yet.",
        actions=(Action("rebuild the image", "chen", date(2026, 11, 25)),),
    )
    session = _said(
        session,
        "alerts-configured",
        status=Status.CONDITION,
        owner="dee",
        what="the pager is tested once more",
        due=date(2026, 11, 25),
        evidence=(run,),
    )
    return _said(session, "dashboards", parked=True)


def _said(session: Session, item: str, **changed: object) -> Session:
    return session.answer(item, now=NOW, by="R. Manager", **changed)


async def picture_of_the_review() -> str:
    """The review screen as SVG."""
    with tempfile.TemporaryDirectory() as folder:
        where = Locations(Path(folder) / "data", Path(folder) / "config", Path(folder) / "state")
        meeting = a_meeting()
        file = SessionFile.create(where.data, meeting.checklist, meeting.release, NOW)
        file.save(replace(meeting, id=file.session.id), NOW)
        app = SignoffApp(where, clock=lambda: NOW, user="R. Manager", session=file)
        async with app.run_test(size=SIZE) as pilot:
            await pilot.press("2", "g", "j", "j")
            await pilot.pause(0.5)
            return app.export_screenshot(title="signoff")


def words_of(picture: str) -> list[str]:
    """The words in a picture, to see whether it still shows what the program shows."""
    texts = re.findall(r"<text [^>]*>(.*?)</text>", picture)
    return " ".join(texts).replace("&#160;", " ").split()


def main() -> None:
    """Write the pictures."""
    (HERE / "review.svg").write_text(asyncio.run(picture_of_the_review()), encoding="utf-8")


if __name__ == "__main__":
    main()
