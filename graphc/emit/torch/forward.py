"""The method ``forward``, line by line."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from graphc.emit.torch.blueprint import OpItem
from graphc.emit.torch.code import flat, lines, replaced
from graphc.emit.torch.merge import parts
from graphc.emit.torch.nodes import Action, Slot
from graphc.emit.torch.text import WIDTH
from graphc.emit.torch.values import Port, Values
from graphc.ir import Call, Code, Family, Form, Index, Infix, Input, Items, Node, Word
from graphc.lang import Dim
from graphc.record import record

INDENT = 8
"""The blanks before a line of a method."""


DEPTH = 3
"""How many calls may stand in each other."""


@record
class Step:
    """A node in ``forward``: its actions, and what is said of each output."""

    node: Node
    actions: tuple[Action, ...]
    comments: tuple[str, ...]
    name: str | None = None


@record
class Pending:
    """A step that is not written yet, since the next may take its code in."""

    step: Step
    code: Code


@dataclass(slots=True)
class Writer:
    """The lines of ``forward``: one for each node.

    A norm stands in one line with the convolution or linear layer it belongs to.

    ``attribute`` names the attribute at a slot, ``size`` writes a size that is not a
    number. With ``observed`` every value is handed to ``_observed`` as it is made. The
    inputs ``maps`` have their channels put last; with ``frees`` a variable is deleted
    where it would hold a tensor that nobody needs.
    """

    values: Values
    attribute: Callable[[Slot], str]
    size: Callable[[Dim], Word]
    observed: bool = False
    maps: Sequence[str] = ()
    frees: bool = False
    lines: list[str] = field(default_factory=list)
    pending: Pending | None = None
    done: list[str] = field(default_factory=list)

    def inputs(self, names: Sequence[str]) -> None:
        """Hand the inputs to the observer, and lay out those that are maps."""
        for name, variable in zip(names, self.values.arguments, strict=True):
            if self.observed:
                self._put("", self._seen(name, Word(variable)), "")
            if name in self.maps:
                last = ("memory_format", Word("torch.channels_last"))
                code = Call(Word(f"{variable}.contiguous"), (), (last,))
                self._put(f"{self.values.convert(name)} = ", code, "")

    def step(
        self, step: Step, *, returns: bool = False, then: Step | None = None
    ) -> None:
        """Write a node; with ``returns`` its value is returned.

        ``then`` is the next. A step with a ``name`` of its own is not observed: it is
        less than the node.
        """
        if self.values.is_held(step.node):
            self._hold(step)
            return
        code = self._with_pending(step)
        if code is None:
            code = self._evaluated(step, list(map(Word, self.values.into(step.node))))
        if returns:
            self._return(step, code)
        elif then is not None and self._belongs(step, then):
            self.pending = Pending(step, code)
        else:
            self._assign(step, code)
        if self.frees:
            self._free(step.node)

    def _free(self, node: Node) -> None:
        """Delete what nobody needs any more, once the line of a node is written."""
        self.done += self.values.done(node)
        if self.pending is None and self.done:
            self.lines.append(f"{' ' * INDENT}del {', '.join(self.done)}")
            self.done.clear()

    def _evaluated(self, step: Step, taken: list[Code]) -> Code:
        """Return what the actions of a node make of its inputs."""
        target = self._target(step.node)
        for number, action in enumerate(step.actions):
            last = number == len(step.actions) - 1
            taken = [self._applied(action, taken, target, last=last)]
        return taken[0]

    def _with_pending(self, step: Step) -> "Code | None":
        """Return a node's code around that of the node before, which is pending.

        Where both make no line together, the node before is written; None then.
        """
        if self.pending is None:
            return None
        before, self.pending = self.pending, None
        start = len(self.lines)
        code = self._evaluated(step, [before.code])
        line = f"{self._target(step.node)}: Tensor = {flat(code)}  # {step.comments[0]}"
        if len(self.lines) == start and INDENT + len(line) <= WIDTH:
            return code
        del self.lines[start:]
        self._assign(before.step, before.code)
        return None

    def _belongs(self, step: Step, then: Step) -> bool:
        """Whether a norm comes next that is for this layer alone."""
        families = _family(step.actions[-1]), _family(then.actions[0])
        return (
            not self.observed
            and families[0] in {Family.CONVOLUTION, Family.LINEAR}
            and families[1] is Family.NORMALIZATION
            and self.values.is_handed_on(step.node, then.node)
            and step.comments == then.comments
        )

    def _hold(self, step: Step) -> None:
        """Hand to the observer what is read where it stands."""
        if self.observed:
            value = self._applied(step.actions[0], [], "", last=True)
            self._put("", self._seen(step.node.name, value), "")

    def give(self, variables: Sequence[str]) -> None:
        """Return variables: one, or several as a tuple."""
        line = f"{' ' * INDENT}return {', '.join(variables)}"
        if len(line) > WIDTH and len(variables) > 1:
            whole = Items(tuple(map(Word, variables)), bracket=False)
            self.lines += lines(whole, INDENT, "return ")
        else:
            self.lines.append(line)

    def apply(self, step: Step, code: Code) -> None:
        """Return what the actions of a node make of a tensor."""
        for action in step.actions:
            code = self._applied(action, [code], "x", last=True)
        seen = self._seen(step.node.name, code)
        self._put("return ", seen, step.comments[0])

    def _target(self, node: Node) -> str:
        outputs = self.values.outputs(node)
        return self.values[Port(node.name, outputs[0])]

    def _assign(self, step: Step, code: Code) -> None:
        name = step.node.name
        outputs = self.values.outputs(step.node)
        count = step.actions[-1].outputs
        comment = ", ".join(step.comments[output] for output in outputs)
        if count == 1 or len(outputs) == 1:
            if count != 1:
                code = Index(code, (outputs[0],))
            target = self.values[Port(name, outputs[0])]
            if code == Word(target) and not self.observed:
                return
            self._put(f"{target} = ", self._seen(name, code, outputs[0]), comment)
            return
        total = count or outputs[-1] + 1
        targets = [
            self.values[Port(name, output)] if output in outputs else "_"
            for output in range(total)
        ]
        if count is None:
            targets.append("*_")
        self._put(f"{', '.join(targets)} = ", code, comment)
        if self.observed:
            for output in outputs:
                variable = Word(self.values[Port(name, output)])
                self._put("", self._seen(name, variable, output), "")

    def _return(self, step: Step, code: Code) -> None:
        if step.actions[-1].outputs != 1:
            code = Index(code, (0,))
        seen = code if step.name else self._seen(step.node.name, code)
        comment = step.comments[0]
        if self._is_tensor(code) or isinstance(code, Word):
            self._put("return ", seen, comment)
            return
        # A module's call is `Any` to a type checker: the name says what it is.
        name = self.values.name(step.name or step.node.name)
        self._put(f"{name}: Tensor = ", seen, comment)
        self.give([name])

    def _is_tensor(self, code: Code) -> bool:
        """Whether a type checker knows that code gives a tensor."""
        match code:
            case Call(Word(text)):
                return text.startswith(("F.", "torch."))
            case Infix(_, operands):
                return {*operands} <= {*map(Word, self.values.arguments)}
            case _:
                return False

    def _seen(self, node: str, code: Code, output: int = 0) -> Code:
        if not self.observed:
            return code
        return Call(Word("_observed"), (Word("self"), node, output, code))

    def _applied(
        self, action: Action, taken: list[Code], target: str, *, last: bool
    ) -> Code:
        """Return what an action gives; writes lines where one expression is no good."""
        if _changes_nothing(action):
            return taken[0]
        if _is_held(action):
            return self._expanded(action)
        if action.each or action.times is not None:
            return self._loop(action, taken, target)
        template = self._template(action, self._layer(action.slot), len(taken))
        code = _filled(template, taken)
        begun = not isinstance(taken[0], Word)
        if begun and (_count(template, Input(0)) > 1 or not _readable(code, target)):
            self._put(f"{target} = ", taken[0], "")
            code = _filled(template, [Word(target)])
        return code if last or action.outputs == 1 else Index(code, (0,))

    def _loop(self, action: Action, taken: list[Code], target: str) -> Code:
        """Write a loop over layers or over a function; return the variable it fills."""
        if taken[0] != Word(target):
            self._put(f"{target} = ", taken[0], "")
        blanks = " " * INDENT
        layer = Word("_")
        if action.each:
            layer = Word(self.values.name("layer"))
            self.lines.append(f"{blanks}for {layer.text} in {self._slot(action.slot)}:")
        else:
            count = replaced(action.times, self._sized)
            loop = Call(Word("range"), (count,))
            self.lines += lines(loop, INDENT, "for _ in ", ":")
        code = _filled(self._template(action, layer, 1), [Word(target)])
        self.lines += lines(code, INDENT + 4, f"{target} = ")
        return Word(target)

    def _expanded(self, action: Action) -> Code:
        """Return a learned tensor for the whole batch, which any input tells."""
        item = action.item
        dims = item.form.arguments if isinstance(item, OpItem) else ()
        batch = Index(Word(f"{self.values.arguments[0]}.shape"), (0,))
        expand = Word(f"{self._slot(action.slot)}.expand")
        return Call(expand, (batch, *(code for _, code in dims)))

    def _template(self, action: Action, layer: Word, inputs: int) -> Code:
        """Return the code of an action, with ``Input`` where its tensors go."""
        item = action.item
        form = item.form if isinstance(item, OpItem) else Form()
        if action.slot is None:
            return replaced(form.function, self._sized)
        keywords: tuple[tuple[str, Code], ...] = form.arguments
        if not keywords:
            keywords = tuple(("", Input(number)) for number in range(inputs))
        if form.before is not None:
            before = form.before
            keywords = tuple(
                (name, before if code == Input(0) else code) for name, code in keywords
            )
        call = replaced(Call(layer, (), keywords), self._sized)
        return call if form.select is None else Index(call, (form.select,))

    def _layer(self, slot: Slot | None) -> Word:
        return Word("") if slot is None else Word(self._slot(slot))

    def _slot(self, slot: Slot | None) -> str:
        if slot is None:
            return ""
        index = "" if slot.index is None else f"[{slot.index}]"
        return f"self.{self.attribute(slot)}{index}"

    def _sized(self, code: Code) -> Code:
        return self.size(code) if isinstance(code, Dim) else code

    def _put(self, before: str, code: Code, comment: str) -> None:
        """Add a statement with a comment behind it, or above where that is too wide."""
        found = lines(code, INDENT, before)
        if comment and len(found[-1]) + 4 + len(comment) <= WIDTH:
            found[-1] = f"{found[-1]}  # {comment}"
        elif comment:
            found.insert(0, f"{' ' * INDENT}# {comment}")
        self.lines += found


def _filled(code: Code, taken: Sequence[Code]) -> Code:
    """Return code with the tensors in their places."""

    def put(leaf: Code) -> Code:
        return taken[leaf.index] if isinstance(leaf, Input) else leaf

    return replaced(code, put)


def _count(code: Code, leaf: Code) -> int:
    if code == leaf:
        return 1
    return sum(_count(part, leaf) for part in parts(code))


def _changes_nothing(action: Action) -> bool:
    item = action.item
    bare = isinstance(item, OpItem) and item.form.function == Input(0)
    return action.slot is None and bare


def _is_held(action: Action) -> bool:
    return isinstance(action.item, OpItem) and action.item.form.held


def _readable(code: Code, target: str) -> bool:
    """Whether code is no more than a line, and not too deep to be read."""
    wide = INDENT + len(f"{target}: Tensor = {flat(code)}") > WIDTH
    return not wide and _depth(code) <= DEPTH


def _depth(code: Code) -> int:
    """Return how deep calls stand in each other."""
    return isinstance(code, Call) + max(map(_depth, parts(code)), default=0)


def _family(action: Action) -> Family | None:
    """Return the family of an op that has a layer for itself."""
    alone = action.slot is not None and not action.each and action.times is None
    return action.item.op.family if alone and isinstance(action.item, OpItem) else None
