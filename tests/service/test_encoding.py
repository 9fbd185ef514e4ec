"""Frames on the wire: exact numbers, null for what is not finite, binary columns on request."""

import json
import math

import msgpack
import numpy as np
import pytest

from downslope.service.encoding import Encoder, encode, frame_message

ROWS = np.array(
    [[0.1, 1 / 3, 1e-300, -1.5, 2.0, 5e-324, -0.0], [math.nan, math.inf, 0.5, 1e308, math.nan, 1.0, 2.0]]
)


def test_json_carries_every_digit_and_null_for_what_is_not_finite():
    text = encode(frame_message(2, 7, ROWS), "json").decode()
    assert not {"NaN", "Infinity", "inf", "nan"} & set(text.replace('"', " ").split())
    message = json.loads(text)
    assert (message["type"], message["descent"], message["first_step"], message["count"]) == (
        "frame",
        2,
        7,
        2,
    )
    assert message["loss"] == [0.1, None]
    assert message["grad_norm"] == [1 / 3, None]
    assert message["lr"] == [1e-300, 0.5]
    assert message["theta"] == [[-1.5, 2.0], [1e308, None]]
    assert message["grad"] == [[5e-324, -0.0], [1.0, 2.0]]


def test_msgpack_columns_are_little_endian_float64_row_major():
    message = msgpack.unpackb(encode(frame_message(0, 0, ROWS), "msgpack"))
    theta = np.frombuffer(message["theta"], dtype="<f8").reshape(message["count"], -1)
    assert np.array_equal(theta, ROWS[:, 3:5], equal_nan=True)
    assert np.array_equal(np.frombuffer(message["loss"], "<f8"), ROWS[:, 0], equal_nan=True)


def test_theta_and_grad_are_left_out_where_they_are_not_recorded():
    message = frame_message(0, 0, ROWS[:, :3])
    assert set(message) == {"type", "descent", "first_step", "count", "loss", "grad_norm", "lr"}


def test_the_encoder_gives_each_asker_its_own_range_and_encoding():
    encoder = Encoder()
    whole = encoder.frame(0, 0, ROWS, "json")
    assert encoder.frame(0, 0, ROWS, "json") is whole
    assert json.loads(encoder.frame(0, 0, ROWS[:1], "json"))["count"] == 1
    assert json.loads(encoder.frame(1, 0, ROWS, "json"))["descent"] == 1
    assert msgpack.unpackb(encoder.frame(0, 0, ROWS, "msgpack"))["count"] == 2
    for first_step in range(200):
        encoder.frame(0, first_step, ROWS, "json")
    assert json.loads(encoder.frame(0, 0, ROWS, "json"))["first_step"] == 0


def test_what_a_message_cannot_hold_is_refused():
    with pytest.raises(TypeError, match="cannot hold set"):
        encode({"x": set()}, "msgpack")


def test_rows_take_less_than_half_the_memory_of_their_json():
    rows = np.random.default_rng(0).normal(size=(1000, 7))
    assert rows.nbytes < 0.5 * len(encode(frame_message(0, 0, rows), "json"))
