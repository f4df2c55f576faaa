"""F13: the county was restored from an old backup; its kiosks know more than it does."""

import pytest
from sqlalchemy import Engine

from catalog import fleet
from catalog.fleet import Report
from county.building import build
from county.database.engine import writing
from county.editions import Edition
from county.errors import Refused
from county.fleet import kiosks
from county.publishing import publish
from county.settings import Settings
from county.signing.approval import sign
from county.signing.keys import read_signers
from tests.county.catalogue import NOW, approve, organisation
from tests.county.fleet.box import TalkingBox


def says(box: TalkingBox, newest: int) -> None:
    """The box's heartbeat: the highest edition it was offered."""
    said = Report(at=NOW, program="1", newest=newest)
    assert box.send(fleet.REPORT, said).status == 200


def built(county: Engine, settings: Settings, after: int = 0) -> Edition:
    edition = build(county, settings, "tester", NOW, after=after).edition
    assert edition
    return edition


def signed(county: Engine, settings: Settings, edition: Edition) -> bool:
    keys = read_signers(settings.keys, "targets")
    return sign(county, settings, edition, keys, "approver", NOW).complete


def test_no_number_that_a_kiosk_knows_is_signed_again(
    county: Engine, settings: Settings, box: TalkingBox
) -> None:
    approve(county, [organisation(1)])
    edition = built(county, settings)
    says(box, newest=edition.number + 2)
    with pytest.raises(Refused, match=f"build --after {edition.number + 2} "):
        signed(county, settings, edition)
    later = built(county, settings, after=edition.number + 2)
    assert later.number == edition.number + 3
    assert signed(county, settings, later)
    assert publish(county, settings, "tester", NOW).edition.number == later.number


def test_none_that_was_signed_before_is_published(
    county: Engine, settings: Settings, box: TalkingBox
) -> None:
    approve(county, [organisation(1)])
    edition = built(county, settings)
    assert signed(county, settings, edition)
    says(box, newest=edition.number)
    with pytest.raises(Refused, match="已见过"):
        publish(county, settings, "tester", NOW)


def test_a_kiosk_behind_or_revoked_has_no_say(county: Engine, settings: Settings, box: TalkingBox) -> None:
    approve(county, [organisation(1)])
    edition = built(county, settings)
    says(box, newest=edition.number - 1)
    assert signed(county, settings, edition)
    says(box, newest=99)
    with writing(county) as connection:
        kiosks.revoke(connection, box.kiosk, "admin", NOW)
    assert publish(county, settings, "tester", NOW).fresh
