"""What the visitor sees. One folder a screen: `page.py` is pure, `screen.py` is the widget, `screen.kv` draws."""
