"""What a checkpoint holds, compared with what a model's ``state_dict`` takes."""

from graphc.weights.checkpoint import Checkpoint
from graphc.weights.compare import Comparison, Pair, compare
from graphc.weights.mapped import check_map
from graphc.weights.propose import Proposal, proposal_json, proposal_text, propose
from graphc.weights.read import read_checkpoint
from graphc.weights.text import as_json, as_text

__all__ = [
    "Checkpoint",
    "Comparison",
    "Pair",
    "Proposal",
    "as_json",
    "as_text",
    "check_map",
    "compare",
    "proposal_json",
    "proposal_text",
    "propose",
    "read_checkpoint",
]
