"""However a person lays a session file out, edits reach it, and whatever nobody reads stays in it."""

from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from any_layout import layouts, ours
from any_session import Edit, edits, sessions
from meeting import NOW
from signoff.storage.session_file import SessionFile


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(layouts(sessions), st.lists(st.tuples(edits, st.booleans()), min_size=1, max_size=4))
def test_any_edit_of_any_layout_is_read_back(text: str, done: list[tuple[Edit, bool]]) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "x.toml"
        path.write_bytes(text.encode("utf-8"))
        file = SessionFile.open(path)
        for edit, close in done:
            session = edit(file.session)
            file.save(session, NOW)
            read = SessionFile.open(path)
            saved = path.read_bytes().decode("utf-8")
            assert read.session == session
            assert ours(saved) == ours(text)
            if close:
                file = read
