"""The first page of an empty home."""

from ui.components.welcome import draw_welcome

draw_welcome()
