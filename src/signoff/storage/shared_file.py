"""The file of an open session, which others may write as well: an editor, another window, a synchroniser.

What they wrote is handed to whoever owns the session, who brings it together with what is on the screen. Before that
nothing is written. What cannot be read is never written over.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from signoff.domain.session import Session
from signoff.errors import BrokenFileError, LeftBrokenError, OutsideChangeError, SignoffError, StorageError
from signoff.storage.session_file import SessionFile
from signoff.storage.spare import Spare

if TYPE_CHECKING:
    from signoff.domain.merge import Merge, OutsideChange


class SharedFile:
    """A session's file and what others do to it. All but `bring_together` is for the writer's thread."""

    def __init__(
        self,
        file: SessionFile,
        on_outside: Callable[[OutsideChange], None] | None,
        on_kept: Callable[[Path], None],
    ) -> None:
        """Watch a file.

        Args:
            file: The file.
            on_outside: Called when somebody else wrote it; None where nobody brings it together with what is pending.
            on_kept: Called with a file in which that is kept of what somebody else wrote which is not in the session.
        """
        self._file = file
        self._on_outside = on_outside
        self._on_kept = on_kept
        self._spare = Spare()
        self._theirs: SessionFile | None = None
        self._change: OutsideChange | None = None
        self._merged: Merge | None = None
        self._was_conflict = False
        """Whether something of theirs was not taken when it was brought together, before they wrote once more."""
        self._displaced: Path | None = None
        """Where that is what ours replaced unseen, until it is brought together with ours."""
        self._brought_in: Path | None = None
        """The same, once it is brought together with ours and not yet saved again."""
        self._kept: list[Path] = []
        self._was_odd = False
        self.only_follows = False
        """Whether somebody else has the session, so that the file is theirs to write."""

    @property
    def session(self) -> Session:
        """What was in the file when it was last read or saved."""
        return self._file.session

    @property
    def is_settled(self) -> bool:
        """Whether there is nothing of others that is not in the session."""
        return self._theirs is None

    @property
    def is_waiting(self) -> bool:
        """Whether what others wrote waits to be brought together with what is on the screen."""
        return self._theirs is not None and self._merged is None

    @property
    def has_somebody_to_ask(self) -> bool:
        """Whether somebody brings it together."""
        return self._on_outside is not None

    @property
    def is_displaced(self) -> bool:
        """Whether what others wrote is in the file no longer: ours took its place in the same moment."""
        return self._displaced is not None

    def bring_together(self, merged: Merge) -> None:
        """Take what came of it; it is written by the next save.

        Where nothing was reported, what is in the file is what others wrote, while an earlier run could not save.
        """
        self._theirs, self._merged = self._theirs or self._file, merged

    def bring_together_here(self, mine: Session | None) -> Session:
        """Bring it together with a session, where nobody else does; returns what is to be saved."""
        mine = mine or self.session
        if self._change is None:
            return mine
        follows = self.only_follows and mine == self.session
        self._merged = self._change.followed(mine) if follows else self._change.merged_with(mine)
        return self._merged.session

    def sweep(self, now: datetime) -> None:
        """Tidy up after programs that were killed while they saved."""
        with contextlib.suppress(OSError):  # there will be another opportunity
            self._kept += self._file.known.sweep(now)
        self.tell_kept()

    def save(self, session: Session, now: datetime) -> bool:
        """Put a revision into the file.

        Returns:
            Whether it is on the disk; otherwise somebody else wrote the file, and that comes first.

        Raises:
            LeftBrokenError: When it is in pieces.
            StorageError: When it cannot be written.
        """
        if self._have_written_again():
            return False
        self._take_over(now)
        if self.only_follows and session == self.session:
            self._file.session = session
            return True
        base = self.session
        try:
            displaced = self._file.save(session, now, self._spare)
        except OutsideChangeError:
            self._find()
            return False
        self._was_odd = False
        if self._brought_in:
            with contextlib.suppress(OSError):  # all of it is in the session
                self._brought_in.unlink()
            self._brought_in = None
        return not (displaced and self._is_to_be_brought_in(displaced, base))

    def look(self, *, is_last: bool = False) -> bool:
        """See what others did.

        Args:
            is_last: Whether there is no time for a second look.

        Returns:
            Whether the file can go on as it is; otherwise what is known to have been in it has to be saved again.
        """
        if self._theirs is not None:
            return True
        try:
            self._report(self._file.changed_outside(), self.session)
        except SignoffError:
            # A file that is gone or cannot be read may be one that is just being written: it gets a second look.
            self._was_odd, was_odd = True, self._was_odd
            return self.only_follows or not (was_odd or is_last)
        self._was_odd = False
        return True

    def get_ready(self) -> None:
        """Do what can be done for the next save before it comes."""
        self._file.known.fill(self._spare)
        self._spare.drop_where_idle()

    def close(self) -> None:
        """Let go of what is held open for the next save."""
        self._spare.drop()

    def tell_kept(self) -> None:
        """Tell where things are kept."""
        while self._kept:
            self._on_kept(self._kept.pop(0))

    def _is_to_be_brought_in(self, displaced: Path, base: Session) -> bool:
        """Report what ours replaced unseen, where it can be read."""
        try:
            theirs = SessionFile.open(displaced)
        except SignoffError:
            self._kept.append(displaced)
            return False
        self._displaced = displaced
        self._report(theirs, base)
        return True

    def _find(self) -> None:
        if self._brought_in:  # it was no base for what is in the file by now
            self._kept.append(self._brought_in)
            self._brought_in = None
        try:
            self._report(self._file.changed_outside(), self.session)
        except BrokenFileError as error:
            raise LeftBrokenError(self._file.path.name, error) from error

    def _have_written_again(self) -> bool:
        """Whether others have written once more what could not be taken over yet, as while a disk is full."""
        theirs, merged = self._theirs, self._merged
        if theirs is None or merged is None:
            return False
        with contextlib.suppress(SignoffError):  # it is gone or in pieces: what they wrote before is still known
            if newer := theirs.changed_outside():
                self._was_conflict |= bool(merged.kept)
                # What does not go together at all was not brought in, so it is no base for what comes after it.
                self._report(newer, self.session if merged.is_apart else theirs.session)
                return True
        return False

    def _report(self, theirs: SessionFile | None, base: Session) -> None:
        if theirs is None:
            return
        from signoff.domain.merge import OutsideChange

        self._spare.drop()  # little of it would stay, and theirs may have to be kept as well
        self._change = OutsideChange.of(base, theirs.session)
        self._theirs, self._merged = theirs, None
        if self._on_outside is not None:
            self._on_outside(self._change)

    def _take_over(self, now: datetime) -> None:
        """Have what others wrote for what is in the file, once it has been brought together with ours."""
        theirs, merged = self._theirs, self._merged
        if theirs is None or merged is None:
            return
        is_conflict = merged.is_conflict or self._was_conflict
        displaced, self._displaced = self._displaced, None
        if is_conflict and not (merged.is_apart and self.only_follows):
            self._kept.append(displaced or _copy_of(theirs, now))
        elif displaced:
            self._brought_in = displaced
        if merged.is_apart:
            if not displaced:
                self._file.disregard(theirs)
        elif displaced:
            self._file.adopt_displaced(theirs)
        else:
            self._file.adopt(theirs)
        self._theirs = self._change = self._merged = None
        self._was_conflict = False


def _copy_of(theirs: SessionFile, now: datetime) -> Path:
    try:
        return theirs.known.keep_copy(now)
    except OSError as error:
        fault = f"Cannot keep what somebody else wrote: {error.strerror or error}, in {theirs.path.parent}."
        raise StorageError(fault) from error
