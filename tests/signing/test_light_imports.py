"""Checking a report must cost, and touch, no more than checking needs."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from signing_support import RM, TestKey

HEAVY = ("keyring", "tomlkit", "textual", "rich", "click", "secretstorage", "platformdirs")


def loaded(code: str, *arguments: str) -> set[str]:
    """The top-level modules that running `code` brings in."""
    script = f"import sys\n{code}\nprint(*sorted({{name.partition('.')[0] for name in sys.modules}}))"
    command = [sys.executable, "-I", "-c", script, *arguments]
    return set(subprocess.run(command, capture_output=True, text=True, check=True).stdout.split())


def test_importing_the_modules_that_check_loads_no_cryptography() -> None:
    modules = loaded("import signoff.signing.verify, signoff.signing.container, signoff.signing.trust")
    assert modules.isdisjoint((*HEAVY, "cryptography"))


def test_importing_the_modules_that_sign_loads_none_either() -> None:
    modules = loaded("import signoff.signing.signer, signoff.signing.sign_report, signoff.signing.identity")
    assert modules.isdisjoint((*HEAVY, "cryptography"))


def test_checking_a_report_loads_no_keyring(report: bytes, ed25519: TestKey, tmp_path: Path) -> None:
    (tmp_path / "report.md").write_bytes(report)
    (tmp_path / "allowed_signers").write_text(f"{RM} {ed25519.public.line}\n")
    code = """
from pathlib import Path
from signoff.signing.allowed_signers import load_allowed_signers
from signoff.signing.verify import verify
assert verify(Path(sys.argv[1]).read_bytes(), load_allowed_signers(Path(sys.argv[2]))).all_valid
"""
    modules = loaded(code, str(tmp_path / "report.md"), str(tmp_path / "allowed_signers"))
    assert "cryptography" in modules
    assert modules.isdisjoint(HEAVY)
