"""Rows and the buttons that turn their pages come to rest, whatever was shown before."""

from typing import Any

from screens.shared.item import Paragraph, Tile
from tests.window.conftest import Restless

ADDRESS = "青禾县城关镇人民路十二号，周一至周五八点半到十七点"
ITEMS = (
    Tile(title="县图书馆公开查阅点", hint=ADDRESS * 2, route="home"),
    Tile(title="县档案馆", hint=ADDRESS, route="home"),
    Paragraph(ADDRESS * 3),
)


def settle() -> None:
    from kivy.clock import Clock
    from kivy.lang import Builder

    for _ in range(3):
        Clock.tick()
        Clock.tick_draw()
        Builder.sync()


def rows(**given: Any) -> Any:
    from kivy.core.window import Window

    from screens.shared.rows import Rows

    made = Rows(size_hint=(None, None), **given)
    Window.add_widget(made)
    return made


def test_a_layout_that_never_rests_is_noticed(window: None, restless: Restless) -> None:
    from kivy.clock import Clock

    trigger = Clock.create_trigger(lambda _seconds: again(), -1)

    def again() -> None:
        trigger()

    again()
    settle()
    trigger.cancel()
    assert restless.said
    restless.said.clear()


def test_whether_there_are_buttons_follows_from_the_size_alone(window: None) -> None:
    from kivy.core.window import Window

    for beside in (True, False):
        shown = rows(beside=beside, items=ITEMS)
        for width in (620, 900, 1500):
            heights = range(200, 1100, 20)
            growing = {height: _looks(shown, width, height) for height in heights}
            shrinking = {height: _looks(shown, width, height) for height in reversed(heights)}
            assert growing == shrinking
            assert {overflows for overflows, _ in growing.values()} == {True, False}
        Window.remove_widget(shown)


def _looks(shown: Any, width: int, height: int) -> tuple[bool, list[float]]:
    """Whether there are buttons, and the heights of the rows, none of which is higher than its room."""
    shown.size = (width, height)
    settle()
    heights = [row["height"] for row in shown.ids.view.data]
    assert shown.overflows == (sum(heights) > height + 1)
    assert shown.ids.view.width == width - (
        shown.thick + shown.spacing if shown.overflows and shown.beside else 0
    )
    return shown.overflows, heights


def test_what_is_empty_in_a_column_leaves_no_gap(window: None) -> None:
    from kivy.uix.widget import Widget

    from screens.shared.widgets import Column

    heights = (0, 40, 0, 0, 60, 0)
    column = Column(spacing=10, padding=(5, 7, 5, 9), width=200, size_hint=(None, None))
    for height in heights:
        column.add_widget(Widget(size_hint_y=None, height=height))
    column.do_layout()
    assert column.minimum_height == 7 + 40 + 10 + 60 + 9
    shown = [child for child in reversed(column.children) if child.height]
    assert shown[0].y - shown[1].top == 10
    assert {child.width for child in column.children} == {190}
    for child in column.children:
        child.height = 0
    column.do_layout()
    assert column.minimum_height == 7 + 9
