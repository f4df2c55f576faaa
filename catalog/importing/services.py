"""Public services from the six sheets of the service workbook, joined by 事项编号."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from catalog.importing.cells import Cells
from catalog.importing.fields import field_id
from catalog.importing.ledger import Ledger, Refused
from catalog.importing.location import channel
from catalog.importing.service_profiles import (
    FORMS,
    FREE,
    NECESSITIES,
    PHASES,
    PROCESSING,
    SERVICE_TEXTS,
    SERVICE_WORDS,
    WAIVERS,
)
from catalog.importing.words import plain
from catalog.offices import Offices
from catalog.records import (
    Cost,
    Evidence,
    LegalResource,
    Output,
    ProcedureStep,
    PublicService,
    Question,
)

Part = tuple[Cells, Any]


class Services:
    """Rows of the six sheets, joined when all files are read."""

    def __init__(self) -> None:
        self._rows: list[tuple[Cells, dict[str, Any]]] = []
        self._parts: dict[str, dict[str, list[Part]]] = defaultdict(lambda: defaultdict(list))

    def take_service(self, cells: Cells) -> None:
        """A row of the sheet 事项. Raises Refused."""
        cells.needed("competent_authority")
        values: dict[str, Any] = {
            "id": cells.id("id"),
            "title": cells.needed("title"),
            "requirements": cells.lines("requirements"),
            "processing_kind": cells.choice("processing_kind", PROCESSING, "promised"),
            "statutory_time_limit": cells.time_limit("statutory_time_limit"),
            "promised_time_limit": cells.time_limit("promised_time_limit"),
            "free": plain(cells.text("free")) in FREE,
            "visits": cells.integer("visits"),
            "channel": channel(
                cells.text("address"),
                opening_hours=cells.text("opening_hours"),
                phone=cells.text("phone"),
                complaints_phone=cells.text("complaints_phone"),
            ),
            "output": Output(type=cells.text("output_type"), title=cells.text("output_title")),
        }
        values |= cells.texts(*SERVICE_TEXTS)
        values |= {key: cells.words(key) for key in SERVICE_WORDS}
        self._rows.append((cells, values | cells.common()))

    def take(self, part: str, make: Callable[[Cells], Any]) -> Callable[[Cells], None]:
        """What takes the rows of the sheet whose rows become `part`."""

        def taken(cells: Cells) -> None:
            service_id = cells.id("service")
            self._parts[service_id][part].append((cells, make(cells)))

        return taken

    def join(self, offices: Offices, stages: Mapping[str, str], ledger: Ledger) -> Iterator[PublicService]:
        """The services with their parts. `stages` maps titles of life stages to ids."""
        self._refuse_orphans(ledger)
        for cells, values in self._rows:
            try:
                authority = _authority(cells, offices)
                life_stages = tuple(_stage(cells, title, stages) for title in cells.words("life_stages"))
            except Refused as refused:
                ledger.refuse(cells.row, refused)
                continue
            title = cells.text("field")
            yield PublicService(
                **values,
                competent_authority=authority,
                life_stages=life_stages,
                field=field_id(title) if title else "",
                **self._joined(values["id"]),
            )

    def field_titles(self) -> Iterator[tuple[Cells, str]]:
        """The fields that services name."""
        return ((cells, cells.text("field")) for cells, _ in self._rows if cells.text("field"))

    def _joined(self, service_id: str) -> dict[str, Any]:
        parts = {name: [part for _, part in rows] for name, rows in self._parts.get(service_id, {}).items()}
        return {
            name: tuple(sorted(values, key=lambda value: getattr(value, "order", 0)))
            for name, values in parts.items()
        }

    def _refuse_orphans(self, ledger: Ledger) -> None:
        ids = {values["id"] for _, values in self._rows}
        for service_id, parts in self._parts.items():
            for cells, _ in (part for rows in parts.values() for part in rows if service_id not in ids):
                problem = cells.bad(
                    "service", f"“{service_id}”不在事项表里", "补上这个事项，或改正事项编号", "orphan-row"
                )
                ledger.refuse(cells.row, problem)


def _authority(cells: Cells, offices: Offices) -> str:
    name = cells.text("competent_authority")
    found = offices.find(name)
    if found is None:
        raise cells.bad(
            "competent_authority",
            f"“{name}”不在机构名单里",
            "改成机构表里的名称或简称，或先在机构表里补上",
            "unknown-organisation",
        )
    return found


def _stage(cells: Cells, title: str, stages: Mapping[str, str]) -> str:
    if title not in stages:
        raise cells.bad(
            "life_stages", f"“{title}”不是人生阶段", "改成人生阶段表里的名称", "unknown-reference"
        )
    return stages[title]


def legal_resource(cells: Cells) -> LegalResource:
    """A row of 设定依据. Raises Refused."""
    return LegalResource(title=cells.needed("title"), clause=cells.text("clause"))


def evidence(cells: Cells) -> Evidence:
    """A row of 申请材料. Raises Refused."""
    return Evidence(
        title=cells.needed("title"),
        order=cells.order("order"),
        necessity=cells.choice("necessity", NECESSITIES, "required"),
        form=cells.choice("form", FORMS, "original"),
        originals=cells.integer("originals") or 0,
        copies=cells.integer("copies") or 0,
        origin=cells.text("origin"),
        waiver=cells.choice("waiver", WAIVERS, ""),
        only_if=cells.text("only_if"),
        note=cells.text("note"),
    )


def step(cells: Cells) -> ProcedureStep:
    """A row of 办理流程. Raises Refused."""
    if not cells.text("phase"):
        raise cells.bad("phase", "不能为空", code="empty-cell")
    return ProcedureStep(
        title=cells.needed("title"),
        order=cells.order("order"),
        phase=cells.choice("phase", PHASES, "during"),
        actor=cells.text("actor"),
        text=cells.text("text"),
        days=cells.integer("days"),
    )


def cost(cells: Cells) -> Cost:
    """A row of 收费. Raises Refused."""
    return Cost(title=cells.needed("title"), amount=cells.needed("amount"), basis=cells.text("basis"))


def question(cells: Cells) -> Question:
    """A row of 常见问题. Raises Refused."""
    return Question(text=cells.needed("text"), answer=cells.needed("answer"), order=cells.order("order"))
