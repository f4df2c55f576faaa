"""The addresses of the desk's menu, and who looks at each."""

from county.accounts.roles import ROLES, Role
from county.web.admin.site import PAGES


def addresses() -> dict[str, Role]:
    """Address → the first of the roles that may open it, of everything that stands in the menu."""
    return {page.url: (page.roles or ROLES)[0] for page in PAGES if page.label}
