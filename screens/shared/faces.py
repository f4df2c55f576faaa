"""Loads the layout of faces and options to choose from; screens that show them import it."""

from pathlib import Path

from kivy.lang import Builder

Builder.load_file(str(Path(__file__).with_suffix(".kv")))
