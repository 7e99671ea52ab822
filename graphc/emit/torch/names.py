"""Names of a spec as names in Python.

A name that is an ordinary Python name stays as it is, so the keys of a ``state_dict``
are the names in the spec. In any other, each character that an ASCII name cannot hold
becomes ``_``; a name without letters or digits becomes ``node``, one that begins with
a digit gets ``_`` in front. A name that Python, ``nn.Module`` or the file itself uses
gets ``_`` behind, and so does one that is taken; names that need no change go first.
"""

import builtins
import keyword
import re
from collections.abc import Iterable

_MODULE_ATTRIBUTES = """
    T_destination add_module apply bfloat16 buffers call_super_init children compile cpu
    cuda double dump_patches eval extra_repr float forward get_buffer get_extra_state
    get_parameter get_submodule half ipu load_state_dict modules mtia named_buffers
    named_children named_modules named_parameters parameters register_backward_hook
    register_buffer register_forward_hook register_forward_pre_hook
    register_full_backward_hook register_full_backward_pre_hook
    register_load_state_dict_post_hook register_load_state_dict_pre_hook register_module
    register_parameter register_state_dict_post_hook register_state_dict_pre_hook
    requires_grad_ set_extra_state set_submodule share_memory state_dict to to_empty
    train training type xpu zero_grad
    _apply _backward_hooks _backward_pre_hooks _buffers _call_impl _compiled_call_impl
    _forward_hooks _forward_hooks_always_called _forward_hooks_with_kwargs
    _forward_pre_hooks _forward_pre_hooks_with_kwargs _get_backward_hooks
    _get_backward_pre_hooks _get_name _is_full_backward_hook _is_hf_initialized
    _load_from_state_dict _load_state_dict_post_hooks _load_state_dict_pre_hooks
    _maybe_warn_non_full_backward_hook _modules _named_members
    _non_persistent_buffers_set _parameters _register_load_state_dict_pre_hook
    _register_state_dict_hook _replicate_for_data_parallel _save_to_state_dict
    _slow_forward _state_dict_hooks _state_dict_pre_hooks _version _wrapped_call_impl
"""
MODULE_ATTRIBUTES = frozenset(_MODULE_ATTRIBUTES.split())
"""What an ``nn.Module`` calls its own."""

FILE_NAMES = frozenset({"F", "Tensor", "nn", "self", "take_checkpoint", "torch"})
"""What the file imports, a function that constructors name, and ``self``."""

_KEYWORDS = frozenset(keyword.kwlist)
_SITE = frozenset({"copyright", "credits", "exit", "help", "license", "quit"})
_BUILTINS = _SITE | {name for name in dir(builtins) if not name.startswith("_")}

ATTRIBUTES = _KEYWORDS | MODULE_ATTRIBUTES
"""Names that no attribute of a module may have."""

LOCALS = _KEYWORDS | _BUILTINS | FILE_NAMES | {"_", "x"}
"""Names that no variable or argument may have; ``x`` is the trunk's."""

CLASSES = _KEYWORDS | _BUILTINS | FILE_NAMES
"""Names that no class may have."""


class Names:
    """A table from names of a spec to names in Python, each given once."""

    def __init__(self, reserved: Iterable[str], *, lower: bool = False) -> None:
        self._taken = set(reserved)
        self._lower = lower
        self._given: dict[str, str] = {}

    def __getitem__(self, name: str) -> str:
        return self._given[name]

    def get(self, name: str) -> str:
        """Return what a name was given, or the name itself if it was given nothing."""
        return self._given.get(name, name)

    def add(self, names: Iterable[str]) -> None:
        """Give each name its own in Python; those that need no change go first."""
        wanted = {name: self._plain(name) for name in names if name not in self._given}
        for name, plain in wanted.items():
            if plain == name and plain not in self._taken:
                self._give(name, plain)
        for name, plain in wanted.items():
            if name not in self._given:
                self._give(name, self.free(plain))

    def free(self, name: str) -> str:
        """Return the name with as many ``_`` behind it as make it free."""
        while name in self._taken:
            name += "_"
        return name

    def take(self, name: str) -> str:
        """Give a name that is not the spec's; return it as it came out."""
        free = self.free(self._plain(name))
        self._taken.add(free)
        return free

    def _give(self, name: str, given: str) -> None:
        self._given[name] = given
        self._taken.add(given)

    def _plain(self, name: str) -> str:
        return plain(name).lower() if self._lower else plain(name)


def plain(name: str) -> str:
    """Return a name as an ASCII name of Python, which may still be taken."""
    ascii_name = re.sub(r"[^A-Za-z0-9_]", "_", name)
    if not ascii_name.strip("_"):
        return "node"
    if ascii_name[0].isdigit():
        return f"_{ascii_name}"
    # Two underscores in front would be mangled with the name of the class.
    return re.sub(r"^__+", "_", ascii_name)
