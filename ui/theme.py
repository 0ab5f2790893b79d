"""How the app looks, as options of the page library: warm paper by day, deep water by night.

Only fonts that come with the page library are named, so no page asks a font server anything.
"""

_SHARED: dict[str, object] = {
    "headingFont": "serif",
    "headingFontSizes": ["2rem", "1.5rem", "1.2rem", "1.05rem", "1rem", "0.95rem"],
    "headingFontWeights": [600, 600, 600, 600, 600, 600],
    "baseRadius": "0.7rem",
    "buttonRadius": "0.7rem",
    "paddingTop": "0.6rem",
    "metricValueFontSize": "1.6rem",
    "paddingBottom": "2rem",
}
_LIGHT: dict[str, object] = {
    "primaryColor": "#1e6360",
    "backgroundColor": "#fcfbf8",
    "secondaryBackgroundColor": "#f1ede5",
    "textColor": "#0c1314",
    "codeTextColor": "#17504d",
    "linkColor": "#1e6360",
    "chartCategoricalColors": ["#1e6360", "#d49a3a", "#7a5c8e", "#4f88a8", "#b8614a", "#8a8578"],
    "borderColor": "#dcd5c8",
}
_LIGHT_SIDEBAR: dict[str, object] = {
    "backgroundColor": "#f5f1ea",
    "secondaryBackgroundColor": "#e9e3d8",
}
_DARK: dict[str, object] = {
    "primaryColor": "#2a837c",
    "backgroundColor": "#12181a",
    "secondaryBackgroundColor": "#1c2527",
    "textColor": "#f2efe8",
    "codeTextColor": "#b5e3dc",
    "linkColor": "#8fd3c9",
    "chartCategoricalColors": ["#5fb5ab", "#e0b060", "#b79ac8", "#83b9d6", "#dc8f79", "#a8a296"],
    "borderColor": "#334043",
}
_DARK_SIDEBAR: dict[str, object] = {
    "backgroundColor": "#161e20",
    "secondaryBackgroundColor": "#222c2e",
}


def options() -> dict[str, object]:
    """Return the look as options by their dotted names."""
    sections = {
        "theme": _SHARED,
        "theme.light": _LIGHT,
        "theme.light.sidebar": _LIGHT_SIDEBAR,
        "theme.dark": _DARK,
        "theme.dark.sidebar": _DARK_SIDEBAR,
    }
    return {
        f"{section}.{name}": value
        for section, values in sections.items()
        for name, value in values.items()
    }


STYLE = """<style>
button[data-variant="segmented_control"]:not([data-disabled]) { color: inherit !important; }
@media (hover: none), (max-width: 480px) { button kbd { display: none !important; } }
.st-key-undo_bar { position: sticky; bottom: 1rem; z-index: 9; backdrop-filter: blur(16px); }
</style>"""
"""What options can't say: the chosen segment is marked by border and ground, its words stay
readable in the dark."""

MARK = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 48 32" width="48" height="32">
<circle cx="18" cy="16" r="13" fill="#2f8a83" fill-opacity="0.9"/>
<circle cx="30" cy="16" r="13" fill="#d9a441" fill-opacity="0.75"/>
<path d="M24 4.5a13 13 0 0 1 0 23a13 13 0 0 1 0-23z" fill="#174744"/></svg>"""
"""The mark: two of a kind, and what they share."""


TEAL, OCHRE = "#1e6360", "#7a5417"
"""Of the twin, and of whoever talks with it."""


def portrait(name: str, colour: str = TEAL) -> str:
    """Return a round picture with the initials of `name`, for as long as there is no photo."""
    initials = "".join(word[0] for word in name.split()[:2] if word[0].isalnum()).upper()
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64">'
        f'<rect width="64" height="64" rx="18" fill="{colour}"/>'
        '<text x="32" y="41" font-family="Georgia,serif" font-size="25" fill="#fcfbf8" '
        f'text-anchor="middle">{initials or "·"}</text></svg>'
    )
