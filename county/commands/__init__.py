"""The commands, one a module: parse, call, print. `add` declares a command, `run` carries it out."""
