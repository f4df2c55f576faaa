from catalog.records import PublicService
from county.web.phone.papers import Paper, paper_groups
from county.web.phone.words import words
from tests.county.web.records import BIRTH, CARD

ZH = words("zh")


def _groups(*services: PublicService) -> dict[str, dict[str, Paper]]:
    return {
        group.name: {paper.title: paper for paper in group.papers} for group in paper_groups(services, ZH)
    }


def test_papers_of_one_service_stand_in_its_order_and_group() -> None:
    groups = _groups(BIRTH)
    assert {name: list(papers) for name, papers in groups.items()} == {
        "bring": ["出生医学证明", "居民户口簿"],
        "in_case": ["亲子鉴定意见书"],
        "waived": ["结婚证"],
    }
    assert groups["in_case"]["亲子鉴定意见书"].lines == ("情形：随父落户时",)
    assert groups["waived"]["结婚证"].tags == ("系统核验",)


def test_a_paper_that_two_services_need_is_listed_once() -> None:
    household = _groups(BIRTH, CARD)["bring"]["居民户口簿"]
    assert household.form == "原件 1 份、复印件 2 份"
    assert household.lines == ("用于：出生登记、社保卡申领",)


def test_a_waiver_of_one_service_does_not_spare_the_other() -> None:
    groups = _groups(BIRTH, CARD)
    assert "waived" not in groups
    assert groups["bring"]["结婚证"].lines == ("“出生登记”不用交这份", "用于：出生登记、社保卡申领")


def test_optional_and_deferrable_papers_say_so() -> None:
    groups = _groups(CARD)
    assert list(groups["optional"]) == ["照片"]
    assert groups["optional"]["照片"].form == "电子件"
    assert groups["bring"]["承诺书"].tags == ("可以后补",)


def test_a_service_without_papers_has_no_groups() -> None:
    assert _groups() == {}
