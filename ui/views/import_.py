"""Reading exports in: a preview first, then the import, with its report."""

from calendar import month_name
from collections.abc import Sequence
from pathlib import Path

import streamlit as st

from ingest.record import DateOrder
from ingest.source import ReadOptions
from ui import session
from ui.components.guest import stop_for_visitors
from ui.components.progress import draw_progress
from ui.components.report import draw_report
from ui.importing import Outcome, import_files, plan_import
from ui.job import Job, Progress
from ui.session import Scene
from ui.uploads import Look, Preview, Tray, known_names, look_at, preview_each
from ui.wording import count, safe

_ORDERS: tuple[DateOrder, ...] = ("day-first", "month-first")
_TRAY, _LOOK, _PREVIEW, _ROUND = "tray", "look", "preview", "import_round"


def _job_name(scene: Scene) -> str:
    return f"import:{scene.twin}"


def _chosen_paths() -> list[Path]:
    """Draw the ways to hand over files; return where the files lie."""
    uploads = st.file_uploader(
        "Chats, mails, posts, documents, whole accounts",
        accept_multiple_files=True,
        key=f"files_{st.session_state.setdefault(_ROUND, 0)}",
        help="Exports of 23 kinds, as they come; zips need not be unpacked. See docs/formats.md.",
    )
    with st.expander("Or name a file or folder on this machine", type="compact"):
        typed = st.text_input("Path", key="path", placeholder="~/Downloads/chats.zip")
        st.caption("For exports too large to hand over, and for folders.")
    tray: Tray = st.session_state.setdefault(_TRAY, Tray())
    keys = tuple(upload.file_id for upload in uploads)
    if st.session_state.get("laid") != keys:
        st.session_state["laid_paths"], st.session_state["laid"] = tray.lay(uploads), keys
    paths: list[Path] = list(st.session_state["laid_paths"])
    return [*paths, Path(typed).expanduser()] if typed.strip() else paths


def _look(scene: Scene, paths: Sequence[Path]) -> Look:
    key = tuple(map(str, paths)), st.session_state["laid"], scene.twin
    kept: tuple[object, Look] | None = st.session_state.get(_LOOK)
    if kept is None or kept[0] != key:
        with st.spinner("Looking into the files…"):
            kept = key, look_at(paths, plan_import(session.workshop()), scene.person)
        st.session_state[_LOOK] = kept
    return kept[1]


def _preview(scene: Scene, look: Look, names: Sequence[str], options: ReadOptions) -> Preview:
    paths = tuple(map(str, look.readable))
    key = paths, st.session_state["laid"], tuple(names), options, scene.twin
    kept: tuple[object, Preview] | None = st.session_state.get(_PREVIEW)
    if kept is None or kept[0] != key:
        with st.spinner("Counting what is new…"):
            kept = (
                key,
                preview_each(session.workshop(), scene.twin, look.readable, names, options),
            )
        st.session_state[_PREVIEW] = kept
    return kept[1]


def _ask_names(scene: Scene, look: Look) -> list[str]:
    """Draw the question which of the authors the owner is; return the answer."""
    authors = [name for name, _ in look.authors.most_common()]
    if not authors:
        return []
    known = known_names(authors, scene.memory)
    likely = [name for name in authors if name in look.likely]
    st.subheader(f"Who is {safe(scene.person)} in these files?", anchor=False)
    if likely and not known:
        st.caption("The likely names are chosen; change them if they are not right.")
    elif others := [name for name in likely if name not in known]:
        st.caption(f"Perhaps also: {safe(', '.join(others))}")
    return st.multiselect(
        "Every name that the owner goes by",
        authors,
        default=known or likely,
        format_func=lambda name: f"{name} ({count(look.authors[name], 'message')})",
        placeholder="Choose a name",
        key=f"names_{scene.twin}_{hash(tuple(authors))}",
        help="Only these messages count as the owner's own words.",
    )


def _ask_dates(look: Look) -> ReadOptions:
    """Draw the question which number of a date is the day, where nothing tells; return the answer.

    Only files in which nothing tells are read by it.
    """
    if not look.dates_unclear:
        return ReadOptions()
    doubt = look.dates_unclear[0]
    first, second, year = doubt.example.split("/")
    order = st.radio(
        f"What day is {doubt.example}?",
        _ORDERS,
        index=_ORDERS.index(doubt.read_as),
        format_func=lambda order: _as_day(order, int(first), int(second), year),
        horizontal=True,
        key=f"dates_{doubt.example}",
        help="Nothing else in the file tells which number is the day and which the month.",
    )
    return ReadOptions(if_unclear=order)


def _as_day(order: DateOrder, first: int, second: int, year: str) -> str:
    day, month = (first, second) if order == "day-first" else (second, first)
    return f"{day} {month_name[month]} {year}"


def _draw_preview(
    scene: Scene, preview: Preview, names: Sequence[str], options: ReadOptions
) -> None:
    for file, problem in preview.problems.items():
        st.warning(problem, title=safe(file), icon=":material/help:")
    for report in preview.reports:
        draw_report(report, session.workshop().zone, done=False)
    new = sum(report.added for report in preview.reports)
    if not preview.importable:
        return
    if not new:
        st.success("All of this is in memory already; importing it again changes nothing.")
    label = f"Import {count(new, 'new message')}" if new else "Import again"
    if st.button(label, type="primary", icon=":material/download:", key="import_now"):
        _start(scene, preview.importable, names, options)
        st.rerun()


def _start(scene: Scene, paths: Sequence[Path], names: Sequence[str], options: ReadOptions) -> None:
    workshop, twin = session.workshop(), scene.twin
    tray: Tray = st.session_state[_TRAY]

    def work(progress: Progress) -> Outcome:
        plan = plan_import(workshop, owner_names=names, options=options)
        outcome = import_files(workshop, twin, paths, plan, progress)
        tray.empty()
        session.read_anew(twin)
        return outcome

    session.jobs().start(_job_name(scene), work)
    st.session_state[_ROUND] += 1  # a fresh uploader: the files are on their way in
    for key in (_LOOK, _PREVIEW, _TRAY, "laid", "laid_paths"):
        st.session_state.pop(key, None)


def _draw_job(job: Job, scene: Scene) -> None:
    if job.running:
        st.markdown("Reading it in. You may go on and come back: this goes on by itself.")
        draw_progress(job)
        return
    if job.problem:
        st.error(job.problem, title="Nothing was changed", icon=":material/error:")
    elif isinstance(job.outcome, Outcome):
        added = sum(report.added for report in job.outcome.reports)
        st.success(
            f"Added {count(added, 'message')} and {count(job.outcome.facts, 'fact')}.",
            title="It is in",
            icon=":material/check:",
        )
        for report in job.outcome.reports:
            draw_report(report, session.workshop().zone, done=True)
    with st.container(horizontal=True):
        st.page_link("views/chat.py", label="Talk with the twin", icon=":material/forum:")
        st.button(
            "Import more",
            icon=":material/upload_file:",
            key="import_more",
            on_click=session.jobs().drop,
            args=(_job_name(scene),),
        )


here = session.here()
st.title("Import", anchor=False)
stop_for_visitors(here)
job = session.jobs().get(_job_name(here))
if job is not None:
    _draw_job(job, here)
    st.stop()
st.markdown(
    "Hand over what the person wrote. You see what is in it before anything is kept, it is safe "
    "to repeat, and the files never leave this machine."
)
paths = _chosen_paths()
if paths:
    look = _look(here, paths)
    for file, reason in look.unreadable.items():
        st.error(reason, title=safe(file), icon=":material/error:")
    chosen = _ask_names(here, look)
    if look.readable and (chosen or not look.authors):
        options = _ask_dates(look)
        _draw_preview(here, _preview(here, look, chosen, options), chosen, options)
