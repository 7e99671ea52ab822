import pytest
from agreement import Done, done
from hypothesis import HealthCheck, Phase, given, settings
from random_networks import networks
from torch_specs import optimized, sized

from graphc.passes import PASSES, WEIGHED
from graphc.passes.drop_dropout import drop_dropout
from graphc.passes.fold_batch_norm import fold_batch_norm
from graphc.passes.inline_rows import inline_rows

ORDERS = {
    "as they are applied": [drop_dropout, inline_rows, fold_batch_norm],
    "the other way round": [fold_batch_norm, inline_rows, drop_dropout],
    "all of them, wherever they are possible": [*(PASSES | WEIGHED).values()],
    "these before the others": [*WEIGHED.values(), *PASSES.values()],
    "twice": [inline_rows, fold_batch_norm, inline_rows, fold_batch_norm],
}


drawn = settings(
    max_examples=20,
    deadline=None,
    database=None,
    derandomize=True,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=[HealthCheck.too_slow],
)


@pytest.mark.parametrize("order", ORDERS.values(), ids=ORDERS)
@given(text=networks())
@drawn
def test_random_networks_compute_what_they_did(order: list, text: str) -> None:
    done(order, text).agree()


@given(text=networks())
@drawn
def test_so_they_do_after_all_passes_there_are(text: str) -> None:
    before = sized(text)
    Done(before, optimized(before), []).agree()
