"""Guided questions (场景式问答): which are asked, which answers count, and what comes out. Pure; docs/guided.md."""
