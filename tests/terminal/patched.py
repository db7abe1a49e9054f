"""The real program with a change that is put into it from outside, by a module that Python imports first."""

from __future__ import annotations

from cli.home import Home


def patched(home: Home, code: str) -> dict[str, str]:
    """The variables by which the program runs some code first.

    Args:
        home: Whose program it is.
        code: What is run.
    """
    folder = home.folder / "patched"
    folder.mkdir(exist_ok=True)
    (folder / "sitecustomize.py").write_text(code)
    return {"PYTHONPATH": str(folder)}
