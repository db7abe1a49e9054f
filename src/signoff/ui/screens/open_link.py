"""Opening a link of the evidence, if it is one that may be opened."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from signoff.domain.evidence import Evidence
from signoff.domain.web_link import why_not_opened
from signoff.ui.keyboard.answer_keys import EVIDENCE
from signoff.ui.screens.pick import Pick

if TYPE_CHECKING:
    from signoff.ui.app import SignoffApp


async def open_evidence(app: SignoffApp, evidence: tuple[Evidence, ...]) -> str:
    """Open one of the links in the browser; ask which where there are several.

    Args:
        app: The app that asks.
        evidence: The entries to choose from.

    Returns:
        What happened, as one sentence.
    """
    if not evidence:
        return f"There is no evidence to open; {app.key(EVIDENCE)} adds some."
    chosen: int | None = 0
    if len(evidence) > 1:
        chosen = await app.push_screen_wait(Pick("Open which?", [entry.target for entry in evidence]))
    if chosen is None:
        return ""
    target = evidence[chosen].target
    if not evidence[chosen].is_link:
        return f"{target} is a file; signoff shows where it is and does not run it."
    reason = why_not_opened(target)
    if reason:
        return f"Not opened: {reason}."
    from signoff.workflow.browser import show_in_browser

    if await asyncio.to_thread(show_in_browser, target):
        return f"Opened {target}"
    app.copy_to_clipboard(target)
    return f"No browser here; the link is copied, where the terminal allows that: {target}"
