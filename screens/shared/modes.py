"""What a visitor may switch to see, reach and read better."""

from dataclasses import dataclass, fields, replace


@dataclass(frozen=True, slots=True)
class Modes:
    """Each on or off, in any combination."""

    large: bool = False
    contrast: bool = False
    low_reach: bool = False
    more_time: bool = False

    def toggled(self, name: str) -> "Modes":
        """With the mode of that name switched, written with `-` for `_`; `none` switches all off; others do nothing."""
        if name == "none":
            return Modes()
        field = name.replace("-", "_")
        return replace(self, **{field: not getattr(self, field)}) if field in NAMES else self

    def same_look(self, other: "Modes") -> bool:
        """Whether screens look the same in both."""
        return replace(self, more_time=False) == replace(other, more_time=False)


NAMES = tuple(field.name for field in fields(Modes))
