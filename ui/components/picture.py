"""How complete the picture of the owner is, as one bar for each area of a life."""

from collections.abc import Sequence

import streamlit as st

from ingest.interview.picture import AreaPicture, overall


def draw_picture(picture: Sequence[AreaPicture]) -> None:
    """Draw how much is known in all and in each area."""
    st.space("small")
    st.progress(overall(picture), text=f"The picture is **{overall(picture):.0%}** complete")
    with st.expander("Area by area", type="compact"), st.grid(3, min_column_width=170):
        for area in picture:
            st.progress(area.share, text=f":small[{area.title} · {area.share:.0%}]")
