"""The pages of the codes: the wrong spec of each gives its code, the right one none."""

import re

import pytest
from checking import check_text

from graphc.diagnostics import Code, explain

FENCE = re.compile(r"^```yaml\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def specs(code: Code) -> list[str]:
    return FENCE.findall(explain(code.name) or "")


EXPLAINED = [code for code in Code if len(specs(code)) == 2]
WITHOUT_SPECS = {
    *("GC001", "GC002", "GC003", "GC120"),
    *("GC401", "GC402", "GC403", "GC404", "GC405", "GC406", "GC407", "GC411"),
    *("GC501", "GC502", "GC503", "GC504", "GC505"),
    "GC541",
}


def test_the_pages_without_specs_are_those_of_files_and_results() -> None:
    assert {code.name for code in Code} - {
        code.name for code in EXPLAINED
    } == WITHOUT_SPECS


@pytest.mark.parametrize("code", EXPLAINED, ids=lambda code: code.name)
def test_what_a_page_calls_wrong_gives_its_code_alone(code: Code) -> None:
    assert check_text(specs(code)[0]).codes == [code.name]


@pytest.mark.parametrize("code", EXPLAINED, ids=lambda code: code.name)
def test_what_a_page_calls_right_is_sound(code: Code) -> None:
    result = check_text(specs(code)[1])
    assert [one.message for one in result.findings] == []
    assert result.sized is not None
