"""The service workbook with its six sheets."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from catalog.exporting.table import Losses, common, new_book, plain_sheet, save
from catalog.importing import service_profiles as profiles
from catalog.importing.words import line_list, word_list
from catalog.offices import Offices
from catalog.records import DisclosureField, LifeStage, PublicOrganisation, PublicService, Record


class Names:
    """The words for what services refer to, such that reading them finds the same thing again."""

    def __init__(self, records: Sequence[Record]) -> None:
        offices = [record for record in records if isinstance(record, PublicOrganisation)]
        known = Offices(offices)
        self.offices = {
            office.id: next(
                (name for name in (office.short_title, office.title) if known.find(name) == office.id),
                office.title,
            )
            for office in offices
        }
        stages = {stage.title: stage.id for stage in records if isinstance(stage, LifeStage)}
        self.stages = {stage: title for title, stage in stages.items()}
        self.fields = {field.id: field.title for field in records if isinstance(field, DisclosureField)}


def write_services(services: Sequence[PublicService], names: Names, folder: Path, losses: Losses) -> None:
    """政务服务事项.xlsx."""
    book = new_book()
    plain_sheet(book, profiles.SERVICES, "事项", [_service(s, names, losses) for s in services])
    _parts(book, profiles.LEGAL_RESOURCES, services, "legal_resources", {})
    evidence = {
        "necessity": _labels(profiles.NECESSITIES),
        "form": _labels(profiles.FORMS),
        "waiver": _labels(profiles.WAIVERS) | {"": ""},
    }
    _parts(book, profiles.EVIDENCE, services, "evidence", evidence)
    _parts(book, profiles.STEPS, services, "steps", {"phase": _labels(profiles.PHASES)})
    _parts(book, profiles.COSTS, services, "costs", {})
    _parts(book, profiles.QUESTIONS, services, "questions", {})
    save(book, folder / "政务服务事项.xlsx")


def numbered(lines: Sequence[str]) -> list[str]:
    """The forms in which lines may be written: numbered when there are several, else bare."""
    bare = "\n".join(lines)
    return ["\n".join(f"{n}. {line}" for n, line in enumerate(lines, 1)), bare] if len(lines) > 1 else [bare]


def _service(service: PublicService, names: Names, losses: Losses) -> dict[str, Any]:
    channel, output = service.channel, service.output
    simple = {key: getattr(service, key) for key in (*profiles.SERVICE_TEXTS, "id", "title", "visits")}
    words = {
        key: losses.joined(service, key, ["、".join(getattr(service, key))], word_list)
        for key in profiles.SERVICE_WORDS
    }
    promised, statutory = service.promised_time_limit, service.statutory_time_limit
    return {
        **simple,
        **words,
        **common(service),
        "competent_authority": names.offices.get(service.competent_authority, service.competent_authority),
        "life_stages": "、".join(names.stages.get(stage, stage) for stage in service.life_stages),
        "field": names.fields.get(service.field, service.field),
        "requirements": losses.joined(service, "requirements", numbered(service.requirements), line_list),
        "processing_kind": _labels(profiles.PROCESSING)[service.processing_kind],
        "free": profiles.CHARGES[service.free] if service.free or service.costs else "",
        "statutory_time_limit": statutory.text if statutory else "",
        "promised_time_limit": promised.text if promised else "",
        "address": channel.address,
        "opening_hours": channel.opening_hours,
        "phone": channel.phone,
        "complaints_phone": channel.complaints_phone,
        "output_type": output.type,
        "output_title": output.title,
    }


def _parts(
    book: Any,
    profile: Any,
    services: Sequence[PublicService],
    attribute: str,
    labels: Mapping[str, Mapping[Any, str]],
) -> None:
    keys = [key for key in profile.columns if key not in ("service", "service_title")]
    rows = [
        {"service": service.id, "service_title": service.title}
        | {key: _label(getattr(part, key), labels.get(key)) for key in keys}
        for service in services
        for part in getattr(service, attribute)
    ]
    plain_sheet(book, profile, profile.name, rows)


def _label(value: Any, labels: Mapping[Any, str] | None) -> Any:
    return value if labels is None else labels[value]


def _labels(codes: Mapping[str, Any]) -> dict[Any, str]:
    """Code → its first label."""
    return {code: label for label, code in reversed(list(codes.items()))}
