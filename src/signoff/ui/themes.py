"""The themes of the themes folders, as Textual wants them."""

from __future__ import annotations

from textual.theme import Theme

from signoff.storage.theme_file import ThemeColors


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
