"""`python -m tools.factory`: writes assets/factory, the edition that a kiosk shows before it has the county's.

It holds what is true in every county: that this kiosk is not connected yet, and how to connect it. Run it again when
the edition format or the texts below change, and write the day into BUILT.
"""

import hashlib
import sys
from datetime import UTC, datetime
from pathlib import Path

from catalog.box import Active, active_path, factory
from catalog.edition import ObjectReference, encode_manifest, pack_edition, unpack
from catalog.records import Bulletin, County, Record
from catalog.store import Store, build
from catalog.text import encode

BUILT = datetime(2026, 11, 22, tzinfo=UTC)
"""No clock of a kiosk with this program is believed to be earlier."""
TEXT = (
    "本机显示的是随程序出厂的内容（{day:%Y年%-m月%-d日}），还没有收到本县的版本，办事和公开内容暂时看不到。请到导办台咨询。\n\n"
    "工作人员：接好网线，在县服务器上为本机生成接入码，再在本机运行 python -m sync enrol；"
    "没有网络时，把 python -m county bundle 生成的文件夹拷到优盘，运行 python -m sync --bundle 文件夹。\n\n"
    "This kiosk shows what came with the program ({day:%Y-%m-%d}); it has not yet received the county's edition. "
    "Please ask at the guide desk. Staff: connect the network and run python -m sync enrol, or bring a bundle on a "
    "USB stick and run python -m sync --bundle."
)


def records() -> tuple[Record, ...]:
    """What is true everywhere."""
    county = County(
        id="county",
        title="政务公开体验区",
        title_en="Open Government Zone",
        zone_title="政务公开体验区",
        zone_title_en="Open Government Zone",
        public_url="",
    )
    title = "本机尚未接入县服务器（Not connected yet）"
    notice = Bulletin(
        id="factory", bulletin_kind="notice", title=title, body=TEXT.format(day=BUILT), issued=BUILT
    )
    return county, notice


def write(folder: Path) -> None:
    """Write store and pointer into `folder`."""
    objects: dict[str, bytes] = {}
    manifest = pack_edition(records(), objects.__setitem__, edition=1, created=BUILT)

    def read(reference: ObjectReference) -> bytes:
        return unpack(objects[reference.digest], reference)

    file = folder / "factory.db"
    folder.mkdir(exist_ok=True)
    file.unlink(missing_ok=True)
    build(file, encode_manifest(manifest), read)
    store = Store.open(file)
    store.verify()
    active = Active(
        edition=0,
        digest=store.edition_digest,
        file=file.name,
        activated=BUILT,
        sha256=hashlib.sha256(file.read_bytes()).hexdigest(),
    )
    store.close()
    active_path(folder).write_bytes(encode(active))


if __name__ == "__main__":
    write(factory())
    print(f"{factory()} written", file=sys.stderr)
