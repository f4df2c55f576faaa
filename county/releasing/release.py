"""Publishing what was seen: the candidate with the digest that stood on the page, and nothing else."""

from datetime import datetime

from sqlalchemy import Engine

from county import audit, editions
from county.database.engine import writing
from county.errors import Refused
from county.publishing import Published, publish
from county.releasing.outlook import kept_outlook
from county.settings import Settings


def release(
    engine: Engine, settings: Settings, digest: str, reason: str, person: str, now: datetime
) -> Published:
    """Publish the signed candidate `digest`. Doing it again changes nothing and says so.

    Raises Refused when the candidate is another one, is not signed, or has blocking errors and no `reason` is
    given; Unready while another publisher is at work.
    """
    with engine.connect() as connection:
        waiting, newest = editions.candidate(connection), editions.newest_published(connection)
    if newest is not None and newest.digest == digest:
        return Published(newest, fresh=False)
    if waiting is None or waiting.digest != digest:
        raise Refused("待发布的版本已经换了，请核对后再发布")
    if waiting.state != "signed":
        raise Refused("签名还不够，不能发布：请批准人先签名")
    outlook = kept_outlook(settings, waiting)
    if outlook is None:
        raise Refused("这一版还没有检查完，请稍候再发布")
    if outlook.blocking and not reason:
        raise Refused("这一版带来新的错误：请先改正，或写明仍要发布的理由")
    if outlook.blocking:
        with writing(engine) as connection:
            codes = sorted({finding.code for finding in outlook.blocking})
            audit.append(
                connection, person, "publish despite", now, digest=digest, reason=reason, findings=codes
            )
    return publish(engine, settings, person, now)
