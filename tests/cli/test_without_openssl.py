"""Modules that can do without OpenSSL are imported without it, and nobody else notices."""

from __future__ import annotations

import subprocess
import sys


def said_by(code: str) -> list[str]:
    """What a fresh interpreter prints."""
    command = [sys.executable, "-c", f"from signoff.cli.without_openssl import without_openssl\n{code}"]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.split()


def test_what_is_imported_in_the_block_does_not_load_it_and_what_comes_later_can() -> None:
    code = """
import sys
with without_openssl():
    import asyncio
print("_ssl" in sys.modules, "_hashlib" in sys.modules)
import ssl
print(ssl.SSLContext.__name__)
"""
    assert said_by(code) == ["False", "False", "SSLContext"]


def test_hashes_are_the_same_without_it() -> None:
    code = """
import hashlib, hmac
print(hashlib.sha256(b"x").hexdigest(), hmac.new(b"k", b"x", "sha512").hexdigest(), hashlib.sha256.__module__)
"""
    *with_it, module = said_by(code)
    *without_it, other_module = said_by(f"with without_openssl():\n    import asyncio\n{code}")
    assert without_it == with_it
    assert other_module != module  # or nothing was left out


def test_where_it_is_loaded_already_it_stays() -> None:
    code = """
import ssl, sys
with without_openssl():
    print(sys.modules["ssl"] is ssl)
print(sys.modules["ssl"] is ssl)
"""
    assert said_by(code) == ["True", "True"]
