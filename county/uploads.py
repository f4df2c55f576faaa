"""Small tables that somebody sends with a form: workbooks and CSV files, read at once."""

from pathlib import Path
from tempfile import TemporaryDirectory

from catalog.importing.files import open_file
from catalog.importing.ledger import Refused as Unreadable
from catalog.importing.sheet import Sheet
from county.errors import Refused

MOST_BYTES = 8 << 20
LONGEST_NAME = 120


def sheets_of(data: bytes, name: str) -> tuple[Sheet, ...]:
    """The sheets of a file that is called `name`. Raises Refused for one that is too large or no table."""
    if not data:
        raise Refused("请选择要上传的文件")
    if len(data) > MOST_BYTES:
        raise Refused(f"文件超过 {MOST_BYTES >> 20} MB，请分成几个文件上传")
    with TemporaryDirectory() as folder:
        path = Path(folder) / ("upload" + Path(name).suffix.lower()[:8])
        path.write_bytes(data)
        try:
            opened = open_file(path, name[:LONGEST_NAME], asked_for=True)
        except Unreadable as error:
            raise Refused(f"{error.finding.message}:{error.finding.advice}") from error
    return opened.sheets
