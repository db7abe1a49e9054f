"""The line that an error names, found without a parser that keeps places."""

import pytest

from signoff.storage.readers import Place
from signoff.storage.toml_file import line_of

TEXT = """\
schema = 1
"title" = "quoted"

[release]  # what goes out
service = "p"

[[roles]]
id = "qa"

[[roles]]
  id = "ops"

[[categories]]
id = "one"
[[categories.items]]
id = "a"
[[categories.items]]
id = "b"

[[categories]]
id = "two"
[[categories.items]]
id = "c"
text = 5

[answers.a]
status = "pass"
"""


@pytest.mark.parametrize(
    ("place", "line"),
    [
        (("schema",), 1),
        (("title",), 2),
        (("release",), 4),
        (("release", "service"), 5),
        (("release", "version"), 4),
        (("roles", 0, "id"), 8),
        (("roles", 1, "id"), 11),
        (("roles", 1, "title"), 10),
        (("categories", 0, "id"), 14),
        (("categories", 0, "items", 1, "id"), 18),
        (("categories", 1, "items", 0, "id"), 23),
        (("categories", 1, "items", 0, "text"), 24),
        (("categories", 1, "items", 0, "role"), 22),
        (("answers", "a", "status"), 27),
        (("answers", "a"), 26),
        (("nothing",), None),
        ((), None),
    ],
)
def test_a_value_is_found_on_its_line(place: Place, line: int | None) -> None:
    assert line_of(TEXT, place) == line


def test_lines_are_counted_as_editors_count_them() -> None:
    assert line_of('a = "\u2028\x85\x0c"\r\nb = 1\r\n', ("b",)) == 2
