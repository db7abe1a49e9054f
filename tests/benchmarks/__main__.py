"""How fast signoff is, beside the least that Textual can do: ratios as JSON, and whether the goals are met.

    cd tests; ../.venv/bin/python -m benchmarks --runs 9 --json benchmark.json

It drives the installed program in a real terminal, interleaved with a bare one, so that both meet the same machine.
It takes about four minutes, needs Linux, and ends with 1 when a goal is not met. `PYTHONPATH=TREE/src:.` measures
another tree with the same environment.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import statistics
import sys
import tempfile
from collections import defaultdict
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

from benchmarks.goals import outcomes, table
from benchmarks.home import Home
from benchmarks.rounds import PARTS, command_figures, programs, screen_figures

_FEWEST = 9


def main() -> int:
    """Measure, and print what was found."""
    options = _options()
    found: dict[str, list[float]] = defaultdict(list)
    load = os.getloadavg()[0]
    with tempfile.TemporaryDirectory(prefix="signoff-benchmark-") as folder:
        home = Home(Path(folder))
        if "commands" in options.only:
            home.fill()
        for number in range(-1, options.runs):
            print(f"round {number + 1} of {options.runs}", file=sys.stderr)
            measured = _round(home, options.only)
            for name, value in measured.items() if number >= 0 else ():  # the first round warms the caches
                found[name].append(value)
    medians = {name: statistics.median(values) for name, values in found.items()}
    results = outcomes(medians)
    table(results, medians, lambda line: print(line, file=sys.stderr))
    _write(
        options.json,
        {
            "format": "signoff-benchmark/1",
            "machine": _machine(load),
            "rounds": options.runs,
            "goals": [outcome.as_json for outcome in results],
            "medians": medians,
            "measured": found,
        },
    )
    return 0 if all(outcome.met for outcome in results) else 1


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description="Measure signoff against a bare program.")
    parser.add_argument("--runs", type=int, default=_FEWEST, help=f"how many rounds; {_FEWEST} or more are a result")
    parser.add_argument("--only", action="append", choices=PARTS, help="measure this part; may be given again")
    parser.add_argument("--json", type=Path, help="where the JSON goes instead of the standard output")
    options = parser.parse_args()
    options.only = options.only or list(PARTS)
    return options


def _round(home: Home, parts: list[str]) -> dict[str, float]:
    figures: dict[str, float] = {}
    for program in programs(home) if set(parts) - {"commands"} else ():
        measured = screen_figures(program, home, parts)
        figures |= {f"{program.name}: {name}": value for name, value in measured.items()}
    if "commands" in parts:
        figures |= {f"commands: {name}": value for name, value in command_figures(home).items()}
    return figures


def _machine(load: float) -> dict[str, Any]:
    return {
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
        "system": platform.platform(),
        "processors": os.cpu_count(),
        "load before": load,
        "python": platform.python_version(),
        "textual": version("textual"),
        "signoff": version("signoff"),
    }


def _write(path: Path | None, result: dict[str, Any]) -> None:
    text = json.dumps(result, indent=2)
    if path:
        path.write_text(f"{text}\n", encoding="utf-8")
    else:
        print(text)


if __name__ == "__main__":
    sys.exit(main())
