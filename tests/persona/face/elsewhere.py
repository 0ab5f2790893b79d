"""Faces that are drawn by something else, for tests: providers on the loopback, a tiny network."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import onnx
from onnx import TensorProto, helper

from persona.face.adapters.a2e import A2EFaces
from persona.face.adapters.d_id import DIdFaces
from persona.face.adapters.heygen import HeyGenFaces
from persona.face.film import write_film
from persona.face.hosted import HostedFaces, OpenThings
from persona.face.hosted_drawer import HostedDrawer
from persona.face.local import LocalFace
from persona.face.patience import Patience
from persona.face.photo import PhotoRenderer
from persona.face.segment_face import Notice, SegmentFace
from persona.face.wav2lip import Wav2LipDrawer
from tests.faces import HELLO, drawn_face
from tests.persona.face.face_server import KEY, FaceServer, face_server

QUICK = Patience(first=0.005, growth=1.0, longest=0.005, deadline=3.0)
AVATARS = {"d-id": "images-1 s3://images/images-1", "heygen": "group-1 look-1", "a2e": "t a"}


class Things:
    """What is open, in memory."""

    def __init__(self) -> None:
        self.open: list[str] = []
        self.ever: list[str] = []

    def opened(self, thing: str) -> None:
        self.open.append(thing)
        self.ever.append(thing)

    def closed(self, thing: str) -> None:
        if thing in self.open:
            self.open.remove(thing)


def provider(name: str, server: FaceServer, things: OpenThings, timeout: float = 5) -> HostedFaces:
    """Return a provider that asks the server on the loopback."""
    kinds: dict[str, Callable[..., HostedFaces]] = {
        "d-id": DIdFaces,
        "heygen": HeyGenFaces,
        "a2e": A2EFaces,
    }
    return kinds[name](KEY, things, base=server.url, timeout=timeout)


def local_face() -> LocalFace:
    """Return the sample person's face."""
    return LocalFace(PhotoRenderer(drawn_face()))


@cache
def clip_of_hello() -> bytes:
    """Return a film of the sample person's face, as a provider would send one."""
    with TemporaryDirectory() as folder:
        file = Path(folder) / "clip.mp4"
        write_film(local_face(), [HELLO], file, label=None)
        return file.read_bytes()


def hosted_face(
    name: str, server: FaceServer, things: OpenThings, notice: Notice = lambda _: None
) -> SegmentFace:
    """Return a face that is drawn by the provider on the loopback."""
    faces = provider(name, server, things)
    drawer = HostedDrawer(faces, AVATARS[name], lambda _: None, QUICK)
    return SegmentFace(drawer, local_face(), notice)


@contextmanager
def hosted(name: str) -> Iterator[SegmentFace]:
    """Give a face at a provider for as long as the block lasts."""
    with face_server(clip_of_hello()) as server:
        yield hosted_face(name, server, Things())


@contextmanager
def wav2lip() -> Iterator[SegmentFace]:
    """Give a face with mouths drawn by a tiny network for as long as the block lasts."""
    with TemporaryDirectory() as folder:
        file = write_network(Path(folder) / "tiny.onnx")
        yield SegmentFace(Wav2LipDrawer(file, drawn_face().points), local_face())


def write_network(path: Path, side: int = 96) -> Path:
    """Write a network of Wav2Lip's shape: the louder the sound, the brighter the whole face."""
    nodes = [
        helper.make_node("ReduceMean", ["sound"], ["loud"], axes=[1, 2, 3], keepdims=1),
        helper.make_node("Mul", ["loud", "share"], ["light"]),
        helper.make_node("Slice", ["faces", "from", "to", "axis"], ["whole"]),
        helper.make_node("Add", ["whole", "light"], ["drawn"]),
    ]
    fixed = [
        helper.make_tensor("share", TensorProto.FLOAT, [1], [0.1]),
        helper.make_tensor("from", TensorProto.INT64, [1], [3]),
        helper.make_tensor("to", TensorProto.INT64, [1], [6]),
        helper.make_tensor("axis", TensorProto.INT64, [1], [1]),
    ]
    shapes = {"sound": ["n", 1, 80, 16], "faces": ["n", 6, side, side]}
    given = [helper.make_tensor_value_info(k, TensorProto.FLOAT, v) for k, v in shapes.items()]
    made = [helper.make_tensor_value_info("drawn", TensorProto.FLOAT, ["n", 3, side, side])]
    graph = helper.make_graph(nodes, "tiny", given, made, fixed)
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 13)], ir_version=8)
    onnx.save(model, str(path))
    return path


def silence(seconds: float, rate: int) -> np.ndarray:
    """Return silence."""
    return np.zeros(round(seconds * rate), np.float32)
