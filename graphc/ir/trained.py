"""Where the weights of a rewritten network come from: layers of the trained one."""

from typing import TYPE_CHECKING, TypeAlias

from graphc.record import record

if TYPE_CHECKING:
    from graphc.ir.term import Term


@record(eq=False)
class Kept:
    """All that one layer, or one use of a module, of the trained network holds.

    ``path`` are terms of the trained network: uses of modules from the outside in,
    each within the module that the one before it uses, and last the layer itself.
    """

    path: "tuple[Term, ...]"


@record(eq=False)
class Folded:
    """A layer's weight and bias with a batch normalization in them.

    With gamma and beta as what is learnt (1 and 0 if it is not ``affine``), mean and
    var as what is kept of the training, and scale = gamma / sqrt(var + eps), of a norm
    behind the layer:

        weight' = scale * weight for each output channel
        bias' = scale * (bias - mean) + beta

    and of one ``before`` it, where no padding shows the layer what the norm never saw:

        weight' = scale * weight for each input channel
        bias' = bias + the sum of weight * (beta - scale * mean) over all that it sees

    A layer without a ``bias`` of its own counts as one whose bias is 0.

    A convolution that is ``transposed`` has its input channels first, as torch has it;
    the channels of ``groups`` groups are told by torch's own layout.
    """

    layer: "Trained"
    norm: "Trained"
    eps: float
    bias: bool
    affine: bool = True
    before: bool = False
    transposed: bool = False
    groups: int = 1


@record(eq=False)
class Joined:
    """Weights, and biases, of layers one behind the other along the output channels."""

    parts: "tuple[Trained, ...]"


@record(eq=False)
class BiasOf:
    """The bias of a layer, as a tensor of ``dims`` dims, of which the first is its own.

    The others have a size of 1, so that it can be added to each place of a map.
    """

    layer: "Trained"
    dims: int


@record(eq=False)
class Unbiased:
    """The weight of a layer, and zeros for a bias, whether it has one or not."""

    layer: "Trained"


def weights_of(term: "Term") -> "Trained":
    """Return where the weights of a term come from: by default from itself."""
    return term.trained or Kept((term,))


Trained: TypeAlias = Kept | Folded | Joined | BiasOf | Unbiased
"""How what a term holds follows from the trained network."""
