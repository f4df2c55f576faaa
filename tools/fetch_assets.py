"""Fetches the fonts and icons from their packages into assets/, with their licences.

`python -m tools.fetch_assets` needs `npm` and a package registry. What it writes is kept in the repository, so
nobody else has to run it. Icons are cut down to those named in assets/icons/names.txt.
"""

import base64
import hashlib
import re
import subprocess
import sys
import tarfile
import tempfile
from dataclasses import dataclass
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont

ASSETS = Path(__file__).parent.parent / "assets"


@dataclass(frozen=True, slots=True)
class Package:
    """A package of a fixed version and the SHA-512 of its archive, in base64."""

    name: str
    sha512: str
    files: dict[str, str]


FONTS = Package(
    "@expo-google-fonts/noto-sans-sc@0.4.3",
    "9rAwdFTFHbO/u6Cs0gj2jZbW74TGIiaFNQnXYH2s5wA1bzVkwbaviL4t8YUV642eGYjg86eH6DkAEQmfNHDncQ==",
    {
        "400Regular/NotoSansSC_400Regular.ttf": "fonts/NotoSansSC-Regular.ttf",
        "700Bold/NotoSansSC_700Bold.ttf": "fonts/NotoSansSC-Bold.ttf",
        "LICENSE_FONT": "fonts/LICENSE",
    },
)
ICONS = Package(
    "@mdi/font@7.4.47",
    "43MtGpd585SNzHZPcYowu/84Vz2a2g31TvPMTm9uTiCSWzaheQySUcSyUH/46fPnuPQWof2yd0pGBtzee/IQWw==",
    {
        "fonts/materialdesignicons-webfont.ttf": "icons/materialdesignicons.ttf",
        "scss/_variables.scss": "icons/all.scss",
        "LICENSE": "icons/LICENSE",
    },
)


def main() -> None:
    """Fetch, check, unpack, cut down."""
    for package in (FONTS, ICONS):
        fetch(package)
    cut_icons()


def fetch(package: Package) -> None:
    """Unpack the wanted files of a package into assets/. Exits when the archive is not the one expected."""
    with tempfile.TemporaryDirectory() as scratch:
        subprocess.run(
            ["npm", "pack", "--silent", package.name], cwd=scratch, check=True, stdout=subprocess.DEVNULL
        )
        archive = next(Path(scratch).glob("*.tgz"))
        if base64.b64encode(hashlib.sha512(archive.read_bytes()).digest()).decode() != package.sha512:
            sys.exit(f"{package.name}: the archive is not the one expected")
        with tarfile.open(archive) as files:
            for inside, outside in package.files.items():
                member = files.extractfile(f"package/{inside}")
                assert member is not None
                (ASSETS / outside).parent.mkdir(parents=True, exist_ok=True)
                (ASSETS / outside).write_bytes(member.read())


def cut_icons() -> None:
    """Keep the named icons and write their code points to icons/codepoints.toml."""
    font, table = ASSETS / "icons" / "materialdesignicons.ttf", ASSETS / "icons" / "all.scss"
    known = {
        name: int(code, 16) for name, code in re.findall(r'"([a-z0-9-]+)": F([0-9A-F]{4})', table.read_text())
    }
    known = {name: 0xF0000 + code for name, code in known.items()}
    wanted = sorted(set((ASSETS / "icons" / "names.txt").read_text().split()))
    if missing := [name for name in wanted if name not in known]:
        sys.exit(f"no such icons: {', '.join(missing)}")
    table.unlink()
    glyphs = TTFont(font)
    cutter = subset.Subsetter(subset.Options(hinting=False))
    cutter.populate(unicodes=[known[name] for name in wanted])
    cutter.subset(glyphs)
    glyphs.save(font)
    lines = [f'"{name}" = 0x{known[name]:X}' for name in wanted]
    heading = "# Icon name → code point in materialdesignicons.ttf; written by tools/fetch_assets.py"
    (ASSETS / "icons" / "codepoints.toml").write_text("\n".join([heading, *lines]) + "\n")


if __name__ == "__main__":
    main()
