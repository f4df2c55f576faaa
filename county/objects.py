"""Objects on disk, named by the digest of their content, in the folders where they are published or wait for it."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from catalog.edition import Damaged, KindRoot, Manifest, ObjectReference, children, unpack


def object_path(folder: Path, digest: str) -> Path:
    """Where an object lies below `folder`."""
    return folder / "objects" / digest[:2] / digest


class Objects:
    """Reads objects from the first of several folders that has them."""

    def __init__(self, *folders: Path) -> None:
        self._folders = folders

    def data(self, digest: str) -> bytes:
        """The object as stored. Raises Damaged when no folder has it."""
        for folder in self._folders:
            path = object_path(folder, digest)
            if path.exists():
                return path.read_bytes()
        raise Damaged(f"object {digest[:12]} is missing")

    def text(self, reference: ObjectReference) -> bytes:
        """The object's checked text. Raises Damaged."""
        return unpack(self.data(reference.digest), reference)

    def below(self, roots: Sequence[KindRoot]) -> Iterator[ObjectReference]:
        """Every object of an edition, leaves before the listings that name them. Raises Damaged."""
        for kind_root in roots:
            yield from self._below(kind_root.root)

    def size(self, manifest: Manifest) -> int:
        """Bytes of all objects of an edition. Raises Damaged."""
        return sum(reference.size for reference in self.below(manifest.kinds))

    def _below(self, reference: ObjectReference) -> Iterator[ObjectReference]:
        if reference.type == "listing":
            for child in children(self.text(reference)):
                yield from self._below(child)
        yield reference
