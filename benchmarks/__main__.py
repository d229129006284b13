"""Run the benchmarks, all or those named, print their figures, and fail when a limit is passed."""

from __future__ import annotations

import argparse
import importlib
import pkgutil
import sys

import benchmarks
from benchmarks import Figure

HEAD = ("figure", "value", "compared with", "ratio", "limit", "")


def names() -> list[str]:
    """The benchmarks there are, by module name."""
    return [
        module.name for module in pkgutil.iter_modules(benchmarks.__path__) if not module.name.startswith("_")
    ]


def row(figure: Figure) -> tuple[str, ...]:
    """A figure as the cells of a table."""
    against = (
        "" if figure.against is None else f"{figure.against:.3g} {figure.unit} {figure.against_name}".rstrip()
    )
    ratio = "" if figure.ratio is None else f"{figure.ratio:.2f}"
    limit = "" if figure.limit is None else f"{figure.limit:.3g}" + ("" if figure.ratio is None else " times")
    verdict = "" if figure.limit is None else "ok" if figure.kept else "TOO MUCH"
    return (figure.name, f"{figure.value:.3g} {figure.unit}", against, ratio, limit, verdict)


def table(rows: list[tuple[str, ...]]) -> str:
    """Rows under their head, in columns."""
    widths = [max(len(cells[place]) for cells in [HEAD, *rows]) for place in range(len(HEAD))]
    lines = [
        "  ".join(cell.ljust(width) for cell, width in zip(cells, widths, strict=True))
        for cells in [HEAD, *rows]
    ]
    return "\n".join(line.rstrip() for line in lines)


def main(arguments: list[str]) -> int:
    """Measure and print; 1 when a limit is passed, 2 when there is no benchmark of a given name."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("name", nargs="*", help="which to run; all when none is named: " + ", ".join(names()))
    chosen = parser.parse_args(arguments).name or names()
    unknown = sorted(set(chosen) - set(names()))
    if unknown:
        parser.error(f"no benchmark is called {', '.join(unknown)}")
    figures: list[Figure] = []
    for name in chosen:
        print(f"measuring {name} ...", file=sys.stderr)
        figures += importlib.import_module(f"benchmarks.{name}").run()
    print(table([row(figure) for figure in figures]))
    return 0 if all(figure.kept for figure in figures) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
