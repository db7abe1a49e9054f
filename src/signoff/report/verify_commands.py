"""What an auditor runs to check a report without this program, with the names of the report at hand."""

from __future__ import annotations

import shlex
from typing import Final

from signoff.report.visible_text import visible

_TAKE_APART: Final = (
    r"""awk '/^```signoff$/{k++;h=1;next} !k||(k==n&&h&&!/^-----BEGIN/){print>"msg";next} """
    r"""/^-----BEGIN/{h=0} k==n&&NF&&!/^```$/{print>"sig"}' n=1 """
)
_VERIFY: Final = "ssh-keygen -Y verify -f allowed_signers -I {signer} -n signoff-report -s sig <msg"


def verify_commands(file_name: str, signer: str) -> tuple[str, str]:
    """The two commands for the first sign-off of a report.

    Args:
        file_name: The report's name. Its folder is left out, since an auditor's copy is elsewhere.
        signer: The principal of the first sign-off.

    Returns:
        What takes the report apart, and what verifies it; each one line for a POSIX shell.
    """
    name = _harmless(file_name.replace("\\", "/").rpartition("/")[2], "report.md")
    # awk takes `a=b` for an assignment, and `-` for its input.
    path = f"./{name}" if name.startswith("-") or "=" in name else name
    who = _harmless(signer, "SIGNER")
    return _TAKE_APART + shlex.quote(path), _VERIFY.format(signer=shlex.quote(who))


def _harmless(text: str, otherwise: str) -> str:
    """A name as it is, or a placeholder for one that cannot be printed as it is on one line."""
    return text if text.strip() and visible(text) == text and "\n" not in text else otherwise


def verify_lines(file_name: str, signer: str) -> list[str]:
    """The section that explains and prints the commands."""
    take_apart, verify = verify_commands(file_name, signer)
    return [
        "You need this file, `awk` and `ssh-keygen` (OpenSSH 8.2 or later), and `allowed_signers`: the list of the",
        "signers' public keys in OpenSSH's format. Get that list from somebody you trust, never from the sender of",
        "this file. In an empty folder with both files, run:",
        "",
        "```sh",
        take_apart,
        verify,
        "```",
        "",
        'The answer has to begin with `Good "signoff-report" signature for`. Then everything above the first sign-off',
        "is what the signer signed, byte for byte.",
        "",
        "- The second sign-off: `n=2` in the first command, and behind `-I` the name on its `signer:` line; and so on.",
        "- A key that was retired since: add `-Overify-time=20261124030000Z` to the second command, with the digits of",
        "  that sign-off's own `signed-at:` line. That time is the signer's word.",
        "- With the program: `signoff verify` checks all sign-offs, and whether a required one is missing.",
    ]
