"""Draws a comparison as bars: people would rather look."""

from html import escape
from statistics import median

from benchmarks.harness import Result

WIDTH, LEFT, RIGHT, ROW, BAR = 760, 260, 120, 26, 16
OURS, THEIRS = "#1264a3", "#b0b3b8"


def bars(result: Result) -> str:
    """Return an SVG of the figure that the first target is about, one bar for each arm."""
    figure = _figure(result)
    values = {
        arm.name: median(each[figure] for each in arm.rounds if figure in each)
        for arm in result.arms
        if any(figure in each for each in arm.rounds)
    }
    most = max(values.values(), default=0) or 1
    ours = {each.of for each in result.comparison.targets}
    rows = [
        _row(number, name, value, value / most, OURS if name in ours else THEIRS)
        for number, (name, value) in enumerate(values.items())
    ]
    height = ROW * (len(values) + 1) + 12
    head = f'<text x="8" y="18" font-weight="bold">{escape(result.comparison.name)}: {escape(figure)}</text>'
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" '
        f'font-family="sans-serif" font-size="13">\n'
        f'<rect width="{WIDTH}" height="{height}" fill="#ffffff"/>\n{head}\n'
        + "\n".join(rows)
        + "\n</svg>\n"
    )


def _figure(result: Result) -> str:
    targets = result.comparison.targets
    return targets[0].figure if targets else ""


def _row(number: int, name: str, value: float, share: float, colour: str) -> str:
    top = ROW * (number + 1) + 4
    width = max(share * (WIDTH - LEFT - RIGHT), 1)
    said = f"{value:,.0f}" if value >= 1000 else f"{value:.3g}"
    return (
        f'<text x="{LEFT - 8}" y="{top + 13}" text-anchor="end">{escape(name)}</text>'
        f'<rect x="{LEFT}" y="{top}" width="{width:.1f}" height="{BAR}" fill="{colour}"/>'
        f'<text x="{LEFT + width + 6:.1f}" y="{top + 13}">{said}</text>'
    )
