"""Two texts made from one: what each changed is put together, field by field. Pure."""

from dataclasses import dataclass

from county.editing.tree import Tree


@dataclass(frozen=True, slots=True)
class Merged:
    """`conflicts` are the fields that both changed, each in its own way; `tree` has mine there.

    `taken` are the fields that came from the other.
    """

    tree: Tree
    conflicts: tuple[str, ...]
    taken: tuple[str, ...]


def merge(base: Tree, theirs: Tree, mine: Tree) -> Merged:
    """Forms of the text that both began with, of the other's, and of mine."""
    tree: Tree = {}
    conflicts, taken = [], []
    for name in (*theirs, *(name for name in mine if name not in theirs)):
        began, other, own = (_plain(form.get(name)) for form in (base, theirs, mine))
        takes = own == began and other != own
        tree[name] = theirs.get(name) if takes else mine.get(name, theirs.get(name))
        if takes:
            taken.append(name)
        elif other not in (began, own):
            conflicts.append(name)
    return Merged(tree, tuple(conflicts), tuple(taken))


def _plain(value: object) -> object:
    """Without the keys of rows, which say nothing."""
    if not isinstance(value, dict):
        return value or ""
    rows = all(key[:1] in "rn" and key[1:].isdigit() for key in value) if value else True
    below = [(key, _plain(one)) for key, one in value.items()]
    return [one for _, one in below if one] if rows else dict(sorted((k, v) for k, v in below if v))
