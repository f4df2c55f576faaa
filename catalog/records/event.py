"""Life stages, life and business events, packages, and the words that lead to them."""

from catalog.records.base import Audience, Id, Record


class LifeStage(Record, frozen=True, kw_only=True):
    """A stage of a person's or a company's life, after 国办发〔2025〕24号. `tint` is an index into the tile tints."""

    audience: Audience
    title: str
    title_en: str = ""
    hint: str = ""
    icon: str = ""
    tint: int = 0
    order: int = 0


class LifeEvent(Record, frozen=True, kw_only=True):
    """一件事: services that belong together, in the order of doing. With audience business: a BusinessEvent."""

    audience: Audience
    title: str
    title_en: str = ""
    summary: str = ""
    aliases: tuple[str, ...] = ()
    life_stages: tuple[Id, ...] = ()
    services: tuple[Id, ...] = ()
    flow: str = ""
    order: int = 0


class ServicePackage(Record, frozen=True, kw_only=True):
    """主题服务包: services and events for one group of people, whose name is `audience`."""

    audience: str
    title: str
    title_en: str = ""
    intro: str = ""
    intro_en: str = ""
    icon: str = ""
    tint: int = 0
    services: tuple[Id, ...] = ()
    events: tuple[Id, ...] = ()
    order: int = 0


class Synonym(Record, frozen=True, kw_only=True):
    """群众说法: what people say for the things with the ids in `targets` (services, policies or places)."""

    text: str
    targets: tuple[Id, ...]


class Tag(Record, frozen=True, kw_only=True):
    """A trait that policy clauses are matched by; `group` is 身份, 年龄, 处境, 企业规模, 行业 or 事项."""

    label: str
    group: str
    order: int = 0
