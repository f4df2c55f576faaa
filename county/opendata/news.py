"""New publications as RSS 2.0: policies, their interpretations, bulletins, and what citizens can take part in."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, time
from email.utils import format_datetime
from urllib.parse import quote
from xml.etree import ElementTree

from catalog.links import PAGES
from catalog.records import Bulletin, County, Participation, Policy
from catalog.store import Store
from catalog.text import digest
from county.clock import COUNTY_TIME, local
from county.opendata.files import url

NAME = "news.rss"
MOST = 60
"""Items; older ones are in the files of their kind."""
ATOM = "http://www.w3.org/2005/Atom"
_NOT_XML = dict.fromkeys((*range(9), 11, 12, *range(14, 32), 65534, 65535, *range(55296, 57344)))
"""Characters that XML cannot hold."""


@dataclass(frozen=True, slots=True)
class Item:
    """One publication; `guid` stays the same in every edition."""

    guid: str
    at: datetime
    title: str
    link: str
    text: str
    category: str


def news(store: Store) -> bytes:
    """The newest publications of the edition."""
    county = store.get(County, "county")
    assert county is not None
    items = sorted(_items(store, county.public_url), key=lambda item: (item.at, item.guid), reverse=True)
    ElementTree.register_namespace("atom", ATOM)
    rss = ElementTree.Element("rss", version="2.0")
    channel = ElementTree.SubElement(rss, "channel")
    _text(channel, "title", f"{county.title}政务公开")
    _text(channel, "link", url(county.public_url, ""))
    fictional = "（演示内容，均为虚构）" if county.demonstration else ""
    _text(channel, "description", f"{county.title}新近公开的政策、解读、公告和公众参与{fictional}")
    _text(channel, "language", "zh-cn")
    _text(channel, "lastBuildDate", format_datetime(store.manifest.effective))
    ElementTree.SubElement(
        channel,
        f"{{{ATOM}}}link",
        {"rel": "self", "type": "application/rss+xml", "href": url(county.public_url, NAME)},
    )
    for item in items[:MOST]:
        _add(channel, item)
    ElementTree.indent(rss, " ")
    body: bytes = ElementTree.tostring(rss, "utf-8")
    return b'<?xml version="1.0" encoding="UTF-8"?>\n' + body + b"\n"


def _items(store: Store, public_url: str) -> Iterator[Item]:
    def link(kind: str, record_id: str) -> str:
        return f"{public_url}/m/{PAGES[kind]}/{quote(record_id)}"

    for policy in store.all(Policy):
        here = link("policy", policy.id)
        if policy.issued:
            at = datetime.combine(policy.issued, time(), COUNTY_TIME)
            yield Item(here, at, policy.title, here, policy.summary, "政策文件")
        for reading in policy.interpretations:
            if reading.published:
                at = datetime.combine(reading.published, time(), COUNTY_TIME)
                named = digest(f"{reading.published} {reading.title}".encode())[:16]
                guid = f"{here}#interpretation-{named}"
                yield Item(guid, at, reading.title, here, policy.title, "政策解读")
    for bulletin in store.all(Bulletin):
        if bulletin.issued:
            here = link("bulletin", bulletin.id)
            yield Item(here, local(bulletin.issued), bulletin.title, here, bulletin.body, "公告")
    for chance in store.all(Participation):
        if chance.opens:
            here = link("participation", chance.id)
            at = datetime.combine(chance.opens, time(), COUNTY_TIME)
            yield Item(here, at, chance.title, here, chance.summary, "公众参与")


def _add(channel: ElementTree.Element, item: Item) -> None:
    element = ElementTree.SubElement(channel, "item")
    _text(element, "title", item.title)
    _text(element, "link", item.link)
    _text(element, "description", item.text)
    _text(element, "category", item.category)
    guid = _text(element, "guid", item.guid)
    guid.set("isPermaLink", "true" if item.guid == item.link else "false")
    _text(element, "pubDate", format_datetime(item.at))


def _text(parent: ElementTree.Element, name: str, text: str) -> ElementTree.Element:
    element = ElementTree.SubElement(parent, name)
    element.text = text.translate(_NOT_XML)
    return element
