"""The visitor program: composition root, window, navigation, visit and hand-off."""
