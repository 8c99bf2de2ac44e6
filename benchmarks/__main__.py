"""`python -m benchmarks`: measure everything, print the ratios, write the report."""

import asyncio
import importlib
import pkgutil
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

import click

import benchmarks
from benchmarks.harness import COMPARISONS, Comparison, Result, run, told
from benchmarks.report import lines, machine, page


def gathered() -> dict[str, Comparison]:
    """Return every comparison there is, by name: each file beside this one may register some."""
    for module in pkgutil.iter_modules(benchmarks.__path__):
        if not module.ispkg and module.name != "__main__":
            importlib.import_module(f"benchmarks.{module.name}")
    return dict(sorted(COMPARISONS.items(), key=lambda one: (one[1].item, one[0])))


@click.command()
@click.option("--quick", is_flag=True, help="Look for a moment only, and write nothing.")
@click.option("--only", multiple=True, metavar="NAME", help="Only these comparisons.")
@click.option("--out", type=click.Path(path_type=Path), help="Write the report here.")
def main(*, quick: bool, only: tuple[str, ...], out: Path | None) -> None:
    """Measure Caseflag beside its peers."""
    known = gathered()
    if strange := [name for name in only if name not in known]:
        message = f"there is no {', '.join(strange)}; there are {', '.join(known)}"
        raise click.BadParameter(message)
    chosen = [known[name] for name in (only or known)]
    began, results = time.monotonic(), list[Result]()
    for number, each in enumerate(chosen, 1):
        told(f"{number}/{len(chosen)} {each.name}: {each.title}")
        with tempfile.TemporaryDirectory(prefix="caseflag-bench-") as home:
            results.append(asyncio.run(run(each, is_quick=quick, home=Path(home))))
        click.echo(f"{each.item} {each.name} ({results[-1].seconds:.0f} s)\n{lines(results[-1])}")
        if out is not None and not quick:
            _written(results, out)
    told(f"All in {time.monotonic() - began:.0f} s.")


def _written(results: list[Result], out: Path) -> None:
    """Write the report anew after each comparison: what broke off has its results all the same."""
    pictures = out.with_suffix("")
    pictures.mkdir(parents=True, exist_ok=True)
    now = datetime.fromtimestamp(time.time(), tz=UTC)
    out.write_text(page(results, machine(now), pictures), encoding="utf-8")


if __name__ == "__main__":
    main()
