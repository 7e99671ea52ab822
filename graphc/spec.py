"""A spec as an object: the compiler for Python."""

import os
from collections.abc import Collection
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from graphc.diagnostics import Diagnostic, render_text
from graphc.infer import Intake, Sized, intake
from graphc.lang import Size
from graphc.pipeline.check import Checked, check
from graphc.pipeline.files import MERMAID, drawing_file, module_file, type_of
from graphc.pipeline.output import write_file
from graphc.pipeline.verdict import failed
from graphc.record import record

if TYPE_CHECKING:
    from torch import nn

    from graphc.pipeline.verify import Verified
    from graphc.tables import Summary
    from graphc.weights import Comparison

PurposeName = Literal["training", "inference", "inference-cpu"]
FileType = Literal["svg", "png", "pdf", "dot", "mermaid"]


class SpecError(Exception):
    """What was asked cannot be done because of mistakes in the spec, or around it.

    ``findings`` has them as data; the text is the report as the command prints it.
    """

    def __init__(self, findings: tuple[Diagnostic, ...]) -> None:
        super().__init__(render_text(findings))
        self.findings = findings


@record
class _Request:
    """What was asked to be read."""

    path: str | os.PathLike[str]
    import_root: str | os.PathLike[str] | None
    only: Collection[str]
    model: str | None

    def check(self) -> Checked:
        return check(self.path, self.import_root, self.only, model=self.model)


class Spec:
    """A spec that was read and checked, with or without errors."""

    def __init__(self, request: "_Request") -> None:
        self._request = request
        self._checked = request.check()

    @property
    def file(self) -> str:
        """The file it was read from."""
        return self._checked.file

    @property
    def ok(self) -> bool:
        """Whether it has no errors; it may have warnings."""
        return self._checked.ok

    @property
    def checked(self) -> str:
        """What was checked: ``78 sizes in 7 graphs, 24 instances``."""
        return self._checked.summary

    @property
    def sized(self) -> Sized:
        """The network with all sizes; raises SpecError if it could not be read."""
        return _sized(self._checked)

    def check(self) -> tuple[Diagnostic, ...]:
        """Return all findings, in the order of the text."""
        return self._checked.findings

    def fix(self, *, annotate: bool = False) -> "Spec":
        """Write the right size where a size is surely wrong; return the spec as it is.

        With ``annotate`` the sizes that are missing on edges are written too, if there
        are no errors. All else of the file stays byte for byte, and files that it
        imports stay as they are. Raises SpecError if the file cannot be written.
        """
        fixing = import_module("graphc.pipeline.fix")
        (fixed,) = fixing.fix(
            [self.file], annotate=annotate, import_root=self._request.import_root
        )
        problem = fixing.write_fixed(fixed)
        if problem is not None:
            raise SpecError((problem,))
        return Spec(self._request)

    def code(self, purpose: PurposeName = "training") -> str:
        """Return the PyTorch module as text; raises SpecError if there are errors.

        For inference it is that of the network rewritten to do the same with less work,
        with a class method ``from_trained(state_dict)``.
        """
        sized = self._sound(code=True)
        building = import_module("graphc.pipeline.build")
        wanted = import_module("graphc.emit.torch").Purpose(purpose)
        return str(building.build(sized, self._checked.whole, wanted).text)

    def build(
        self,
        output: str | os.PathLike[str] | None = None,
        *,
        purpose: PurposeName = "training",
    ) -> Path:
        """Write the PyTorch module and return its file.

        By default it is ``generated/NAME.py`` in the current directory, and for
        inference ``generated/NAME_inference.py``. Raises SpecError for a spec with
        errors, or if the file cannot be written.
        """
        path = output if output is not None else module_file(self.file, purpose)
        return self._write(Path(path), self.code(purpose).encode())

    def render(
        self,
        output: str | os.PathLike[str] | None = None,
        *,
        file_type: FileType | None = None,
        module: str | None = None,
        unroll: bool = False,
        timeout: float = 60.0,
    ) -> Path:
        """Draw the network and return the file: SVG, PNG, PDF, DOT or Mermaid.

        The overview with its modules below it, one ``module`` alone, or every instance
        where it stands (``unroll``, not as Mermaid). ``file_type`` is told by the name
        of ``output`` where it is not given; as ``X.mmd`` each module has a file of its
        own beside it. A spec with wrong sizes is drawn too. What cannot be laid out in
        ``timeout`` seconds is folded, as its caption then tells. Raises SpecError if it
        cannot be drawn or written, KeyError for a module that is not there.
        """
        kind = file_type or type_of(output)
        whole = module is None
        sized = _sized(self._checked.with_model() if whole else self._checked)
        if kind == MERMAID:
            return self._render_diagrams(sized, output, module, unroll=unroll)
        rendering = import_module("graphc.pipeline.render")
        level, part = rendering.level_of(sized, module, unroll=unroll)
        picture = rendering.render(sized, level, kind, timeout=timeout)
        if isinstance(picture, Diagnostic):
            raise SpecError((picture,))
        path = output if output is not None else drawing_file(self.file, kind, part)
        return self._write(Path(path), picture.data)

    def _render_diagrams(
        self,
        sized: Sized,
        output: str | os.PathLike[str] | None,
        module: str | None,
        *,
        unroll: bool,
    ) -> Path:
        if unroll:
            message = "Mermaid has each module in a diagram of its own"
            raise ValueError(message)
        part = "" if module is None else f"-{module}"
        first = drawing_file(self.file, MERMAID, part) if output is None else output
        writing = import_module("graphc.pipeline.diagrams")
        drawn = writing.mermaid(sized, module, Path(first))
        paths = [self._write(page.file, page.data) for page in drawn.pages]
        return paths[0]

    def state_dict_shapes(self) -> dict[str, tuple[Size, ...]]:
        """Return the shape of every tensor of the module's ``state_dict``, by its key.

        In the order of the ``state_dict``, at the defaults of the parameters; without
        torch. Raises SpecError for a spec with errors.
        """
        emitting = import_module("graphc.emit.torch")
        sized = self._sound(code=True)
        tensors = emitting.state(sized, emitting.drafts(sized))
        return {tensor.key: tensor.shape for tensor in tensors}

    def summary(self, depth: int | None = None) -> "Summary":
        """Return the network node by node: sizes, costs and receptive fields.

        ``depth`` is how many levels of modules are opened, None for all. Raises
        SpecError for a spec with errors. Needs no torch.
        """
        tables = import_module("graphc.tables")
        summary: Summary = tables.summarize(self._sound(), depth)
        return summary

    def sizes(self) -> Intake:
        """Return for which sizes of its inputs the model works, found by solving.

        Raises SpecError for a spec with errors. Needs no torch.
        """
        return intake(self._sound())

    def weights(self, path: str | os.PathLike[str]) -> "Comparison":
        """Return how a checkpoint's keys and sizes compare with the module's.

        Raises SpecError for a spec with errors, and for a file that is no checkpoint.
        Needs torch, but for safetensors.
        """
        weights = import_module("graphc.weights")
        emitting = import_module("graphc.emit.torch")
        sized = self._sound(code=True)
        found = weights.read_checkpoint(path)
        if isinstance(found, Diagnostic):
            raise SpecError((found,))
        tensors = emitting.state(sized, emitting.drafts(sized))
        compared: Comparison = weights.compare(
            tensors, sized.network.meta.checkpoint, found
        )
        return compared

    def verify(self) -> "Verified":
        """Run the module without data and compare every size with the inferred one.

        Raises SpecError for a spec with errors. Needs torch.
        """
        verified: Verified = import_module("graphc.pipeline.verify").verify(
            self._sound(code=True)
        )
        return verified

    def module(self, **parameters: object) -> "nn.Module":
        """Return a ready instance of the network, with values for its parameters.

        Raises SpecError for a spec with errors. Needs torch.
        """
        loading = import_module("graphc.emit.torch.load")
        made: nn.Module = loading.module(self._sound(code=True), **parameters)
        return made

    def _sound(self, *, code: bool = False) -> Sized:
        checked = self._checked.with_code() if code else self._checked.with_model()
        if failed(checked.findings):
            raise SpecError(checked.findings)
        return _sized(checked)

    def _write(self, path: Path, data: bytes) -> Path:
        problem = write_file(path, data, *self._checked.sources)
        if problem is not None:
            raise SpecError((problem,))
        return path


def _sized(checked: Checked) -> Sized:
    if checked.sized is None:
        raise SpecError(checked.findings)
    return checked.sized


def load(
    path: str | os.PathLike[str],
    *,
    import_root: str | os.PathLike[str] | None = None,
    only: Collection[str] = (),
    model: str | None = None,
) -> Spec:
    """Read and check a spec; ``-`` is standard input. Mistakes raise nothing here.

    ``path`` may be a Markdown document or a Mermaid diagram (``.md``, ``.mmd``); of one
    that draws several networks ``model`` names the one that is meant.

    ``import_root`` is the folder whose files it may import: by default the nearest
    around the spec with a ``pyproject.toml`` or ``.git``, or the spec's own. With
    ``only`` the model has these of its outputs alone, and what leads to them.
    """
    return Spec(_Request(path, import_root, only, model))
