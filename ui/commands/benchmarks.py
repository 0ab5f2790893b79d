"""Measurements beside others' work and on others' questions: `selfsame eval peers`."""

from pathlib import Path
from typing import Annotated

import typer

from ui.terminal import HomeOption, JsonOption, console, print_json, progress_line, settings_for


def peers(
    file: Annotated[Path, typer.Argument(help="A file in the form of LoCoMo's locomo10.json.")],
    written: Annotated[
        int,
        typer.Option(
            min=0,
            help="How many messages the chat model turns into memories for mem0 and LangMem, "
            "as they are mostly used: slow; 0 for none.",
        ),
    ] = 0,
    home: HomeOption = None,
    json: JsonOption = False,
) -> None:
    """Our memory beside mem0 and LangMem: same chats, same encoder, same model, nothing sent."""
    from evals.dialogue import load_locomo
    from evals.peers.compare import measure_peers
    from evals.peers.table import peers_table

    dialogues = load_locomo(file)
    with progress_line() as progress:
        figures = measure_peers(settings_for(home), dialogues, progress, written=written)
    if json:
        print_json({"file": file.name, **figures})
    else:
        console.print(peers_table(figures), markup=False, soft_wrap=True)
