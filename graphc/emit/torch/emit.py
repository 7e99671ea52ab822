"""A network with its sizes becomes a PyTorch file."""

import re

from graphc.emit.torch.checkpoint import functions, imports
from graphc.emit.torch.classes import Draft
from graphc.emit.torch.document import document
from graphc.emit.torch.draft import blueprints
from graphc.emit.torch.plan import ClassPlan, FilePlan
from graphc.emit.torch.render import render
from graphc.infer import Sized


def emit(sized: Sized) -> str:
    """Return a network as a PyTorch file that stands alone.

    The network must have been checked without errors. Equal specs give equal text.
    """
    return written(sized, drafts(sized))


def drafts(sized: Sized) -> tuple[Draft, ...]:
    """Return the classes of a network before their lines, the model last."""
    found = blueprints(sized)
    renames = sized.network.meta.checkpoint is not None
    *others, model = found
    return (
        *(Draft(each, is_model=False) for each in others),
        Draft(model, is_model=True, takes_checkpoint=renames),
    )


def written(sized: Sized, classes: tuple[Draft, ...], *, observed: bool = False) -> str:
    """Return classes as a file.

    With ``observed``, each value passes through ``_observed(module, node, output,
    value)``, which whoever runs the file has to put into it.
    """
    plans = tuple(each.plan(observed=observed) for each in classes)
    known = sized.network.meta.checkpoint
    lines = (*imports(known), *_imports(plans))
    own = () if known is None else tuple(functions(known))
    return render(FilePlan(tuple(document(sized)), lines, plans, own))


def _imports(plans: tuple[ClassPlan, ...]) -> tuple[str, ...]:
    """Return the lines that import what the code uses."""
    code = "\n".join(
        line
        for plan in plans
        for method in plan.methods
        for line in method.body
        if not line.lstrip().startswith("#")
    )
    found = ["import torch"] if re.search(r"(?<![\w.])torch\.", code) else []
    if re.search(r"(?<![\w.])F\.", code):
        found.append("import torch.nn.functional as F")
    return (*found, "from torch import Tensor, nn")
