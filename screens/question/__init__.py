"""One guided question (场景式问答)."""
