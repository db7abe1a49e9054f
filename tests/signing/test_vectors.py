"""The reports under `tests/data/reports/`: byte for byte what the seeds make, and judged as they should be."""

from __future__ import annotations

import json
import os
import subprocess
from contextlib import suppress
from pathlib import Path

import pytest
from signing_support import ssh_keygen_accepts

from cli.home import Home
from secret_service import need
from seeded import RM, SEC, SeededSigner, allowed_signers
from signoff.errors import AlteredReportError, ReportError
from signoff.signing.allowed_signers import AllowedSigners
from signoff.signing.container import SignedReport, SignOff, parse_report
from signoff.signing.openssh_time import format_openssh_time
from signoff.signing.verify import verify
from signoff.workflow.verify_report import verify_report
from vectors import FOLDER, GOOD, NOT_VERIFIED, ONE, TWO, all_vectors

KNOWN = FOLDER / "allowed_signers"


def test_the_files_are_what_the_seeds_make() -> None:
    made = all_vectors()
    if os.environ.get("SIGNOFF_WRITE_GOLDEN"):
        for name, data in made.items():
            (FOLDER / name).parent.mkdir(exist_ok=True)
            (FOLDER / name).write_bytes(data)
    there = {path.relative_to(FOLDER).as_posix(): path.read_bytes() for path in FOLDER.rglob("*") if path.is_file()}
    assert there.keys() - {"body.md", ".gitattributes"} == made.keys()
    assert [name for name, data in made.items() if there[name] != data] == []


@pytest.mark.parametrize("name", GOOD)
def test_a_good_report_is_verified(name: str) -> None:
    assert verify_report(FOLDER / "verified" / f"{name}.signoff.md", KNOWN).code == 0


NOT_CALLED_ALTERED = {"newer-format", "newer-data", "no-data-block", "all-blocks-stripped", "still-unsigned"}


@pytest.mark.parametrize("name", NOT_VERIFIED)
def test_a_report_of_this_kind_is_not_verified(name: str) -> None:
    _, code, why = NOT_VERIFIED[name]
    path = FOLDER / "not-verified" / f"{name}.signoff.md"
    if code == 1:
        with pytest.raises(ReportError) as caught:
            verify_report(path, KNOWN)
        assert why in str(caught.value)
        assert isinstance(caught.value, AlteredReportError) != (name in NOT_CALLED_ALTERED)
        return
    verified = verify_report(path, KNOWN)
    assert verified.code == code
    said = (
        [finding.describe() for finding in verified.verification.findings] if code == 3 else map(str, verified.missing)
    )
    assert any(why in one for one in said)


def test_the_exit_codes_are_those_of_the_list(tmp_path: Path) -> None:
    home = Home(tmp_path)
    expected = json.loads((FOLDER / "expected.json").read_text())
    assert len(expected) == len(GOOD) + len(NOT_VERIFIED)
    for name in ("verified/two-signers", "not-verified/hash-md5", "not-verified/revoked", "not-verified/wrong-role"):
        ran = home.run("verify", FOLDER / f"{name}.signoff.md", "--allowed-signers", KNOWN)
        assert ran.code == expected[name]


# ssh-keygen as the oracle.


def sign_offs(data: bytes) -> list[tuple[SignedReport, SignOff]]:
    report = parse_report(data)
    return [(report, sign_off) for sign_off in report.sign_offs]


@pytest.mark.parametrize(("signer", "index"), [(RM, 0), (SEC, 1)])
@pytest.mark.parametrize("name", ["two-signers", "verified/two-signers"])
def test_our_signature_is_the_very_text_that_ssh_keygen_makes(
    name: str, signer: SeededSigner, index: int, tmp_path: Path
) -> None:
    need("ssh-keygen")
    report, sign_off = sign_offs((FOLDER / f"{name}.signoff.md").read_bytes())[index]
    command = ["ssh-keygen", "-Y", "sign", "-q", "-n", "signoff-report", "-f", str(signer.key_file(tmp_path))]
    message = report.signed_bytes(sign_off)
    assert subprocess.run(command, input=message, capture_output=True, check=True).stdout.decode() == sign_off.armour


def oracle(data: bytes, folder: Path) -> list[bool]:
    """Of each sign-off, whether ssh-keygen is content with it."""
    need("ssh-keygen")
    return [
        ssh_keygen_accepts(
            folder,
            allowed_signers(),
            sign_off.armour,
            report.signed_bytes(sign_off),
            principal=sign_off.header.signer,
            at=format_openssh_time(sign_off.header.signed_at),
        )
        for report, sign_off in sign_offs(data)
    ]


@pytest.mark.parametrize("name", GOOD)
def test_ssh_keygen_accepts_every_sign_off_of_a_good_report(name: str, tmp_path: Path) -> None:
    assert set(oracle(GOOD[name], tmp_path)) == {True}


TAKEN_BY_SSH_KEYGEN = {"hash-sha256", "version-0", "junk-in-the-armour", "empty-line-in-the-armour", "other-line-width"}
"""Where we are stricter than OpenSSH: another hash than the format's, and a second text for one signature."""
WELL_SIGNED = {"no-data-block", "two-data-blocks", "duplicate-key", "newer-data"} | {
    name for name in NOT_VERIFIED if name.startswith("data-")
}
"""Where nothing is wrong with the signature."""


def come_apart() -> list[str]:
    """The reports with exit code 1 or 3 that come apart into sign-offs, so that ssh-keygen can be asked about each."""
    found = []
    for name, (data, code, _) in NOT_VERIFIED.items():
        with suppress(ReportError):
            found += [name] if parse_report(data).sign_offs and code != 4 else []
    return found


@pytest.mark.parametrize("name", come_apart())
def test_ssh_keygen_refuses_what_we_refuse(name: str, tmp_path: Path) -> None:
    answers = oracle(NOT_VERIFIED[name][0], tmp_path)
    assert all(answers) == (name in TAKEN_BY_SSH_KEYGEN | WELL_SIGNED)


# Every byte.


@pytest.mark.parametrize("data", [ONE, TWO], ids=["one signer", "two signers"])
def test_every_byte_that_stands_there_twice_is_refused(data: bytes) -> None:
    known = AllowedSigners()
    for at in range(len(data) - 1):
        with pytest.raises(ReportError):
            verify(data[: at + 1] + data[at:], known)


def test_the_last_line_end_twice_is_a_single_empty_line() -> None:
    assert verify(ONE + b"\n", AllowedSigners()).report == parse_report(ONE)
    with pytest.raises(ReportError):
        verify(ONE + b"\n\n", AllowedSigners())
