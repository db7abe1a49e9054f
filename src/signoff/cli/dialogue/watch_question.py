"""Who watches the release after the deploy."""

from __future__ import annotations

from dataclasses import replace

from signoff.cli.dialogue.talk import Talk
from signoff.domain.meeting import Watch
from signoff.domain.session import Session
from signoff.domain.when import EXAMPLES, parse_when, when_text


def ask_watch(talk: Talk, *, anew: bool = False) -> None:
    """Ask who watches the release and until when, and say what is known.

    Args:
        talk: The dialogue.
        anew: Whether that is asked which is known already.

    Raises:
        Leave: When somebody leaves, or there are no more lines.
    """
    talk.say()
    before, now = talk.session.watch, talk.session.release.watched_from(talk.here)
    if anew or not before.watcher:
        watcher = talk.ask("Watcher", "who watches the release after the deploy", _otherwise(before.watcher))
        talk.edit(Session.set_watch, replace(before, watcher=watcher or before.watcher))
    if anew or not before.until:
        until = talk.ask_for("Until", EXAMPLES, lambda said: parse_when(said, now), _otherwise(when_text(before.until)))
        talk.edit(Session.set_watch, replace(talk.session.watch, until=until or before.until))
    talk.say(f"{watch_words(talk.session.watch)}.")


def _otherwise(there: str) -> str:
    return f"Now: {there}. Enter keeps it" if there else "Enter leaves it for later"


def watch_words(watch: Watch) -> str:
    """Who watches, and until when."""
    if not watch.watcher:
        return "Nobody is named to watch the release"
    return f"{watch.watcher} watches the release, until {when_text(watch.until) or 'nobody said when'}"
