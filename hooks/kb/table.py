"""CSV files with a fixed first line, as rows with their lines."""

import csv
import io
from collections.abc import Sequence

from kb.fault import Fault
from kb.source import Source

Row = tuple[int, dict[str, str]]
"""The line in which a row ends, and its cells by column."""


def parse(source: Source, columns: Sequence[str]) -> tuple[list[Row], list[Fault]]:
    """The rows that have all columns, and the faults of the others."""
    reader = csv.DictReader(io.StringIO(source.text, newline=""), strict=True)
    rows: list[Row] = []
    faults: list[Fault] = []
    try:
        if tuple(reader.fieldnames or ()) != tuple(columns):
            advice = f"It must be {','.join(columns)}."
            return [], [Fault(source.path, 1, 1, "bad-columns", "The first line does not name the columns.", advice)]
        for row in reader:
            if None in row or None in row.values():
                faults.append(
                    Fault(
                        source.path,
                        reader.line_num,
                        1,
                        "bad-row",
                        f"This row does not have {len(columns)} columns.",
                        "Put texts with commas in quotes.",
                    )
                )
            else:
                rows.append((reader.line_num, row))
    except csv.Error as error:
        # No line has been counted yet where a quote in the first one is never closed.
        line = max(reader.line_num, 1)
        return [], [Fault(source.path, line, 1, "bad-row", f"This is not valid CSV: {error}.")]
    return rows, faults
