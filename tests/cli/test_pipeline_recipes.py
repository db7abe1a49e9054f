"""The recipes of `docs/gate.md`, run step by step with two real git repositories; each wrong step fails."""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import subprocess
import sys
import sysconfig
import venv
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import yaml

from cli.home import Home
from cli.reports import PASSPHRASE, PRINCIPAL, a_key, a_report_of_now
from meeting import a_checklist, a_window
from signoff.domain.checklist import Demand
from signoff.domain.release import Release

ROOT = Path(__file__).parents[2]
GUIDE = (ROOT / "docs" / "gate.md").read_text(encoding="utf-8")
JOBS = {
    "github" if "uses" in text else "gitlab": yaml.safe_load(text)["gate"]
    for text in re.findall(r"```yaml\n(.*?)```", GUIDE, re.DOTALL)
}
ADDRESS = "https://gitlab-ci-token:token@gitlab.example/acme/release-records.git"
REPORT = "payments-api-4.12.0.signoff.md"


def git(folder: Path, *arguments: str) -> str:
    identity = ("-c", "user.name=records", "-c", "user.email=records@example.com", "-c", "commit.gpgsign=false")
    done = subprocess.run(["git", *identity, *arguments], cwd=folder, check=True, capture_output=True, text=True)
    return done.stdout.strip()


@pytest.fixture(scope="session")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The program as a wheel."""
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True)
    [made] = folder.glob("*.whl")
    return made


@pytest.fixture(scope="session")
def empty_python(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A Python with pip and nothing else, as a pipeline begins with."""
    folder = tmp_path_factory.mktemp("python")
    venv.create(folder, with_pip=True)
    return folder


class Release412:
    """A repository of code with the commit to deploy, and one of records with the report about it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.code, self.records = folder / "code", folder / "records"

    @property
    def report(self) -> Path:
        return self.records / "reports" / REPORT

    def make(self, wheel: Path) -> None:
        """Do once what the guide says, and hold the meeting."""
        for repository in (self.code, self.records):
            repository.mkdir(parents=True)
            git(repository, "init", "--initial-branch=main", "--quiet")
        (self.code / "main.py").write_text("print('pays')\n")
        committed(self.code)
        self._hold_the_meeting()
        self._fill_program(wheel)
        committed(self.records)

    def _hold_the_meeting(self) -> None:
        """Decide about the commit, sign the report twice, and put it among the records."""
        manager, security = Home(self.folder / "manager"), Home(self.folder / "security")
        keys = [a_key(manager), a_key(security, "sec@example.com")]
        (self.records / "allowed_signers").write_text("\n".join([*keys, ""]))
        checklist = a_checklist()
        role = replace(checklist.roles[0], id="security", title="Security", signature=Demand.OPTIONAL)
        checklist = replace(checklist, roles=(role, *checklist.roles[1:]))
        release = Release("payments-api", "4.12.0", "prod", head(self.code), a_window())
        made = a_report_of_now(manager, checklist=checklist, release=release)
        co_sign(security, made)
        self.report.parent.mkdir()
        shutil.copy(made, self.report)

    def _fill_program(self, wheel: Path) -> None:
        program = self.records / "program"
        program.mkdir()
        shutil.copy(wheel, program)
        [write_the_hashes] = re.findall(r"^for wheel in .*$", GUIDE, re.MULTILINE)
        subprocess.run(["bash", "-c", write_the_hashes], cwd=program, check=True)


def committed(repository: Path) -> str:
    """Commit what is in a repository's folder."""
    git(repository, "add", "--all")
    git(repository, "commit", "--quiet", "--message", "a change")
    return head(repository)


def head(repository: Path) -> str:
    return git(repository, "rev-parse", "HEAD")


def co_sign(home: Home, report: Path) -> None:
    """Sign it as Security, as its second signer does."""
    signs = ("--role", "Security", "--verdict", "GO", "--passphrase-stdin")
    ran = home.run("sign", report, *signs, typed=f"{PASSPHRASE}\n")
    assert ran.code == 0, ran.err


@pytest.fixture(scope="session")
def made_release(tmp_path_factory: pytest.TempPathFactory, wheel: Path) -> Path:
    folder = tmp_path_factory.mktemp("release")
    Release412(folder).make(wheel)
    return folder


@pytest.fixture
def release(tmp_path: Path, made_release: Path) -> Release412:
    shutil.copytree(made_release, tmp_path / "release")
    return Release412(tmp_path / "release")


class Pipeline:
    """The steps of one job, one after the other, in an empty folder."""

    def __init__(self, job: dict[str, Any], release: Release412, python: Path, commit: str = "") -> None:
        self.job, self.release, self.commit = job, release, commit or head(release.code)
        self.python = release.folder / "python"
        shutil.copytree(python, self.python, symlinks=True)
        (self.python / "bin" / "pip").unlink()  # its first line names the folder that it was made in
        (self.python / "bin" / "pip").write_text(f'#!/bin/sh\nexec {self.python}/bin/python -m pip "$@"\n')
        (self.python / "bin" / "pip").chmod(0o755)
        self.folder = release.folder / "job"
        self.folder.mkdir()

    def run(self) -> subprocess.CompletedProcess[str]:
        """Run all steps; the first that fails is the last."""
        for step in self.job.get("steps") or [{"run": line} for line in self.job["script"]]:
            if step.get("uses", "").startswith("actions/checkout@"):
                where = step["with"]
                git(self.folder, "clone", "--branch", where["ref"], str(self.release.records), where["path"])
            if "run" not in step:
                continue
            done = subprocess.run(
                ["bash", "-e", "-c", step["run"]],
                cwd=self.folder,
                env=self._variables,
                capture_output=True,
                text=True,
                check=False,
            )
            if done.returncode:
                break
            if "pip install" in step["run"]:
                self._add_what_signoff_needs()
        return done

    @property
    def _variables(self) -> dict[str, str]:
        here = {
            "VERSION": "4.12.0",
            "GITHUB_SHA": self.commit,
            "CI_COMMIT_TAG": "4.12.0",
            "CI_COMMIT_SHA": self.commit,
            "CI_JOB_TOKEN": "token",
            "CI_SERVER_HOST": "gitlab.example",
        }
        records = f"url.{self.release.records}.insteadOf"
        instead = {"GIT_CONFIG_COUNT": "1", "GIT_CONFIG_KEY_0": records, "GIT_CONFIG_VALUE_0": ADDRESS}
        return {"PATH": f"{self.python}/bin:{os.environ['PATH']}", "HOME": str(self.folder)} | here | instead

    def _add_what_signoff_needs(self) -> None:
        """The wheels of the libraries would be among the records too; here they lie beside the tests."""
        [packages] = self.python.glob("lib/python*/site-packages")
        (packages / "libraries.pth").write_text(sysconfig.get_path("purelib") + "\n")


@pytest.mark.parametrize("name", ["github", "gitlab"])
class TestRecipe:
    def test_lets_the_release_go(self, name: str, release: Release412, empty_python: Path) -> None:
        done = Pipeline(JOBS[name], release, empty_python).run()
        assert (done.returncode, done.stdout.split("\n")[0]) == (0, "PASSED: the deploy may go on."), done.stderr

    def test_holds_up_another_commit(self, name: str, release: Release412, empty_python: Path) -> None:
        (release.code / "main.py").write_text("print('steals')\n")
        done = Pipeline(JOBS[name], release, empty_python, commit=committed(release.code)).run()
        assert done.returncode == 5
        assert "it is about the commit" in done.stdout

    def test_cannot_pass_a_report_that_lies_in_the_commit_it_is_about(
        self, name: str, release: Release412, empty_python: Path
    ) -> None:
        shutil.copy(release.report, release.code)
        done = Pipeline(JOBS[name], release, empty_python, commit=committed(release.code)).run()
        assert done.returncode == 5

    def test_does_not_see_a_report_that_is_not_on_the_protected_branch(
        self, name: str, release: Release412, empty_python: Path
    ) -> None:
        git(release.records, "branch", "not-reviewed")
        git(release.records, "rm", "--quiet", f"reports/{REPORT}")
        committed(release.records)
        done = Pipeline(JOBS[name], release, empty_python).run()
        assert done.returncode == 2
        assert "There is no file" in done.stderr

    def test_holds_up_a_report_that_is_signed_by_a_key_which_is_not_among_the_records(
        self, name: str, release: Release412, empty_python: Path
    ) -> None:
        (release.records / "allowed_signers").write_text(a_key(Home(release.folder / "other"), PRINCIPAL) + "\n")
        committed(release.records)
        assert Pipeline(JOBS[name], release, empty_python).run().returncode == 3

    def test_holds_up_a_report_without_the_sign_off_that_it_demands(
        self, name: str, release: Release412, empty_python: Path
    ) -> None:
        path = release.report
        first, fence, _ = path.read_bytes().rpartition(b"\n```signoff\n")
        assert fence
        path.write_bytes(first)
        committed(release.records)
        done = Pipeline(JOBS[name], release, empty_python).run()
        assert done.returncode == 4
        assert "Security" in done.stdout

    def test_holds_up_an_altered_report(self, name: str, release: Release412, empty_python: Path) -> None:
        path = release.report
        path.write_bytes(path.read_bytes().replace(b"payments", b"payouts!"))
        committed(release.records)
        assert Pipeline(JOBS[name], release, empty_python).run().returncode == 1

    def test_installs_no_other_program_than_the_one_whose_hash_is_written_down(
        self, name: str, release: Release412, empty_python: Path
    ) -> None:
        [wheel] = (release.records / "program").glob("*.whl")
        wheel.write_bytes(wheel.read_bytes() + b"\n")
        assert (
            hashlib.sha256(wheel.read_bytes()).hexdigest()
            not in (release.records / "program" / "requirements.txt").read_text()
        )
        committed(release.records)
        done = Pipeline(JOBS[name], release, empty_python).run()
        assert done.returncode == 1
        assert "THESE PACKAGES DO NOT MATCH THE HASHES" in done.stderr
