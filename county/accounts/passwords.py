"""What may be a password: long and not easily guessed; which signs it has is free (NIST SP 800-63B, 5.1.1.2)."""

from functools import cache
from importlib.resources import files
from itertools import pairwise

from county.errors import Refused

SHORTEST = 12
LONGEST = 256
KEPT = 5
"""So many old passwords are not used again."""


def check_password(password: str, name: str, display_name: str = "") -> None:
    """Raises Refused when `password` is too easy to guess for the person of this name."""
    if len(password) < SHORTEST:
        raise Refused(f"密码至少 {SHORTEST} 个字符，现在只有 {len(password)} 个")
    if len(password) > LONGEST:
        raise Refused(f"密码最多 {LONGEST} 个字符")
    plain = password.casefold().strip()
    for own in (name.casefold(), display_name.casefold()):
        if len(own) > 1 and own in plain:
            raise Refused("密码不能包含用户名或姓名")
    if plain in _common() or len(set(plain)) < 5 or _runs(plain):
        raise Refused("这个密码太常见，容易被猜到，请换一个，例如几个不相干的词")


def _runs(text: str) -> bool:
    """Whether most of it counts up or down, or repeats a short piece: 12345678901, abcabcabcabc."""
    steps = [ord(after) - ord(before) for before, after in pairwise(text)]
    counting = sum(step in (1, -1, 0) for step in steps)
    repeats = any(text == (text[:size] * len(text))[: len(text)] for size in range(1, len(text) // 3 + 1))
    return repeats or counting >= 0.75 * len(steps)


@cache
def _common() -> frozenset[str]:
    return frozenset(files("county.accounts").joinpath("common.txt").read_text("utf-8").split())
