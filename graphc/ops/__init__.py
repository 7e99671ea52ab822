"""Every op of the language, one file a family."""

from graphc.ir import Op, by_name
from graphc.ops.activation import ACTIVATION
from graphc.ops.attention import ATTENTION
from graphc.ops.conv import CONV
from graphc.ops.data import DATA
from graphc.ops.embedding import EMBEDDING
from graphc.ops.linear import LINEAR
from graphc.ops.merge import MERGE
from graphc.ops.norm import NORM
from graphc.ops.pad import PAD
from graphc.ops.parameter import PARAMETER
from graphc.ops.permute import PERMUTE
from graphc.ops.pool import POOL
from graphc.ops.regularization import REGULARIZATION
from graphc.ops.reshape import RESHAPE
from graphc.ops.resize import RESIZE
from graphc.ops.response import RESPONSE
from graphc.ops.select import SELECT
from graphc.ops.split import SPLIT

OPS: tuple[Op, ...] = (
    *DATA,
    *CONV,
    *POOL,
    *NORM,
    *RESPONSE,
    *ACTIVATION,
    *LINEAR,
    *ATTENTION,
    *EMBEDDING,
    *MERGE,
    *SPLIT,
    *SELECT,
    *RESHAPE,
    *PERMUTE,
    *RESIZE,
    *PAD,
    *REGULARIZATION,
    *PARAMETER,
)
_BY_NAME = by_name(OPS)
OP_NAMES: tuple[str, ...] = tuple(_BY_NAME)


def find(name: str) -> Op | None:
    """Return the op with that name or alias."""
    return _BY_NAME.get(name)


__all__ = ["OPS", "OP_NAMES", "find"]
