"""`signoff key list`, `trust`, `retire` and `export`: whose keys are known, and what becomes of them."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest

from cli.home import Home
from cli.hostile import assert_harmless
from cli.reports import PASSPHRASE, PRINCIPAL, a_key, a_report_of_now, a_signed_report
from secret_service import need
from seeded import RETIRED, REVOKED, RM, SEC, STRANGER
from vectors import FOLDER, ONE, TWO


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The config folder of somebody with a key in a file."""
    home = Home(tmp_path_factory.mktemp("made"))
    a_key(home)
    return home.locations.config


@pytest.fixture
def keyed(home: Home, made: Path) -> Home:
    """A home with a key of its own."""
    shutil.copytree(made, home.locations.config, dirs_exist_ok=True)
    return home


def known(home: Home) -> str:
    return home.locations.allowed_signers.read_text()


def fingerprint(home: Home) -> str:
    return home.run("key", "show").lines[0].split()[1]


# List.


def test_a_list_says_of_each_key_how_it_stands(home: Home) -> None:
    shutil.copy(FOLDER / "allowed_signers", home.locations.allowed_signers)
    ran = home.run("key", "list")
    assert (ran.code, ran.err) == (0, "")
    rows = {line.split()[0]: line.split("ssh-ed25519  ")[1] for line in ran.lines[1:]}
    ended = datetime.now(UTC) > datetime(2026, 11, 24, 15, tzinfo=UTC)
    assert rows == {
        "rm@example.com": "in use",
        "sec@example.com": "in use",
        "retired@example.com": f"{'retired' if ended else 'in use until'} 2026-11-24T15:00:00Z",
        "revoked@example.com": "revoked",
        "future@example.com": "from 2027-01-01T00:00:00Z on",
        "git-only@example.com": "not for reports",
    }
    assert RM.identity.fingerprint in ran.lines[1]


def test_machines_get_the_list_as_one_object(keyed: Home) -> None:
    found = keyed.run("key", "list", "--json").object
    assert (found["format"], found["file"]) == ("signoff-keys/1", str(keyed.locations.allowed_signers))
    [key] = found["keys"]
    assert (key["principals"], key["state"], key["yours"], key["line"]) == (PRINCIPAL, "in use", True, 1)
    assert key["fingerprint"] == fingerprint(keyed)


def test_ones_own_key_is_marked(keyed: Home) -> None:
    assert keyed.run("key", "list").lines[1].endswith("in use, yours")


def test_an_empty_list_says_what_to_do(home: Home) -> None:
    ran = home.run("key", "list")
    assert (ran.code, ran.out) == (0, "")
    assert "`signoff key trust` adds one" in ran.err
    assert home.run("key", "list", "--json").object["keys"] == []


def test_a_broken_list_is_named_with_its_line(home: Home) -> None:
    home.locations.allowed_signers.write_text("# x\nnonsense\n")
    for command in (("list",), ("trust", "a@b", RM.identity.key.line), ("retire", "SHA256:x")):
        ran = home.run("key", *command)
        assert ran.code == 1
        assert f"Error: {home.locations.allowed_signers}:2: " in ran.err


# Trust.


@pytest.mark.parametrize(
    "text",
    [
        f"{SEC.identity.key.line}\n",
        f"{SEC.identity.key.line} laptop\n",
        f"{SEC.line}\n",
        f"# the security team\n{SEC.line}\n{RM.line}\n",
    ],
)
def test_a_key_in_a_file_is_trusted(home: Home, text: str) -> None:
    (home.work / "sec.pub").write_text(text)
    ran = home.run("key", "trust", "sec@example.com", "sec.pub")
    assert (ran.code, ran.out) == (0, f"{SEC.identity.fingerprint}\n")
    assert ran.err == f"sec@example.com is trusted with {SEC.identity.fingerprint}.\n"
    assert known(home) == f'sec@example.com namespaces="signoff-report" {SEC.identity.key.line}\n'
    again = home.run("key", "trust", "sec@example.com", SEC.identity.key.line)
    assert (again.code, "was trusted" in again.err) == (0, True)
    assert known(home).count("\n") == 1


def test_another_key_under_a_known_name_is_an_alarm(home: Home) -> None:
    home.run("key", "trust", "sec@example.com", SEC.identity.key.line)
    before = known(home)
    ran = home.run("key", "trust", "sec@example.com", STRANGER.identity.key.line)
    assert (ran.code, ran.out) == (1, "")
    assert ran.err.startswith(
        f"Error: ALARM: sec@example.com is known with another key, {SEC.identity.fingerprint}: ask them in person"
    )
    assert ran.err.endswith("If both are theirs, say --beside. Nothing was trusted.\n")
    assert known(home) == before
    assert home.run("key", "trust", "--beside", "sec@example.com", STRANGER.identity.key.line).code == 0
    assert known(home).count("\n") == 2


def test_the_next_key_is_trusted_without_alarm_when_the_first_was_retired(home: Home) -> None:
    home.run("key", "trust", "sec@example.com", SEC.identity.key.line)
    home.run("key", "retire", SEC.identity.fingerprint)
    assert home.run("key", "trust", "sec@example.com", STRANGER.identity.key.line).code == 0


def test_a_retired_key_is_not_trusted_again_by_itself(home: Home) -> None:
    shutil.copy(FOLDER / "allowed_signers", home.locations.allowed_signers)
    for signer in (RETIRED, REVOKED):
        ran = home.run("key", "trust", signer.identity.principal, signer.identity.key.line)
        assert ran.code == 1
        assert "was retired" in ran.err


def test_out_of_a_report_no_key_is_trusted_without_a_terminal(home: Home) -> None:
    (home.work / "r.md").write_bytes(ONE)
    ran = home.run("key", "trust", "rm@example.com", "r.md")
    assert (ran.code, ran.out) == (2, "")
    assert "use a terminal, or give the public key itself" in ran.err
    assert not home.locations.allowed_signers.exists()


@pytest.mark.parametrize(
    ("name", "data", "why"),
    [
        ("rm@example.com", b"", "there are 0"),
        ("rm@example.com", b"hello\n", "names, options if any, key"),
        ("rm@example.com", SEC.line.encode(), "there are 0"),
        ("rm@example.com", ONE.replace(b"verdict: GO", b"verdict: ACK"), "does not fit"),
        ("ceo@example.com", TWO, "There must be one key in the report, as ceo@example.com, and there are 0"),
        ("sec@example.com", f"{SEC.line}\n{STRANGER.line.replace('stranger@', 'sec@')}\n".encode(), "there are 2"),
        ("*", RM.identity.key.line.encode(), "The signer's name"),
        ("a,b", RM.identity.key.line.encode(), "The signer's name"),
    ],
)
def test_what_is_no_key_of_that_name_is_not_trusted(home: Home, name: str, data: bytes, why: str) -> None:
    (home.work / "key").write_bytes(data)
    ran = home.run("key", "trust", name, "key")
    assert (ran.code, ran.out) == (1, "")
    assert why in ran.err
    assert "Traceback" not in ran.err
    assert not home.locations.allowed_signers.exists()


@pytest.mark.parametrize("source", ["nowhere.pub", "ssh-ed25519 !!!", "ssh-dss AAAA", "\x1b]2;EVIL\x07"])
def test_a_key_that_is_none_is_one_sentence(home: Home, source: str) -> None:
    ran = home.run("key", "trust", "rm@example.com", source)
    assert (ran.code, ran.out) == (1, "")
    assert ran.err.count("\n") == 1
    assert_harmless(ran.raw_err)


def test_verify_says_how_to_trust_and_raises_the_alarm(home: Home) -> None:
    (home.work / "r.md").write_bytes(ONE)
    ran = home.run("verify", "r.md")
    assert ran.code == 3
    assert "Compare the key with its owner by another way before you trust it; then: signoff key trust" in ran.err
    home.run("key", "trust", "rm@example.com", SEC.identity.key.line)
    ran = home.run("verify", "r.md")
    assert ran.code == 3
    assert ran.err.startswith("ALARM: somebody may be posing as somebody else.")
    assert "signoff key trust" not in ran.err


# Retire.


def test_a_retired_key_keeps_its_line_and_what_it_signed_before_verifies(home: Home) -> None:
    report = a_signed_report(home)
    assert home.run("verify", report).code == 0
    line = known(home)
    ran = home.run("key", "retire", fingerprint(home), "--since", "2026-11-27")
    assert ran.code == 0, ran.err
    assert known(home).startswith(f'{PRINCIPAL} namespaces="signoff-report",valid-before="2026112')
    assert known(home).endswith(line.partition(" ssh-ed25519")[2])
    assert ran.out == known(home)
    verified = home.run("verify", report)
    assert verified.code == 0
    assert "which is good until 2026-11-27T00:00:00Z" in verified.out
    home.locations.allowed_signers.write_text(known(home).replace("20261127", "20261126"))
    assert home.run("verify", report).code == 3


def test_a_compromised_key_counts_for_nothing_that_it_ever_signed(keyed: Home) -> None:
    report = a_report_of_now(keyed)
    ran = keyed.run("key", "retire", "--compromised", fingerprint(keyed))
    assert ran.code == 0
    assert "nothing that it ever signed counts" in ran.err
    verified = keyed.run("verify", report)
    assert verified.code == 3
    assert "was revoked" in verified.out


def test_ones_own_key_is_replaced_in_two_steps_and_old_reports_verify(keyed: Home) -> None:
    report = a_report_of_now(keyed)
    old = fingerprint(keyed)
    refused = keyed.run("key", "new", "--as", PRINCIPAL, "--passphrase-stdin", typed=PASSPHRASE)
    assert refused.code == 1
    assert "first give it an end, with `signoff key retire`" in refused.err
    retired = keyed.run("key", "retire", old)
    assert retired.code == 0
    assert "It was yours; `signoff key new` makes the next. Its private half is still in " in retired.err
    assert keyed.run("key", "show").code == 1
    assert keyed.run("sign", report, "--role", "QA", "--verdict", "GO", "--passphrase-stdin").code == 1
    made = keyed.run("key", "new", "--as", PRINCIPAL, "--passphrase-stdin", typed=PASSPHRASE)
    assert made.code == 0, made.err
    new = fingerprint(keyed)
    assert new != old
    states = [line.split("ssh-ed25519  ")[1].split()[0] for line in keyed.run("key", "list").lines[1:]]
    assert states == ["retired", "in"]
    assert keyed.run("verify", report).code == 0
    again = keyed.run("sign", report, "--role", "QA", "--verdict", "GO", "--passphrase-stdin", typed=PASSPHRASE)
    assert again.code == 0, again.err
    assert new in again.err
    assert keyed.run("verify", report).code == 0


def test_the_old_private_half_is_set_aside_and_not_deleted(keyed: Home) -> None:
    config = keyed.locations.config
    before = (config / "signing_key").read_bytes()
    ran = keyed.run("key", "retire", fingerprint(keyed))
    [aside] = config.glob("signing_key-*Z")
    assert aside.read_bytes() == before
    assert str(aside) in ran.err
    assert len(list(config.glob("identity-*Z.json"))) == 1
    assert not (config / "signing_key").exists()
    assert not (config / "identity.json").exists()


def test_ones_own_key_can_be_retired_though_its_line_was_lost(keyed: Home) -> None:
    own = fingerprint(keyed)
    keyed.locations.allowed_signers.unlink()
    ran = keyed.run("key", "retire", own)
    assert (ran.code, ran.out) == (0, "")
    assert keyed.run("key", "show").code == 1


def test_ones_own_key_can_be_retired_though_its_file_was_lost(keyed: Home) -> None:
    own = fingerprint(keyed)
    (keyed.locations.config / "signing_key").unlink()
    assert keyed.run("key", "retire", own).code == 0
    assert keyed.run("key", "show").code == 1


def test_an_earlier_end_stays(home: Home) -> None:
    home.locations.allowed_signers.write_text(
        f"{RM.line.replace(' ', chr(32) + 'valid-before=' + chr(34) + '20200101Z' + chr(34) + ' ', 1)}\n"
    )
    before = known(home)
    ran = home.run("key", "retire", RM.identity.fingerprint)
    assert ran.code == 0
    assert "It had an earlier end, which stays." in ran.err
    assert known(home) == before


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        (("SHA256:nothing",), "No key with the fingerprint SHA256:nothing is known"),
        (("",), "say the whole fingerprint"),
        (("rm@example.com",), "No key with the fingerprint rm@example.com is known"),
        (("SHA256:", "--since", "never"), "say the whole fingerprint"),
    ],
)
def test_a_key_that_cannot_be_told_is_not_retired(home: Home, arguments: tuple[str, ...], why: str) -> None:
    shutil.copy(FOLDER / "allowed_signers", home.locations.allowed_signers)
    before = known(home)
    ran = home.run("key", "retire", *arguments)
    assert (ran.code, ran.out) == (1, "")
    assert why in ran.err
    assert known(home) == before


@pytest.mark.parametrize(
    ("arguments", "why"),
    [(("--since", "never"), "is not a date or time"), (("--since", "today", "--compromised"), "Say --since or")],
)
def test_an_end_that_cannot_be_understood_is_wrong_usage(home: Home, arguments: tuple[str, ...], why: str) -> None:
    shutil.copy(FOLDER / "allowed_signers", home.locations.allowed_signers)
    before = known(home)
    ran = home.run("key", "retire", RM.identity.fingerprint, *arguments)
    assert (ran.code, ran.out) == (2, "")
    assert why in ran.err
    assert known(home) == before


# Export.


def test_the_line_that_is_exported_is_what_another_trusts(keyed: Home, tmp_path: Path) -> None:
    ran = keyed.run("key", "export")
    assert (ran.code, ran.err) == (0, "")
    assert ran.out == known(keyed)
    other = Home(tmp_path / "other")
    (other.work / "line").write_text(ran.out)
    assert other.run("key", "trust", PRINCIPAL, "line").code == 0
    assert known(other) == ran.out


def test_without_a_key_there_is_nothing_to_export(home: Home) -> None:
    ran = home.run("key", "export")
    assert (ran.code, ran.out) == (1, "")
    assert "`signoff key new` makes one" in ran.err


# The agent.


def test_a_private_file_is_not_taken_for_an_agents_key(home: Home) -> None:
    need("ssh-keygen")
    path = SEC.key_file(home.folder)
    ran = home.run("key", "new", "--as", "sec@example.com", "--agent", path)
    assert ran.code == 1
    assert "is not encrypted" in ran.err
    (home.work / "sec.pub").write_text(f"{SEC.identity.key.line}\n")
    ran = home.run("key", "new", "--as", "sec@example.com", "--agent", "sec.pub")
    assert (ran.code, ran.out) == (1, "")
    assert "add the key with ssh-add" in ran.err
    assert home.run("key", "show").code == 1
