"""What a label or a size in a figure says, in the notation of specs."""

from enum import Enum

from graphc.record import record
from graphc.source import Fragment


class Unsaid(Enum):
    """What a label may leave out that a spec has to say; the value is its phrase.

    ``STRIDE`` is of a convolution whose text tells neither, ``PADDING`` of one, or of a
    pool, whose stride is told or is what it always is. ``POOL_STRIDE`` is of a pool.
    """

    POOL_STRIDE = "its stride"
    KERNEL = "its kernel"
    STRIDE = "its stride and padding"
    PADDING = "its padding"
    WIDTH = "its number of outputs"
    OP = "what it does"


@record
class SizeReading:
    """A size in the notation of specs: channels first, without the batch.

    ``fragment`` is ``64*112*112``, each character with the place it comes from. With
    ``last`` the same size may be meant with its channels last, and ``last`` is that
    reading; ``marked`` tells that the text says which it is, and ``fragment`` is right.
    ``without_first`` is the reading without the first dim, where that is 1 and may be
    a batch as well as a channel (``(1, 28, 28)``), else None.
    """

    fragment: Fragment
    last: Fragment | None = None
    marked: bool = False
    without_first: Fragment | None = None


@record
class LabelReading:
    """A label in the notation of specs.

    ``label`` is ``Conv k=3 s=2 ReLU``, each character with the place it comes from;
    None if the text names no op and no module (``reason`` tells why, in words).
    ``size`` is a size that stands in the label: of what the node gives. ``unsaid`` is
    what a spec would have to say and the label does not; ``told`` are remarks on
    readings that are not letter by letter, such as ``a Linear that is not drawn``.
    ``takes`` are the channels or features that the text says come in, an integer, and
    ``source`` the whole size that it says comes in.
    ``sure`` tells that no other than a network's node is called so: the label has an
    argument, a size or a name that only ops have. ``Add``, ``Input`` and ``Split``
    alone are read, and stand in flowcharts of any kind. A text that could not be read
    and begins as a layer all the same ``is_layer``.
    """

    label: Fragment | None
    size: SizeReading | None = None
    unsaid: tuple[Unsaid, ...] = ()
    told: tuple[str, ...] = ()
    reason: str = ""
    takes: Fragment | None = None
    sure: bool = False
    is_layer: bool = False
    source: SizeReading | None = None
