"""Going back from the end of the walk to one of its items."""

from __future__ import annotations


class GoToItem(Exception):  # noqa: N818 - it is no error: somebody wants to go on elsewhere
    """The walk goes on at an item."""

    def __init__(self, item: str) -> None:
        super().__init__(item)
        self.item = item
        """The id of the item."""
