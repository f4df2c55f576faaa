"""The kiosk's own words in one language, and the choice between a record's two."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from importlib.resources import files

from catalog.records import TimeLimit
from catalog.wording import endings

LANGUAGES = ("zh", "en")


@dataclass(frozen=True, slots=True)
class Words:
    """The strings of one language; `words("key", name=value)` fills in the names."""

    language: str
    strings: Mapping[str, str]

    def __call__(self, key: str, **values: object) -> str:
        """The string. Raises KeyError for one that no strings file has."""
        return self.strings[key].format(**endings(values), **values)

    def either(self, chinese: str, english: str) -> str:
        """A record's English text when this language is English and there is one, else the Chinese."""
        return english if self.language == "en" and english else chinese

    def marked(self, chinese: str, english: str) -> str:
        """As `either`, but Chinese in the place of English says that it is Chinese."""
        if self.language == "en" and chinese and not english:
            return self("in-chinese", text=chinese)
        return self.either(chinese, english)

    def day(self, day: date) -> str:
        """A day without its year: 11月21日 or 21 Nov."""
        return self("day", month=day.month, day=day.day, month_name=f"{day:%b}")

    def weekday(self, day: date) -> str:
        """The short name of the weekday."""
        return self(f"weekday-{day.isoweekday()}")

    def moment(self, moment: datetime, now: datetime) -> str:
        """A time that is read beside a clock: 今天 09:12, 昨天 09:12 or 11月19日 09:12."""
        clock = f"{moment:%H:%M}"
        if moment.date() == now.date():
            return self("today", clock=clock)
        if moment.date() == (now - timedelta(days=1)).date():
            return self("yesterday", clock=clock)
        return f"{self.day(moment.date())} {clock}"

    def age(self, age: timedelta) -> str:
        """A length of time in its largest whole unit: 5 分钟, 3 小时 or 2 天."""
        minutes = max(1, int(age.total_seconds() // 60))
        if minutes < 60:
            return self("minutes", count=minutes)
        hours = minutes // 60
        return self("hours", count=hours) if hours < 48 else self("days", count=hours // 24)

    def time_limit(self, limit: TimeLimit | None) -> str:
        """A time limit in words; empty when there is none. An unreadable one stays as the office wrote it."""
        if limit is None:
            return ""
        if limit.unit == "on_the_spot":
            return self("on-the-spot")
        return limit.text if limit.value is None else self(f"limit-{limit.unit}", count=limit.value)


def load_words(language: str) -> Words:
    """The words of `zh` or `en`."""
    name = {"zh": "zh_CN.toml", "en": "en.toml"}[language]
    return Words(
        language, tomllib.loads(files("assets").joinpath("strings", name).read_text(encoding="utf-8"))
    )
