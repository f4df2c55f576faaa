"""Objects on disk, named by the digest of their content, in the folders where they are published or wait for it."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from catalog.edition import Damaged, KindRoot, ObjectReference, children, unpack
from catalog.text import digest as digest_of


def object_path(folder: Path, digest: str) -> Path:
    """Where an object lies below `folder`."""
    return folder / "objects" / digest[:2] / digest


def is_kept(folder: Path, digest: str) -> bool:
    """Whether `folder` has the object, and has it whole: a power cut can leave a name without its content."""
    path = object_path(folder, digest)
    return path.exists() and digest_of(path.read_bytes()) == digest


class Objects:
    """Reads objects from the first of several folders that has them whole."""

    def __init__(self, *folders: Path) -> None:
        self._folders = folders

    def data(self, digest: str) -> bytes:
        """The object as stored. Raises Damaged when no folder has it."""
        for folder in self._folders:
            if is_kept(folder, digest):
                return object_path(folder, digest).read_bytes()
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
