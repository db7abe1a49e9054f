"""Write the table of the keys into the README anew, from the declarations that the program itself binds.

Run it after a key was added or changed:

    .venv/bin/python docs/keys.py
"""

from __future__ import annotations

import re
from pathlib import Path

from signoff.ui.keyboard.key import Key
from signoff.ui.keyboard.places import PLACES, declared_keys
from signoff.ui.keyboard.review_keys import CATEGORY_KEYS

README = Path(__file__).parent.parent / "README.md"
BEGIN, END = "<!-- the keys, written by docs/keys.py -->", "<!-- the end of the keys -->"

_WHERE = {"app.help": "every screen, every question", "dialog.leave": "every question"}
"""What would be a long list."""


def key_table() -> str:
    """A row for each thing that a key does: where, which keys, what, and its name in the settings."""
    places: dict[str, list[str]] = {}
    for key in declared_keys().values():
        if key not in CATEGORY_KEYS[1:]:
            places.setdefault(where_is(key), []).append(_row(key))
    rows = ["| where | key | what it does | its name |", "|---|---|---|---|"]
    for where, keys in places.items():
        rows += [f"| {where if key is keys[0] else ''} | {key} |" for key in keys]
    return "\n".join(rows)


def where_is(key: Key) -> str:
    """The places in which a key is at work."""
    places = [place.title for place in PLACES if any(other.id == key.id for other in place.keys)]
    if len(places) == len(PLACES):
        return "everywhere"
    if key.id in _WHERE:
        return _WHERE[key.id]
    # The detail is a part of the review, and the lines are a part of the entries.
    parts = {"the detail of an item": "the review", "the lines of an entry": "the entries of evidence or actions"}
    named = (title for title in places if parts.get(title) not in places)
    return ", ".join(title.partition(" ")[2] for title in named)


def _row(key: Key) -> str:
    if key == CATEGORY_KEYS[0]:
        last = CATEGORY_KEYS[-1]
        return f"`{key.shown}` to `{last.shown}` | Category by its number | `{key.id}` to `_{len(CATEGORY_KEYS)}`"
    keys = " ".join(f"`{name}`" for name in key.shown_all.split(" "))
    return f"{keys} | {key.label} | `{key.id}`"


def with_fresh_table(text: str) -> str:
    """The README with the table as it has to be."""
    inside = re.compile(rf"(?<={re.escape(BEGIN)}\n).*?(?=\n{re.escape(END)})", re.DOTALL)
    return inside.sub(lambda _: f"\n{key_table()}\n", text)


def main() -> None:
    """Write the README."""
    README.write_text(with_fresh_table(README.read_text(encoding="utf-8")), encoding="utf-8")


if __name__ == "__main__":
    main()
