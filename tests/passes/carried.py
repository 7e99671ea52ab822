"""The weights of a network as those of a rewritten one, worked out anew.

For models without uses of modules: each term is a layer of the model itself, or one
that is repeated and has its node for itself.
"""

import torch
from rewritten import inputs, ready
from torch import Tensor
from torch_specs import sized

from graphc.diagnostics import Sink
from graphc.emit.torch.emit import drafts
from graphc.infer import Sized, infer
from graphc.ir import BiasOf, Joined, Kept, Term, Trained, Unbiased
from graphc.passes.rewriting import Pass

State = dict[str, Tensor]


def largest_difference(rewrite: Pass, text: str) -> float:
    """Return by how much a spec's outputs differ after a pass, with equal weights."""
    before, sink = sized(text), Sink()
    after = infer(rewrite(before).network, sink)
    assert not sink.failed
    original, rewritten = ready(before), ready(after)
    state: State = dict(original.state_dict())
    places = _places(before)
    found: State = {}
    for term, path in _places(after).items():
        trained = term.trained or Kept((term,))
        for key in rewritten.state_dict():
            if key == path:
                found[key] = _weight(trained, "", state, places)
            elif key.startswith(f"{path}."):
                name = key.removeprefix(f"{path}.")
                found[key] = _weight(trained, name, state, places)
    for key, tensor in rewritten.state_dict().items():
        found[key] = found[key].reshape(tensor.shape)
    rewritten.load_state_dict(found)
    taken = inputs(before)
    with torch.no_grad():
        one, other = original(*taken), rewritten(*taken)
    if isinstance(one, Tensor):
        one, other = (one,), (other,)
    return max(float((a - b).abs().max()) for a, b in zip(one, other, strict=True))


def _weight(
    trained: Trained, name: str, state: State, places: dict[Term, str]
) -> Tensor:
    match trained:
        case Kept((term,)):
            path = places[term]
            return state[f"{path}.{name}" if name else path]
        case Joined(parts):
            return torch.cat([_weight(part, name, state, places) for part in parts])
        case BiasOf(layer, _):
            return _weight(layer, "bias", state, places)
        case Unbiased(layer):
            weight = _weight(layer, "weight", state, places)
            return weight if name == "weight" else weight.new_zeros(len(weight))
    raise AssertionError(trained)


def _places(found: Sized) -> dict[Term, str]:
    """Return the path of the layer that each term is."""
    (draft,) = drafts(found)
    places = {}
    for home in draft.homes():
        path = draft.path(home.slot)
        in_a_row = home.behind is not None and not home.part.repeated
        number = (str(len(home.behind or ())),) if in_a_row else ()
        places[home.part.term] = ".".join((*path, *number))
    return places
