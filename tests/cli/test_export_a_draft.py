"""`signoff export`."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

from cli.home import Home, Ran
from cli.hostile import A_HOSTILE_RELEASE, a_hostile_checklist, a_hostile_session, assert_harmless
from meeting import NOW

FIRST_LINE = re.compile(r"# UNSIGNED DRAFT, not a decision record: .*")


def draft(home: Home, *arguments: str) -> Ran:
    return home.run("export", "--draft", *arguments)


def test_a_draft_goes_beside_whoever_asks_and_its_path_is_on_stdout(home: Home) -> None:
    home.session()
    ran = draft(home)
    assert (ran.code, ran.err) == (0, "Wrote an unsigned draft.\n")
    path = Path(ran.out.strip())
    assert path.parent == home.work
    assert path.name.startswith("payments-4.12.0-")
    assert path.name.endswith(".draft.md")


def test_its_first_and_last_lines_say_that_it_is_a_draft(home: Home) -> None:
    home.session()
    lines = draft(home, "-o", "-").lines
    assert FIRST_LINE.fullmatch(lines[0])
    assert "UNSIGNED" in lines[-1]


def test_stdout_is_the_report_and_nothing_else(home: Home) -> None:
    home.session()
    ran = draft(home, "-o", "-")
    assert (ran.code, ran.err) == (0, "")
    assert draft(home, "-o", "report.md").out == "report.md\n"
    assert (home.work / "report.md").read_bytes() == ran.raw_out


def test_the_draft_names_the_session_file_it_came_from(home: Home) -> None:
    path = home.session()
    assert hashlib.sha256(path.read_bytes()).hexdigest() in draft(home, "-o", "-").out


def test_a_file_that_is_there_is_kept_unless_one_insists(home: Home) -> None:
    home.session()
    target = home.work / "report.md"
    target.write_text("mine")
    ran = draft(home, "-o", "report.md")
    assert (ran.code, ran.out) == (2, "")
    assert "Error: report.md is there already; say --force to replace it." in ran.err
    assert target.read_text() == "mine"
    assert draft(home, "-o", "report.md", "--force").code == 0
    assert FIRST_LINE.match(target.read_text())


def test_a_second_draft_of_the_day_does_not_replace_the_first_by_itself(home: Home) -> None:
    home.session()
    assert draft(home).code == 0
    assert draft(home).code == 2
    assert draft(home, "--force").code == 0


def test_a_link_is_not_followed_by_accident(home: Home) -> None:
    home.session()
    (home.work / "report.md").symlink_to(home.work / "elsewhere.md")
    assert draft(home, "-o", "report.md").code == 2
    assert not (home.work / "elsewhere.md").exists()


def test_a_named_session_is_exported(home: Home) -> None:
    home.session()
    assert "payments 4.12.0" in draft(home, "payments-4.12.0-prod", "-o", "-").lines[0]


def test_only_drafts_are_made_here(home: Home) -> None:
    home.session()
    ran = home.run("export")
    assert (ran.code, ran.out) == (2, "")
    assert "Say --draft, or --unsigned for a report that is signed later with `signoff sign`." in ran.err
    assert list(home.work.iterdir()) == []


def test_a_folder_that_is_not_there_is_an_error_that_says_what_to_do(home: Home) -> None:
    home.session()
    ran = draft(home, "-o", "nowhere/report.md")
    assert (ran.code, ran.out) == (1, "")
    assert ran.err == "Error: Cannot write nowhere/report.md: No such file or directory. Choose another folder.\n"


def test_a_folder_in_the_place_of_the_file_is_an_error(home: Home) -> None:
    home.session()
    (home.work / "reports").mkdir()
    for arguments in (("-o", "reports"), ("-o", "reports", "--force")):
        ran = draft(home, *arguments)
        assert ran.code in (1, 2)
        assert "Error: " in ran.err
        assert "Traceback" not in ran.err
    assert list(home.work.iterdir()) == [home.work / "reports"]


def test_a_name_that_no_disk_takes_is_an_error(home: Home) -> None:
    home.session()
    ran = draft(home, "-o", "x" * 300)
    assert ran.code == 1
    assert ran.err == f"Error: File name too long: {'x' * 300}\n"


def test_hostile_contents_leave_a_harmless_report(home: Home) -> None:
    home.session(a_hostile_session, release=A_HOSTILE_RELEASE, checklist=a_hostile_checklist(), now=NOW)
    ran = draft(home, "-o", "-")
    assert ran.code == 0, ran.err
    assert "EVIL" in ran.out
    assert_harmless(ran.raw_out)


def test_a_hostile_file_name_reaches_no_terminal(home: Home) -> None:
    home.session()
    for _ in range(2):  # the second time it is there already
        ran = draft(home, "-o", "a\x1b]2;EVIL\x07\x9b\u202e.md")
        assert "EVIL" in ran.out + ran.err
        assert_harmless(ran.raw_out, ran.raw_err)
