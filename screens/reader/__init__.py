"""A long text to read, with what explains it beside it."""
