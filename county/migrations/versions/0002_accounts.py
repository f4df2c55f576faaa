"""Accounts, sessions and the separation of duties."""

import sqlalchemy as sa
from alembic import op

from county.database.tables import Moment
from county.migrations.rules import refuse

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

ROLES = ("clerk", "reviewer", "approver", "supervisor", "guide", "administrator", "security", "auditor")
DUTIES = "('administrator', 'security', 'auditor')"

RULES = (
    (
        "person_role_keeps_duties_apart",
        "INSERT",
        "person_role",
        "EXISTS (SELECT 1 FROM person_role AS other WHERE other.person = NEW.person AND other.role <> NEW.role "
        f"AND (NEW.role IN {DUTIES} OR other.role IN {DUTIES}))",
        "system, security and audit duties are held by different persons without any other role",
    ),
    ("person_role_is_constant", "UPDATE", "person_role", "1 = 1", "a role is taken away and another given"),
    ("person_is_kept", "DELETE", "person", "1 = 1", "a person is disabled, never deleted"),
    ("person_keeps_the_name", "UPDATE OF name, created", "person", "1 = 1", "a person keeps the name"),
    (
        "review_not_by_duties",
        "INSERT",
        "review",
        "NEW.step <> 'import' AND EXISTS (SELECT 1 FROM person_role WHERE person_role.person = NEW.reviewer "
        f"AND person_role.role IN {DUTIES})",
        "system, security and audit duties do not approve content",
    ),
    (
        "revision_not_by_duties",
        "INSERT",
        "revision",
        "EXISTS (SELECT 1 FROM person_role WHERE person_role.person = NEW.author "
        f"AND person_role.role IN {DUTIES})",
        "system, security and audit duties do not edit content",
    ),
)


def upgrade() -> None:
    op.create_table('person_role',
    sa.Column('person', sa.String(length=64), nullable=False),
    sa.Column('role', sa.String(length=16), nullable=False),
    sa.CheckConstraint(f"role IN ({', '.join(repr(role) for role in ROLES)})", name=op.f('ck_person_role_role')),
    sa.PrimaryKeyConstraint('person', 'role', name=op.f('pk_person_role'))
    )
    op.execute("INSERT INTO person_role (person, role) SELECT name, role FROM person")
    with op.batch_alter_table('person') as person:
        person.drop_constraint(op.f('ck_person_role'), type_='check')
        person.drop_column('role')
        person.add_column(sa.Column('display_name', sa.String(length=64), server_default='', nullable=False))
        person.add_column(sa.Column('organisation', sa.String(length=96), server_default='', nullable=False))
        person.add_column(sa.Column('language', sa.String(length=2), server_default='zh', nullable=False))
        person.add_column(sa.Column('secret', sa.String(length=256), server_default='', nullable=False))
        person.add_column(sa.Column('code_step', sa.BigInteger(), server_default=sa.text('0'), nullable=False))
        person.add_column(sa.Column('disabled', sa.Boolean(), server_default=sa.false(), nullable=False))
    with op.batch_alter_table('person_role') as person_role:
        person_role.create_foreign_key(op.f('fk_person_role_person'), 'person', ['person'], ['name'])
    create_tables()
    for name, event, table, condition, reason in RULES:
        refuse(name, event, table, condition, reason)


def create_tables() -> None:
    op.create_table('old_password',
    sa.Column('person', sa.String(length=64), nullable=False),
    sa.Column('at', Moment(), nullable=False),
    sa.Column('password', sa.String(length=256), nullable=False),
    sa.ForeignKeyConstraint(['person'], ['person.name'], name=op.f('fk_old_password_person')),
    sa.PrimaryKeyConstraint('person', 'at', name=op.f('pk_old_password'))
    )
    op.create_table('recovery_code',
    sa.Column('person', sa.String(length=64), nullable=False),
    sa.Column('code', sa.String(length=64), nullable=False),
    sa.ForeignKeyConstraint(['person'], ['person.name'], name=op.f('fk_recovery_code_person')),
    sa.PrimaryKeyConstraint('person', 'code', name=op.f('pk_recovery_code'))
    )
    op.create_table('desk_session',
    sa.Column('name', sa.String(length=64), nullable=False),
    sa.Column('person', sa.String(length=64), nullable=False),
    sa.Column('created', Moment(), nullable=False),
    sa.Column('seen', Moment(), nullable=False),
    sa.Column('verified', sa.Boolean(), nullable=False),
    sa.Column('address', sa.String(length=64), nullable=False),
    sa.Column('agent', sa.String(length=200), nullable=False),
    sa.ForeignKeyConstraint(['person'], ['person.name'], name=op.f('fk_desk_session_person')),
    sa.PrimaryKeyConstraint('name', name=op.f('pk_desk_session'))
    )
    op.create_index('ix_desk_session_person', 'desk_session', ['person'])
