"""Additions to a loaded ONNX file, as bytes: outputs that it computes but doesn't give, and nodes.

In a protobuf, a message field that comes twice is merged, so whatever is appended as another graph
joins the one that is there. The file on the disk stays what its checksum says.
"""

from collections.abc import Sequence

_GRAPH = 7
_NODE, _INPUT, _OUTPUT = 1, 11, 12
_FLOAT = 1


def output(name: str) -> bytes:
    """Return the addition that gives a value inside the graph as an output."""
    return _field(_OUTPUT, _text(1, name))


def number_input(name: str) -> bytes:
    """Return the addition of an input that is one 32-bit float."""
    one = _field(2, _field(1, b"\x08\x01"))
    kind = _field(2, _field(1, bytes([0x08, _FLOAT]) + one))
    return _field(_INPUT, _text(1, name) + kind)


def node(kind: str, inputs: Sequence[str], result: str) -> bytes:
    """Return the addition of a node."""
    parts = [*(_text(1, name) for name in inputs), _text(2, result), _text(4, kind)]
    return _field(_NODE, b"".join(parts))


def extended(model: bytes, additions: Sequence[bytes]) -> bytes:
    """Return a model with additions to its graph."""
    return model + _field(_GRAPH, b"".join(additions))


def result_renamed(model: bytes, old: str, new: str) -> bytes:
    """Return a model where the node that gives `old` gives it under another name as long.

    Raises:
        ValueError: there is no such node, or more than one.
    """
    given = _text(2, old)
    if model.count(given) != 1 or len(old) != len(new):
        raise ValueError(f"{old!r} can't be renamed")
    return model.replace(given, _text(2, new))


def _text(number: int, text: str) -> bytes:
    return _field(number, text.encode())


def _field(number: int, content: bytes) -> bytes:
    return bytes([number << 3 | 2]) + _varint(len(content)) + content


def _varint(number: int) -> bytes:
    low, rest = number & 0x7F, number >> 7
    return bytes([low | 0x80]) + _varint(rest) if rest else bytes([low])
