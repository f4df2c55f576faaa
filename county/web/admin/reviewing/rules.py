"""Who reviews what, by organisation, and within how many working days."""

from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import Response

from catalog.records import PublicOrganisation
from county import revisions
from county.accounts.people import people
from county.accounts.roles import Role
from county.database.engine import writing
from county.errors import Refused
from county.reviewing.rules import rules, set_rules
from county.reviewing.steps import STEPS, ReviewRole, Rule
from county.web.admin.forms import number, posted, text
from county.web.admin.page import Page
from county.web.admin.shell import desk, done, person, render, words

ADMINISTRATORS: tuple[Role, ...] = ("administrator",)
READERS: tuple[Role, ...] = ("administrator", "approver", "reviewer", "supervisor")


def show(request: Request) -> Response:
    """The default rule, those of organisations, and a form for one of them."""
    chosen = request.query_params.get("organisation", "")
    with desk(request).engine.connect() as connection:
        known = rules(connection)
        offices = revisions.published_of(connection, PublicOrganisation)
        staff = [
            each for each in people(connection) if each.has("reviewer", "approver") and not each.disabled
        ]
    titles = {"": words(request)("review.all-others")} | {office.id: office.title for office in offices}
    owners = sorted({owner for owner, _ in known})
    return render(
        request,
        "review/rules.html",
        title=words(request)("review.rules"),
        known={owner: [known[owner, step] for step in STEPS] for owner in owners},
        chosen=chosen if chosen in titles else "",
        edited=[known.get((chosen, step), known["", step]) for step in STEPS],
        titles=titles,
        staff=staff,
        may_change=person(request).has(*ADMINISTRATORS),
    )


def change(request: Request, form: FormData) -> Response:
    """Set or remove an organisation's rules."""
    owner, at = text(form, "organisation"), desk(request)
    wanted = [] if form.get("remove") else [_rule(form, place) for place in range(len(STEPS))]
    with writing(at.engine) as connection:
        if owner and owner not in {
            office.id for office in revisions.published_of(connection, PublicOrganisation)
        }:
            raise Refused("没有这个机构")
        set_rules(connection, owner, wanted, person(request).name, at.clock())
    return done(request, "/admin/review/rules", words(request)("review.rules-set"))


def _rule(form: FormData, place: int) -> Rule:
    step = STEPS[place]
    role: ReviewRole = "approver" if form.get(f"role-{place}") == "approver" else "reviewer"
    named = tuple(str(name) for name in form.getlist(f"people-{place}") if name)
    return Rule(step, role, bool(form.get(f"own-{place}")), named, number(form, f"days-{place}"))


PAGES = (
    Page(
        "/review/rules",
        show,
        READERS,
        label="review.rules",
        group="review",
        icon="fa-solid fa-scale-balanced",
    ),
    Page("/review/rules/change", posted(change), ADMINISTRATORS, methods=("POST",)),
)
