"""Calling a guide, and where to find one."""
