"""Snapshots are exact, own their memory, and hold data only."""

import pytest
import torch

from downslope.descents.snapshot import pack, unpack


@pytest.mark.parametrize("dtype", [torch.float64, torch.float32, torch.int64, torch.uint8, torch.bool])
@pytest.mark.parametrize("shape", [(), (0,), (3,), (2, 3)])
def test_a_tensor_comes_back_with_its_bits_dtype_and_shape(dtype, shape):
    tensor = (torch.randn(shape, generator=torch.Generator().manual_seed(1)) * 9).to(dtype)
    back = unpack(pack({"x": tensor}))["x"]
    assert (back.dtype, back.shape) == (dtype, tensor.shape)
    assert torch.equal(back, tensor)


def test_values_that_no_json_could_carry_come_back():
    tree = {"a": [None, True, 3, -0.0, float("inf"), "x"], 0: {"b": b"\x00"}}
    assert unpack(pack(tree)) == tree


def test_a_nan_keeps_its_bits():
    tensor = torch.tensor([float("nan"), 1.0], dtype=torch.float64)
    assert torch.equal(unpack(pack({"x": tensor}))["x"].view(torch.int64), tensor.view(torch.int64))


def test_a_snapshot_does_not_follow_the_live_tensor():
    tensor = torch.ones(2)
    data = pack({"x": tensor})
    tensor.zero_()
    back = unpack(data)["x"]
    assert back.tolist() == [1, 1]
    back.add_(1)  # writable memory of its own
    assert unpack(data)["x"].tolist() == [1, 1]


def test_an_object_is_refused():
    with pytest.raises(TypeError, match="cannot hold set"):
        pack({"x": set()})
