from graphc.emit.torch import Purpose
from graphc.passes import PASSES, WEIGHED
from graphc.pipeline import purposes
from graphc.pipeline.purposes import PURPOSES, REWRITINGS


def test_the_command_line_names_what_modules_are_built_for() -> None:
    assert [purpose.value for purpose in Purpose] == [*PURPOSES]


def test_the_command_line_names_every_pass() -> None:
    assert [*REWRITINGS] == [*PASSES]
    assert [*purposes.WEIGHED] == [*WEIGHED]
