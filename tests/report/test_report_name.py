from __future__ import annotations

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from signoff.domain.release import Release
from signoff.report.report_name import report_name

DAY = date(2026, 11, 24)


@pytest.mark.parametrize(
    ("service", "version", "name"),
    [
        ("payments-api", "4.12.0", "payments-api-4.12.0-2026-11-24.signoff.md"),
        ("Payments API", "v4.12.0-RC1+build.7", "payments-api-v4.12.0-rc1-build.7-2026-11-24.signoff.md"),
        ("../../etc/passwd", "..", "etc-passwd-version-2026-11-24.signoff.md"),
        ("-rf", ".hidden", "rf-hidden-2026-11-24.signoff.md"),
        ("支付", "１２", "service-12-2026-11-24.signoff.md"),
        ("Café\x1b\n", "\ud800", "cafe-version-2026-11-24.signoff.md"),
        ("con.x", "1", "release-con.x-1-2026-11-24.signoff.md"),
        ("x" * 300, "1", f"{'x' * 64}-1-2026-11-24.signoff.md"),
    ],
)
def test_a_report_is_named_for_its_release_and_its_day(service: str, version: str, name: str) -> None:
    assert report_name(Release(service, version), DAY) == name


@given(st.text(st.characters(exclude_categories=())), st.text(st.characters(exclude_categories=())))
def test_any_release_has_a_name_that_every_file_system_takes(service: str, version: str) -> None:
    name = report_name(Release(service, version), DAY)
    assert re.fullmatch(r"[a-z0-9][a-z0-9._-]*-2026-11-24\.signoff\.md", name)
    assert len(name) < 200
    assert ".." not in name
