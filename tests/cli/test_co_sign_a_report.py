"""`signoff sign`: beside others, as the first, with a key of one's own; and everything that keeps it from signing."""

from __future__ import annotations

import base64
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from cli.home import Home, Ran
from cli.hostile import assert_harmless
from cli.reports import PASSPHRASE, PRINCIPAL, a_go, a_key, a_signed_report, two_must_sign
from meeting import a_window
from secret_service import need, running_secret_service
from seeded import RM, SEC
from signoff.domain.release import Release
from signoff.signing.container import parse_report
from signoff.signing.wire import pack_string
from vectors import BODY, FOLDER

OTHER = "sec@example.com"


@pytest.fixture(scope="module")
def manager(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """The home of whoever signed first."""
    return Home(tmp_path_factory.mktemp("manager"))


@pytest.fixture(scope="module")
def first_signed(manager: Home) -> bytes:
    return a_signed_report(manager, checklist=two_must_sign()).read_bytes()


@pytest.fixture(scope="module")
def auditor(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The config folder of the second signer, who has a key in a file and knows nobody else's."""
    home = Home(tmp_path_factory.mktemp("auditor"))
    a_key(home, OTHER)
    return home.locations.config


@pytest.fixture
def report(home: Home, auditor: Path, first_signed: bytes) -> Path:
    """A copy of the report in the home of the second signer."""
    shutil.copytree(auditor, home.locations.config, dirs_exist_ok=True)
    path = home.work / "report.signoff.md"
    path.write_bytes(first_signed)
    return path


def sign(home: Home, report: Path, *arguments: str | Path, role: str = "Auditor", typed: str = PASSPHRASE) -> Ran:
    given = ("--role", role, "--verdict", "GO", "--passphrase-stdin", *arguments)
    return home.run("sign", report, *given, typed=f"{typed}\n")


def roles(data: bytes) -> list[tuple[str, str, str]]:
    headers = [sign_off.header for sign_off in parse_report(data).sign_offs]
    return [(header.role, header.signer, header.verdict.value) for header in headers]


FIRST = ("Release manager", PRINCIPAL, "GO")


def test_a_sign_off_is_added_at_the_end_and_nothing_else_changes(home: Home, report: Path, first_signed: bytes) -> None:
    ran = sign(home, report)
    assert (ran.code, ran.out) == (0, f"{report}\n"), ran.err
    assert ran.err.endswith(f"Signed: GO by {OTHER}, Auditor.\n")
    signed = report.read_bytes()
    assert signed.startswith(first_signed)
    assert roles(signed) == [FIRST, ("Auditor", OTHER, "GO")]


def test_with_both_sign_offs_the_report_is_complete(home: Home, manager: Home, report: Path) -> None:
    assert home.run("verify", report).code == 3
    line = a_key(manager)
    home.locations.allowed_signers.write_text(f"{home.locations.allowed_signers.read_text()}{line}\n")
    assert home.run("verify", report).code == 4
    sign(home, report)
    assert home.run("verify", report).code == 0


def test_who_signs_sees_the_report_the_sign_offs_and_the_key_first(home: Home, report: Path) -> None:
    said = sign(home, report).err
    words = [
        "# Small: payments 4.12.0 -> prod: GO",
        "Secrets in a vault",
        "lines for machines)",
        "For machines it says: payments 4.12.0 -> prod: GO, decided by R. Manager.",
        "Sign-offs so far:",
        "Release manager: not yet",
        "Auditor: not yet",
        f"claims to be {PRINCIPAL}",
        f"You sign as {OTHER}, Auditor, with key SHA256:",
        f" in {home.locations.config / 'signing_key'}.",
        f"Signed: GO by {OTHER}, Auditor.",
    ]
    places = [said.index(word) for word in words]
    assert places == sorted(places)
    assert '"decision": {' not in said


@pytest.mark.parametrize("verdict", ["GO", "NO-GO", "ACK", "no-go"])
def test_each_verdict_can_be_given(home: Home, report: Path, verdict: str) -> None:
    ran = home.run("sign", report, "--role", "Auditor", "--verdict", verdict, "--passphrase-stdin", typed=PASSPHRASE)
    assert ran.code == 0
    assert roles(report.read_bytes())[1] == ("Auditor", OTHER, verdict.upper())


def test_who_signs_a_required_role_with_ack_is_told_that_it_stays_unsigned(home: Home, report: Path) -> None:
    doubt = "Note: An ACK is no opinion: as Auditor the report still wants a sign-off with one."
    assert doubt not in sign(home, report, "-o", "go.md").err
    ack = ("--verdict", "ACK", "--passphrase-stdin")
    assert doubt not in home.run("sign", report, "--role", "QA", *ack, "-o", "qa.md", typed=PASSPHRASE).err
    assert doubt in home.run("sign", report, "--role", "Auditor", *ack, typed=PASSPHRASE).err
    again = sign(home, report, "--as", OTHER, role="QA")
    assert "  Auditor: not yet\n" in again.err
    assert f"  {OTHER}: ACK as Auditor" in again.err


def test_a_role_is_spelt_as_the_report_spells_it(home: Home, report: Path) -> None:
    assert sign(home, report, role=" auditor ").code == 0
    assert roles(report.read_bytes())[1][0] == "Auditor"


def test_a_role_that_the_report_does_not_have_is_said_before_it_is_signed(home: Home, report: Path) -> None:
    ran = sign(home, report, role="Astronaut")
    assert ran.code == 0
    assert "Note: The report has no role Astronaut; it has Release manager, Auditor, QA, Product, Legal." in ran.err


def test_the_signed_report_can_go_to_another_file(home: Home, report: Path, first_signed: bytes) -> None:
    target = home.work / "signed.md"
    assert sign(home, report, "-o", target).out == f"{target}\n"
    assert report.read_bytes() == first_signed
    assert len(roles(target.read_bytes())) == 2
    again = sign(home, report, "-o", target)
    assert again.code == 2
    assert "is there already" in again.err


# What is not signed.


def test_the_same_key_does_not_sign_twice_in_one_role(home: Home, report: Path) -> None:
    sign(home, report)
    before = report.read_bytes()
    ran = home.run("sign", report, "--role", "auditor", "--verdict", "NO-GO", "--passphrase-stdin", typed=PASSPHRASE)
    assert (ran.code, ran.out) == (1, "")
    assert ran.err.startswith(f"Error: You have signed this report already, as Auditor, {OTHER}: GO, ")
    assert report.read_bytes() == before
    other_role = sign(home, report, role="Legal")
    assert other_role.code == 0
    assert "Note: You have signed as Auditor: a pipeline may want another person as Legal." in other_role.err


@pytest.mark.parametrize(
    ("old", "new"), [(b"R. Manager", b"S. Manager"), (b"verdict: GO", b"verdict: ACK"), (b"-----END", b"----END")]
)
def test_an_altered_report_is_not_signed(home: Home, report: Path, old: bytes, new: bytes) -> None:
    altered = report.read_bytes().replace(old, new, 1)
    report.write_bytes(altered)
    ran = sign(home, report)
    assert (ran.code, ran.out) == (1, "")
    assert f"Error: {report} is not what was signed, so nothing was signed: " in ran.err
    assert "Secrets in a vault" not in ran.err
    assert report.read_bytes() == altered


def test_a_draft_is_not_signed(home: Home) -> None:
    home.session(a_go)
    a_key(home)
    draft = Path(home.run("export", "--draft").out.strip())
    ran = sign(home, home.work / draft)
    assert (ran.code, ran.out) == (1, "")
    assert "it is a draft" in ran.err


def test_a_report_that_is_not_there_is_one_sentence(home: Home) -> None:
    a_key(home)
    ran = sign(home, Path("nowhere.md"))
    assert (ran.code, ran.err) == (1, "Error: There is no file nowhere.md.\n")


def test_without_a_key_one_learns_how_to_get_one(home: Home, first_signed: bytes) -> None:
    (home.work / "r.md").write_bytes(first_signed)
    ran = sign(home, home.work / "r.md")
    assert ran.code == 1
    assert ran.err == (
        "Error: There is no signing key yet: make one with `signoff key new`, or give yours with --key.\n"
    )


def test_under_another_name_this_machines_key_does_not_sign(home: Home, report: Path) -> None:
    ran = sign(home, report, "--as", "ceo@example.com")
    assert ran.code == 1
    assert f"You sign as {OTHER}; to sign as ceo@example.com, give that key with --key." in ran.err


def test_a_retired_key_does_not_sign(home: Home, report: Path) -> None:
    path = home.locations.allowed_signers
    path.write_text(path.read_text().replace(" namespaces", ' valid-before="20250101Z",namespaces'))
    before = report.read_bytes()
    ran = sign(home, report)
    assert ran.code == 1
    assert "expired (2025-01-01T00:00:00Z)" in ran.err
    assert report.read_bytes() == before


def test_a_wrong_passphrase_signs_nothing(home: Home, report: Path, first_signed: bytes) -> None:
    ran = sign(home, report, typed="wrong horse battery")
    assert (ran.code, ran.out) == (1, "")
    assert "The passphrase does not open" in ran.err
    assert report.read_bytes() == first_signed


@pytest.mark.parametrize(
    ("arguments", "missing"),
    [
        (("--role", "Auditor", "--passphrase-stdin"), "Say --verdict GO, NO-GO, ACK; there is no terminal to ask in."),
        (("--role", "Auditor", "--verdict", "GO"), "Say --passphrase-stdin; there is no terminal"),
        (("--verdict", "GO", "--passphrase-stdin"), "Missing option '--role'"),
        (("--role", "Auditor", "--verdict", "MAYBE"), "Invalid value for '--verdict'"),
    ],
)
def test_without_a_terminal_nothing_is_asked(
    home: Home, report: Path, first_signed: bytes, arguments: tuple[str, ...], missing: str
) -> None:
    ran = home.run("sign", report, *arguments)
    assert (ran.code, ran.out) == (2, "")
    assert missing in ran.err
    assert "Secrets in a vault" not in ran.err  # nobody reads a report who cannot sign it then
    assert report.read_bytes() == first_signed


def test_a_folder_that_is_not_there_is_one_sentence(home: Home, report: Path, first_signed: bytes) -> None:
    ran = sign(home, report, "-o", home.work / "nowhere" / "r.md")
    assert (ran.code, ran.out) == (1, "")
    assert ran.err.endswith("/nowhere/r.md: No such file or directory. Choose another folder.\n")
    assert report.read_bytes() == first_signed


# As the first.


def test_a_report_that_was_exported_unsigned_is_signed_later(home: Home) -> None:
    home.session(a_go, release=Release("payments", "4.12.0", window=a_window()))
    a_key(home)
    exported = home.run("export", "--unsigned")
    path = home.work / exported.out.strip()
    assert "Wrote a report that nobody has signed yet. Sign it with: signoff sign " in exported.err
    unsigned = path.read_bytes()
    assert unsigned.startswith(b"**UNSIGNED: nobody has signed this report yet")
    assert home.run("verify", path).code == 1
    ran = sign(home, path, role="Release manager")
    assert ran.code == 0, ran.err
    assert path.read_bytes().startswith(b"# Small: payments 4.12.0")
    assert b"UNSIGNED" not in path.read_bytes()
    assert unsigned.endswith(parse_report(path.read_bytes()).body)
    assert home.run("verify", path).code == 0


def test_a_body_that_somebody_else_signed_at_once_is_the_one_that_is_signed_later() -> None:
    """Who signs later signs the very bytes that were exported, so copies signed apart from each other merge."""
    unsigned = (FOLDER / "unsigned.signoff.md").read_bytes()
    body = (FOLDER / "body.md").read_bytes()
    assert unsigned.endswith(body)
    assert RM.signs(body) == (FOLDER / "one-signer.signoff.md").read_bytes()


# With other keys.


def test_an_agents_key_signs_by_its_public_file(
    home: Home, report: Path, agent: Callable[[Path], dict[str, str]]
) -> None:
    private = SEC.key_file(home.folder)
    public = home.folder / "sec.pub"
    public.write_text(f"{SEC.identity.key.line} laptop\n")
    given = ("--role", "Auditor", "--verdict", "ACK", "--as", OTHER, "--key", public)
    ran = home.run("sign", report, *given, **agent(private))
    assert ran.code == 0, ran.err
    assert f"with key {SEC.identity.fingerprint} in your ssh agent" in ran.err
    assert "This key is not in the allowed_signers here" in ran.err
    assert roles(report.read_bytes())[1] == ("Auditor", OTHER, "ACK")
    refused = home.run("sign", report, "--role", "Legal", "--verdict", "GO", "--as", OTHER, "--key", public)
    assert refused.code == 1
    assert "add the key with ssh-add" in refused.err


@pytest.fixture
def agent(tmp_path: Path) -> Iterator[Callable[[Path], dict[str, str]]]:
    """Gives an ssh agent of the test's own a key, and says how to reach it."""
    need("ssh-agent", "ssh-add", "ssh-keygen")
    variables = {"SSH_AUTH_SOCK": str(tmp_path / "agent")}
    process = subprocess.Popen(["ssh-agent", "-D", "-a", variables["SSH_AUTH_SOCK"]], stdout=subprocess.PIPE)
    try:
        assert process.stdout is not None
        process.stdout.readline()

        def add(private: Path) -> dict[str, str]:
            subprocess.run(["ssh-add", "-q", private], env=variables | {"PATH": "/usr/bin:/bin"}, check=True)
            return variables

        yield add
    finally:
        process.terminate()
        process.wait()
        process.stdout.close()


@pytest.mark.parametrize(("kind", "bits"), [("ed25519", None), ("rsa", 3072), ("ecdsa", 384)])
def test_an_encrypted_key_file_of_ones_own_signs(home: Home, report: Path, kind: str, bits: int | None) -> None:
    need("ssh-keygen")
    path = home.folder / "id"
    size = [] if bits is None else ["-b", str(bits)]
    subprocess.run(["ssh-keygen", "-q", "-t", kind, *size, "-N", PASSPHRASE, "-f", path], check=True)
    ran = sign(home, report, "--key", path, "--as", "me@example.com")
    assert ran.code == 0, ran.err
    assert f" in {path}." in ran.err
    assert roles(report.read_bytes())[1] == ("Auditor", "me@example.com", "GO")


def test_a_key_of_ones_own_signs_under_the_name_of_this_machine_by_default(home: Home, report: Path) -> None:
    need("ssh-keygen")
    path = home.folder / "id"
    subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", PASSPHRASE, "-f", path], check=True)
    assert sign(home, report, "--key", path).code == 0
    assert roles(report.read_bytes())[1] == ("Auditor", OTHER, "GO")


def test_without_any_name_a_key_of_ones_own_does_not_sign(home: Home, first_signed: bytes) -> None:
    (home.work / "r.md").write_bytes(first_signed)
    (home.work / "id.pub").write_text(f"{SEC.identity.key.line}\n")
    ran = sign(home, home.work / "r.md", "--key", home.work / "id.pub")
    assert ran.code == 1
    assert "Say --as NAME" in ran.err


@pytest.mark.parametrize("name", ["a,b", "*", "two words"])
def test_a_name_that_is_none_does_not_sign(home: Home, report: Path, name: str) -> None:
    (home.work / "id.pub").write_text(f"{SEC.identity.key.line}\n")
    ran = sign(home, report, "--as", name, "--key", home.work / "id.pub")
    assert ran.code == 1
    assert ran.err.startswith("Error: The signer's name ")


def test_a_key_that_is_known_under_another_name_does_not_sign(home: Home, report: Path) -> None:
    path = home.locations.allowed_signers
    path.write_text(f"{path.read_text()}{SEC.line.replace('sec@', 'ceo@')}\n")
    (home.work / "id.pub").write_text(f"{SEC.identity.key.line}\n")
    ran = sign(home, report, "--key", home.work / "id.pub")
    assert ran.code == 1
    assert f"cannot sign as {OTHER}, by the allowed_signers here: wrong name." in ran.err


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "neither a private nor a public key of OpenSSH"),
        ("hello\n", "neither a private nor a public key of OpenSSH"),
        ("-----BEGIN RSA PRIVATE KEY-----\nAAAA\n-----END RSA PRIVATE KEY-----\n", "not in OpenSSH's own form"),
        ("-----BEGIN OPENSSH PRIVATE KEY-----\nAAAA\n-----END OPENSSH PRIVATE KEY-----\n", "is damaged"),
        ("é\n", "is not a key"),
    ],
)
def test_a_file_that_is_no_key_is_one_sentence(home: Home, report: Path, text: str, why: str) -> None:
    (home.work / "id").write_text(text, encoding="utf-8")
    ran = sign(home, report, "--key", home.work / "id")
    assert (ran.code, ran.out) == (1, "")
    assert why in ran.err
    assert ran.err.count("\n") == 1


def test_a_security_key_signs_by_the_agent_only(home: Home, report: Path) -> None:
    application = pack_string(b"sk-ssh-ed25519@openssh.com") + pack_string(b"x" * 32) + pack_string(b"ssh:")
    parts = (b"aes256-ctr", b"bcrypt", b"options")
    text = b"openssh-key-v1\0" + b"".join(map(pack_string, parts)) + b"\0\0\0\1" + pack_string(application) + b"?" * 64
    begin, end = "-----BEGIN OPENSSH PRIVATE KEY-----", "-----END OPENSSH PRIVATE KEY-----"
    (home.work / "id").write_text(f"{begin}\n{base64.b64encode(text).decode()}\n{end}\n")
    ran = sign(home, report, "--key", home.work / "id")
    assert ran.code == 1
    assert "is a security key: add it to your ssh agent and give its public file." in ran.err


def test_a_key_in_clear_does_not_sign(home: Home, report: Path) -> None:
    ran = sign(home, report, "--key", SEC.key_file(home.folder))
    assert ran.code == 1
    assert "is not encrypted: add a passphrase with ssh-keygen -p" in ran.err


@pytest.fixture(scope="module")
def secret_service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    with running_secret_service(tmp_path_factory.mktemp("secrets")) as variables:
        yield {name: variables[name] for name in ("DBUS_SESSION_BUS_ADDRESS", "XDG_RUNTIME_DIR")}


def test_a_key_in_the_keyring_signs_without_a_question(
    home: Home, first_signed: bytes, secret_service: dict[str, str]
) -> None:
    (home.work / "r.md").write_bytes(first_signed)
    assert home.run("key", "new", "--as", OTHER, **secret_service).code == 0
    given = ("sign", "r.md", "--role", "Auditor", "--verdict", "GO")
    ran = home.run(*given, **secret_service)
    assert ran.code == 0, ran.err
    assert " in Secret Service." in ran.err
    assert roles((home.work / "r.md").read_bytes())[1] == ("Auditor", OTHER, "GO")
    (home.work / "r.md").write_bytes(first_signed)
    locked_out = home.run(*given)
    assert locked_out.code == 1
    assert "No keyring of this system can be reached" in locked_out.err
    assert (home.work / "r.md").read_bytes() == first_signed


# Texts of others.


def test_a_copy_through_a_web_form_is_signed_in_its_canonical_form(
    home: Home, report: Path, first_signed: bytes
) -> None:
    report.write_bytes(first_signed.replace(b"\n", b"\r\n"))
    ran = sign(home, report)
    assert ran.code == 0
    assert "Note: Line ends were CRLF and were read as LF. It is written in its canonical form." in ran.err
    assert report.read_bytes().startswith(first_signed)


def test_a_hostile_report_reaches_no_terminal(home: Home) -> None:
    a_key(home)
    hostile = "\x1b]2;EVIL\x07\x9b[@click=app.quit]x[/]\u202e"
    body = BODY.replace("Café".encode(), f"Caf\xe9 {hostile}".encode()).replace(
        b'"R. Manager"', b'"R\\u001b]2;EVIL\\n  Security: GO"'
    )
    path = home.work / "r.md"
    path.write_bytes(RM.signs(body))
    ran = sign(home, path, role="Security")
    assert ran.code == 0
    assert_harmless(ran.raw_out, ran.raw_err)
    assert "\n  Security: GO" not in ran.err


def test_a_hostile_role_cannot_pose_as_another_line(home: Home) -> None:
    a_key(home)
    path = home.work / "r.md"
    path.write_bytes(
        RM.signs(BODY.replace(b'"title": "Security"', b'"title": "Security\\nSigned: GO by ceo@example.com"'))
    )
    ran = sign(home, path, role="QA")
    assert "Note: The report has no role QA; it has Release manager, Security Signed: GO" in ran.err
    assert "\nSigned: GO by ceo" not in ran.err
    path.write_bytes(
        RM.signs(BODY.replace(b'"role": "Release manager"', b'"role": "Boss\\nSigned: GO by ceo@example.com"'))
    )
    ran = sign(home, path, role="QA")
    assert "  Boss Signed: GO by ceo@example.com: not yet\n" in ran.err
    assert "\nSigned: GO by ceo" not in ran.err
