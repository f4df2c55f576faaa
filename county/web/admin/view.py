"""A list with its forms, drawn by the library, under the desk's roles."""

from starlette.requests import Request
from starlette_admin.views import BaseModelView

from county.accounts.roles import Role
from county.web.admin.page import Group


class DeskView(BaseModelView):
    """What a part registers in `site.VIEWS`. `readers` see list and detail; `writers` see and send forms."""

    readers: tuple[Role, ...] = ()
    writers: tuple[Role, ...] = ()
    label_key: str = ""
    group: Group = "content"

    def is_accessible(self, request: Request) -> bool:
        """Whether the person may read."""
        return bool(request.state.person and request.state.person.has(*self.readers, *self.writers))

    def can_create(self, request: Request) -> bool:
        """Whether the person may add."""
        return bool(request.state.person and request.state.person.has(*self.writers))

    def can_edit(self, request: Request) -> bool:
        """Whether the person may change."""
        return self.can_create(request)

    def can_delete(self, request: Request) -> bool:
        """Records are withdrawn by review, never deleted."""
        return False
