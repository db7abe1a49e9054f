"""The themes of the themes folders, as Textual wants them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from textual.app import App
from textual.theme import Theme

from signoff.storage.locations import Locations
from signoff.storage.theme_file import ThemeColors, load_themes

DEFAULT_THEME: Final = "signoff-dark"


def textual_theme(theme: ThemeColors) -> Theme:
    """A theme for Textual; its own words (`$muted`, `$rule`, `$status-pass` ...) become variables."""
    colors = theme.colors
    variables = {"muted": colors["muted"], "rule": colors["rule"]}
    variables |= {f"status-{name}": color for name, color in theme.status.items()}
    variables |= {
        "scrollbar": colors["rule"],
        "scrollbar-hover": colors["muted"],
        "scrollbar-active": colors["accent"],
        "scrollbar-background": colors["background"],
        "scrollbar-background-hover": colors["background"],
        "scrollbar-background-active": colors["background"],
        "scrollbar-corner-color": colors["background"],
        "input-cursor-background": colors["accent"],
        "input-cursor-foreground": colors["background"],
        "block-cursor-background": colors["panel"],
        "block-cursor-foreground": colors["foreground"],
    }
    return Theme(
        name=theme.name,
        primary=colors["accent"],
        secondary=colors["accent"],
        accent=colors["accent"],
        warning=theme.status["condition"],
        error=theme.status["fail"],
        success=theme.status["pass"],
        foreground=colors["foreground"],
        background=colors["background"],
        surface=colors["surface"],
        panel=colors["panel"],
        dark=theme.dark,
        variables=variables,
    )


def register_themes(app: App[None], locations: Locations, wanted: str) -> Mapping[str, ThemeColors]:
    """Give an app the themes of the themes folders, and have it wear one. Reading a theme has checked its colours.

    Args:
        app: The app.
        locations: Where the folders are.
        wanted: The name of the theme to wear; where there is none of that name it is the default one.

    Returns:
        The themes by their names.
    """
    themes = load_themes(locations).loaded
    for colors in themes.values():
        app.register_theme(textual_theme(colors))
    worn = next((name for name in (wanted, DEFAULT_THEME, *themes) if name in themes), None)
    if worn is not None:
        app.theme = worn
    return themes
