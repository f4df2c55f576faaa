"""Objects on disk, named by the digest of their content, in the folders where they are published or wait for it."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from catalog.edition import Damaged, KindRoot, ObjectReference, children, unpack
from catalog.text import digest as digest_of


def object_path(folder: Path, digest: str) -> Path:
    """Where an object lies below `folder`."""
    return folder / "objects" / digest[:2] / digest


def kept(folder: Path, digest: str) -> bytes | None:
    """The object, if `folder` has it whole: a power cut can leave a name without its content."""
    try:
        data = object_path(folder, digest).read_bytes()
    except FileNotFoundError:
        return None
    return data if digest_of(data) == digest else None


class Objects:
    """Reads objects from the first of several folders that has them whole."""

    def __init__(self, *folders: Path) -> None:
        self._folders = folders

    def data(self, digest: str) -> bytes:
        """The object as stored. Raises Damaged when no folder has it."""
        for folder in self._folders:
            if (data := kept(folder, digest)) is not None:
                return data
        raise Damaged(f"object {digest[:12]} is missing")

    def text(self, reference: ObjectReference) -> bytes:
        """The object's checked text. Raises Damaged."""
        return unpack(self.data(reference.digest), reference)

    def below(self, roots: Sequence[KindRoot]) -> Iterator[ObjectReference]:
        """Every object of an edition, leaves before the listings that name them. Raises Damaged."""
        for kind_root in roots:
            yield from self._below(kind_root.root)

    def _below(self, reference: ObjectReference) -> Iterator[ObjectReference]:
        if reference.type == "listing":
            for child in children(self.text(reference)):
                yield from self._below(child)
        yield reference
