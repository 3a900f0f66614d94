"""Write ODD.md's table of what each way of looking ahead is off by: V6's mean effort, played and exact.

python scripts/foresight_table.py
"""

from pathlib import Path

from sim.validation.case import Setting
from sim.validation.two_strikes import mean_effort

ODD = Path(__file__).parent.parent / "ODD.md"
BEGIN, END = "<!-- foresight:begin -->\n", "<!-- foresight:end -->"
WAYS = ("constant_chance", "own_response", "iterated_response")
SHARES, LOSSES = (0.05, 0.1, 0.2), (1.0, 2.0, 4.0)
HALF_A_TENTH = 0.05


def off(way: str, loss: float, share: float) -> str:
    """By how much of the exact effort, in per cent."""
    exact, played = mean_effort(Setting(), loss, share, way)
    found = 100 * (played / exact - 1)
    return f"{found:+.1f} %" if abs(found) >= HALF_A_TENTH else "0.0 %"


def table() -> str:
    """A row for each share that is flagged and each loss."""
    head = [f"| flagged | loss | {' | '.join(WAYS)} |", f"|---|---|{'---|' * len(WAYS)}"]
    rows = [
        f"| {share:.0%} | {loss:g} | {' | '.join(off(way, loss, share) for way in WAYS)} |"
        for share in SHARES
        for loss in LOSSES
    ]
    return "\n".join([*head, *rows]) + "\n"


def main() -> None:
    """Put the table between its markers."""
    text = ODD.read_text(encoding="utf-8")
    before, _, rest = text.partition(BEGIN)
    after = rest.partition(END)[2]
    ODD.write_text(before + BEGIN + table() + END + after, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
