"""Signing with a key that an ssh agent holds, by way of `ssh-keygen -Y sign -U`, which speaks to every agent."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from pathlib import Path

from signoff.errors import KeyStoreError
from signoff.signing.private_key import check_own_signature
from signoff.signing.public_key import PublicKey
from signoff.signing.sshsig import NAMESPACE

PATIENCE = 120
"""Seconds to wait for an agent that asks its user for leave."""


def sign_with_agent(key: PublicKey, message: bytes) -> str:
    """The agent's armoured signature over `message`, checked before it is returned.

    Raises KeyStoreError where there is no ssh-keygen or no agent, or the agent does not sign; SigningError where what
    it returned is not a signature that this program accepts.
    """
    program = shutil.which("ssh-keygen")
    if program is None:
        raise KeyStoreError("The ssh agent is reached through ssh-keygen, which is not installed: install OpenSSH.")
    with tempfile.TemporaryDirectory(prefix="signoff-") as folder:
        public = Path(folder, "key.pub")
        public.write_text(f"{key.line}\n", encoding="ascii")
        command = [program, "-Y", "sign", "-U", "-q", "-n", NAMESPACE, "-f", str(public)]
        try:
            result = subprocess.run(command, input=message, capture_output=True, timeout=PATIENCE, check=True)
        except subprocess.TimeoutExpired as error:
            raise KeyStoreError(f"The ssh agent did not answer for {PATIENCE} seconds: try again.") from error
        except (OSError, subprocess.CalledProcessError) as error:
            raise KeyStoreError(
                f"The ssh agent did not sign with {key.fingerprint}: add the key with ssh-add and try again."
            ) from error
    armour = result.stdout.decode("ascii", "replace")
    check_own_signature(armour, key, message)
    return armour
