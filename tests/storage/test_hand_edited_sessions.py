"""A session file may be edited by hand: whatever stands in it stays, and whatever layout it has can be edited."""

import difflib
import tomllib
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from any_session import Edit
from meeting import BY, LINK, NOW, STAGING, a_checklist, a_window, answered, decided, signed
from signoff.domain.answer import Status
from signoff.domain.meeting import Choice, Override, Vote, Watch
from signoff.domain.release import Release
from signoff.storage.session_file import SessionFile

CHECKLIST = """
[checklist]
id = "small"
version = "1"
title = "Small"

[[checklist.roles]]
id = "qa"
title = "QA"

[[checklist.categories]]
id = "one"
title = "One"

[[checklist.categories.items]]
id = "a"
text = "A"

[[checklist.categories.items]]
id = "b"
text = "B"

[[checklist.categories.items]]
id = "c"
text = "C"

[[checklist.rules]]
id = "watch"
kind = "always"
text = "Watch"
check = "watcher-named"
"""
TOP = """\
# Kept in git. Ask Ana before you touch it.
schema = 1
id = "x"          # the name of the file
revision = 0
created = 2026-11-26T14:00:00Z
saved = 2026-11-26T14:00:00Z
ticket = "OPS-1"  # ours
"""
RELEASE = """
[release]  # what goes out
service = "payments"
version = '1'
branch = "main"
"""
TAIL = """
[ours]
key = "value"  # stays

[[ours.list]]
n = 1
"""


def opened(folder: Path, text: str) -> SessionFile:
    path = folder / "x.toml"
    path.write_bytes(text.encode("utf-8"))
    return SessionFile.open(path)


def content(file: SessionFile) -> str:
    return file.path.read_bytes().decode("utf-8")


# What a person wrote stays.

ANSWERS = """
# The security people said this twice.
[answers.a]
status = "pass"   # by phone
asked = 2
note = '''
[answers.b]
status = "a note may say anything"
'''

# About B.
[answers.b]
status = "fail"
"""


def test_opening_and_saving_nothing_leaves_every_byte(tmp_path: Path) -> None:
    text = TOP + RELEASE + ANSWERS + CHECKLIST + TAIL
    file = opened(tmp_path, text)

    assert content(file) == text
    assert bytes(file._text) == text.encode()


def test_an_edit_changes_the_lines_it_has_to_and_no_other(tmp_path: Path) -> None:
    before = TOP + RELEASE + ANSWERS + CHECKLIST + TAIL
    file = opened(tmp_path, before)
    file.save(file.session.answer("b", status=Status.NA, reason="no B", now=NOW, by=BY), NOW + timedelta(hours=1))

    lines = list(difflib.unified_diff(before.splitlines(), content(file).splitlines(), lineterm="", n=0))[2:]
    taken = [line[1:] for line in lines if line.startswith("-")]
    added = [line[1:] for line in lines if line.startswith("+")]
    assert taken == ["revision = 0", "saved = 2026-11-26T14:00:00Z", 'status = "fail"']
    assert [line for line in added if line.startswith(("revision", "saved", "status", "reason"))] == [
        "revision = 1",
        "saved = 2026-11-26T15:00:00Z",
        'status = "na"',
        'reason = "no B"',
        "revision = 1",  # the line of history
    ]
    for comment in ("# Kept in git", "# the name", "# ours", "# what goes", "# The security", "# by phone", "# stays"):
        assert comment in content(file)
    assert "# About B.\n[answers.b]\n" in content(file)


def test_a_line_of_a_text_that_reads_like_a_value_stays(tmp_path: Path) -> None:
    note = 'said = """\nrevision = 3\n"""\n'
    file = opened(tmp_path, TOP.replace("revision = 0", '"revision" = 0') + note + RELEASE + CHECKLIST)
    file.save(file.session.answer("b", status=Status.PASS, now=NOW, by=BY), NOW)

    assert note in content(file)
    assert SessionFile.open(file.path).session == file.session


def test_a_remark_stays_when_the_value_that_it_stands_behind_goes(tmp_path: Path) -> None:
    answers = '[answers.a]\nstatus = "na"\nreason = "no A"  # says Ana\nevidence = [\n    {target = "u"}, # broken\n]\n'
    file = opened(tmp_path, TOP + RELEASE + "\n" + answers + CHECKLIST)
    file.save(file.session.answer("a", status=Status.PASS, evidence=(LINK,), now=NOW, by=BY), NOW)

    text = content(file)
    assert "# says Ana\n# broken\n" in text
    assert text.index("# broken") < text.index("[answers.a]") < text.index("[checklist]")


def test_a_new_answer_stands_after_the_others_and_leaves_comments_at_their_tables(tmp_path: Path) -> None:
    file = opened(tmp_path, TOP + RELEASE + ANSWERS + "\n# The checklist of 2026.\n" + CHECKLIST.lstrip() + TAIL)
    file.save(file.session.answer("c", status=Status.PASS, now=NOW, by=BY), NOW)

    text = content(file)
    assert '\n[answers.c]\nstatus = "pass"\n\n# The checklist of 2026.\n[checklist]\n' in text
    assert text.index("[answers.b]") < text.index("[answers.c]")


def test_edits_of_two_items_are_two_hunks(tmp_path: Path) -> None:
    file = SessionFile.create(tmp_path, a_checklist(), Release("payments", "1"), NOW)
    for item in ("vault", "scan", "coverage"):
        file.save(answered(file.session, item, Status.PASS), NOW)
    before = content(file)
    file.save(answered(file.session, "vault", Status.FAIL), NOW)
    file.save(answered(file.session, "coverage", Status.FAIL), NOW)

    matcher = difflib.SequenceMatcher(None, before.splitlines(), content(file).splitlines(), autojunk=False)
    changed = [before.splitlines()[a1:a2] for tag, a1, a2, _, _ in matcher.get_opcodes() if tag != "equal"]
    assert changed.count(['status = "pass"']) == 2


def test_a_table_read_back_is_edited_like_a_new_one(tmp_path: Path) -> None:
    file = SessionFile.create(tmp_path, a_checklist(), Release("payments", "1"), NOW)
    copy = tmp_path / "copy.toml"
    copy.write_bytes(file.path.read_bytes())
    for item in ("scan", "vault"):
        file.save(answered(file.session, item, Status.PASS), NOW)
        read_again = SessionFile.open(copy)
        read_again.save(answered(read_again.session, item, Status.PASS), NOW)
        assert content(read_again) == content(file)


# Whatever the layout, what is saved is what is read.

SPOKEN = TOP.replace("revision = 0", "revision = 1")
HISTORY = 'revision = 1\nat = 2026-11-26T14:00:00Z\nby = "me"\nsubject = "answers.a"\n'
LAYOUTS = {
    "as new": TOP + RELEASE + ANSWERS + CHECKLIST,
    "dotted at the top": TOP
    + 'release.service = "p"\nrelease.version = "1"\nanswers.a.status = "pass"\nanswers.b.status = "fail"\n'
    + CHECKLIST,
    "inline at the top": TOP
    + 'answers = {a = {status = "pass", asked = 2}, b = {status = "fail"}}\n'
    + RELEASE
    + CHECKLIST,
    "everything inline": TOP
    + 'people = {qa = "Q"}\nrelease = {service = "p", version = "1"}\nanswers = {a = {status = "pass"}}\n'
    + "votes = {}\nwatch = {}\ndecision = {}\nhistory = []\nsummary = {}\noverrides = {}\n"
    + CHECKLIST,
    "dotted in a table": TOP + RELEASE + '[answers]\na.status = "pass"\nb.status = "fail"\nb.note = "x"\n' + CHECKLIST,
    "inline in a table": TOP + RELEASE + '[answers]\na = {status = "pass"}\nb = {status = "fail"}\n' + CHECKLIST,
    "empty tables": TOP + RELEASE + "[answers]\n[votes]\n[people]\n[watch]\n" + CHECKLIST,
    "an empty table and its own": TOP + RELEASE + '[answers]\n[answers.a]\nstatus = "pass"\n' + CHECKLIST,
    "empty inline": TOP + "answers = {}\nvotes = {}\nhistory = []\n" + RELEASE + CHECKLIST,
    "evidence in tables": TOP
    + RELEASE
    + '[answers.a]\nstatus = "pass"\n[[answers.a.evidence]]\ntarget = "u"\n[[answers.a.evidence]]\ntarget = "v"\n'
    + CHECKLIST,
    "a window in a table": TOP
    + RELEASE
    + "[release.notes]\nx = 1\n[release.window]\n"
    + 'start = 2026-11-26T14:00:00Z\nend = 2026-11-26T15:00:00Z\nzone = "UTC"\n'
    + ANSWERS
    + CHECKLIST,
    "a dotted window": TOP
    + RELEASE
    + 'window.start = 2026-11-26T14:00:00Z\nwindow.end = 2026-11-26T15:00:00Z\nwindow.zone = "UTC"\n'
    + CHECKLIST,
    "out of order": TOP + '[answers.a]\nstatus = "pass"\n' + CHECKLIST + RELEASE + '[answers.b]\nstatus = "fail"\n',
    "out of order and dotted": TOP + 'votes.qa.choice = "go"\n[answers.a]\nstatus = "pass"\n' + CHECKLIST + RELEASE,
    "quoted and spaced headers": TOP
    + '["release"]\nservice = "p"\nversion = "1"\n["answers".\'a\']\nstatus = "pass"\n'
    + '  [ answers . b ] # a [comment]\n  status = "fail"\n'
    + CHECKLIST,
    "own keys in tables of their own": TOP
    + RELEASE
    + '[answers.a.ours]\nx = 1\n[answers.a]\nstatus = "pass"\n[[foo]]\nx = 1\n[foo.bar]\ny = 2\n[[foo]]\nx = 2\n'
    + CHECKLIST,
    "lists over lines that look like headers": TOP
    + RELEASE
    + '[answers.a]\nstatus = "pass"\nmatrix = [\n[1, 2],\n[3], # [answers.b]\n]\nevidence = [\n  {target = "[x]"},\n]\n'
    + CHECKLIST,
    "history inline": SPOKEN
    + 'history = [{revision = 1, at = 2026-11-26T14:00:00Z, subject = "answers.a", was = {}, now = {}}]\n'
    + RELEASE
    + CHECKLIST,
    "history in tables": SPOKEN
    + RELEASE
    + f'[[history]]\n{HISTORY}[history.was]\nstatus = "open"\n[history.now]\nstatus = "pass"\n'
    + CHECKLIST
    + f"[[history]]\n{HISTORY}was = {{}}\nnow = {{}}\n",
    "no line feed at the end": TOP + RELEASE + CHECKLIST + '[answers.a]\nstatus = "pass" # so they say',
    "the checklist first": TOP + CHECKLIST + RELEASE + ANSWERS,
}
STORY: list[Edit] = [
    lambda s: s.answer("a", status=Status.FAIL, note="[x]\nline", now=NOW, by=BY),
    lambda s: s.answer("c", status=Status.PASS, evidence=(LINK, STAGING), now=NOW, by=BY),
    lambda s: s.answer("b", status=Status.CONDITION, what="w", owner="o", due=NOW.date(), now=NOW, by=BY),
    lambda s: s.answer("a", evidence=(LINK,), now=NOW, by=BY),
    lambda s: s.answer("a", evidence=(), note="", now=NOW, by=BY),
    lambda s: s.vote("qa", Vote(Choice.GO_IF, "Q", "if"), now=NOW, by=BY),
    lambda s: s.override("watch", Override("a", "b"), now=NOW, by=BY),
    lambda s: s.vote("qa", Vote(), now=NOW, by=BY),
    lambda s: s.name_people({"qa": "Quinn"}, now=NOW, by=BY),
    lambda s: s.describe(Release("p", "2", window=a_window()), now=NOW, by=BY),
    lambda s: s.describe(Release("p", "2"), now=NOW, by=BY),
    lambda s: s.set_watch(Watch("w", NOW), now=NOW, by=BY),
    decided,
    signed,
    lambda s: s.reopened(now=NOW, by=BY),
    lambda s: s.answer("b", status=Status.OPEN, now=NOW, by=BY),
]


def unread(text: str) -> dict[str, Any]:
    """What is in a file and no part of signoff reads."""
    data = tomllib.loads(text)
    known = ("ticket", "ours", "foo")
    own = {key: data[key] for key in known if key in data}
    answers = {
        key: {k: v for k, v in a.items() if k in ("asked", "ours", "matrix")}
        for key, a in data.get("answers", {}).items()
    }
    release = {key: data["release"][key] for key in ("branch", "notes") if key in data["release"]}
    return {**own, "release": release, "answers": {key: value for key, value in answers.items() if value}}


def comments(text: str) -> list[str]:
    return sorted(line.partition("#")[2].strip() for line in text.splitlines() if "#" in line)


@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
@pytest.mark.parametrize("layout", LAYOUTS.values(), ids=LAYOUTS)
def test_every_layout_can_be_edited_and_nothing_in_it_is_lost(tmp_path: Path, layout: str, line_end: str) -> None:
    before = (layout + ("" if layout.endswith("say") else TAIL)).replace("\n", line_end)
    file = opened(tmp_path, before)
    assert content(file) == before

    for edit in STORY:
        session = edit(file.session)
        file.save(session, NOW)
        read = SessionFile.open(file.path)
        assert read.session == session
        assert unread(content(file)) == unread(before)
        assert comments(content(file)) == comments(before)
    assert bytes(read._text) == file.path.read_bytes()


def test_a_layout_that_cannot_be_edited_is_laid_out_anew_with_all_that_is_not_ours_to_drop(tmp_path: Path) -> None:
    dotted = 'release.service = "p"\nrelease.version = "1"\nwatch.watcher = "ana"\nwatch.pager = 7  # hers\n'
    file = opened(
        tmp_path, TOP + dotted + 'answers.a = {status = "pass", asked = 2}\nanswers.b.note = "x"\n' + CHECKLIST + TAIL
    )
    file.save(file.session.set_watch(Watch(), now=NOW, by=BY), NOW)
    file.save(file.session.answer("b", status=Status.FAIL, note="", now=NOW, by=BY), NOW)

    data = tomllib.loads(content(file))
    assert data["watch"] == {"pager": 7}
    assert data["answers"] == {"a": {"status": "pass", "asked": 2}, "b": {"status": "fail"}}
    assert data["ours"] == {"key": "value", "list": [{"n": 1}]}
    assert "# hers" in content(file)


def test_a_key_that_signoff_does_not_know_stays_in_its_table(tmp_path: Path) -> None:
    """tomlkit puts what follows a dotted key into the next table, where it reads as well as before."""
    dotted = 'overrides.watch.by = "ana"\noverrides.watch.ours = "kept"\n'
    more = '\n[[checklist.rules]]\nid = "complete"\nkind = "always"\ntext = "All"\ncheck = "checklist-complete"\n'
    file = opened(tmp_path, TOP + dotted + CHECKLIST + more + RELEASE)
    file.save(file.session.override("complete", Override(by="bob", reason="late"), now=NOW, by=BY), NOW)

    assert tomllib.loads(content(file))["overrides"] == {
        "watch": {"by": "ana", "ours": "kept"},
        "complete": {"by": "bob", "reason": "late"},
    }
