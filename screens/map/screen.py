"""The screen of the map and of a crowd of places."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from kivy.clock import Clock
from kivy.factory import Factory
from kivy.graphics.tesselator import Tesselator
from kivy.lang import Builder
from kivy.properties import NumericProperty, ObjectProperty
from kivy.uix.relativelayout import RelativeLayout

from screens.map.chart import Box, Chart, Fit, Spot, free_spot, spots
from screens.map.ground import Shape
from screens.map.page import MapPage
from screens.shared import rows
from screens.shared.widgets import Page

assert rows


class MapView(RelativeLayout):
    """Draws a Chart: the ground once for each view and size, the marks anew. Marks are `side` pixels wide, and at
    least `gap` apart.
    """

    chart = ObjectProperty(None, allownone=True)
    side = NumericProperty(1)
    gap = NumericProperty(0)

    def __init__(self, **given: Any) -> None:
        self._lay_out = Clock.create_trigger(self._fill, -1)
        self._on_paper: object = None
        super().__init__(**given)
        self.bind(chart=self._lay_out, size=self._lay_out, side=self._lay_out, gap=self._lay_out)

    def _fill(self, _seconds: float) -> None:
        chart: Chart | None = self.chart
        self.ids.marks.clear_widgets()
        if chart is None:
            self.ids.paper.clear_widgets()
            self._on_paper = None
            return
        fit = Fit(chart.view, self.width, self.height, self.side / 2 + self.gap)
        if self._on_paper != (chart.ground, fit):
            self._on_paper = (chart.ground, fit)
            self.ids.paper.clear_widgets()
            for shape in chart.ground.shapes:
                for drawn in _drawn(shape, fit):
                    self.ids.paper.add_widget(drawn)
        taken = [self._mark(spot) for spot in spots(chart, fit, self.side, self.gap)]
        self._here(chart, fit, taken)
        away = (self.gap, self.side / 2 + self.gap, self.side + self.gap)
        for name in chart.ground.names:
            self._name(Factory.TownName(), name.text, fit.pixel((name.x, name.y)), taken, away)

    def _mark(self, spot: Spot) -> Box:
        mark = Factory.CrowdMark() if spot.count > 1 else Factory.PlaceMark()
        mark.item = spot
        mark.size = self.side, self.side
        mark.center = spot.x, spot.y
        self.ids.marks.add_widget(mark)
        return mark.x, mark.y, mark.right, mark.top

    def _here(self, chart: Chart, fit: Fit, taken: list[Box]) -> None:
        at = fit.pixel(chart.here) if chart.here else (-1.0, -1.0)
        if not fit.holds(at, self.side):
            return
        ring = Factory.HereRing()
        ring.size = 1.3 * self.side, 1.3 * self.side
        ring.center = at
        self.ids.marks.add_widget(ring)
        taken.append((ring.x, ring.y, ring.right, ring.top))
        self._name(
            Factory.HereName(),
            chart.here_label,
            at,
            taken,
            (0.75 * self.side, 1.2 * self.side, 1.7 * self.side),
        )

    def _name(
        self, label: Any, text: str, at: tuple[float, float], taken: list[Box], away: tuple[float, ...]
    ) -> None:
        """Write a name where there is room beside a point; nowhere when there is none."""
        label.text = text
        label.texture_update()
        box = free_spot(at, label.texture_size, taken, self.size, away)
        if box is None:
            return
        taken.append(box)
        label.pos, label.size = box[:2], label.texture_size
        self.ids.marks.add_widget(label)


def _drawn(shape: Shape, fit: Fit) -> Iterator[Any]:
    """The widgets that draw a line or an area."""
    lines = [points for line in shape.lines if len(points := fit.line(line)) >= 4]
    if shape.kind in ("county", "lake") and shape.area:
        outline = Tesselator()
        for points in lines:
            outline.add_contour(points)
        if outline.tesselate():
            for vertices, _ in outline.meshes:
                area = Factory.get(f"{shape.kind.capitalize()}Area")()
                area.vertices = vertices
                yield area
    for points in lines:
        stroke = Factory.get(f"{shape.kind.capitalize()}Line")()
        stroke.points = points
        yield stroke


Builder.load_file(str(Path(__file__).with_suffix(".kv")))


class MapScreen(Page):
    """Draws a MapPage."""

    page = ObjectProperty(MapPage(), rebind=True)
