"""SSH's wire encoding, read strictly.

Keys, signatures and private key files are all built of the same few pieces. One reader that never accepts a
second encoding of the same value keeps everything above it free of length arithmetic.
"""

from __future__ import annotations


class WireError(ValueError):
    """Bytes that are not what they should be; the message is a clause for a sentence of the caller's."""


class Reader:
    """Takes one value after the other from a byte string."""

    __slots__ = ("_data", "_position")

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._position = 0

    def take(self, count: int) -> bytes:
        """The next `count` bytes. Raises WireError where fewer are left."""
        end = self._position + count
        if end > len(self._data):
            raise WireError("it is cut short")
        piece = self._data[self._position : end]
        self._position = end
        return piece

    def byte(self) -> int:
        """The next byte. Raises WireError at the end."""
        return self.take(1)[0]

    def uint32(self) -> int:
        """The next four bytes as a number. Raises WireError at the end."""
        return int.from_bytes(self.take(4), "big")

    def string(self) -> bytes:
        """The next byte string. Raises WireError where it is cut short."""
        return self.take(self.uint32())

    def text(self) -> str:
        """The next string, which must be printable ASCII. Raises WireError where it is not."""
        raw = self.string()
        if not all(0x20 <= byte <= 0x7E for byte in raw):
            raise WireError("a name in it is not ASCII")
        return raw.decode("ascii")

    def mpint(self) -> int:
        """The next number, which must be positive and encoded in the shortest way. Raises WireError otherwise."""
        raw = self.string()
        value = int.from_bytes(raw, "big")
        if value == 0 or raw != _shortest(value):
            raise WireError("a number in it is not well encoded")
        return value

    def end(self) -> None:
        """Raises WireError where anything is left."""
        if self._position != len(self._data):
            raise WireError("it has bytes after its end")


def pack_string(data: bytes) -> bytes:
    """One byte string, with its length in front."""
    return len(data).to_bytes(4, "big") + data


def pack_mpint(value: int) -> bytes:
    """One positive number."""
    return pack_string(_shortest(value))


def _shortest(value: int) -> bytes:
    # The leading bit is a sign, so a number that fills its bytes gets one more.
    return value.to_bytes(value.bit_length() // 8 + 1, "big")
