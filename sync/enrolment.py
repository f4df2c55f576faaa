"""Taking this box in: `python -m sync enrol URL CODE`.

The code came from the county by a way that the network has no part in, and names the root. So whoever answers, this
box will only ever trust that one. The key is kept before it is sent: when the answer is lost, asking again with the
same code gives the same identity.
"""

from contextlib import closing
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from msgspec.structs import replace

from catalog import fleet
from catalog.enrolment import proof, read_code
from catalog.fleet import Enrolled, Enrolment
from catalog.text import encode
from sync.api import Api, Turned
from sync.attempt import trust
from sync.errors import Untrusted
from sync.identity import Identity, base_url, keep_identity, read, write
from sync.memory import Memory
from sync.settings import Settings


def enrol(state: Path, address: str, text: str, settings: Settings) -> Identity:
    """Become a kiosk of the county at `address` with the code `text`.

    Raises BadCode, ValueError for what was typed, Turned for a code that does not work, other SyncErrors, BadRoot.
    """
    county, code = base_url(address), read_code(text)
    state.mkdir(parents=True, exist_ok=True)
    asked = state / "enrolling.json"
    draft = read(asked)
    if draft is None or draft.county != county:
        draft = Identity(county=county, key=Ed25519PrivateKey.generate().private_bytes_raw().hex())
        write(asked, draft)
    body = Enrolment(name=code.name, public_key=draft.public_key, proof=proof(code.key, draft.public_key))
    with closing(Memory(state / "state.db")) as memory, closing(Api(draft, memory, settings)) as api:
        try:
            enrolled = api.send(fleet.ENROL, encode(body), {}, Enrolled)
        except Turned:
            asked.unlink()  # the key may be known under another code
            raise
    if not code.trusts(enrolled.root):
        raise Untrusted("the root that came is not the one the code names; is this the county's server?")
    _trust(state, enrolled.root)
    identity = replace(draft, kiosk=enrolled.kiosk, name=enrolled.name, group=enrolled.group)
    keep_identity(state, identity)
    asked.unlink()
    return identity


def _trust(state: Path, root: bytes) -> None:
    """Start from this root, or go on from an earlier one that has led to it already. Raises BadRoot."""
    known = (state / "metadata" / "root_history").glob("*.root.json")
    if (state / "root.json").exists() and any(path.read_bytes() == root for path in known):
        return
    file = state / "enrolled.root.json"
    file.write_bytes(root)
    try:
        trust(state, file)
    finally:
        file.unlink()
