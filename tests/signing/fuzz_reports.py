"""Reports changed at random, for as long as one likes: none may pass that nobody signed, and nothing may crash.

    cd tests; ../.venv/bin/python -m signing.fuzz_reports --minutes 10 --seed 7

Every key is a seeded one, so all that was ever signed is known: whatever is found intact has to be among it. It ends
with 1 and the bytes of the report where that is not so. The tests run the first few thousand changes of one seed.
"""

from __future__ import annotations

import argparse
import base64
import hashlib
import random
import re
import sys
import time
import traceback
import unicodedata
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime, timedelta

from seeded import RETIRED, RM, SEC, STRANGER, allowed_signers
from signoff.errors import BrokenFileError, ReportError
from signoff.report.facts import read_facts
from signoff.signing.allowed_signers import parse_allowed_signers
from signoff.signing.container import parse_report
from signoff.signing.header import SignedVerdict
from signoff.signing.sshsig import ARMOUR_BEGIN, ARMOUR_END, armour
from signoff.signing.verify import verify
from signoff.workflow.gate_report import Demands, refusals
from signoff.workflow.verify_report import VerifiedReport
from vectors import BODY, DATA, NOT_VERIFIED, OTHER_BODY, small_body

NO_GO_BODY = small_body(DATA | {"decision": DATA["decision"] | {"choice": "NO-GO"}}, title="payments: NO-GO")
SIGNED = (
    RM.signs(BODY),
    SEC.signs(RM.signs(BODY), "Security", SignedVerdict.ACK),
    SEC.signs(RM.signs(BODY), "Security", SignedVerdict.NO_GO),
    STRANGER.signs(RM.signs(BODY), "Security"),
    RETIRED.signs(BODY),
    RM.signs(OTHER_BODY),
    RM.signs(NO_GO_BODY, verdict=SignedVerdict.NO_GO),
)
"""What is changed; together with the vectors also where other pieces come from."""
SIGNERS = parse_allowed_signers(allowed_signers().encode(), "allowed_signers")
NOW = datetime(2026, 11, 25, tzinfo=UTC)
DEMANDS = Demands("payments-api", "4.12.0", timedelta(days=7), "prod", DATA["release"]["commit"])

Signed = tuple[bytes, bytes]
"""A body, and the header under it."""

_LINES = [
    *(b"```signoff", b"```", b"```json signoff-report/1", b"## Data", b"## Sign-offs", b"", b" ", b"\t", b"> ", b"---"),
    *(
        ARMOUR_BEGIN.encode(),
        ARMOUR_END.encode(),
        b"format: signoff-report/1",
        b"format: signoff-report/2",
        b"\xc2\xa0",
    ),
    *(b"verdict: GO", b"verdict: NO-GO", b"role: Release manager", b"signer: rm@example.com", b"<!-- -->", b"\x0c"),
    *(b"{", b"}", b'  "verdict": "GO",', b'  "decision": null,', "e\u0301".encode(), "\u2028".encode(), b"\x85"),
]
_BYTES = [
    b"\r",
    b"\n",
    b"\r\n",
    b"\0",
    b" ",
    b"\xff",
    b"\xef\xbb\xbf",
    b"`",
    b"-",
    b":",
    b"\xe2\x80\xae",
    b"\x1b",
    b"=",
]


def everything_signed(reports: tuple[bytes, ...]) -> set[Signed]:
    """Every body with a header that somebody really put their key under."""
    found = set()
    for data in reports:
        report = parse_report(data)
        found |= {(report.body, sign_off.header.encode()) for sign_off in report.sign_offs}
    return found


class Mutator:
    """Changes bytes, in ways that a random byte alone would never find."""

    def __init__(self, seed: int, donors: tuple[bytes, ...]) -> None:
        self.random = random.Random(seed)
        self._donors = donors
        self._ways: tuple[Callable[[bytes], bytes], ...] = (
            *(self._change_byte, self._cut, self._double, self._splice, self._splice, self._put_bytes),
            *(self._lines, self._lines, self._move_line, self._blocks, self._blocks, self._blob, self._blob),
            *(self._word, self._number, self._whole),
        )

    def mutant(self) -> bytes:
        """One report that was changed a few times, often with the digest of its new text in every header."""
        data = self.random.choice(SIGNED)
        for _ in range(self.random.choice((1, 1, 1, 2, 2, 3, 6))):
            data = self.random.choice(self._ways)(data)
        return self._with_digest(data) if self.random.random() < 0.5 else data

    def changed(self, data: bytes) -> bytes:
        """Any bytes, changed a few times."""
        for _ in range(self.random.choice((1, 1, 2, 4))):
            data = self.random.choice(self._ways)(data)
        return data

    def _place(self, data: bytes) -> int:
        return self.random.randrange(len(data) + 1)

    def _span(self, data: bytes, most: int = 200) -> tuple[int, int]:
        start = self._place(data)
        return start, min(len(data), start + self.random.choice((1, 1, 2, 8, self.random.randint(0, most))))

    def _change_byte(self, data: bytes) -> bytes:
        at = self._place(data)
        return data[:at] + bytes([self.random.randrange(256)]) + data[at + 1 :]

    def _cut(self, data: bytes) -> bytes:
        start, end = self._span(data, 2_000)
        return data[:start] + data[end:]

    def _double(self, data: bytes) -> bytes:
        start, end = self._span(data, 2_000)
        return data[:end] + data[start:]

    def _splice(self, data: bytes) -> bytes:
        donor = self.random.choice(self._donors)
        start, end = self._span(donor, 2_000)
        here, there = self._span(data, 2_000)
        return data[:here] + donor[start:end] + data[there:]

    def _put_bytes(self, data: bytes) -> bytes:
        at = self._place(data)
        return data[:at] + self.random.choice(_BYTES) + data[at:]

    def _lines(self, data: bytes) -> bytes:
        lines = data.split(b"\n")
        at = self.random.randrange(len(lines))
        match self.random.randrange(4):
            case 0:
                del lines[at]
            case 1:
                lines.insert(at, lines[at])
            case 2:
                lines.insert(at, self.random.choice(_LINES))
            case _:
                lines[at] = self.random.choice(_LINES)
        return b"\n".join(lines)

    def _move_line(self, data: bytes) -> bytes:
        lines = data.split(b"\n")
        lines.insert(self.random.randrange(len(lines)), lines.pop(self.random.randrange(len(lines))))
        return b"\n".join(lines)

    def _blocks(self, data: bytes) -> bytes:
        """Blocks in another order, twice, or of another report."""
        body, *blocks = data.split(b"```signoff\n")
        others = [each for donor in self._donors for each in donor.split(b"```signoff\n")[1:]]
        pool = [*blocks, *blocks, self.random.choice(others), self.random.choice(others)]
        chosen = self.random.sample(pool, self.random.randint(0, min(3, len(pool))))
        return b"```signoff\n".join([body, *(each.rstrip(b"\n") + b"\n" for each in chosen)])

    def _blob(self, data: bytes) -> bytes:
        """A signature with other bytes in a flawless armour."""
        found = list(re.finditer(rb"-----BEGIN SSH SIGNATURE-----\n([A-Za-z0-9+/=\n]*)-----END", data))
        if not found:
            return data
        match = self.random.choice(found)
        try:
            blob = bytearray(base64.b64decode(match[1], validate=False))
        except ValueError:
            return data
        for _ in range(self.random.choice((1, 1, 2, 5))):
            at = self.random.randrange(len(blob) + 1)
            how = self.random.randrange(3)
            if how == 0 and at < len(blob):
                blob[at] ^= 1 << self.random.randrange(8)
            elif how == 1:
                blob[at:at] = self.random.choice((b"\0", b"\0\0\0\0", b"\0\0\0\x01x", b"sha512", b"\xff" * 4))
            else:
                del blob[at : at + self.random.choice((1, 4, 64))]
        text = armour(bytes(blob)).encode()
        return (
            data[: match.start()]
            + text.removesuffix(b" SSH SIGNATURE-----\n").removesuffix(b"-----END")
            + data[match.end() - 8 :]
        )

    def _word(self, data: bytes) -> bytes:
        """One word of the format for another, everywhere or once."""
        old, new = self.random.sample(
            [b"GO", b"NO-GO", b"ACK", b"rm@example.com", b"sec@example.com", b"Security", b"Release manager", b"prod"],
            2,
        )
        return data.replace(old, new, self.random.choice((1, -1)))

    def _number(self, data: bytes) -> bytes:
        found = list(re.finditer(rb"[0-9]", data))
        if not found:
            return data
        at = self.random.choice(found).start()
        return data[:at] + str(self.random.randrange(10)).encode() + data[at + 1 :]

    def _whole(self, data: bytes) -> bytes:
        """What mail, forms and editors do to a whole file."""
        match self.random.randrange(9):
            case 0:
                return data.replace(b"\n", b"\r\n")
            case 1:
                return b"\xef\xbb\xbf" + data
            case 2:
                return data.rstrip(b"\n")
            case 3:
                return data + b"\n" * self.random.randint(1, 3)
            case 4:
                return unicodedata.normalize("NFD", data.decode("utf-8", "replace")).encode()
            case 5:
                return b"".join(b"> " + line + b"\n" for line in data.split(b"\n"))
            case 6:
                return data.decode("utf-8", "replace").encode(self.random.choice(("utf-16", "utf-16-le", "utf-8-sig")))
            case 7:
                return data.replace(b"\n", b"\r\n", self.random.randint(1, 50))
            case _:
                return data.expandtabs(4).replace(b"  ", b"\t")

    @staticmethod
    def _with_digest(data: bytes) -> bytes:
        """The report with its own digest in every header, so that it takes the signature to refuse it."""
        body = data.partition(b"```signoff\n")[0]
        return re.sub(rb"body-sha256: \S*", b"body-sha256: " + hashlib.sha256(body).hexdigest().encode(), data)


class ForgeryError(AssertionError):
    """Something was accepted that nobody signed."""


def judge(data: bytes, genuine: set[Signed]) -> str:
    """What comes of a report, as one word; raises ForgeryError, or whatever crashes."""
    try:
        verification = verify(data, SIGNERS)
        if not verification.intact:
            return "without a signature"
        for finding in verification.findings:
            if (verification.report.body, finding.sign_off.header.encode()) not in genuine:
                raise ForgeryError(finding.describe())
        verified = VerifiedReport(verification, read_facts(verification.report.body))
        held_up = refusals(verified, DEMANDS, NOW)
    except ReportError as error:
        return f"refused: {type(error).__name__}"
    if not held_up and verification.report.body not in (BODY, OTHER_BODY):
        raise ForgeryError("the gate let a report pass that says no GO")
    return "genuine, held up by the gate" if held_up else "genuine, and passes"


def fuzz(seed: int, enough: Callable[[int], bool]) -> Counter[str]:
    """Change reports and lists of keys until it is enough; what came of them."""
    donors = (*SIGNED, *(data for data, _, _ in NOT_VERIFIED.values()))
    genuine = everything_signed(SIGNED) | signed_in_vectors()
    mutator, found, number = Mutator(seed, donors), Counter[str](), 0
    keys = allowed_signers().encode()
    while not enough(number):
        number += 1
        data = mutator.mutant()
        try:
            found[judge(data, genuine)] += 1
            if number % 10 == 0:
                data = mutator.changed(keys)
                found[judge_keys(data)] += 1
        except Exception:
            print(f"seed {seed}, change {number}: {base64.b64encode(data).decode()}", file=sys.stderr)
            raise
    return found


def judge_keys(data: bytes) -> str:
    """What comes of a list of known keys; raises whatever crashes."""
    try:
        parse_allowed_signers(data, "allowed_signers")
    except BrokenFileError:
        return "keys: refused"
    return "keys: read"


def signed_in_vectors() -> set[Signed]:
    """What is well signed in the vectors, whose pieces are spliced in; that nothing else is, other tests see to."""
    found: set[Signed] = set()
    for data, _, _ in NOT_VERIFIED.values():
        with suppress(ReportError):
            report = verify(data, SIGNERS).report
            found |= {(report.body, sign_off.header.encode()) for sign_off in report.sign_offs}
    return found


def main() -> int:
    """Fuzz for some minutes and say what was found."""
    parser = argparse.ArgumentParser(prog="python -m signing.fuzz_reports", description=__doc__)
    parser.add_argument("--minutes", type=float, default=10)
    parser.add_argument("--seed", type=int, default=int(time.time()))
    options = parser.parse_args()
    end, began = time.monotonic() + options.minutes * 60, time.monotonic()
    try:
        found = fuzz(options.seed, lambda _: time.monotonic() > end)
    except Exception:  # noqa: BLE001
        traceback.print_exc()
        return 1
    print(f"seed {options.seed}: {found.total()} changes in {time.monotonic() - began:.0f} seconds")
    for what, count in found.most_common():
        print(f"{count:9}  {what}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
