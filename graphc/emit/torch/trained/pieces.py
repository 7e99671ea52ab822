"""The classes and functions by which a generated file takes trained weights.

Graphc does not import this file: a generated file has a copy of what it needs of it. It
is Python so that it is checked and tested as such.
"""

import re
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import torch
from torch import Tensor, nn


class Rule(ABC):
    """What a layer is made of, by the names of layers of the trained network."""

    @abstractmethod
    def keys(self, own: Sequence[str]) -> list[str]:
        """Return the keys of the trained tensors that make the layer's own."""

    @abstractmethod
    def tensors(
        self, own: Sequence[str], take: Callable[[str], Tensor]
    ) -> dict[str, Tensor]:
        """Return the layer's own tensors; ``take`` gives a trained one."""


@dataclass(frozen=True)
class Same(Rule):
    """A layer as it was trained."""

    layer: str

    def keys(self, own: Sequence[str]) -> list[str]:
        return [joined(self.layer, key) for key in own]

    def tensors(
        self, own: Sequence[str], take: Callable[[str], Tensor]
    ) -> dict[str, Tensor]:
        return {key: take(joined(self.layer, key)).clone() for key in own}


@dataclass(frozen=True)
class Fold(Rule):
    """A layer that takes in the batch normalization behind it, or before it.

    ``bias`` tells whether it was trained with a bias, ``affine`` whether the
    normalization learnt a scale and a shift.
    """

    layer: Rule
    norm: str
    eps: float
    bias: bool = False
    affine: bool = True
    before: bool = False
    transposed: bool = False
    groups: int = 1

    def keys(self, own: Sequence[str]) -> list[str]:
        names = ["running_mean", "running_var", "weight", "bias"]
        norm = [f"{self.norm}.{name}" for name in names[: 4 if self.affine else 2]]
        return [*self.layer.keys(self.trained(own)), *norm]

    def tensors(
        self, own: Sequence[str], take: Callable[[str], Tensor]
    ) -> dict[str, Tensor]:
        layer = self.layer.tensors(self.trained(own), take)
        dtype = layer["weight"].dtype
        scale, shift = self.scale_and_shift(take)
        weight = layer["weight"].double()
        weight = weight.reshape(self.groups, -1, *weight.shape[1:])
        # The channels that the normalization sees; transposed, the inputs come first.
        seen = [self.groups, *[1] * (weight.dim() - 1)]
        seen[2 if self.before != self.transposed else 1] = -1
        bias = layer["bias"].double() if self.bias else shift.new_zeros(1)
        if self.before:
            bias = bias + (weight * shift.reshape(seen)).flatten(2).sum(dim=2).flatten()
        else:
            bias = bias * scale + shift
        weight = (weight * scale.reshape(seen)).flatten(0, 1)
        made = {"weight": weight.to(dtype), "bias": bias.to(dtype)}
        return {key: made[key] for key in own}

    def trained(self, own: Sequence[str]) -> list[str]:
        """Return which tensors the layer was trained with."""
        return [*(key for key in own if key != "bias"), *["bias"] * self.bias]

    def scale_and_shift(self, take: Callable[[str], Tensor]) -> tuple[Tensor, Tensor]:
        """Return by what the normalization multiplies, and what it adds then."""
        mean = take(f"{self.norm}.running_mean").double()
        scale = (take(f"{self.norm}.running_var").double() + self.eps).rsqrt()
        if not self.affine:
            return scale, -scale * mean
        scale = scale * take(f"{self.norm}.weight").double()
        return scale, take(f"{self.norm}.bias").double() - scale * mean


@dataclass(frozen=True)
class Join(Rule):
    """Layers whose output channels follow one another."""

    parts: Sequence[Rule]

    def keys(self, own: Sequence[str]) -> list[str]:
        return [key for part in self.parts for key in part.keys(own)]

    def tensors(
        self, own: Sequence[str], take: Callable[[str], Tensor]
    ) -> dict[str, Tensor]:
        parts = [part.tensors(own, take) for part in self.parts]
        return {key: torch.cat([part[key] for part in parts]) for key in own}


@dataclass(frozen=True)
class Bias(Rule):
    """The bias of a layer as a tensor of ``dims`` dims, all but the first of size 1."""

    layer: Rule
    dims: int

    def keys(self, own: Sequence[str]) -> list[str]:
        return [key for _ in own for key in self.layer.keys(["weight", "bias"])]

    def tensors(
        self, own: Sequence[str], take: Callable[[str], Tensor]
    ) -> dict[str, Tensor]:
        bias = self.layer.tensors(["weight", "bias"], take)["bias"]
        return {key: bias.reshape(-1, *[1] * (self.dims - 1)) for key in own}


@dataclass(frozen=True)
class Unbiased(Rule):
    """A layer with zeros for its bias."""

    layer: Rule

    def keys(self, own: Sequence[str]) -> list[str]:
        return self.layer.keys([key for key in own if key != "bias"])

    def tensors(
        self, own: Sequence[str], take: Callable[[str], Tensor]
    ) -> dict[str, Tensor]:
        made = self.layer.tensors([key for key in own if key != "bias"], take)
        return {**made, "bias": made["weight"].new_zeros(len(made["weight"]))}


def trained_state(
    network: nn.Module, trained: Mapping[str, Tensor], unused: tuple[str, ...] = ()
) -> dict[str, Tensor]:
    """Return the state of a network, made of that of the trained one.

    Keys that begin with a text that is ``unused`` may be there and are not read. Raises
    ValueError, with the keys, for the state of another network.
    """
    counters = "num_batches_tracked"  # of no use in evaluation, and not in all files
    state = {k: v for k, v in network.state_dict().items() if k.endswith(counters)}
    wrong: list[str] = []
    read: set[str] = set()
    for name, own, path, rule in layers_of(network):
        keys = [joined(path, key) for key in rule.keys([*own])]
        read.update(keys)
        missing = [key for key in keys if key not in trained]
        if missing:
            wrong += [f"{key} is missing" for key in missing]
            continue
        made, problem = made_of(rule, own, path, trained)
        state.update({joined(name, key): tensor for key, tensor in made.items()})
        wrong += [f"{', '.join(keys)}: {problem}"] if problem else []
    for key in trained:
        if (
            key not in read
            and not key.startswith(unused)
            and not key.endswith(counters)
        ):
            wrong.append(f"{key} is not one of its keys")
    if wrong:
        name = type(network).__name__
        raise ValueError(f"not the state of a trained {name}: {'; '.join(wrong)}")
    return state


def made_of(
    rule: Rule, own: Mapping[str, Tensor], path: str, trained: Mapping[str, Tensor]
) -> tuple[dict[str, Tensor], str]:
    """Return the tensors of a layer, and what is wrong with their sizes, if any is."""
    try:
        made = rule.tensors([*own], lambda key: trained[joined(path, key)])
    except RuntimeError:
        return {}, "these sizes do not fit together"
    for key, tensor in made.items():
        if tensor.shape != own[key].shape:
            sizes = f"{tuple(tensor.shape)}, not {tuple(own[key].shape)}"
            return made, f"gives {key or 'a tensor'} of {sizes}"
    return made, ""


def layers_of(
    module: nn.Module, name: str = "", path: str = "", rule: Rule | None = None
) -> Iterator[tuple[str, dict[str, Tensor], str, Rule]]:
    """Yield what each module holds itself, by the name of the module.

    With it come the rule of the module and the trained path that it is from. A tensor
    that has a rule for itself is as a module that holds one without a name.
    """
    rule = rule or Same("")
    table: Mapping[str, Rule] = getattr(module, "TRAINED", {})
    rules = table if isinstance(rule, Same) else {}
    own = tensors_in(module)
    yield name, {key: own[key] for key in own if key not in rules}, path, rule
    if isinstance(rule, Same):
        inside = joined(path, rule.layer)
        for key in own:
            if key in rules:
                yield joined(name, key), {"": own[key]}, inside, rules[key]
        for part, layer in parts_of(module):
            its = rules.get(part, Same(part))
            yield from layers_of(layer, joined(name, part), inside, its)


def parts_of(module: nn.Module, name: str = "") -> Iterator[tuple[str, nn.Module]]:
    """Yield what stands in a module by its name there, rows opened."""
    for part, layer in module.named_children():
        if type(layer) in {nn.Sequential, nn.ModuleList}:
            yield from parts_of(layer, joined(name, part))
        else:
            yield joined(name, part), layer


def tensors_in(module: nn.Module) -> dict[str, Tensor]:
    """Return what a module holds itself, without what only counts batches."""
    state = module.state_dict(keep_vars=True)
    return {
        key: tensor
        for key, tensor in state.items()
        if "." not in key and key != "num_batches_tracked"
    }


def joined(*names: str) -> str:
    """Return names as a path of modules."""
    return ".".join(name for name in names if name)


def own_names(
    network: nn.Module,
    checkpoint: Mapping[str, Tensor],
    key_of: Callable[[str], str],
    unused: Sequence[str] = (),
) -> Mapping[str, Tensor]:
    """Return the tensors of a checkpoint as the trained network calls them.

    ``key_of`` tells how the checkpoint calls what the network does, ``unused`` which of
    its keys are of no use: patterns.
    """
    ignored = [re.compile(rf"{pattern}(?![^.])") for pattern in unused]
    given = {
        key: tensor
        for key, tensor in checkpoint.items()
        if not any(pattern.match(key) for pattern in ignored)
    }
    own = {
        joined(path, key)
        for _, held, path, rule in layers_of(network)
        for key in rule.keys([*held])
    }
    names = {key_of(key): key for key in own}
    if not (names.keys() - own) & given.keys():
        return given
    return {names.get(key, key): tensor for key, tensor in given.items()}
