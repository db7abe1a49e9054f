"""The themes of the themes folders, as Textual wants them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from textual.theme import Theme

from signoff.storage.theme_file import STATUSES, ThemeColors
from signoff.ui.terminal_look import Colors

_BLACK, _WHITE = "#000000", "#FFFFFF"
_SIXTEEN_ON_BLACK: Final = {
    "background": _BLACK,
    "surface": _BLACK,
    "panel": _BLACK,
    "foreground": _WHITE,
    "muted": "#AAAAAA",
    "rule": "#555555",
    "accent": "#55FFFF",
    "pass": "#55FFFF",
    "fail": "#FF5555",
    "condition": "#FFFF55",
    "risk": "#FFFF55",
    "na": "#AAAAAA",
    "open": _WHITE,
}
_SIXTEEN_ON_WHITE: Final = dict.fromkeys(_SIXTEEN_ON_BLACK, _BLACK) | {
    "background": _WHITE,
    "surface": _WHITE,
    "panel": _WHITE,
    "rule": "#555555",
    "accent": "#0000AA",
    "pass": "#0000AA",
    "fail": "#AA0000",
}
"""The sixteen colours of old, exactly, so that each is sent by its number. How a terminal shows them is its own matter:
these are the ones that stand out from black, and from white, whatever their shade."""

_WITHOUT_COLOR: Final = dict.fromkeys(_SIXTEEN_ON_BLACK, _WHITE) | {
    "background": _BLACK,
    "surface": _BLACK,
    "panel": _BLACK,
}
"""Black and white, for `WithoutColor` to turn into no colour and the reverse."""

STYLES: Final = {
    "status-fail-style": "bold",
    "status-condition-style": "bold",
    "status-risk-style": "underline",
    "cursor-style": "bold",
}
"""How words differ by more than their colour."""
_STYLES_OF_FEW_COLORS: Final[Mapping[Colors, Mapping[str, str]]] = {
    Colors.ALL: {},
    # Where a row cannot have a ground of its own, it swaps the two that there are.
    Colors.SIXTEEN: {"cursor-style": "bold reverse"},
    Colors.NONE: {"status-fail-style": "bold reverse"},
}


def textual_theme(theme: ThemeColors, shown: Colors) -> Theme:
    """A theme for Textual; its own words (`$muted`, `$rule`, `$status-pass` ...) become variables.

    Args:
        theme: The theme.
        shown: How much of it the terminal can show.
    """
    colors = {
        Colors.ALL: {**theme.colors, **theme.status},
        Colors.SIXTEEN: _SIXTEEN_ON_BLACK if theme.dark else _SIXTEEN_ON_WHITE,
        Colors.NONE: _WITHOUT_COLOR,
    }[shown]
    return Theme(
        name=theme.name,
        primary=colors["accent"],
        secondary=colors["accent"],
        accent=colors["accent"],
        warning=colors["condition"],
        error=colors["fail"],
        success=colors["pass"],
        foreground=colors["foreground"],
        background=colors["background"],
        surface=colors["surface"],
        panel=colors["panel"],
        dark=theme.dark,
        variables={**_variables(colors), **STYLES, **_STYLES_OF_FEW_COLORS[shown]},
    )


def _variables(colors: Mapping[str, str]) -> dict[str, str]:
    accent, background, foreground = colors["accent"], colors["background"], colors["foreground"]
    chosen = (foreground, colors["panel"]) if colors["panel"] != background else (background, foreground)
    selection = {f"{place}-selection-background": accent for place in ("input", "screen")}
    selection |= {f"{place}-selection-foreground": background for place in ("input", "screen")}
    return selection | {
        "muted": colors["muted"],
        "rule": colors["rule"],
        **{f"status-{name}": colors[name] for name in STATUSES},
        "scrollbar": colors["rule"],
        "scrollbar-hover": colors["muted"],
        "scrollbar-active": accent,
        "scrollbar-background": background,
        "scrollbar-background-hover": background,
        "scrollbar-background-active": background,
        "scrollbar-corner-color": background,
        "input-cursor-background": accent,
        "input-cursor-foreground": background,
        "block-cursor-foreground": chosen[0],
        "block-cursor-background": chosen[1],
        "block-cursor-blurred-background": "transparent",
        "block-cursor-blurred-foreground": foreground,
    }
