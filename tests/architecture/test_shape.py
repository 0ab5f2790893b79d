"""The layout keeps its shape: imports point one way, files and functions stay readable."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
ROOMS = ("memory", "persona", "ingest", "evals", "ui")
LONGEST_FILE = 400
LONGEST_FUNCTION = 60

FILES = [path for room in ROOMS for path in sorted((ROOT / room).rglob("*.py"))]


def test_imports_point_one_way() -> None:
    script = "from importlinter.cli import lint_imports_command; lint_imports_command()"
    checked = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True
    )
    assert checked.returncode == 0, checked.stdout + checked.stderr


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_files_and_functions_stay_readable(path: Path) -> None:
    source = path.read_text(encoding="utf-8")
    assert source.count("\n") <= LONGEST_FILE
    functions = (ast.FunctionDef, ast.AsyncFunctionDef)
    long = [
        node.name
        for node in ast.walk(ast.parse(source))
        if isinstance(node, functions)
        and (node.end_lineno or 0) - node.lineno > LONGEST_FUNCTION
        and "migrations" not in path.parts
    ]
    assert long == []


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_module_says_what_it_is_for(path: Path) -> None:
    source = path.read_text(encoding="utf-8")
    assert not source.strip() or ast.get_docstring(ast.parse(source))


def test_only_settings_reads_the_environment() -> None:
    readers = [
        str(path.relative_to(ROOT))
        for path in FILES
        if "os.environ[" in (text := path.read_text(encoding="utf-8"))
        or "os.getenv" in text
        or "environ.get" in text
    ]
    assert [r for r in readers if r != "persona/settings.py"] == []
