"""Mouths drawn by a network of the user's: what it is given, and where its picture goes."""

from pathlib import Path
from threading import Event

import numpy as np
import pytest

from persona.errors import FaceProblem
from persona.face.mel import mel_spectrogram
from persona.face.patience import Stopped
from persona.face.wav2lip import Wav2LipDrawer, check_network
from persona.voice.speech import Speech
from tests.faces import HELLO, RATE, drawn_face
from tests.persona.face.elsewhere import silence, write_network


@pytest.fixture
def drawer(tmp_path: Path) -> Wav2LipDrawer:
    return Wav2LipDrawer(write_network(tmp_path / "tiny.onnx"), drawn_face().points)


def drawn(drawer: Wav2LipDrawer, speech: Speech, n: int = 10) -> np.ndarray:
    heads = iter([drawn_face().portrait] * n)
    return np.stack(list(drawer.draw(speech, heads, Event()))).astype(np.int16)


def test_each_head_gets_a_mouth_below_and_stays_as_it_is_above(drawer: Wav2LipDrawer) -> None:
    pictures, portrait = drawn(drawer, HELLO), drawn_face().portrait.astype(np.int16)
    assert len(pictures) == 10
    away = np.abs(pictures - portrait).mean(axis=(0, 3))
    points = drawn_face().points
    mouth = points[48:68].mean(axis=0).astype(int)
    brows = points[17:27].mean(axis=0).astype(int)
    assert away[mouth[1], mouth[0]] > 2
    assert away[: brows[1]].max() == 0


def test_the_sound_of_each_frame_is_what_the_network_hears(drawer: Wav2LipDrawer) -> None:
    half = np.concatenate([silence(0.4, RATE), 0.5 * np.ones(round(0.4 * RATE), np.float32)])
    noise = half * np.random.default_rng(1).standard_normal(len(half)).astype(np.float32)
    pictures = drawn(drawer, Speech(samples=noise, sample_rate=RATE), n=20)
    light = pictures[:, :, :].mean(axis=(1, 2, 3))
    assert light[:4].max() < light[12:18].min()


@pytest.mark.parametrize("hertz", [200, 1000, 4000])
def test_a_tone_stands_in_its_band(hertz: int) -> None:
    tone = 0.5 * np.sin(2 * np.pi * hertz * np.arange(RATE) / RATE).astype(np.float32)
    found = mel_spectrogram(tone, RATE)
    assert found.shape == (80, 81)
    edges = np.linspace(0, 1, 80)
    mel = 2595 * np.log10(1 + np.array([55.0, hertz, 7600.0]) / 700)
    expected = (mel[1] - mel[0]) / (mel[2] - mel[0])
    assert edges[found[:, 40].argmax()] == pytest.approx(expected, abs=0.05)


def test_silence_is_the_lowest_value() -> None:
    assert (mel_spectrogram(silence(0.5, RATE), RATE) == -4).all()


def test_an_interrupt_ends_the_drawing(drawer: Wav2LipDrawer) -> None:
    stop = Event()
    pictures = drawer.draw(HELLO, iter([drawn_face().portrait] * 5), stop)
    next(pictures)
    stop.set()
    with pytest.raises(Stopped):
        next(pictures)


def test_networks_of_other_sides_work(tmp_path: Path) -> None:
    assert check_network(write_network(tmp_path / "large.onnx", side=128)) == "faces of 128 x 128"


def test_a_network_of_another_kind_is_told(tmp_path: Path) -> None:
    import onnx
    from onnx import TensorProto, helper

    value = helper.make_tensor_value_info("x", TensorProto.FLOAT, [1, 3])
    out = helper.make_tensor_value_info("y", TensorProto.FLOAT, [1, 3])
    node = helper.make_node("Identity", ["x"], ["y"])
    graph = helper.make_graph([node], "other", [value], [out])
    sets = [helper.make_opsetid("", 13)]
    onnx.save(
        helper.make_model(graph, opset_imports=sets, ir_version=8), str(tmp_path / "other.onnx")
    )
    with pytest.raises(FaceProblem, match="isn't a network of the Wav2Lip kind"):
        check_network(tmp_path / "other.onnx")
