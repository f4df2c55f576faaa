"""The colours, each as #RRGGBB, and the pairs of text on ground that occur."""

from dataclasses import dataclass, fields

Tint = tuple[str, str, str]
"""Ground, icon and edge of a tile."""


@dataclass(frozen=True, slots=True)
class Palette:
    """What each colour is for. Whatever stands on `primary`, `urgent` or `night` is `surface`, and the reverse."""

    ink: str
    muted: str
    primary: str
    primary_down: str
    soft: str
    line: str
    edge: str
    canvas: str
    surface: str
    urgent: str
    ok: str
    warn: str
    warn_soft: str
    night: str
    night_card: str
    night_text: str
    bar: str
    on_bar: str
    tints: tuple[Tint, ...]
    least: float
    """The contrast of every text with its ground."""


STANDARD = Palette(
    ink="#12233B",
    muted="#50627A",
    primary="#0B4EA2",
    primary_down="#083A7A",
    soft="#E4EEFA",
    line="#D9E1EB",
    edge="#D9E1EB",
    canvas="#F1F5FA",
    surface="#FFFFFF",
    urgent="#B8122B",
    ok="#0B6B40",
    warn="#8F4A00",
    warn_soft="#FFF4E5",
    night="#0B2D5C",
    night_card="#123D78",
    night_text="#CFE0F5",
    bar="#0B4EA2",
    on_bar="#FFFFFF",
    tints=(
        ("#FDEBEA", "#A32020", "#FDEBEA"),
        ("#E7F1FD", "#0B4EA2", "#E7F1FD"),
        ("#E6F6EC", "#0B6B40", "#E6F6EC"),
        ("#FDF0DC", "#8F4A00", "#FDF0DC"),
        ("#EFEAFB", "#5A2CA0", "#EFEAFB"),
        ("#E2F4F6", "#0A6570", "#E2F4F6"),
    ),
    least=4.5,
)

HIGH_CONTRAST = Palette(
    ink="#FFFFFF",
    muted="#EDEDED",
    primary="#FFD800",
    primary_down="#E6C200",
    soft="#2B2B2B",
    line="#4D4D4D",
    edge="#FFD800",
    canvas="#000000",
    surface="#000000",
    urgent="#FF9C9C",
    ok="#7DF0A8",
    warn="#FFD800",
    warn_soft="#1A1A1A",
    night="#FFD800",
    night_card="#FFE766",
    night_text="#000000",
    bar="#000000",
    on_bar="#FFFFFF",
    tints=(("#000000", "#FFD800", "#FFD800"),) * 6,
    least=7.0,
)

PAIRS = (
    ("ink", "canvas"),
    ("ink", "surface"),
    ("ink", "soft"),
    ("ink", "line"),
    ("muted", "canvas"),
    ("muted", "surface"),
    ("muted", "soft"),
    ("primary", "surface"),
    ("primary", "canvas"),
    ("primary", "soft"),
    ("surface", "primary"),
    ("surface", "primary_down"),
    ("surface", "urgent"),
    ("urgent", "surface"),
    ("surface", "night"),
    ("surface", "night_card"),
    ("night_text", "night"),
    ("night_text", "night_card"),
    ("on_bar", "bar"),
    ("ok", "surface"),
    ("warn", "warn_soft"),
)
"""Every (text, ground) that the screens use, besides those of the tiles."""


def pairs(palette: Palette) -> list[tuple[str, str]]:
    """Every (text, ground) of a palette, as colours."""
    grounds = [(getattr(palette, text), getattr(palette, ground)) for text, ground in PAIRS]
    tiles = [(text, tint[0]) for tint in palette.tints for text in (tint[1], palette.ink, palette.muted)]
    return grounds + tiles


def painted(palette: Palette) -> dict[str, object]:
    """The palette's colours as layouts name them, as red, green, blue and alpha; of tints, one tuple for each part."""
    plain = {f.name: getattr(palette, f.name) for f in fields(palette) if f.type == "str" or f.type is str}
    grounds, icons, edges = zip(*palette.tints, strict=True)
    return {name: channels(colour) for name, colour in plain.items()} | {
        "tints": tuple(map(channels, grounds)),
        "tint_icons": tuple(map(channels, icons)),
        "tint_edges": tuple(map(channels, edges)),
    }


def channels(colour: str) -> tuple[float, float, float, float]:
    """#RRGGBB as red, green, blue and alpha between 0 and 1."""
    red, green, blue = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    return red, green, blue, 1.0


def contrast(one: str, other: str) -> float:
    """Contrast ratio of two colours (WCAG 2.2), 1 to 21."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    red, green, blue = (
        c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels(colour)[:3]
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
