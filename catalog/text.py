"""Records as canonical text: sorted keys, UTF-8, one record a line. Equal records give equal bytes."""

import hashlib
from typing import Any

import msgspec

from catalog.records import KIND_OF, RECORD_TYPES, Record

_encoder = msgspec.json.Encoder(order="sorted")
_decoders: dict[str, msgspec.json.Decoder[Record]] = {}


def encode(value: Any) -> bytes:
    """Canonical JSON of any value, without a line end."""
    return _encoder.encode(value)


def encode_record(record: Record) -> bytes:
    """Canonical JSON of a record, without a line end."""
    return _encoder.encode(record)


def decode_record(kind: str, line: bytes | str) -> Record:
    """The record in `line`. Raises KeyError for an unknown kind, msgspec.ValidationError otherwise."""
    decoder = _decoders.get(kind)
    if decoder is None:
        decoder = _decoders[kind] = msgspec.json.Decoder(RECORD_TYPES[kind])
    return decoder.decode(line)


def kind_of(record: Record) -> str:
    """The kind under which a record of this type is filed."""
    return KIND_OF[type(record)]


def content_hash(record: Record) -> str:
    """SHA-256, in hex, of the record's canonical text without its `source`: what an approval is bound to."""
    return digest(encode_record(msgspec.structs.replace(record, source=None)))


def text_hash(line: bytes | str) -> str:
    """The content hash of a record from its canonical text."""
    values = msgspec.json.decode(line)
    values.pop("source", None)
    return digest(encode(values))


def digest(data: bytes) -> str:
    """SHA-256 of `data` in hex."""
    return hashlib.sha256(data).hexdigest()
