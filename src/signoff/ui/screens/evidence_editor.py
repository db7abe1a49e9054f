"""The evidence of an item."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from signoff.domain.evidence import Evidence
from signoff.ui.screens.entries_editor import EntriesEditor
from signoff.ui.screens.form import Field

_FIELDS: Final = (
    Field("target", "Link or file", hint="paste a URL, or type the path of a file"),
    Field("title", "Title", hint="what it shows; may stay empty"),
    Field("environment", "Environment", hint="where it was gathered, such as staging", suggestions=("staging", "prod")),
)


class EvidenceEditor(EntriesEditor[Evidence]):
    """Links and files, each with a title and the environment that it comes from."""

    def __init__(self, title: str, evidence: tuple[Evidence, ...]) -> None:
        super().__init__(title, evidence, _FIELDS)

    def entry_from(self, typed: dict[str, str], before: Evidence | None) -> Evidence:
        """The evidence that was typed; another target is another file, whose hash is not known yet."""
        if before is None:
            return Evidence(**typed)
        return replace(before, **typed, sha256=before.sha256 if typed["target"] == before.target else "")

    def typed_from(self, entry: Evidence) -> dict[str, str]:
        """The three lines."""
        return {field.name: getattr(entry, field.name) for field in _FIELDS}

    def text_of(self, entry: Evidence) -> str:
        """All of it in one line."""
        return f"{entry.target}  {entry.title}  {entry.environment}".rstrip()
