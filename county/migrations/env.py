"""Runs the migrations on the connection that the caller opened. Knows the tables of every part."""

from importlib import import_module
from pkgutil import iter_modules

from alembic import context

import county.database
from county.database.tables import metadata

for module in iter_modules(county.database.__path__, "county.database."):
    import_module(module.name)

context.configure(connection=context.config.attributes["connection"], target_metadata=metadata)
context.run_migrations()
