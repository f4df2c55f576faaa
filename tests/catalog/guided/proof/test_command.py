"""`python -m catalog.guided`."""

from pathlib import Path

import pytest

from catalog.guided.__main__ import FLAWED, PROVEN, main

FLOWS = Path(__file__).parents[3] / "data" / "flows"
KNOWN = ["--known", str(FLOWS / "catalogue")]


def test_a_proven_flow_is_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(FLOWS / "right" / "plain.yaml"), *KNOWN]) == PROVEN
    (line,) = capsys.readouterr().out.splitlines()
    assert line.startswith(
        "flow-plain  搬家，要办哪些事  已证明：6 个问题都问得到，10 条规则都用得上，5 个事项"
    )


def test_flaws_are_below_their_flow(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(FLOWS / "wrong" / "idle-requirement.yaml"), *KNOWN]) == FLAWED
    head, flaw = capsys.readouterr().out.splitlines()
    assert head.endswith("没有通过：")
    assert "flow-idle-requirement" in flaw
    assert flaw.startswith("    error")
    assert "例如：“给谁办？”答“孩子”，“孩子几周岁？”答“16”" in flaw


def test_a_file_that_cannot_be_imported_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "flows.yaml"
    path.write_text("- {id: a, event: b, title: c, questions: 3, effects: []}\n", encoding="utf-8")
    assert main([str(path)]) == FLAWED
    assert "flows.yaml:1" in capsys.readouterr().err
    assert main([str(tmp_path / "none.yaml")]) == FLAWED
    assert "none.yaml" in capsys.readouterr().err
