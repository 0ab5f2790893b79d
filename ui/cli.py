"""The command line: `selfsame COMMAND`, one module of `ui.commands` for each group of jobs."""

import sys
from typing import Any

import typer
from typer.exceptions import Abort, Exit, TyperException

from memory.errors import SelfsameError, Stopped
from ui.commands import belief, enrol, evaluate, interview, looks, machine, talk, twins, voice

app = typer.Typer(
    name="selfsame",
    help="A digital twin that remembers and sounds like one person, on your own machine.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
for group in (twins, enrol, interview, talk, voice, looks, belief, machine):
    group.register(app)
app.add_typer(evaluate.app, name="eval")

BAD_INPUT = 2
INTERRUPTED = 130


def main() -> None:
    """Run the command line; a problem is one line and exit status 2."""
    sys.exit(run(sys.argv[1:]))


def run(arguments: list[str]) -> int:
    """Run one command; return its exit status."""
    try:
        result: Any = app(arguments, standalone_mode=False)
    except Exit as error:
        return error.exit_code
    except TyperException as error:
        return _complain(_usage(error))
    except (KeyboardInterrupt, Abort, Stopped):
        print("stopped", file=sys.stderr)
        return INTERRUPTED
    except SelfsameError as error:
        return _complain(str(error))
    except BrokenPipeError:
        return 0
    return result if isinstance(result, int) else 0


def _usage(error: TyperException) -> str:
    """Return what was wrong with the words of a command."""
    format_message = getattr(error, "format_message", None)
    return format_message() if format_message else str(error)


def _complain(message: str) -> int:
    print(f"error: {' '.join(message.split())}", file=sys.stderr)
    return BAD_INPUT


if __name__ == "__main__":
    main()
