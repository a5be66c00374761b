"""What the charts share: colours, hatches, fonts, and plotly's settings.

Colours are safe for the colour-blind (Okabe and Ito's set without black and yellow, then the same with a hatch) and stay with
their weapon type on every chart; grey is kept for what is unknown or grouped. Text, grid and map follow the page's light or
dark scheme through the style sheet.
"""

from __future__ import annotations

from typing import Any

from dashboard.data import UNKNOWN
from extractors import WEAPON_TYPES

Figure = dict[str, Any]

# Okabe, M. and Ito, K. (2008), "Color Universal Design", in an order that keeps neighbours apart.
BASE = ("#0072b2", "#e69f00", "#009e73", "#cc79a7", "#56b4e9", "#d55e00")
HATCHES = ("", "/", ".")
HATCHING = {"fillmode": "overlay", "fgcolor": "#ffffff", "fgopacity": 0.85, "size": 7, "solidity": 0.35}
GREY = "#8c8c8c"
# Binned blues, light to dark, each told apart from its neighbours by lightness alone. The style sheet turns them round in the dark.
BLUES = ("#c6dbef", "#9ecae1", "#6baed6", "#3182bd", "#08519c")
BUYER, SELLER = "#0072b2", "#d55e00"
FONT = {"family": "system-ui, -apple-system, 'Segoe UI', Roboto, sans-serif", "size": 13, "color": "#1f2933"}
CONFIG = {
    "displaylogo": False,
    "showSendToCloud": False,
    "topojsonURL": "/assets/geometry/",
    "responsive": True,
    "scrollZoom": False,
    "modeBarButtons": [["toImage"]],
}


def type_style(weapon_type: str) -> dict[str, Any]:
    """Marker of a weapon type: always the same colour and hatch; grey where it is unknown."""
    if weapon_type == UNKNOWN:
        return {"color": GREY, "line": {"width": 0}}
    place = WEAPON_TYPES.index(weapon_type)
    style: dict[str, Any] = {"color": BASE[place % len(BASE)], "line": {"width": 0}}
    hatch = HATCHES[place // len(BASE)]
    if hatch:
        style["pattern"] = {**HATCHING, "shape": hatch}
    return style


# In the order of a deal's life. What is not agreed yet, or no longer, is hatched.
STATUS_LOOKS = {
    "planned": ("#56b4e9", "/"),
    "approved": ("#e69f00", ""),
    "ordered": ("#0072b2", ""),
    "delivered": ("#009e73", ""),
    "cancelled": ("#d55e00", "x"),
}


def status_style(status: str) -> dict[str, Any]:
    """Marker of a status: always the same colour and hatch; grey where it is unknown."""
    colour, hatch = STATUS_LOOKS.get(status, (GREY, ""))
    style: dict[str, Any] = {"color": colour, "line": {"width": 0}}
    return {**style, "pattern": {**HATCHING, "shape": hatch}} if hatch else style


def layout(**more: Any) -> dict[str, Any]:
    """A figure's layout over the common ground."""
    base = {
        "font": FONT,
        "paper_bgcolor": "#ffffff",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "margin": {"l": 8, "r": 8, "t": 8, "b": 8},
        "hoverlabel": {"font": {"size": 13}},
        "dragmode": False,
    }
    return {**base, **more}


def plural(count: int, word: str) -> str:
    return f"{count:,} {word}" if count == 1 else f"{count:,} {word}s"


def shortened(name: str, most: int = 22) -> str:
    return name if len(name) <= most else name[: most - 1].rstrip() + "…"
