"""Two people at one session: in an editor, in a second window, on another machine."""

from __future__ import annotations

import signal

from cli.home import Home, session_in
from meeting import NOW, answered
from signoff.domain.answer import Status
from signoff.domain.session import Session
from signoff.storage.session_file import SessionFile
from terminal.pty_program import signoff_in_a_terminal


def failed_by_ana(session: Session) -> Session:
    return session.answer("scan", status=Status.FAIL, owner="ana", now=NOW, by="Ana")


def test_what_is_written_with_an_editor_is_on_the_screen_and_both_edits_are_in_the_file(home: Home) -> None:
    path = home.session()
    with signoff_in_a_terminal(home, "open") as program:
        program.wait_for("saved r0")
        path.write_bytes(
            path.read_bytes().replace(b"[checklist]", b'[answers.scan]\nstatus = "fail"\n\n[checklist]', 1)
        )
        program.wait_for("[✗] Dependencies", "Changed outside: Dependencies scanned.")
        program.press("n")
        program.wait_for_saved(1)
    assert [session_in(path).answers[item].status for item in ("vault", "scan")] == [Status.FAIL, Status.FAIL]


def test_a_program_that_was_stopped_sees_what_was_written_meanwhile(home: Home) -> None:
    path = home.session()
    with signoff_in_a_terminal(home, "open") as program:
        program.wait_for("saved r0")
        program.signal(signal.SIGTSTP)
        program.wait_until_stopped()
        file = SessionFile.open(path)
        file.save(failed_by_ana(file.session), NOW)
        program.signal(signal.SIGCONT)
        program.wait_for("Changed outside: Dependencies scanned.", "saved r1")


def test_an_edit_that_was_made_before_the_other_was_seen_is_in_the_file_with_it(home: Home) -> None:
    path = home.session()
    with signoff_in_a_terminal(home, "open") as program:
        program.wait_for("saved r0")
        file = SessionFile.open(path)
        file.save(failed_by_ana(file.session), NOW)
        program.press("n")
        program.wait_for("Changed outside", "saved r2")
        program.press("u")
        program.wait_for("saved r3")
    session = session_in(path)
    assert [session.answers[item].status for item in ("vault", "scan")] == [Status.OPEN, Status.FAIL]
    assert [change.revision for change in session.history] == [1, 2, 3]


def test_two_machines_show_the_same_in_the_end(home: Home) -> None:
    path = home.session(lambda session: answered(session, "coverage", Status.PASS))
    elsewhere = {"XDG_STATE_HOME": str(home.folder / "another machine")}
    with signoff_in_a_terminal(home, "open") as one, signoff_in_a_terminal(home, "open", **elsewhere) as other:
        one.wait_for("saved r1")
        other.wait_for("saved r1")
        one.press("n")
        other.press("Down")
        other.wait_for(">[ ] Dependencies")
        other.press("n")
        one.wait_for("[✗] Dependencies", "saved r3")
        other.wait_for("[✗] Secrets", "saved r3")
    assert [change.subject for change in session_in(path).history[1:]] in (
        ["answers.vault", "answers.scan"],
        ["answers.scan", "answers.vault"],
    )


def test_a_file_that_was_cut_between_two_lines_of_history_is_left_alone_and_nothing_goes_from_the_window(
    home: Home,
) -> None:
    path = home.session(lambda s: answered(answered(s, "coverage", Status.PASS), "rollback-plan", Status.PASS))
    with signoff_in_a_terminal(home, "open") as program:
        program.wait_for("saved r2")
        good = path.read_bytes()
        cut = good[: good.rindex(b"\n[[history]]") + 1]
        path.write_bytes(cut)
        program.wait_for("NOT SAVED since r2")
        program.press("u")
        program.wait_for("1/5")
        assert path.read_bytes() == cut
        path.write_bytes(good)
        program.wait_for("saved r3")
    session = session_in(path)
    assert [change.revision for change in session.history] == [1, 2, 3]
    assert [session.answers[item].status for item in ("coverage", "rollback-plan")] == [Status.PASS, Status.OPEN]
