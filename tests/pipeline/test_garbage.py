import gc
from collections.abc import Iterator

import pytest

from graphc.cli import main
from graphc.pipeline.garbage import collector_paused


@pytest.fixture(autouse=True, params=[True, False], ids=["on", "off"])
def before(request: pytest.FixtureRequest) -> Iterator[bool]:
    """Run each test with the collector on, and with it off."""
    was_on = gc.isenabled()
    (gc.enable if request.param else gc.disable)()
    yield request.param
    (gc.enable if was_on else gc.disable)()


def test_it_is_off_within_and_as_it_was_behind(*, before: bool) -> None:
    with collector_paused():
        assert not gc.isenabled()
        with collector_paused():
            assert not gc.isenabled()
        assert not gc.isenabled()
    assert gc.isenabled() is before


def test_it_is_as_it_was_behind_an_exception(*, before: bool) -> None:
    with pytest.raises(ValueError, match="wrong"), collector_paused():
        raise ValueError("wrong")
    assert gc.isenabled() is before


def test_a_command_leaves_it_as_it_was(
    capsys: pytest.CaptureFixture[str], *, before: bool
) -> None:
    assert main(["explain", "GC301"]) == 0
    assert gc.isenabled() is before
    assert capsys.readouterr().out
