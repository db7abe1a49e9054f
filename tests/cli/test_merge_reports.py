"""`signoff merge`: two copies of one report, signed apart from each other."""

from __future__ import annotations

from datetime import timedelta
from itertools import permutations
from pathlib import Path

import pytest

from cli.home import Home, Ran
from cli.hostile import assert_harmless
from seeded import RM, SEC, SIGNED_AT, STRANGER
from signoff.report.unsigned import mark_unsigned
from signoff.signing.container import parse_report
from signoff.workflow.merge_reports import merge_reports
from vectors import BODY, FOLDER, ONE, OTHER_BODY, small_body

MINUTE = timedelta(minutes=1)
BY_RM = RM.signs(BODY)
BY_SEC = SEC.signs(BODY, "Security", at=SIGNED_AT + MINUTE)
BY_ALL = SEC.signs(BY_RM, "Security", at=SIGNED_AT + MINUTE)


def merged(home: Home, *copies: bytes, more: tuple[str, ...] = ()) -> Ran:
    for name, data in zip("ab", copies, strict=True):
        (home.work / name).write_bytes(data)
    return home.run("merge", "a", "b", *more)


@pytest.mark.parametrize("copies", [(BY_RM, BY_SEC), (BY_SEC, BY_RM), (BY_ALL, BY_SEC), (BY_ALL, BY_ALL)])
def test_one_body_gets_the_sign_offs_of_both_whichever_comes_first(home: Home, copies: tuple[bytes, bytes]) -> None:
    ran = merged(home, *copies)
    assert (ran.code, ran.err) == (0, "Merged: 2 sign-offs.\n")
    assert ran.raw_out == BY_ALL
    (home.work / "merged.md").write_bytes(ran.raw_out)
    assert home.run("verify", "merged.md", "--allowed-signers", FOLDER / "allowed_signers").code == 0


def test_many_copies_give_the_same_in_any_order(tmp_path: Path) -> None:
    copies = [
        STRANGER.signs(BODY, "QA", at=SIGNED_AT - MINUTE),
        SEC.signs(BY_RM, "Security", at=SIGNED_AT + MINUTE),
        RM.signs(BODY, "Legal"),
        BY_RM,
    ]
    found = set()
    for order in permutations(copies):
        path = tmp_path / "merged"
        path.write_bytes(order[0])
        for copy in order[1:]:
            (tmp_path / "copy").write_bytes(copy)
            path.write_bytes(merge_reports(path, tmp_path / "copy").encode())
        found.add(path.read_bytes())
    [only] = found
    roles = [sign_off.header.role for sign_off in parse_report(only).sign_offs]
    assert (roles[0], sorted(roles[1:3]), roles[3]) == ("QA", ["Legal", "Release manager"], "Security")


def test_a_copy_that_is_still_unsigned_adds_nothing(home: Home) -> None:
    for unsigned in (BODY, mark_unsigned(BODY)):
        assert merged(home, unsigned, BY_RM).raw_out == BY_RM
        ran = merged(home, unsigned, mark_unsigned(BODY))
        assert (ran.code, ran.out) == (1, "")
        assert "Neither a nor b carries a signature" in ran.err


def test_a_copy_through_a_web_form_is_the_same_report(home: Home) -> None:
    assert merged(home, BY_RM.replace(b"\n", b"\r\n"), BY_SEC[:-1]).raw_out == BY_ALL


def test_it_can_be_written_to_a_file_that_is_not_there(home: Home) -> None:
    ran = merged(home, BY_RM, BY_SEC, more=("-o", "c"))
    assert (ran.code, ran.out) == (0, "c\n")
    assert (home.work / "c").read_bytes() == BY_ALL
    ran = merged(home, BY_RM, BY_SEC, more=("-o", "a"))
    assert (ran.code, ran.out) == (2, "")
    assert "a is there already; say --force to replace it." in ran.err
    assert (home.work / "a").read_bytes() == BY_RM
    assert merged(home, BY_RM, BY_SEC, more=("-o", "a", "--force")).code == 0
    assert (home.work / "a").read_bytes() == BY_ALL


# Two reports are not one.


def test_different_reports_are_refused_with_the_first_line_that_differs(home: Home) -> None:
    ran = merged(home, BY_RM, RM.signs(OTHER_BODY))
    assert (ran.code, ran.out) == (1, "")
    line = OTHER_BODY[: OTHER_BODY.index(b'"id": "t"')].count(b"\n") + 1
    assert ran.err == (
        f'Error: a and b are two different reports: line {line} is "    "id": "s"," in the one '
        'and "    "id": "t"," in the other.\n'
    )


def test_a_report_that_goes_on_where_the_other_ends_is_another(home: Home) -> None:
    ran = merged(home, BY_RM, RM.signs(BODY + b"more\n"))
    assert 'is "" in the one and "more" in the other' in ran.err


def test_a_long_line_is_cut_to_where_it_differs(home: Home) -> None:
    long = small_body(title="x" * 5_000 + "yes" + "z" * 5_000), small_body(title="x" * 5_000 + "no" + "z" * 5_000)
    ran = merged(home, *(RM.signs(body) for body in long))
    assert ran.code == 1
    assert "xyesz" in ran.err
    assert "xnoz" in ran.err
    assert len(ran.err) < 400


@pytest.mark.parametrize("which", [0, 1])
def test_an_altered_copy_is_refused_by_its_name(home: Home, which: int) -> None:
    copies = [BY_RM, BY_SEC]
    copies[which] = copies[which].replace(b"verdict: GO", b"verdict: ACK")
    ran = merged(home, *copies)
    assert (ran.code, ran.out) == (1, "")
    assert f"Error: {'ab'[which]}: line " in ran.err
    assert "does not fit" in ran.err


def test_a_file_that_is_not_there_is_one_sentence(home: Home) -> None:
    (home.work / "a").write_bytes(ONE)
    ran = home.run("merge", "a", "nowhere")
    assert (ran.code, ran.out, ran.err) == (1, "", "Error: There is no file nowhere.\n")


def test_a_hostile_line_reaches_no_terminal(home: Home) -> None:
    ran = merged(home, RM.signs(small_body(title="\x1b]2;EVIL\x07\x9b\u202e")), BY_RM)
    assert ran.code == 1
    assert_harmless(ran.raw_err)
