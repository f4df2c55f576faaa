"""Proving guided flows: what no answers can reach, and which answers lead astray, each with an example. Pure."""
