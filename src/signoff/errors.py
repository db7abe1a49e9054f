"""Every error that a user can meet, as one family.

Each message is one sentence that says what to do. There is one leaf for each area so that a caller can catch the
narrowest one, and one base so that a single place (the command line, the app) can show whatever is left.
"""

from __future__ import annotations


class SignoffError(Exception):
    """Something the user can act on; `str(error)` is the sentence they are shown."""

    @property
    def each(self) -> tuple[SignoffError, ...]:
        """What is wrong, one by one, where there is room for all of it."""
        return (self,)


class ChecklistError(SignoffError):
    """A checklist cannot be found, read or used."""


class SessionError(SignoffError):
    """A session cannot be found, or an edit does not fit it."""


class BrokenFileError(SignoffError):
    """A file that is there but cannot be understood. It is named with its line and is never written to."""

    def __init__(
        self, path: str, reason: str, line: int | None = None, others: tuple[BrokenFileError, ...] = ()
    ) -> None:
        self.path = path
        """The file, as the user would name it."""
        self.reason = reason
        """What is wrong, as one clause without a full stop."""
        self.line = line
        """The 1-based line, or None where the fault has no place."""
        self.others = others
        """What is wrong with it besides."""
        place = path if line is None else f"{path}:{line}"
        super().__init__(f"{place}: {reason}{f' (and {len(others)} more)' if others else ''}")

    @property
    def each(self) -> tuple[SignoffError, ...]:
        """This fault and the others, each by itself."""
        return (BrokenFileError(self.path, self.reason, self.line), *self.others)


class StorageError(SignoffError):
    """A file cannot be read or written for a reason outside its contents."""


class MissingFileError(StorageError):
    """A file is not there."""


class OutsideChangeError(StorageError):
    """A file is not as it was when it was last read or written: somebody else has written it since."""

    def __init__(self, path: object) -> None:
        super().__init__(f"{path} was changed by somebody else in the meantime; it is left as it is. Open it again.")


class UnconfirmedError(StorageError):
    """A file holds what was to be written to it, and the disk failed afterwards."""

    def __init__(self, path: object, error: OSError) -> None:
        why = error.strerror or error
        super().__init__(
            f"{path} is written, but the disk did not confirm it: {why}. It is there and may not outlast a power cut."
        )


class LeftBrokenError(StorageError):
    """Somebody else has left a file in a state in which it cannot be read, so that it must not be written."""

    def __init__(self, name: str, error: BrokenFileError) -> None:
        place = name if error.line is None else f"{name}:{error.line}"
        self.why = f"{place}: {error.reason}. Somebody else wrote it: it is left alone"
        """Why, as a sentence without a full stop that says nothing of the edits."""
        super().__init__(f"{self.why}, and your edits wait until it can be read.")


class SettingsError(SignoffError):
    """The user's configuration cannot be used."""


class ReportError(SignoffError):
    """A report cannot be made, or is not a report."""


class AlteredReportError(ReportError):
    """A report is malformed or is not what was signed."""

    def __init__(self, reason: str, line: int | None = None) -> None:
        self.line = line
        """The 1-based line of the fault, or None where it has no place."""
        super().__init__(reason if line is None else f"line {line}: {reason}")


class NewerReportError(ReportError):
    """A report in a format that a later version of the program made; nothing says that it is altered."""


class SigningError(SignoffError):
    """A signature cannot be made."""


class KeyStoreError(SigningError):
    """The place that keeps the private key is absent, locked, refusing or forgetful."""
