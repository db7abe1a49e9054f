"""The keys of the preview of the report."""

from __future__ import annotations

from typing import Final

from signoff.ui.keyboard.key import Key

PREVIEW_KEYS: Final = (Key("preview.close", "escape,q,x", "dismiss(None)", "Close", "Screen", "close"),)
