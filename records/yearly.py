"""What is asked once a year: the same day of other years."""

from datetime import date


def years_after(day: date, years: int) -> date:
    """The same day; of 29 February, 28 February where there is none."""
    year = day.year + years
    if (day.month, day.day) == (2, 29) and not (year % 4 == 0 and (year % 100 or year % 400 == 0)):
        return date(year, 2, 28)
    return day.replace(year=year)


def turn(first: date, today: date) -> date:
    """The latest return of the first day that has come; the first day itself is one."""
    latest = years_after(first, today.year - first.year)
    return latest if latest <= today else years_after(first, today.year - first.year - 1)
