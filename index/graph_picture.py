"""The graph of who accuses whom as a picture: SVG or PNG.

Laid out by networkx (Kamada and Kawai's method, each connected part on its own), drawn by
matplotlib; both are imported only when a picture is made. Kinds of arrows differ by line and head,
not by colour alone.
"""

import math
import textwrap
import unicodedata
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from index.errors import AscribeError
from index.graph import Arrow, Graph, Relation

SUFFIXES = (".svg", ".png")

_FONT = "DejaVu Sans"
_NO_LETTER = "□"

_LETTER = 0.082
_LINE = 0.17
_ROOM = 0.34
_BENDS = (0.12, -0.12, 0.3, -0.3, 0.48, -0.48)
_STYLES: Mapping[Relation, tuple[str, Any, str]] = {
    Relation.ACCUSES: ("#a3172a", "-", "-|>"),
    Relation.IMPLIES: ("#8a5a00", (0, (1, 1.6)), "->"),
    Relation.DENIES: ("#1f5fa8", (0, (5, 3)), "-|>"),
}


@dataclass(slots=True)
class Box:
    """A party's label: its middle and half its size, in inches."""

    label: str
    width: float
    height: float
    x: float = 0.0
    y: float = 0.0


def draw(path: Path, graph: Graph) -> str:
    """Writes the picture, and says so. The suffix decides the format. Raises OSError."""
    if path.suffix.lower() not in SUFFIXES:
        raise AscribeError(f"{path.name}: a picture is an .svg or a .png file.")
    if not graph.arrows:
        raise AscribeError("There is nothing to draw: nobody who is named accuses anybody.")
    boxes = lay_out(graph)
    _paint(path, graph, boxes)
    left = f" {graph.left_out} with fewer are left out." if graph.left_out else ""
    return f"{path}: {len(boxes)} parties, {len(graph.arrows)} arrows.{left}"


def lay_out(graph: Graph) -> dict[str, Box]:
    """A box for each party; no two of them overlap."""
    import networkx  # type: ignore[import-untyped]

    letters = _letters()
    boxes = {key: _box(_drawable(name, letters)) for key, name in graph.parties.items()}
    whole = networkx.Graph()
    whole.add_nodes_from(boxes)
    whole.add_edges_from((arrow.source, arrow.target) for arrow in graph.arrows)
    parts = []
    for keys in sorted(networkx.connected_components(whole), key=lambda k: (-len(k), min(k))):
        ordered = sorted(keys)
        part = networkx.Graph()
        part.add_nodes_from(ordered)
        part.add_edges_from(e for e in whole.edges if e[0] in keys)
        places: Mapping[str, Any] = networkx.kamada_kawai_layout(part)
        spread = 0.68 * math.sqrt(len(ordered)) + 0.3
        some = [boxes[key] for key in ordered]
        for key in ordered:
            boxes[key].x, boxes[key].y = 1.7 * spread * places[key][0], spread * places[key][1]
        _part_overlaps(some)
        parts.append(some)
    _pack(parts)
    return boxes


def _drawable(name: str, letters: Collection[int]) -> str:
    """The name as far as the font has its letters, with a box for each that it has not."""
    shown = []
    for character in name:
        plain = unicodedata.normalize("NFKD", character)
        if ord(character) in letters or character.isspace():
            shown.append(character)
        elif all(ord(c) in letters for c in plain):
            shown.append(plain)
        elif unicodedata.category(character)[0] != "C":
            shown.append(_NO_LETTER)
    return "".join(shown)


def _letters() -> Collection[int]:
    from matplotlib import font_manager

    font = font_manager.get_font(font_manager.findfont(_FONT))
    return frozenset(font.get_charmap())


def _box(name: str) -> Box:
    lines = textwrap.wrap(name, 20, break_long_words=True)[:3] or [name]
    if len(" ".join(lines)) < len(" ".join(name.split())):
        lines[-1] = f"{lines[-1][:18]}…"
    width = max(len(line) + 0.5 * line.count(_NO_LETTER) for line in lines) * _LETTER + 0.24
    return Box("\n".join(lines), width / 2, (len(lines) * _LINE + 0.16) / 2)


def _part_overlaps(boxes: Sequence[Box]) -> None:
    """Moves boxes that lie on each other apart, along the shorter way."""
    for _ in range(300):
        moved = False
        for i, a in enumerate(boxes):
            for b in boxes[i + 1 :]:
                across = a.width + b.width + _ROOM - abs(a.x - b.x)
                along = a.height + b.height + _ROOM - abs(a.y - b.y)
                if across <= 1e-6 or along <= 1e-6:
                    continue
                moved = True
                if across < along:
                    step = math.copysign(across / 2, a.x - b.x)
                    a.x, b.x = a.x + step, b.x - step
                else:
                    step = math.copysign(along / 2, a.y - b.y)
                    a.y, b.y = a.y + step, b.y - step
        if not moved:
            return


def _pack(parts: Sequence[Sequence[Box]]) -> None:
    """Lays the unconnected parts out in rows, the largest first."""
    sizes = [bounds(part) for part in parts]
    area = sum((right - left + 0.8) * (top - bottom + 0.8) for left, bottom, right, top in sizes)
    row_width = max(max(right - left for left, _, right, _ in sizes), 1.35 * math.sqrt(area))
    x = y = deepest = 0.0
    for part, (left, bottom, right, top) in zip(parts, sizes, strict=True):
        if x and x + right - left > row_width:
            x, y, deepest = 0.0, y - deepest - 0.8, 0.0
        for box in part:
            box.x += x - left
            box.y += y - top
        x += right - left + 0.8
        deepest = max(deepest, top - bottom)


def bounds(boxes: Sequence[Box]) -> tuple[float, float, float, float]:
    """Left, bottom, right and top of all boxes."""
    return (
        min(box.x - box.width for box in boxes),
        min(box.y - box.height for box in boxes),
        max(box.x + box.width for box in boxes),
        max(box.y + box.height for box in boxes),
    )


def _paint(path: Path, graph: Graph, boxes: Mapping[str, Box]) -> None:
    import matplotlib
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure
    from matplotlib.patches import FancyBboxPatch

    left, bottom, right, top = bounds(list(boxes.values()))
    width, height = max(right - left + 1.0, 5.5), top - bottom + 1.5
    with matplotlib.rc_context({"svg.fonttype": "none", "font.family": _FONT}):
        figure = Figure(figsize=(width, height), dpi=120, facecolor="white")
        FigureCanvasAgg(figure)
        axes = figure.add_axes((0, 0, 1, 1))
        axes.set_axis_off()
        middle = (left + right) / 2
        axes.set_xlim(middle - width / 2, middle + width / 2)
        axes.set_ylim(bottom - 1.0, top + 0.5)
        patches = {}
        for key, box in boxes.items():
            patches[key] = FancyBboxPatch(
                (box.x - box.width + 0.08, box.y - box.height + 0.08),
                2 * box.width - 0.16, 2 * box.height - 0.16,
                boxstyle="round,pad=0.08", facecolor="#f4f4f1", edgecolor="#555555",
                linewidth=0.9, zorder=3,
            )  # fmt: skip
            axes.add_patch(patches[key])
            axes.text(
                box.x, box.y, box.label, ha="center", va="center", fontsize=9, zorder=4,
                parse_math=False,
            )  # fmt: skip
        for arrow, curve in zip(graph.arrows, _curves(graph, boxes), strict=True):
            _paint_arrow(axes, arrow, curve, boxes, patches)
        _paint_legend(axes, graph)
        figure.savefig(path, metadata={"Title": "Who accuses whom"})


def _paint_arrow(
    axes: Any, arrow: Arrow, curve: "_Curve", boxes: Mapping[str, Box], patches: Mapping[str, Any]
) -> None:
    from matplotlib.patches import FancyArrowPatch

    colour, line, head = _STYLES[arrow.relation]
    a, b = boxes[arrow.source], boxes[arrow.target]
    width = 1.1 + 0.7 * math.log2(min(arrow.count, 32))
    axes.add_patch(
        FancyArrowPatch(
            (a.x, a.y), (b.x, b.y), patchA=patches[arrow.source], patchB=patches[arrow.target],
            arrowstyle=head, connectionstyle=f"arc3,rad={curve.bend}", shrinkA=1, shrinkB=2,
            mutation_scale=11 + 2 * width, linewidth=width, linestyle=line, color=colour, zorder=2,
        )
    )  # fmt: skip
    if arrow.count > 1:
        axes.text(
            *curve.free_point(boxes.values()), str(arrow.count), fontsize=8, color=colour,
            ha="center", va="center", zorder=5,
            bbox={"boxstyle": "circle,pad=0.15", "facecolor": "white", "edgecolor": "none"},
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Curve:
    """The quadratic curve that matplotlib's "arc3" draws between two boxes."""

    a: Box
    b: Box
    bend: float

    def point(self, t: float) -> tuple[float, float]:
        across, along = self.b.x - self.a.x, self.b.y - self.a.y
        control = (
            (self.a.x + self.b.x) / 2 + self.bend * along,
            (self.a.y + self.b.y) / 2 - self.bend * across,
        )
        u = 1 - t
        x = u * u * self.a.x + 2 * u * t * control[0] + t * t * self.b.x
        y = u * u * self.a.y + 2 * u * t * control[1] + t * t * self.b.y
        return x, y

    def crossings(self, boxes: Iterable[Box]) -> int:
        """How much of it lies behind other boxes."""
        points = [self.point(step / 20) for step in range(1, 20)]
        others = [box for box in boxes if box is not self.a and box is not self.b]
        return sum(_inside(point, box, 0.06) for box in others for point in points)

    def free_point(self, boxes: Iterable[Box]) -> tuple[float, float]:
        """A point near its middle that lies on no box."""
        everything = list(boxes)
        for t in (0.5, 0.56, 0.44, 0.62, 0.38, 0.68, 0.32, 0.75, 0.25):
            if not any(_inside(self.point(t), box, 0.1) for box in everything):
                return self.point(t)
        return self.point(0.5)


def _inside(point: tuple[float, float], box: Box, margin: float) -> bool:
    return (
        abs(point[0] - box.x) < box.width + margin and abs(point[1] - box.y) < box.height + margin
    )


def _curves(graph: Graph, boxes: Mapping[str, Box]) -> list[_Curve]:
    """A curve for each arrow that passes behind few boxes, and beside the others of its pair."""
    used: dict[tuple[str, str], list[float]] = {}
    curves = []
    for arrow in graph.arrows:
        pair = (min(arrow.source, arrow.target), max(arrow.source, arrow.target))
        side = 1 if pair[0] == arrow.source else -1
        best: tuple[float, _Curve] | None = None
        for bend in _BENDS:
            curve = _Curve(boxes[arrow.source], boxes[arrow.target], bend)
            near = sum(abs(side * bend - other) < 0.16 for other in used.get(pair, ()))
            cost = 2.0 * curve.crossings(boxes.values()) + 8 * near + abs(bend)
            if best is None or cost < best[0]:
                best = cost, curve
        assert best is not None  # noqa: S101  (there are bends)
        used.setdefault(pair, []).append(side * best[1].bend)
        curves.append(best[1])
    return curves


def _paint_legend(axes: Any, graph: Graph) -> None:
    from matplotlib.lines import Line2D

    kinds = [kind for kind in Relation if any(a.relation is kind for a in graph.arrows)]
    axes.legend(
        handles=[
            Line2D([], [], color=_STYLES[kind][0], linestyle=_STYLES[kind][1], linewidth=1.6)
            for kind in kinds
        ],
        labels=[f"{kind.value}" for kind in kinds],
        loc="lower center", ncols=3, frameon=False, fontsize=8.5, handlelength=3.4,
        title="An arrow goes from who speaks to who is meant; a number counts the reports.",
        title_fontsize=8,
    )  # fmt: skip
