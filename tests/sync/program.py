"""Sync as a program of its own that keeps its share of the processor.

It gives way to whatever else runs on the machine, so on one that is busy with tests it would hardly come to anything.
"""

import sys

SYNC = (sys.executable, "-c", "import sys; from sync.__main__ import main; sys.exit(main(sys.argv[1:]))")
