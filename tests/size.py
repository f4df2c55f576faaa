"""How much `make test` tries: thinned matrices, or with OPENHALL_SIZE=long (`make test-long`) the whole of each."""

import os

LONG = os.environ.get("OPENHALL_SIZE") == "long"
