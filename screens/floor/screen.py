"""The screen of one floor of the service hall."""

from pathlib import Path
from typing import Any

from kivy.clock import Clock
from kivy.factory import Factory
from kivy.lang import Builder
from kivy.properties import NumericProperty, ObjectProperty
from kivy.uix.relativelayout import RelativeLayout

from screens.floor.page import Drawing, FloorPage, Pin, ZoneBox
from screens.floor.scale import PlanFit, room, strips, touchable
from screens.map.chart import Box, free_spot
from screens.shared import rows
from screens.shared.widgets import Page

assert rows


class PlanView(RelativeLayout):
    """Draws a Drawing. Zones are to be touched when all are at least `least` pixels wide and `gap` apart."""

    drawing = ObjectProperty(None, allownone=True)
    least = NumericProperty(1)
    gap = NumericProperty(0)
    lit_side = NumericProperty(1)

    def __init__(self, **given: Any) -> None:
        self._lay_out = Clock.create_trigger(self._fill, -1)
        super().__init__(**given)
        self.bind(drawing=self._lay_out, size=self._lay_out, least=self._lay_out, lit_side=self._lay_out)

    def _fill(self, _seconds: float) -> None:
        drawing: Drawing | None = self.drawing
        self.ids.marks.clear_widgets()
        if drawing is None:
            return
        fit = PlanFit(drawing.width, drawing.depth, self.width, self.height, 0.6 * self.lit_side)
        self._add(Factory.HallBox(), fit.box(0, 0, drawing.width, drawing.depth))
        boxes = [fit.box(zone.x, zone.y, zone.width, zone.depth) for zone in drawing.zones]
        live = touchable(boxes, self.least, self.gap)
        taken: list[Box] = []
        for zone, box in zip(drawing.zones, boxes, strict=True):
            self._zone(zone, box, live)
        half = 0.6 * fit.scale
        pins = [self._pin(pin, fit.point(pin.x, pin.y), half) for pin in drawing.pins if not pin.lit]
        for pin in drawing.pins:
            if pin.lit:
                taken += self._lit(pin, drawing, fit)
        taken += self._here(drawing, fit, [*pins, *taken])
        for zone, box in zip(drawing.zones, boxes, strict=True):
            self._zone_name(zone, drawing, fit, box, taken)

    def _add(self, widget: Any, box: Box) -> Box:
        widget.pos, widget.size = box[:2], (box[2] - box[0], box[3] - box[1])
        self.ids.marks.add_widget(widget)
        return box

    def _zone(self, zone: ZoneBox, box: Box, live: bool) -> None:
        widget = Factory.HallZone()
        widget.lit = zone.lit
        widget.route = zone.route if live else ""
        self._add(widget, box)

    def _pin(self, pin: Pin, at: tuple[float, float], half: float) -> Box:
        widget = Factory.HallIcon() if pin.icon else Factory.HallWindow()
        if pin.icon:
            widget.name = pin.icon
            half = max(widget.width / 2, half)
        return self._add(widget, (at[0] - half, at[1] - half, at[0] + half, at[1] + half))

    def _lit(self, pin: Pin, drawing: Drawing, fit: PlanFit) -> list[Box]:
        x, y = fit.point(pin.x, pin.y)
        half = self.lit_side / 2
        dot = Factory.LitPin()
        dot.icon = pin.icon or "map-marker"
        around = self._add(dot, (x - half, y - half, x + half, y + half))
        return [around, *self._name(Factory.LitName(), drawing.lit, (x, y), [around])]

    def _here(self, drawing: Drawing, fit: PlanFit, taken: list[Box]) -> list[Box]:
        if drawing.here is None:
            return []
        x, y = fit.point(*drawing.here)
        half = self.lit_side / 2
        around = self._add(Factory.HereDot(), (x - half, y - half, x + half, y + half))
        return [around, *self._name(Factory.HereText(), drawing.here_label, (x, y), [*taken, around])]

    def _name(self, label: Any, text: str, at: tuple[float, float], taken: list[Box]) -> list[Box]:
        label.text = text
        label.texture_update()
        width, height = label.texture_size
        padded = (width + self.gap, height + self.gap / 2)
        box = free_spot(
            at, padded, taken, self.size, (0.6 * self.lit_side, self.lit_side, 1.5 * self.lit_side)
        )
        return [self._add(label, box)] if box else []

    def _zone_name(self, zone: ZoneBox, drawing: Drawing, fit: PlanFit, box: Box, taken: list[Box]) -> None:
        points = [fit.point(pin.x, pin.y) for pin in drawing.pins]
        label = Factory.ZoneName()
        for text in (f"{zone.code} {zone.title}", zone.code):
            label.text = text
            label.texture_update()
            for low, high in strips(box, points, 0.7 * fit.scale):
                strip = (box[0] + self.gap, low, box[2] - self.gap, high)
                if free := room(strip, label.texture_size, taken):
                    taken.append(self._add(label, free))
                    return


Builder.load_file(str(Path(__file__).with_suffix(".kv")))


class FloorScreen(Page):
    """Draws a FloorPage."""

    page = ObjectProperty(FloorPage(), rebind=True)
