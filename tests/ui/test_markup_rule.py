"""No text that a user typed reaches markup, where `[@click=app.quit]` is an action and `[x]` is nothing."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import signoff.ui

SOURCES = sorted(Path(signoff.ui.__file__).parent.rglob("*.py"))
TAKES_MARKUP = {"Static", "Label", "Button", "Option", "Checkbox", "RadioButton", "notify"}
"""Whatever reads markup in a text it is given."""
READS_MARKUP = {"from_markup", "to_content", "border_title", "border_subtitle", "tooltip"}
"""Names that have no place here at all."""


def faults(source: str) -> Iterator[str]:
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Attribute | ast.Name):
            name = node.attr if isinstance(node, ast.Attribute) else node.id
            if name in READS_MARKUP:
                yield f"line {node.lineno}: {name}"
        if isinstance(node, ast.Call) and node.args and called(node) in TAKES_MARKUP and not is_safe(node):
            yield f"line {node.lineno}: {called(node)} without markup=False"


def called(call: ast.Call) -> str:
    return call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")


def is_safe(call: ast.Call) -> bool:
    """Whether a call gives content instead of a text, or says that the text is none of markup's business."""
    if any(keyword.arg == "markup" and keyword.value.value is False for keyword in call.keywords):  # type: ignore[attr-defined]
        return True
    first = call.args[0]
    makes_content = isinstance(first, ast.Call) and called(first) in {"Content", "join", "assemble", "_groups"}
    return makes_content or (isinstance(first, ast.Constant) and first.value == "")


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.stem)
def test_no_text_reaches_markup(path: Path) -> None:
    assert list(faults(path.read_text(encoding="utf-8"))) == []


@pytest.mark.parametrize(
    "source",
    ["Static(text)", "self.notify(str(error))", "Option(f'{name}')", "Content.from_markup(x)", "self.border_title = x"],
)
def test_the_rule_finds_what_it_is_for(source: str) -> None:
    assert list(faults(source))
