"""What a file holds, before and after its import."""

from datetime import tzinfo

import streamlit as st

from ingest.report import Report
from ui.wording import count, moment, safe, span

_PEOPLE = 8
_LISTED = 20


def draw_report(report: Report, zone: tzinfo, *, done: bool) -> None:
    """Draw the report of one file; `done` tells an import from its preview."""
    with st.container(border=True):
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            st.markdown(f"**{safe(report.file)}**", width="content")
            st.badge(report.format, color="gray")
        _draw_counts(report, done=done)
        st.caption(f"{span(report.first, report.last, zone)} · written by {_people(report)}")
        if report.private:
            kinds = ", ".join(f"{safe(kind)} ({n:,})" for kind, n in report.private.most_common())
            st.caption(
                f":material/lock: Private, for the owner alone: {kinds}. "
                "Let visitors see a kind under Memories, Sources."
            )
        if not done and report.samples:
            _draw_samples(report, zone)
        if report.skipped_count or report.system:
            _draw_skipped(report, done=done)


def _draw_counts(report: Report, *, done: bool) -> None:
    with st.grid(4, min_column_width=110):
        st.metric("Messages", f"{report.messages:,}")
        st.metric("The owner's", f"{report.own:,}")
        st.metric("Conversations", f"{report.conversations:,}")
        st.metric(
            "Added" if done else "New",
            f"{report.added:,}",
            help="What memory doesn't hold yet; the rest is not added again.",
        )


def _people(report: Report) -> str:
    named = [f"{safe(n or 'the owner')} ({c:,})" for n, c in report.authors.most_common(_PEOPLE)]
    more = len(report.authors) - len(named)
    return ", ".join([*named, *([f"{more} more"] if more > 0 else [])]) or "nobody"


def _draw_samples(report: Report, zone: tzinfo) -> None:
    with st.expander("A first glance", type="compact"):
        for message in report.samples:
            at = message.said_at
            when = moment(at, zone) if at and at.tzinfo else f"{at:%-d %B %Y, %H:%M}" if at else ""
            st.caption(" · ".join(filter(None, [safe(message.author or "the owner"), when])))
            st.text(message.text[:400])


def _draw_skipped(report: Report, *, done: bool) -> None:
    left_out = report.skipped_count + report.system
    tense = ("was" if left_out == 1 else "were") if done else "will be"
    with st.expander(f"{count(left_out, 'entry', 'entries')} {tense} left out", type="compact"):
        if report.system:
            st.caption(f"{count(report.system, 'notice')} of the platform itself")
        for skipped in report.skipped[:_LISTED]:
            st.caption(f"{safe(skipped.where)}: {safe(skipped.why)}")
        if report.skipped_count > _LISTED:
            st.caption(f"and {report.skipped_count - _LISTED:,} more")
