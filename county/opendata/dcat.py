"""What is offered, in the words of DCAT-AP 3.0: one dataset for each kind of record, with its files and checksums."""

from collections.abc import Iterator, Sequence

from catalog.records import County
from county.opendata.files import Entry, Group, Listing, url
from county.opendata.linked import (
    CHECKSUM,
    CHINESE,
    ENGLISH,
    Node,
    document,
    licence,
    links,
    node,
    text,
    typed,
)
from county.opendata.words import title

NAME = "dcat.jsonld"
IRREGULAR = "http://publications.europa.eu/resource/authority/frequency/IRREG"
PUBLIC = "http://publications.europa.eu/resource/authority/access-right/PUBLIC"
FORMATS = "http://publications.europa.eu/resource/authority/file-type/"
TYPES = {"jsonl": "JSON", "csv": "CSV", "jsonld": "JSON_LD", "pdf": "PDF", "rss": "RSS", "json": "JSON"}
CPSV = "https://semiceu.github.io/CPSV-AP/releases/3.2.0/"


def dcat(county: County, listing: Listing) -> bytes:
    """The catalogue of the files in `listing`."""
    return document(_nodes(county, listing))


def _nodes(county: County, listing: Listing) -> Iterator[Node]:
    home = url(county.public_url, "")
    datasets = _datasets(listing)
    publisher = url(county.public_url, f"{NAME}#publisher")
    terms, stated = licence(county)
    yield from stated
    yield node(
        publisher,
        "foaf:Agent",
        dct_identifier=county.area_code or "county",
        dct_title=text(county.title, county.title_en),
        foaf_name=text(county.title, county.title_en),
    )
    yield node(home, "foaf:Document", dct_title=text("开放数据", "Open data"))
    yield node(
        url(county.public_url, NAME),
        "dcat:Catalog",
        dct_title=text(
            f"{county.title}政务公开目录", f"Open government catalogue of {county.title_en or county.title}"
        ),
        dct_description=text(
            "政务服务事项、公开目录、政策文件和便民信息，每一版发布后随即更新。"
            + ("演示内容，均为虚构。" if county.demonstration else ""),
            "Public services, disclosure directories, policies and places, renewed with every edition."
            + (" Demonstration: everything is fictional." if county.demonstration else ""),
        ),
        dct_publisher=links([publisher]),
        dct_language=links([CHINESE]),
        dct_modified=typed(listing.effective.isoformat(), "dateTime"),
        dct_license=terms,
        foaf_homepage=links([home]),
        dcat_dataset=links(_dataset_iri(county, name) for name, _, _ in datasets),
    )
    for name, group, entries in datasets:
        yield from _dataset(county, listing, publisher, name, group, entries)


def _datasets(listing: Listing) -> list[tuple[str, Group, list[Entry]]]:
    groups: dict[tuple[str, Group], list[Entry]] = {}
    for entry in listing.files:
        if entry.group != "description" and entry.group != "interface":
            groups.setdefault((entry.kind or entry.group, entry.group), []).append(entry)
    return [(name, group, entries) for (name, group), entries in groups.items()]


def _dataset_iri(county: County, name: str) -> str:
    return url(county.public_url, f"{NAME}#dataset-{name}")


def _dataset(
    county: County, listing: Listing, publisher: str, name: str, group: Group, entries: Sequence[Entry]
) -> Iterator[Node]:
    chinese, english = title(group, name, "zh"), title(group, name, "en")
    yield node(
        _dataset_iri(county, name),
        "dcat:Dataset",
        dct_identifier=name,
        dct_title=text(chinese, english),
        dct_description=text(f"{county.title}：{chinese}", f"{english}, {county.title_en or county.title}"),
        dct_publisher=links([publisher]),
        dct_language=links(dict.fromkeys(_language(entry) for entry in entries)),
        dct_modified=typed(listing.effective.isoformat(), "dateTime"),
        dct_accrualPeriodicity=links([IRREGULAR]),
        dct_accessRights=links([PUBLIC]),
        dcat_landingPage=links([url(county.public_url, "")]),
        dcat_version=str(listing.edition),
        dcat_distribution=links(url(county.public_url, f"{NAME}#file-{entry.name}") for entry in entries),
    )
    for entry in entries:
        yield from _distribution(county, entry)


def _language(entry: Entry) -> str:
    return ENGLISH if entry.language == "en" else CHINESE


def _distribution(county: County, entry: Entry) -> Iterator[Node]:
    iri = url(county.public_url, f"{NAME}#file-{entry.name}")
    checksum = f"{iri}-checksum"
    yield node(
        iri,
        "dcat:Distribution",
        dct_title=text(entry.name),
        dct_format=links([FORMATS + TYPES[entry.name.rpartition(".")[2]]]),
        dct_conformsTo=links([CPSV] if entry.group == "vocabulary" else []),
        dct_language=links([_language(entry)]),
        dct_license=licence(county)[0],
        dcat_accessURL=links([url(county.public_url, "")]),
        dcat_downloadURL=links([url(county.public_url, entry.name)]),
        dcat_mediaType=links(
            ["https://www.iana.org/assignments/media-types/" + entry.media_type.partition(";")[0]]
        ),
        dcat_byteSize=typed(str(entry.size), "nonNegativeInteger"),
        spdx_checksum=links([checksum]),
    )
    yield node(
        checksum,
        "spdx:Checksum",
        spdx_algorithm=links([CHECKSUM]),
        spdx_checksumValue=typed(entry.digest, "hexBinary"),
    )
