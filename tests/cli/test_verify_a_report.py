"""`signoff verify`: each of its exit codes, and what it says with it."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest

from cli.home import Home
from cli.hostile import assert_harmless
from cli.reports import PRINCIPAL, a_go, a_report_of, a_signed_report, a_signed_report_with, two_must_sign
from meeting import answered
from seeded import RM, SEC, SeededSigner
from signoff.domain.answer import Status
from signoff.domain.session import Session
from signoff.signing.header import SignedVerdict
from vectors import FOLDER


@pytest.fixture(scope="module")
def signers_home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    return Home(tmp_path_factory.mktemp("signer"))


@pytest.fixture(scope="module")
def signed_report(signers_home: Home) -> Path:
    return a_signed_report(signers_home)


def changed(report: Path, folder: Path, old: bytes, new: bytes) -> Path:
    data = report.read_bytes()
    assert old in data
    path = folder / "changed.signoff.md"
    path.write_bytes(data.replace(old, new, 1))
    return path


def test_0_it_is_what_was_signed_by_everybody_who_had_to(signers_home: Home, signed_report: Path) -> None:
    ran = signers_home.run("verify", signed_report)
    assert (ran.code, ran.err) == (0, "")
    assert ran.lines[:2] == [
        "VERIFIED: intact, signed by people whose keys are known, and complete.",
        "report     payments 4.12.0 -> prod: GO",
    ]
    assert ran.lines[2].startswith("sign-off   ")
    assert PRINCIPAL in ran.lines[2]
    assert len(ran.lines) == 3


def test_0_a_copy_that_went_through_a_web_form_is_accepted_with_a_note(signers_home: Home, signed_report: Path) -> None:
    path = signers_home.work / "crlf.md"
    path.write_bytes(signed_report.read_bytes().replace(b"\n", b"\r\n"))
    ran = signers_home.run("verify", path)
    assert ran.code == 0
    assert ran.err.startswith("Note: ")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b": GO", b": NO"),
        (b"R. Manager", b"S. Manager"),
        (b"role: Release manager", b"role: QA"),
        (b"verdict: GO", b"verdict: NO-GO"),
        (b"signer: rm@", b"signer: ceo@"),
        (b"-----END SSH", b"----END SSH"),
    ],
)
def test_1_one_changed_word_is_altered(
    home: Home, signers_home: Home, signed_report: Path, old: bytes, new: bytes
) -> None:
    ran = signers_home.run("verify", changed(signed_report, home.work, old, new))
    assert ran.code == 1
    assert ran.out.startswith("ALTERED: ")
    assert "Traceback" not in ran.err


def test_1_a_line_after_the_signature_is_altered(home: Home, signers_home: Home, signed_report: Path) -> None:
    path = home.work / "longer.md"
    path.write_bytes(signed_report.read_bytes() + b"\nAnd one more thing.\n")
    ran = signers_home.run("verify", path)
    assert (ran.code, ran.out[:15]) == (1, "ALTERED: line " + ran.out[14])


def test_1_a_draft_was_never_signed(home: Home) -> None:
    home.session()
    path = home.run("export", "--draft").out.strip()
    ran = home.run("verify", path)
    assert ran.code == 1
    assert ran.out.startswith("NOT VERIFIED: ")
    assert "carries no signature" in ran.out


@pytest.mark.parametrize("data", [b"", b"hello\n", b"\xff\xfe\x00", b"```signoff\n", b"```signoff\n" * 1000])
def test_1_what_is_no_report_is_not_verified(home: Home, data: bytes) -> None:
    path = home.work / "odd.md"
    path.write_bytes(data)
    ran = home.run("verify", path)
    assert ran.code == 1
    assert ran.out.startswith(("ALTERED: ", "NOT VERIFIED: "))
    assert "Traceback" not in ran.err


def test_1_sign_offs_that_were_cut_off_are_not_verified(home: Home, signers_home: Home, signed_report: Path) -> None:
    path = home.work / "cut.md"
    path.write_bytes(signed_report.read_bytes().partition(b"```signoff\n")[0])
    ran = signers_home.run("verify", path)
    assert ran.code == 1
    assert "its sign-offs were cut off" in ran.out


def test_2_a_report_that_is_not_there_is_not_called_altered(home: Home) -> None:
    for name in ("nowhere.md", "."):
        ran = home.run("verify", name)
        assert (ran.code, ran.out) == (2, "")
        assert f"{name}" in ran.err


def test_2_nothing_to_verify_is_wrong_usage(home: Home) -> None:
    ran = home.run("verify")
    assert (ran.code, ran.out) == (2, "")
    assert "Missing argument 'REPORT'" in ran.err


def test_2_known_keys_that_are_not_there_are_wrong_usage(home: Home, signed_report: Path) -> None:
    ran = home.run("verify", signed_report, "--allowed-signers", "nowhere")
    assert (ran.code, ran.out) == (2, "")
    assert "Error: There is no file nowhere." in ran.err


def test_2_known_keys_that_cannot_be_understood_are_named_with_their_line(home: Home, signed_report: Path) -> None:
    (home.work / "signers").write_text("# known\nrm@example.com ssh-ed25519 !!!\n")
    ran = home.run("verify", signed_report, "--allowed-signers", "signers")
    assert (ran.code, ran.out) == (2, "")
    assert "Error: signers:2: " in ran.err


def test_3_somebody_whose_key_is_not_known_here_is_only_claimed(home: Home, signed_report: Path) -> None:
    ran = home.run("verify", signed_report)
    assert ran.code == 3
    assert ran.lines[0] == "NOT VERIFIED: intact, but not every key is known and valid."
    assert f"claims to be {PRINCIPAL}" in ran.out
    assert "Compare the key with its owner by another way" in ran.err


def test_0_known_keys_can_be_those_of_the_pipeline(home: Home, signers_home: Home, signed_report: Path) -> None:
    shutil.copy(signers_home.locations.allowed_signers, home.work / "signers")
    assert home.run("verify", signed_report, "--allowed-signers", "signers").code == 0


def test_4_a_required_sign_off_is_missing(home: Home) -> None:
    ran = home.run("verify", a_signed_report(home, checklist=two_must_sign()))
    assert ran.code == 4
    assert ran.lines[0] == "NOT VERIFIED: intact, but a required sign-off is missing."
    assert "missing    Auditor" in ran.lines


def test_4_an_ack_is_no_signature_of_a_required_role(home: Home) -> None:
    report, signers = a_report_of(home, a_go, checklist=two_must_sign()), FOLDER / "allowed_signers"
    first = report.read_bytes()
    report.write_bytes(SEC.signs(first, "Auditor", SignedVerdict.ACK))
    ran = home.run("verify", report, "--allowed-signers", signers)
    assert ran.code == 4
    assert "missing    Auditor, there is only an ACK" in ran.lines
    answer = home.run("verify", report, "--allowed-signers", signers, "--json").object
    assert answer["missing"] == [{"role": "Auditor", "signer": None, "only_ack": True}]
    for verdict in (SignedVerdict.GO, SignedVerdict.NO_GO):
        report.write_bytes(SEC.signs(first, "Auditor", verdict))
        assert home.run("verify", report, "--allowed-signers", signers).code == 0


def test_0_one_person_or_one_key_in_several_roles_is_named(home: Home) -> None:
    alias, stranger = SeededSigner("rm", "rob@example.com"), SeededSigner("stranger", "rm@example.com")
    known = home.work / "known"
    known.write_text(f"{RM.line}\n{alias.line}\n{SEC.line}\n")
    report = a_report_of(home, a_go)
    data = SEC.signs(report.read_bytes(), "Product")
    report.write_bytes(data)
    assert "one signer" not in home.run("verify", report, "--allowed-signers", known).out
    report.write_bytes(alias.signs(RM.signs(data, "QA", SignedVerdict.ACK), "Legal"))
    ran = home.run("verify", report, "--allowed-signers", known)
    assert ran.code == 0
    assert "one signer rm@example.com alias rob@example.com signed as Release manager and QA and Legal" in ran.lines
    told = home.run("verify", report, "--allowed-signers", known, "--json").object
    assert told["in_several_roles"] == [
        {
            "signers": ["rm@example.com", "rob@example.com"],
            "keys": [RM.identity.fingerprint],
            "roles": ["Release manager", "QA", "Legal"],
        }
    ]
    report.write_bytes(stranger.signs(data, "QA"))  # who only claims to be somebody is not taken for them
    assert "one signer" not in home.run("verify", report, "--allowed-signers", known).out


def test_0_a_decision_better_than_its_verdict_is_called_overruled(home: Home) -> None:
    def meeting(session: Session) -> Session:
        return answered(a_go(session), "vault", Status.FAIL)

    report = a_report_of(home, meeting)
    ran = home.run("verify", report, "--allowed-signers", FOLDER / "allowed_signers")
    assert ran.code == 0
    assert "overruled  decided GO over the verdict NO-GO: must item failed: Secrets in a vault" in ran.lines
    told = home.run("verify", report, "--allowed-signers", FOLDER / "allowed_signers", "--json").object["report"]
    assert (told["verdict"], told["overruled"]) == ("NO-GO", ["must item failed: Secrets in a vault"])


def test_1_signed_data_that_is_not_what_signoff_writes_is_not_verified(home: Home) -> None:
    odd: tuple[dict[str, Any], ...] = (
        {"required_sign_offs": []},
        {"required_sign_offs": [1]},
        {"required_sign_offs": [{}], "release": {}, "decision": None},
        {"required_sign_offs": [], "release": {"service": "a"}, "decision": 1},
    )
    for facts in odd:
        ran = home.run("verify", a_signed_report_with(home, {"format": "signoff-report/1", **facts}))
        assert ran.code == 1
        assert "VERIFIED: intact" not in ran.out
        assert "Traceback" not in ran.err


def test_a_hostile_report_or_name_reaches_no_terminal(home: Home, signers_home: Home, signed_report: Path) -> None:
    name = "a\x1b]2;EVIL\x07\x9b\u202e.md"
    for path in (
        home.work / name,
        home.work / f"not-there-{name}",
        changed(signed_report, home.work, b"signer: rm@", b"signer: EVIL\x1b]2;x\x07@"),
    ):
        if "not-there" not in path.name:
            path.write_bytes(b"EVIL\x1b]2;x\x07\n" if path.name == name else path.read_bytes())
        ran = signers_home.run("verify", path)
        assert ran.code in (1, 2)
        assert_harmless(ran.raw_out, ran.raw_err)
    ran = home.run("verify", signed_report, "--allowed-signers", name)
    assert ran.code == 2
    assert_harmless(ran.raw_out, ran.raw_err)
