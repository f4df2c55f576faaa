"""The working calendar that a county starts with."""

from datetime import date

from county.seeds import calendar_years


def test_the_years_that_are_announced() -> None:
    years = {year.id: year for year in calendar_years(date(2026, 11, 22))}
    assert {"2024", "2025", "2026"} <= years.keys()
    assert "2023" not in years
    year = years["2026"]
    assert year.confirmed
    assert date(2026, 2, 17) in year.holidays
    assert date(2026, 2, 14) in year.working_weekends
    assert all(day.year == 2026 for day in (*year.holidays, *year.working_weekends))
    assert all(day.weekday() >= 5 for day in year.working_weekends)
