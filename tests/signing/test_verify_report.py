"""Whose signatures they are, and that nothing changed is ever accepted."""

from __future__ import annotations

import subprocess
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.control import assume
from signing_support import AWK, BODY, RM, SIGNED_AT, TestKey, header_for, known, signed, ssh_keygen_accepts

from secret_service import need
from seeded import RM as SEEDED
from signoff.errors import AlteredReportError, ReportError, SigningError
from signoff.signing.allowed_signers import AllowedSigners
from signoff.signing.container import append
from signoff.signing.header import SignedVerdict
from signoff.signing.verify import Standing, verify


def standings(data: bytes, signers: AllowedSigners) -> list[Standing]:
    return [finding.standing for finding in verify(data, signers).findings]


def test_a_report_signed_by_known_keys_is_valid(two_signed: bytes, ed25519: TestKey, other: TestKey) -> None:
    signers = known(f"{RM} {ed25519.public.line}", f"sec@example.com {other.public.line}")
    verification = verify(two_signed, signers)
    assert verification.intact
    assert verification.all_valid
    headers = [finding.sign_off.header for finding in verification.findings]
    assert [(header.role, header.signer) for header in headers] == [
        ("release manager", RM),
        ("security", "sec@example.com"),
    ]
    assert verification.findings[0].describe().startswith("rm@example.com: GO as release manager, 2026-11-24T03:00:00Z")


def test_a_report_that_nobody_signed_is_neither_altered_nor_intact() -> None:
    verification = verify(BODY, AllowedSigners())
    assert not verification.intact
    assert not verification.all_valid


def test_an_unknown_key_is_only_a_claim(report: bytes, ed25519: TestKey) -> None:
    verification = verify(report, AllowedSigners())
    (finding,) = verification.findings
    assert verification.intact
    assert not verification.all_valid
    assert finding.standing is Standing.UNKNOWN_KEY
    assert not finding.is_alarm
    assert finding.describe().startswith(f"claims to be {RM} (")
    assert finding.describe().endswith(f"key {ed25519.public.fingerprint} is not known")


def test_an_unknown_key_under_a_known_name_is_an_alarm(report: bytes, other: TestKey) -> None:
    (finding,) = verify(report, known(f"{RM} {other.public.line}")).findings
    assert finding.standing is Standing.UNKNOWN_KEY
    assert finding.is_alarm
    assert finding.describe().endswith(f"is not known, and {RM} is known with {other.public.fingerprint}")


def test_a_pattern_that_happens_to_match_the_name_is_no_alarm(report: bytes, other: TestKey) -> None:
    (finding,) = verify(report, known(f"*@example.com {other.public.line}")).findings
    assert not finding.is_alarm


def test_a_known_key_under_another_name_is_its_own_finding(report: bytes, ed25519: TestKey) -> None:
    (finding,) = verify(report, known(f"boss@example.com {ed25519.public.line}")).findings
    assert finding.standing is Standing.WRONG_NAME
    assert finding.is_alarm
    assert finding.describe().endswith("belongs to boss@example.com")


@pytest.mark.parametrize(
    ("options", "standing"),
    [
        ('valid-before="20261124030000Z"', Standing.VALID),
        ('valid-before="20261124025959Z"', Standing.EXPIRED),
        ('valid-after="20261124030000Z"', Standing.VALID),
        ('valid-after="20261124030001Z"', Standing.NOT_YET_VALID),
        ('namespaces="signoff-report"', Standing.VALID),
        ('namespaces="git"', Standing.WRONG_PURPOSE),
    ],
)
def test_a_key_is_judged_at_the_time_of_the_sign_off(
    report: bytes, ed25519: TestKey, options: str, standing: Standing
) -> None:
    line = f"{RM} {options} {ed25519.public.line}"
    (finding,) = verify(report, known(line)).findings
    assert finding.standing is standing
    if standing is not Standing.VALID:
        assert finding.describe().startswith(f"claims to be {RM}")
        # One line that allows is enough, wherever it stands.
        assert standings(report, known(line, f"{RM} {ed25519.public.line}")) == [Standing.VALID]
        assert standings(report, known(f"{RM} {ed25519.public.line}", line)) == [Standing.VALID]


def test_a_signature_over_other_bytes_names_its_sign_off(two_signed: bytes) -> None:
    changed = two_signed.replace(b"role: security", b"role: securitx")
    with pytest.raises(AlteredReportError, match=r"sign-off 2, which claims to be sec@example.com, .* does not fit"):
        verify(changed, AllowedSigners())


def test_a_key_line_that_is_not_the_signatures_key_is_refused(ed25519: TestKey, other: TestKey) -> None:
    header = header_for(other.public)
    data = append(BODY, header, ed25519.sign(BODY + header.encode()))
    with pytest.raises(AlteredReportError, match="another key than the one it names"):
        verify(data, known(f"{RM} {other.public.line}", f"{RM} {ed25519.public.line}"))


def test_a_signature_made_for_git_is_refused(ed25519: TestKey) -> None:
    header = header_for(ed25519.public)
    data = append(BODY, header, ed25519.ssh_keygen_sign(BODY + header.encode(), "git"))
    with pytest.raises(AlteredReportError, match="made for git"):
        verify(data, known(f"{RM} {ed25519.public.line}"))


@pytest.mark.parametrize("kind", ["ed25519", "rsa", "ecdsa-256", "ecdsa-384", "ecdsa-521"])
def test_a_report_that_ssh_keygen_signed_is_valid(keys: dict[str, TestKey], kind: str) -> None:
    key = keys[kind]
    header = header_for(key.public)
    data = append(BODY, header, key.ssh_keygen_sign(BODY + header.encode()))
    assert verify(data, known(f"{RM} {key.public.line}")).all_valid


def test_a_weak_rsa_key_is_refused_even_when_it_is_known(keys: dict[str, TestKey]) -> None:
    weak = keys["rsa-2048"]
    header = header_for(weak.public)
    data = append(BODY, header, weak.ssh_keygen_sign(BODY + header.encode()))
    with pytest.raises(AlteredReportError, match="2048 bits"):
        verify(data, known(f"{RM} {weak.public.line}"))


def test_two_signatures_exchanged_are_refused(two_signed: bytes) -> None:
    blocks = two_signed.removeprefix(BODY).split(b"-----BEGIN SSH SIGNATURE-----")
    first, rest = blocks[1].split(b"```", 1)
    second, end = blocks[2].split(b"```", 1)
    parts = (blocks[0], second + b"```" + rest, first + b"```" + end)
    with pytest.raises(AlteredReportError):
        verify(BODY + b"-----BEGIN SSH SIGNATURE-----".join(parts), AllowedSigners())


def test_a_sign_off_from_another_report_is_refused(report: bytes, ed25519: TestKey) -> None:
    body = BODY.replace(b": GO", b": NO-GO")
    foreign = signed(body, ed25519, body=body).removeprefix(body)
    with pytest.raises(AlteredReportError, match="text was changed"):
        verify(BODY + foreign, AllowedSigners())


@pytest.mark.parametrize("flip", [0x01, 0x20, 0x80])
def test_every_changed_byte_of_a_signed_report_is_refused(report: bytes, ed25519: TestKey, flip: int) -> None:
    signers = known(f"* {ed25519.public.line}")
    assert verify(report, signers).all_valid
    for at in range(len(report)):
        changed = report[:at] + bytes([report[at] ^ flip]) + report[at + 1 :]
        with pytest.raises(ReportError):
            verify(changed, signers)


def test_every_lost_byte_but_the_last_line_end_is_refused(report: bytes, ed25519: TestKey) -> None:
    signers = known(f"* {ed25519.public.line}")
    for at in range(len(report) - 1):
        with pytest.raises(ReportError):
            verify(report[:at] + report[at + 1 :], signers)
    assert verify(report[:-1], signers).all_valid


SPLICE = st.tuples(st.floats(0, 1), st.integers(0, 80), st.one_of(st.binary(max_size=40), st.floats(0, 1)))


def test_one_key_signs_a_report_once_in_each_role() -> None:
    once = SEEDED.signs(BODY)
    for again in (SEEDED.signs, lambda data: SEEDED.signs(data, verdict=SignedVerdict.NO_GO, at=SIGNED_AT)):
        with pytest.raises(SigningError, match="You have signed this report already, as Release manager"):
            again(once)
    assert len(verify(SEEDED.signs(once, "Security"), AllowedSigners()).findings) == 2


@settings(max_examples=300, deadline=None)
@given(splices=st.lists(SPLICE, min_size=1, max_size=4))
def test_nothing_is_valid_that_its_signer_did_not_sign(
    two_signed: bytes,
    ed25519: TestKey,
    other: TestKey,
    splices: list[tuple[float, int, bytes | float]],
) -> None:
    signers = known(f"{RM} {ed25519.public.line}", f"sec@example.com {other.public.line}")
    genuine = {header_for(ed25519.public), header_for(other.public, signer="sec@example.com", role="security")}
    data = two_signed
    for place, length, what in splices:
        at = int(place * len(data))
        new = what if isinstance(what, bytes) else two_signed[int(what * len(two_signed)) :][:length]
        data = data[:at] + new + data[at + length :]
    assume(data != two_signed)
    try:
        verification = verify(data, signers)
    except ReportError:
        return
    if verification.intact:
        assert verification.report.body == BODY
        assert {finding.sign_off.header for finding in verification.findings} <= genuine


@given(data=st.binary(max_size=400))
def test_any_bytes_are_judged_without_a_crash(data: bytes) -> None:
    for candidate in (data, BODY + b"```signoff\n" + data):
        try:
            verification = verify(candidate, AllowedSigners())
        except ReportError:
            continue
        assert not verification.intact


@pytest.mark.parametrize("awk", [["mawk"], ["gawk"], ["busybox", "awk"]])
@pytest.mark.parametrize("number", [1, 2])
def test_an_auditor_needs_only_awk_and_ssh_keygen(
    two_signed: bytes, ed25519: TestKey, other: TestKey, tmp_path: Path, awk: list[str], number: int
) -> None:
    need(awk[0], "ssh-keygen")
    (tmp_path / "report.md").write_bytes(two_signed)
    subprocess.run([*awk, AWK, f"n={number}", "report.md"], cwd=tmp_path, check=True)
    message, armour = (tmp_path / "msg").read_bytes(), (tmp_path / "sig").read_text()
    sign_off = verify(two_signed, AllowedSigners()).report.sign_offs[number - 1]
    assert message == BODY + sign_off.header.encode()
    assert armour == sign_off.armour
    signer, key = ((RM, ed25519), ("sec@example.com", other))[number - 1]
    assert ssh_keygen_accepts(tmp_path, f"{signer} {key.public.line}\n", armour, message, principal=signer)


def test_a_sign_off_stays_valid_after_its_key_was_retired(report: bytes, ed25519: TestKey) -> None:
    for later in (timedelta(seconds=0), timedelta(days=400)):
        end = (SIGNED_AT + later).strftime("%Y%m%d%H%M%SZ")
        line = f'{RM} valid-before="{end}" {ed25519.public.line}'
        assert standings(report, known(line)) == [Standing.VALID]
