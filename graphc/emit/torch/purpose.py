"""What a file is built for."""

from enum import Enum


class Purpose(Enum):
    """What a generated file is for; the value is what ``--for`` calls it."""

    TRAINING = "training"
    INFERENCE = "inference"
    INFERENCE_CPU = "inference-cpu"

    @property
    def for_inference(self) -> bool:
        """Whether it is for evaluation alone, with weights that were trained."""
        return self is not Purpose.TRAINING
