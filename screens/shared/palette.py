"""The colours, each as #RRGGBB, and the pairs of text on ground that occur."""

INK = "#12233B"
MUTED = "#50627A"
PRIMARY = "#0B4EA2"
PRIMARY_SOFT = "#E4EEFA"
LINE = "#D9E1EB"
CANVAS = "#F1F5FA"
SURFACE = "#FFFFFF"
URGENT = "#B8122B"
OK = "#0B6B40"
WARN = "#8F4A00"
WARN_SOFT = "#FFF4E5"
NIGHT = "#0B2D5C"
NIGHT_CARD = "#123D78"
NIGHT_TEXT = "#CFE0F5"

TINTS = (
    ("#FDEBEA", "#A32020"),
    ("#E7F1FD", "#0B4EA2"),
    ("#E6F6EC", "#0B6B40"),
    ("#FDF0DC", "#8F4A00"),
    ("#EFEAFB", "#5A2CA0"),
    ("#E2F4F6", "#0A6570"),
)
"""Ground and icon colour of tiles."""

PAIRS = (
    (INK, CANVAS),
    (INK, SURFACE),
    (INK, PRIMARY_SOFT),
    (MUTED, CANVAS),
    (MUTED, SURFACE),
    (PRIMARY, SURFACE),
    (PRIMARY, CANVAS),
    (PRIMARY, PRIMARY_SOFT),
    (SURFACE, PRIMARY),
    (SURFACE, URGENT),
    (SURFACE, NIGHT),
    (SURFACE, NIGHT_CARD),
    (NIGHT_TEXT, NIGHT),
    (NIGHT_TEXT, NIGHT_CARD),
    (OK, SURFACE),
    (WARN, WARN_SOFT),
    *((icon, ground) for ground, icon in TINTS),
    *((INK, ground) for ground, _ in TINTS),
    *((MUTED, ground) for ground, _ in TINTS),
)
"""Every (text, ground) that the screens use."""


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
