"""How well people tell colours apart, with and without all of their cones.

Written out rather than taken from a library: it is two published matrices' worth of arithmetic, and the libraries that
have it bring numpy and scipy along.
"""

from __future__ import annotations

import math
from typing import Final

Rgb = tuple[float, float, float]
"""Red, green and blue, linear, from 0 to 1."""

SIGHT: Final = {
    "normal": ((1.0, 0.0, 0.0), (0.0, 1.0, 0.0), (0.0, 0.0, 1.0)),
    "protanopia": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    "deuteranopia": (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ),
    "tritanopia": (
        (1.255528, -0.076749, -0.178779),
        (-0.078411, 0.930809, 0.147602),
        (0.004733, 0.691367, 0.303900),
    ),
}
"""What becomes of linear colours: Machado, Oliveira and Fernandes 2009, at their full severity."""


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours after WCAG 2."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def luminance(color: str) -> float:
    red, green, blue = linear(color)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def difference(one: str, other: str, sight: str = "normal") -> float:
    """How far two colours are apart to a kind of eyes: the distance in CIELAB (CIE 1976).

    Its successor of 2000 was fitted to differences that are hardly seen; between hues as far apart as these it says
    little, and the figures that were measured for the design are in this one.
    """
    return math.dist(_lab(_seen(one, sight)), _lab(_seen(other, sight)))


def linear(color: str) -> Rgb:
    parts = [int(color[n : n + 2], 16) / 255 for n in (1, 3, 5)]
    red, green, blue = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return red, green, blue


def _seen(color: str, sight: str) -> Rgb:
    parts = linear(color)
    red, green, blue = [sum(a * b for a, b in zip(row, parts, strict=True)) for row in SIGHT[sight]]
    return min(max(red, 0), 1), min(max(green, 0), 1), min(max(blue, 0), 1)


def _lab(color: Rgb) -> tuple[float, float, float]:
    red, green, blue = color
    x = _cube_root((0.4124564 * red + 0.3575761 * green + 0.1804375 * blue) / 0.95047)
    y = _cube_root(0.2126729 * red + 0.7151522 * green + 0.0721750 * blue)
    z = _cube_root((0.0193339 * red + 0.1191920 * green + 0.9503041 * blue) / 1.08883)
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


def _cube_root(part: float) -> float:
    return part ** (1 / 3) if part > 216 / 24389 else (24389 / 27 * part + 16) / 116
