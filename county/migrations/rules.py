"""Rules that stand in the database, for whoever writes to it without this program: see decision 0009."""

from alembic import op


def refuse(name: str, event: str, table: str, condition: str, reason: str) -> None:
    """A trigger that refuses `event` on a row of `table` when `condition` holds."""
    if op.get_bind().dialect.name == "sqlite":
        op.execute(
            f"CREATE TRIGGER {name} BEFORE {event} ON {table} WHEN {condition} "
            f"BEGIN SELECT RAISE(ABORT, '{reason}'); END"
        )
        return
    result = "OLD" if event == "DELETE" else "NEW"
    op.execute(
        f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF {condition} THEN "
        f"RAISE EXCEPTION USING ERRCODE = 'integrity_constraint_violation', MESSAGE = '{reason}'; "
        f"END IF; RETURN {result}; END $$"
    )
    op.execute(f"CREATE TRIGGER {name} BEFORE {event} ON {table} FOR EACH ROW EXECUTE FUNCTION {name}()")


def keep(table: str, columns: tuple[str, ...]) -> None:
    """Rows of `table` are never deleted and these `columns` never change."""
    refuse(f"{table}_is_constant", f"UPDATE OF {', '.join(columns)}", table, "1 = 1", f"{table} is constant")
    refuse(f"{table}_is_kept", "DELETE", table, "1 = 1", f"{table} is never deleted")
