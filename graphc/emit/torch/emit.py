"""A network with its sizes becomes a PyTorch file."""

import re
from collections.abc import Sequence
from dataclasses import replace

from graphc.emit.torch.channels import has_maps
from graphc.emit.torch.checkpoint import functions, imports
from graphc.emit.torch.classes import Draft
from graphc.emit.torch.document import document
from graphc.emit.torch.draft import blueprints
from graphc.emit.torch.packing import IMPORTS, NAMES, packing, pieces
from graphc.emit.torch.plan import ClassPlan, FilePlan
from graphc.emit.torch.purpose import Purpose
from graphc.emit.torch.render import render
from graphc.emit.torch.thrifty import Thrift
from graphc.emit.torch.trained import RESERVED, Loading
from graphc.infer import Sized


def emit(sized: Sized) -> str:
    """Return a network as a PyTorch file that stands alone.

    The network must have been checked without errors. Equal specs give equal text.
    """
    return written(sized, drafts(sized))


def emit_rewritten(
    sized: Sized,
    trained: Sized,
    purpose: Purpose = Purpose.INFERENCE,
    flags: Sequence[str] = (),
) -> str:
    """Return a network that was rewritten for inference as a file that stands alone.

    ``trained`` is the network it was made of; the file takes the weights of that, and
    tells with which ``flags`` it was rewritten.
    """
    return written(sized, drafts(sized, purpose), trained=trained, flags=flags)


def drafts(sized: Sized, purpose: Purpose = Purpose.TRAINING) -> tuple[Draft, ...]:
    """Return the classes of a network before their lines, the model last."""
    reserved = RESERVED | NAMES if purpose.for_inference else ()
    found = blueprints(sized, reserved)
    maps = purpose.for_inference and has_maps(found)
    if purpose.for_inference:
        found = tuple(map(Thrift().applied, found))
    if purpose is Purpose.INFERENCE_CPU:
        found = tuple(map(packing, found))
    renames = sized.network.meta.checkpoint is not None
    *others, model = found
    return (
        *(Draft(each, is_model=False, purpose=purpose) for each in others),
        Draft(
            model,
            is_model=True,
            purpose=purpose,
            takes_checkpoint=renames and not purpose.for_inference,
            channels_last=maps,
        ),
    )


def written(
    sized: Sized,
    classes: tuple[Draft, ...],
    *,
    observed: bool = False,
    trained: Sized | None = None,
    flags: Sequence[str] = (),
) -> str:
    """Return classes as a file.

    With ``observed``, each value passes through ``_observed(module, node, output,
    value)``, which whoever runs the file has to put into it. With ``trained``, the file
    takes the weights of that network; ``flags`` tell how it was rewritten.
    """
    plans = tuple(each.plan(observed=observed) for each in classes)
    known = sized.network.meta.checkpoint
    if trained is None:
        own = () if known is None else tuple(functions(known))
        lines = (*imports(known), *_imports(plans))
        return render(FilePlan(tuple(document(sized)), lines, plans, own))
    loading = Loading(classes, trained, drafts(trained))
    plans = tuple(
        replace(
            plan,
            attributes=loading.attributes(draft),
            methods=(*plan.methods, *loading.methods(draft)),
        )
        for plan, draft in zip(plans, classes, strict=True)
    )
    about = document(sized, classes[-1].purpose, flags)
    before, after = loading.before(), loading.functions()
    own = loading.imports()
    if classes[-1].purpose is Purpose.INFERENCE_CPU and classes[-1].channels_last:
        before = (*pieces(), "", "", *before)
        own = _in_order(*own, *IMPORTS)
    lines = (*own, *_imports(plans, *before, *after))
    return render(FilePlan(tuple(about), lines, plans, after, before))


def _in_order(*lines: str) -> tuple[str, ...]:
    """Return lines that import from Python itself, as they are sorted."""
    names = filter(None, lines)
    return (*sorted(names, key=lambda line: (line[:5] == "from ", line)), "")


def _imports(plans: tuple[ClassPlan, ...], *others: str) -> tuple[str, ...]:
    """Return the lines that import what the code of classes and other lines uses."""
    methods = (method for plan in plans for method in plan.methods)
    body = (line for method in methods for line in method.body)
    code = "\n".join(
        line for line in (*body, *others) if not line.lstrip().startswith("#")
    )
    found = ["import torch"] if re.search(r"(?<![\w.])torch\.", code) else []
    if re.search(r"(?<![\w.])F\.", code):
        found.append("import torch.nn.functional as F")
    return (*found, "from torch import Tensor, nn")
