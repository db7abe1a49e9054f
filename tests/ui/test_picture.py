"""The picture in the README shows the program as it is."""

from __future__ import annotations

import importlib.util
from pathlib import Path

DOCS = Path(__file__).parent.parent.parent / "docs"


async def test_the_picture_of_the_review_is_fresh() -> None:
    specification = importlib.util.spec_from_file_location("pictures", DOCS / "pictures.py")
    assert specification is not None
    assert specification.loader is not None
    pictures = importlib.util.module_from_spec(specification)
    specification.loader.exec_module(pictures)

    shown = pictures.words_of((DOCS / "review.svg").read_text(encoding="utf-8"))
    assert shown == pictures.words_of(await pictures.picture_of_the_review()), (
        "docs/review.svg is out of date: run docs/pictures.py, look at the picture, commit it"
    )
