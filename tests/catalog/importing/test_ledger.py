"""No row is ever dropped silently."""

from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from catalog.findings import Location
from catalog.importing.reading import Reading, read_files
from tests.catalog.importing.hand_over import HEAD, row, workbook
from tests.sample import SAMPLE, sample_reading


def filled(path: Path, name: str) -> set[Location]:
    """Every non-empty row, found without any of the importer's code."""
    return {
        Location(file=name, sheet=sheet.title, row=number)
        for sheet in load_workbook(path).worksheets
        for number, cells in enumerate(sheet.iter_rows(), start=1)
        if any(cell.value is not None and str(cell.value).strip() for cell in cells)
    }


def reported(reading: Reading) -> set[Location]:
    """Rows that a finding names."""
    return {
        Location(file=f.at.file, sheet=f.at.sheet, row=f.at.row)
        for f in reading.findings
        if f.at and f.code != "rows-read"
    }


@pytest.mark.slow
def test_every_row_of_the_demonstration_county_is_accounted_for() -> None:
    reading = sample_reading()
    rows = set[Location]()
    for path in SAMPLE.rglob("*.xlsx"):
        rows |= filled(path, path.relative_to(SAMPLE).as_posix())
    assert rows <= set(reading.rows)
    assert not set(reading.rows.values()) & {"reported"}


cell = st.one_of(
    st.none(),
    st.sampled_from(
        ["同上", "√", "备注：无", "一级事项", "序号", "就业领域", "长期", "《法》", "■政府网站", "填报人：某"]
    ),
    st.text("甲乙丙、；■□√1 ", max_size=6),
    st.integers(0, 99),
)
random_rows = st.lists(st.lists(cell, max_size=14), max_size=12)
true_rows = st.lists(
    st.builds(row, st.integers(1, 3), st.sampled_from(["甲", None]), st.sampled_from(["一", "二"])),
    max_size=3,
)


@pytest.mark.slow
@given(random_rows, true_rows, random_rows, st.booleans())
def test_any_rows_are_accounted_for(
    above: list[list[object]], data: list[list[object]], below: list[list[object]], whole: bool
) -> None:
    with TemporaryDirectory() as folder:
        head = [*HEAD, *data] if whole else data
        path = workbook(Path(folder) / "目录.xlsx", {"Sheet1": [*above, *head, *below]})
        reading = read_files([path])
        rows = filled(path, path.name)
    if not any(use == "record" for use in reading.rows.values()) and reading.refused:
        return
    assert rows == set(reading.rows)
    said = reported(reading)
    silent = {at for at, use in reading.rows.items() if use == "reported"} - said
    assert not silent
