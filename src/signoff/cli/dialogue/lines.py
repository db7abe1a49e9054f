"""What is said and what is heard, a line at a time."""

from __future__ import annotations

from typing import BinaryIO, Final

import click

from signoff.domain.safe_text import safe_text

_LONGEST: Final = 64 * 1024
"""How many bytes a line may have. A file that is piped in by mistake must not become a note that fills the session."""


class Leave(Exception):  # noqa: N818 - it is no error: somebody leaves, or there is nothing more to be heard
    """The dialogue ends here."""


class Lines:
    """A dialogue, line by line."""

    def __init__(self, heard: BinaryIO) -> None:
        """Begin it.

        Args:
            heard: Where lines come from, in UTF-8 whatever the locale.
        """
        self._heard = heard

    def say(self, text: str = "") -> None:
        """Say a line: whatever is in it, it stays one."""
        click.echo(safe_text(text))

    def hear(self, prompt: str) -> str:
        """Ask for a line until there is one that can be understood as text.

        Args:
            prompt: What is asked; it is a line like all others, so that nothing stands behind it and is missed.

        Raises:
            Leave: When there are no more lines.
        """
        while True:
            self.say(prompt)
            line = self._heard.readline(_LONGEST)
            if not line:
                raise Leave
            if len(line) == _LONGEST and not line.endswith(b"\n"):
                self._pass_over_the_rest()
                self.say(f"That line is longer than {_LONGEST // 1024} KB; say it in fewer words.")
                continue
            try:
                return line.decode("utf-8-sig").strip()
            except UnicodeDecodeError:
                self.say("That is not UTF-8 text; say it again.")

    def _pass_over_the_rest(self) -> None:
        while (rest := self._heard.readline(_LONGEST)) and not rest.endswith(b"\n"):
            pass
