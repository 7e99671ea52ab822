"""The sweep over shapes finds what the work-list finds, which has all the reasons."""

import random
import re
from pathlib import Path

import pytest

from graphc.diagnostics import Sink
from graphc.frontend import elaborate
from graphc.infer.cells import Reason
from graphc.infer.planning import Planner
from graphc.infer.session import defaults
from graphc.infer.solution import Solution
from graphc.infer.solve import Solver, Work
from graphc.ir import Network
from graphc.source import Source

ROOT = Path(__file__).parents[2]
SPECS = [
    *sorted((ROOT / "specs").glob("*.yaml")),
    *sorted((ROOT / "tests" / "cases").glob("*.yaml")),
]
_NUMBER = re.compile(r"(?<![\w.])\d+(?![\w.])")


def network(text: str) -> Network | None:
    return elaborate(Source("spec.yaml", text), Sink())


def damaged(text: str, chance: random.Random) -> str:
    """Return a text with two of its numbers changed and some sizes left out."""
    numbers = list(_NUMBER.finditer(text))
    places = chance.sample(numbers, 2) if len(numbers) > 2 else []
    for found in sorted(places, key=lambda one: -one.start()):
        other = int(found[0]) + chance.choice([-1, 1, 2])
        text = f"{text[: found.start()]}{max(1, other)}{text[found.end() :]}"
    lines = [
        re.sub(r": [\w*()/+ -]+$", "", line)
        if "->" in line and chance.random() < 0.3
        else line
        for line in text.split("\n")
    ]
    return "\n".join(lines)


def told(solution: Solution) -> list[object]:
    """Return all that is known of an instance and of those behind its uses."""
    return [
        (
            one.plan.name,
            one.shapes,
            one.free,
            {
                use.node.name: [run.count for run in runs]
                for use, runs in one.runs.items()
            },
            {
                (clash.step, clash.code, clash.held, clash.found)
                for clash in one.clashes
            },
            [clash.step for clash in one.warnings],
            [(each.step, each.message, each.natural) for each in one.demands],
            sorted(fault.message for fault in one.faults),
            one.filled,
        )
        for one in solution.distinct()
    ]


def reasons(solution: Solution) -> list[list[object]]:
    """Return the reasons for all that is known of the tensors of an instance."""
    cells = {
        id(cell): (number, axis)
        for number, slot in enumerate(solution.slots)
        for axis, cell in enumerate(slot.dims or ())
    }

    def chain(why: Reason | None) -> list[object]:
        found: list[object] = []
        while why is not None:
            sources = [cells.get(id(cell), "a free dim") for cell in why.sources]
            boundary = why.boundary and (why.boundary.inward, why.boundary.port)
            inside = why.inside and (why.inside.tensor, why.inside.axis)
            text = why.text and why.text()
            found.append((why.step, sources, boundary, inside, text))
            why = why.previous
        return found

    return [
        [chain(slot.why), *(chain(cell.why) for cell in slot.dims or ())]
        for slot in solution.slots
    ]


@pytest.mark.parametrize("path", SPECS, ids=lambda path: path.stem)
def test_the_sweep_finds_what_the_work_list_finds(path: Path) -> None:
    chance = random.Random(path.stem)
    text = path.read_text(encoding="utf-8")
    for changed in (text, damaged(text, chance)):
        given = network(changed)
        if given is None:
            continue
        plan = Planner(given).model()
        ends = [None] * len(plan.inputs), [None] * len(plan.outputs)
        places = sorted(plan.places, key=lambda place: place.span.start)
        few = frozenset(chance.sample(places, min(2, len(places))))
        for relaxed in (frozenset(), few):
            swept, reasoned = (
                Solver(relaxed, Work(reasons=reasons)).solve(
                    plan, defaults(given.model), *ends, assuming=True
                )
                for reasons in (False, True)
            )
            assert told(swept) == told(reasoned)
            assert told(swept.explained) == told(reasoned)
            assert reasons(swept) == reasons(reasoned)


def test_reasons_are_found_when_they_are_asked_for() -> None:
    given = network(
        "graphc: 1\nmodel: M\nnodes: {image: Input, conv: Conv 4 k=3, act: ReLU}\n"
        "edges: [image -> conv: 3*9*9, conv -> act]\n"
    )
    assert given is not None
    plan = Planner(given).model()
    solution = Solver().solve(plan, {}, [None], [None], assuming=True)
    (tensor,) = plan.outputs
    assert solution.shapes[tensor] == (4, 7, 7)
    dims = solution.slots[tensor].dims
    assert dims is not None
    assert dims[1].why is not None
    source = dims[1].why.sources[0].why
    assert source is not None
    assert source.text is not None
    assert source.text() == "(9 + 2*0 - 3)//1 + 1 = 7"
