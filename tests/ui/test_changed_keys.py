"""A key that is changed in the settings does its work, and is shown wherever the key was."""

from __future__ import annotations

from pathlib import Path

from walking import NARROW, Walk, a_session_file, a_walk, configure

from signoff.domain.answer import Status

FIRST = "secrets-in-vault"


def last_line(walk: Walk) -> str:
    return walk.screen.split("\n")[-1]


async def test_the_new_key_answers_and_the_old_one_does_nothing(tmp_path: Path) -> None:
    configure(tmp_path, '[keys]\n"review.fail" = "0"\n"presenter.clock" = []\n')
    async with a_walk(tmp_path, session=a_session_file(tmp_path)) as walk:
        await walk.press("n")
        assert walk.session.revision == 0
        await walk.press("0")
        assert walk.session.answers[FIRST].status is Status.FAIL
        await walk.press("delete", "v", "0")
        assert walk.session.answers[FIRST].status is Status.FAIL


async def test_footer_detail_and_help_show_it(tmp_path: Path) -> None:
    configure(tmp_path, '[keys]\n"review.fail" = "F7"\n"review.owner" = "W"\n"app.help" = "f1"\n')
    async with a_walk(tmp_path, session=a_session_file(tmp_path)) as walk:
        assert "y/F7/c/r/a answer" in last_line(walk)
        assert "F1 help" in last_line(walk)
        assert "y PASS F7 FAIL" in walk.screen
        assert "Owner W" in walk.screen
        await walk.press("f1")
        assert " F7             FAIL: it is not so" in walk.screen
        assert "review.fail" in walk.screen


async def test_messages_name_it(tmp_path: Path) -> None:
    configure(tmp_path, '[keys]\n"session.undo" = "z"\n"session.lock" = "F9"\n"finish.decide" = "F2"\n')
    async with a_walk(tmp_path, session=a_session_file(tmp_path)) as walk:
        await walk.press("n")
        assert "set to FAIL | z undo" in walk.screen
        await walk.press("z", "f9", "y")
        assert "The answers are locked; F9 unlocks them." in walk.screen
        await walk.press("f9", "f")
        assert "F2 then y Go, c Conditional, n No-go" in walk.screen
        await walk.press("f2")
        assert "The rules say" in walk.screen


async def test_a_click_on_the_footer_does_what_the_new_key_does(tmp_path: Path) -> None:
    configure(tmp_path, '[keys]\n"review.fail" = "F7"\n')
    async with a_walk(tmp_path, session=a_session_file(tmp_path)) as walk:
        await walk.pilot.click(offset=(last_line(walk).index("F7"), 35))
        await walk.settle()
        assert walk.session.answers[FIRST].status is Status.FAIL


async def test_keys_of_questions_can_be_changed_and_say_so(tmp_path: Path) -> None:
    configure(tmp_path, '[keys]\n"dialog.leave" = "F10"\n"decide.no_go" = "0"\n"confirm.yes" = "j"\n')
    async with a_walk(tmp_path, session=a_session_file(tmp_path)) as walk:
        await walk.press("p")
        assert "F10 keeps it and closes" in walk.screen
        await walk.press("f10")
        await walk.press("M", "y")
        assert "j yes   n or F10 no" in walk.screen
        await walk.press("y")
        assert walk.session.revision == 0
        await walk.press("j")
        assert walk.session.revision == 1
        await walk.press("f", "D")
        assert "y, c or 0 decides" in walk.screen
        await walk.press("0")
        assert "Decided by" in walk.screen


async def test_the_cursor_keys_can_be_changed(tmp_path: Path) -> None:
    configure(tmp_path, '[keys]\n"list.down" = ["W", "Down"]\n"list.up" = ["z", "Up"]\n')
    async with a_walk(tmp_path, session=a_session_file(tmp_path)) as walk:
        await walk.press("W", "W", "z", "n")
        assert walk.session.answers["no-hardcoded-credentials"].status is Status.FAIL


async def test_the_key_that_quits_can_be_changed(tmp_path: Path) -> None:
    configure(tmp_path, '[keys]\n"app.quit" = "ctrl+t"\n')
    async with a_walk(tmp_path, session=a_session_file(tmp_path)) as walk:
        await walk.press("ctrl+q")
        assert walk.app.is_running
        await walk.press("ctrl+t")
        assert walk.app._exit


async def test_digits_answer_by_the_preset_and_no_digit_shows_a_category(tmp_path: Path) -> None:
    configure(tmp_path, '[keys]\npreset = "digits"\n')
    async with a_walk(tmp_path, session=a_session_file(tmp_path)) as walk:
        assert "1/2/3/4/5 answer" in last_line(walk)
        assert walk.screen.split("\n")[1].startswith(" Security 0/6 ")
        for key, status in {"1": Status.PASS, "2": Status.FAIL, "n": Status.FAIL, "y": Status.PASS}.items():
            await walk.press(key)
            assert walk.session.answers[FIRST].status is status
        await walk.press("6")
        assert ">[" in walk.screen.split("\n")[4]
        await walk.press("f", "1")
        await walk.fill("ana")
        assert "Security: GO" in walk.screen
        await walk.press("D", "2")
        assert "NO-GO" in walk.screen
        assert "Meet again" in walk.screen


async def test_what_has_no_key_is_not_in_the_footer_and_is_done_from_the_commands(tmp_path: Path) -> None:
    configure(tmp_path, '[keys]\n"session.undo" = []\n')
    async with a_walk(tmp_path, session=a_session_file(tmp_path)) as walk:
        assert "undo" not in last_line(walk)
        await walk.press("n")
        assert "(no key) undo" in walk.screen
        await walk.press("u")
        assert walk.session.answers[FIRST].status is Status.FAIL
        await walk.press("colon")
        await walk.type("undo")
        await walk.press("enter")
        assert walk.session.answers[FIRST].status is Status.OPEN


async def test_a_line_that_cannot_be_is_said_on_the_first_screen(tmp_path: Path) -> None:
    configure(tmp_path, '# mine\n[keys]\n"review.pass" = "n"\n"review.fail" = "n"\n"review.risk" = "F8"\n')
    async with a_walk(tmp_path, session=a_session_file(tmp_path)) as walk:
        said = "config.toml:3 is ignored, and 1 more (`signoff config check`): review.pass cannot have n: review.fail"
        assert said in walk.screen
        assert "y/n/c/F8/a answer" in last_line(walk)


async def test_an_unknown_key_in_the_settings_is_said_there_as_well(tmp_path: Path) -> None:
    configure(tmp_path, 'themme = "projector"\n[keys]\n"review.pass" = "n"\n')
    async with a_walk(tmp_path, session=a_session_file(tmp_path)) as walk:
        assert "config.toml:1 is ignored, and 1 more (`signoff config check`): there is no key themme" in walk.screen


async def test_settings_that_are_no_toml_stop_no_meeting_and_are_said(tmp_path: Path) -> None:
    path = configure(tmp_path, 'name = "ana"\n[keys\n')
    async with a_walk(tmp_path, session=a_session_file(tmp_path)) as walk:
        assert f"The settings are ignored: {path}:2:"[:110] in walk.screen
        await walk.press("y")
        assert walk.session.answers[FIRST].status is Status.PASS


async def test_it_is_said_over_the_list_of_sessions_too(tmp_path: Path) -> None:
    configure(tmp_path, '[keys]\n"home.new" = "Ctrl+I"\n')
    a_session_file(tmp_path)
    async with a_walk(tmp_path, NARROW) as walk:
        assert "config.toml:2 is ignored: a terminal sends the same for Ct" in walk.screen


async def test_the_theme_is_remembered_beside_the_keys(tmp_path: Path) -> None:
    path = configure(tmp_path, '[keys]\n"review.pass" = "0"  # mine\n')
    async with a_walk(tmp_path) as walk:
        await walk.press("T")
        await walk.settle()
    text = path.read_text()
    assert text.startswith('theme = "signoff-light"\n')
    assert text.endswith('[keys]\n"review.pass" = "0"  # mine\n')
