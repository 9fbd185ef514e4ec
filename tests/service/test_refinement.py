"""Where a surface is looked at, and how it is cut into calls; a test answers the calls."""

import asyncio
import contextlib
import inspect
import itertools
from types import SimpleNamespace

import numpy as np
import pytest

from downslope.errors import InvalidValueError, LimitError, NotFoundError, UnavailableError
from downslope.recipe import FunctionObjective, ModelObjective
from downslope.service.refinement import COARSE
from downslope.service.surfaces import SurfaceQuery, Surfaces
from downslope.settings import Settings

BOWL = FunctionObjective(kind="function", id="bowl")
PATH = np.array([[0.0, 0.0], [1.0, 2.0], [3.0, 5.0]])


class Worker:
    """Answers calls: the loss at the n-th point of a grid is n, its slopes n and -n."""

    def __init__(self, cost=1000, batch=100, point_s=1e-4, axes=2):
        self.cost, self.point_s, self.axes = cost, point_s, axes
        self.batches = {"batch": batch, "gradient_batch": max(1, batch // 2)}
        self.calls = []

    async def call(self, method, **arguments):
        self.calls.append((method, arguments))
        await asyncio.sleep(0)
        return getattr(self, method)(**arguments)

    def plane(self, **view):
        plane = {"range": [[-1.0, 1.0]] * self.axes, "kind": "axes"}
        return {"plane": plane, "objective": {"id": "bowl"}, "cost": self.cost} | self.batches

    def values(self, objective, plane, resolution, first, end):
        return {"part": np.arange(first, end) * 1.0, "elapsed_s": self.point_s * (end - first)}

    def slopes(self, objective, plane, resolution, first, end):
        number = np.arange(first, end) * 1.0
        part = np.stack([number, -number][: self.axes], 1)
        return {"part": part, "elapsed_s": 3 * self.point_s * (end - first)}

    def asked(self, method):
        return [
            (arguments["resolution"], arguments["first"], arguments["end"])
            for name, arguments in self.calls
            if name == method
        ]


def session(*paths):
    steps = np.arange(3)
    return SimpleNamespace(
        recipe=SimpleNamespace(descents=[None] * len(paths)), path=lambda i: (steps, paths[i])
    )


def surfaces(worker, sessions=None, resolve=lambda objective: objective, **settings):
    def find(run):
        if run not in (sessions or {}):
            raise NotFoundError("no such run", parameter="id")
        return sessions[run]

    return Surfaces(Settings(**settings), worker.call, find, resolve)


async def all_of(worker, *, is_refined=True, sessions=None, settings=None, **query):
    found = surfaces(worker, sessions, **(settings or {}))
    messages = found.compute(SurfaceQuery(BOWL, **query), is_refined=is_refined)
    return [message async for message in messages]


def pictures(messages):
    return [message for message in messages if message["type"] == "surface"]


# Coarse to fine ------------------------------------------------------------------------------------------


async def test_a_slow_surface_comes_coarse_to_fine_and_the_last_is_final():
    found = pictures(await all_of(Worker(), resolution=200))
    assert [picture["resolution"] for picture in found] == [17, 33, 65, 129, 200]
    assert [picture["is_final"] for picture in found] == [False] * 4 + [True]
    for picture in found:
        size = picture["resolution"]
        assert picture["z"].tolist() == np.arange(size * size).reshape(size, size).tolist()
        assert picture["u"].tolist() == picture["v"].tolist() == np.linspace(-1, 1, size).tolist()
        assert (picture["minimum"], picture["maximum"]) == (0, size * size - 1)


async def test_where_the_last_picture_takes_one_call_none_is_drawn_between():
    found = pictures(await all_of(Worker(point_s=1e-9, batch=50_000), resolution=200))
    assert [picture["resolution"] for picture in found] == [17, 200]


@pytest.mark.parametrize("resolution", [2, 17, 25])
async def test_a_surface_hardly_finer_than_the_coarsest_comes_at_once(resolution):
    found = pictures(await all_of(Worker(), resolution=resolution))
    assert [picture["resolution"] for picture in found] == [resolution]


async def test_without_refinement_there_is_one_picture_the_same_as_the_last():
    (alone,) = pictures(await all_of(Worker(), is_refined=False, resolution=90, gradient_resolution=5))
    *_, last = await all_of(Worker(), resolution=90, gradient_resolution=5)
    assert alone["z"].tolist() == last["z"].tolist()
    assert {name: value for name, value in alone.items() if isinstance(value, str | bool)} == {
        name: value for name, value in last.items() if isinstance(value, str | bool)
    }


async def test_the_gradient_comes_with_the_last_picture():
    found = pictures(await all_of(Worker(), resolution=60, gradient_resolution=7))
    assert [picture["gradient"] is None for picture in found] == [True, True, False]
    gradient = found[-1]["gradient"]
    assert gradient["u"].tolist() == gradient["v"].tolist() == np.linspace(-1, 1, 7).tolist()
    assert gradient["du"].tolist() == np.arange(49).reshape(7, 7).tolist()
    assert gradient["dv"].tolist() == (-np.arange(49)).reshape(7, 7).tolist()
    assert gradient["dv"].flags["C_CONTIGUOUS"]


@pytest.mark.parametrize(("resolution", "expected"), [(200, [1, 0, 0, 0, 1]), (60, [1, 0, 1]), (17, [1])])
async def test_the_objective_comes_with_the_first_picture_and_the_last(resolution, expected):
    found = pictures(await all_of(Worker(), resolution=resolution))
    assert ["objective" in picture for picture in found] == expected
    assert all(picture.get("objective", {"id": "bowl"}) == {"id": "bowl"} for picture in found)
    assert all("plane" in picture for picture in found)


async def test_a_line_has_no_v():
    found = pictures(await all_of(Worker(axes=1), resolution=60, gradient_resolution=7))
    assert found[-1]["v"] is None and found[-1]["z"].tolist() == list(range(60))
    assert found[-1]["gradient"]["v"] is None and found[-1]["gradient"]["dv"] is None


async def test_a_surface_without_a_finite_loss_has_no_extremes():
    worker = Worker()
    worker.values = lambda **grid: {"part": np.full(grid["end"] - grid["first"], np.nan), "elapsed_s": 1e-3}
    (found,) = pictures(await all_of(worker, resolution=3))
    assert (found["minimum"], found["maximum"]) == (None, None)


def test_each_picture_has_about_four_times_the_points_of_the_one_before():
    assert all(fine == 2 * coarse - 1 for coarse, fine in itertools.pairwise(COARSE))


# Calls ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("is_refined", [False, True])
async def test_calls_cover_each_grid_once_in_whole_batches(is_refined):
    worker = Worker(batch=70)
    await all_of(worker, is_refined=is_refined, resolution=150, gradient_resolution=20)
    for method, batch, sizes in (
        ("values", 70, {17, 33, 65, 150} if is_refined else {150}),
        ("slopes", 35, {20}),
    ):
        asked = worker.asked(method)
        assert {resolution for resolution, *_ in asked} == sizes
        for size in sizes:
            parts = [(first, end) for resolution, first, end in asked if resolution == size]
            assert parts[0][0] == 0 and parts[-1][1] == size * size
            assert all(before[1] == after[0] for before, after in itertools.pairwise(parts))
            assert all(first % batch == 0 for first, _ in parts)


async def test_calls_take_as_long_as_the_setting_says_once_the_pace_is_known():
    worker = Worker(batch=10, point_s=1e-4)
    await all_of(worker, is_refined=False, resolution=100, settings={"band_ms": 50.0})
    sizes = [end - first for _, first, end in worker.asked("values")]
    assert sizes[:3] == [20, 80, 320]  # two batches, then at most four times as many
    assert set(sizes[3:-1]) == {500}  # 50 ms


async def test_a_point_that_takes_longer_than_a_call_should_is_a_call_of_its_own():
    worker = Worker(batch=1, point_s=5.0)
    await all_of(worker, is_refined=False, resolution=5)
    assert [end - first for _, first, end in worker.asked("values")] == [2] + [1] * 23


@pytest.mark.parametrize("query", [{"resolution": 200}, {"resolution": 33, "gradient_resolution": 12}])
@pytest.mark.parametrize("point_s", [1e-9, 1e-4])
@pytest.mark.parametrize("is_refined", [False, True])
async def test_progress_only_rises_and_ends_at_all(query, point_s, is_refined):
    messages = await all_of(Worker(point_s=point_s), is_refined=is_refined, **query)
    found = [message for message in messages if message["type"] == "progress"]
    shares = [message["done"] / message["total"] for message in found]
    assert shares == sorted(set(shares))
    assert shares[-1] == 1
    assert all(set(message) == {"type", "done", "total"} for message in found)


async def test_nothing_is_asked_before_the_next_message_is_and_nothing_after_the_reader_left():
    worker = Worker()
    messages = surfaces(worker).compute(SurfaceQuery(BOWL, resolution=200), is_refined=True)
    assert worker.calls == []
    assert (await anext(messages))["type"] == "progress"
    assert [method for method, _ in worker.calls] == ["plane", "values"]
    while (await anext(messages))["type"] != "surface":
        pass
    num_calls = len(worker.calls)
    await asyncio.sleep(0)
    assert len(worker.calls) == num_calls
    await messages.aclose()
    with contextlib.suppress(StopAsyncIteration):
        await anext(messages)
    assert len(worker.calls) == num_calls


class Bending(Worker):
    """Finds a plane in four calls, each of which is told how far the one before came."""

    def plane(self, unfinished, **view):
        if (unfinished or 0) < 3:
            return {"unfinished": (unfinished or 0) + 1}
        return super().plane(**view)


async def test_a_plane_that_takes_long_is_found_in_calls_of_a_bounded_time():
    worker = Bending()
    messages = await all_of(worker, resolution=2, settings={"band_ms": 70.0}, plane={"kind": "hessian"})
    planes = [arguments for method, arguments in worker.calls if method == "plane"]
    assert [arguments.pop("unfinished") for arguments in planes] == [None, 1, 2, 3]
    assert all(arguments == planes[0] for arguments in planes)
    assert (planes[0]["band_s"], planes[0]["plane"]) == (0.07, {"kind": "hessian"})
    assert messages[:3] == [{"type": "progress", "done": 0, "total": 4}] * 3
    assert [picture["is_final"] for picture in pictures(messages)] == [True]


async def test_whoever_leaves_while_a_plane_is_found_stops_that():
    worker = Bending()
    messages = surfaces(worker).compute(SurfaceQuery(BOWL, resolution=200), is_refined=True)
    await anext(messages)
    assert len(worker.calls) == 1
    await messages.aclose()
    assert len(worker.calls) == 1


async def test_what_a_worker_raises_ends_the_stream():
    worker = Worker()

    def lost(**grid):
        raise UnavailableError("no worker")

    worker.values = lost
    with pytest.raises(UnavailableError):
        await all_of(worker)


# Where ---------------------------------------------------------------------------------------------------


async def view_of(plane, sessions=None, **query):
    worker = Worker()
    await all_of(worker, sessions=sessions, plane=plane, resolution=2, **query)
    return worker.calls[0][1]


RUNS = {"r": session(PATH, PATH + 10)}


async def test_a_worker_is_told_what_was_asked_for():
    view = await view_of({"kind": "random", "seed": 4, "anchor": [1.0, 2.0]}, range=[(0, 1), (2, 3)], seed=9)
    assert view["plane"] == {"kind": "random", "seed": 4, "anchor": [1.0, 2.0]}
    assert (view["bounds"], view["seed"], view["paths"]) == ([(0, 1), (2, 3)], 9, [])
    assert (await view_of(None))["plane"] == {}


@pytest.mark.parametrize("anchor", [None, "start"])
async def test_without_a_run_the_start_is_the_objectives_own(anchor):
    assert (await view_of({"kind": "random", "anchor": anchor}))["plane"]["anchor"] is None


@pytest.mark.parametrize(
    ("anchor", "expected"),
    [(None, [0, 0]), ("start", [0, 0]), ("current", [3, 5]), ("end", [3, 5]), ([7.0, 8.0], [7, 8])],
)
async def test_an_anchor_is_a_point_of_the_run(anchor, expected):
    view = await view_of({"run": "r", "descent": 0, "anchor": anchor}, RUNS)
    assert view["plane"] == {"anchor": expected}
    assert [path.tolist() for path in view["paths"]] == [PATH.tolist()]


async def test_descents_are_looked_at_one_by_one_or_together():
    one = await view_of({"run": "r", "descent": 1, "anchor": "end"}, RUNS)
    assert (one["plane"]["anchor"], len(one["paths"])) == ([13, 15], 1)
    both = await view_of({"run": "r", "descent": None, "anchor": "end"}, RUNS)
    assert (both["plane"]["anchor"], len(both["paths"])) == ([3, 5], 2)


@pytest.mark.parametrize(
    ("plane", "parameter", "sentence"),
    [
        ({"anchor": "current"}, "plane.run", "plane.anchor current is found from the path of a run; name it"),
        ({"anchor": "end"}, "plane.run", "plane.anchor end is found from the path of a run; name it"),
        (
            {"kind": "pca"},
            "plane.run",
            "plane.kind pca is found from the path of a run; name it in plane.run",
        ),
        ({"kind": "pca", "anchor": "start"}, "plane.run", "plane.kind pca is found from the path of a run"),
        ({"run": "s"}, "plane.run", "no such run"),
        ({"run": "r", "descent": 2}, "plane.descent", "plane.descent must be below 2 but is 2; the first"),
        (
            {"run": "d", "anchor": "end"},
            "plane.anchor",
            "plane.anchor end is not finite, since the descent has",
        ),
    ],
)
async def test_a_plane_that_cannot_be_found_is_refused(plane, parameter, sentence):
    runs = RUNS | {"d": session(np.array([[0.0, 0.0], [np.inf, 0.0]]))}
    with pytest.raises((InvalidValueError, NotFoundError)) as caught:
        await view_of({"descent": 0} | plane, runs)
    assert caught.value.detail.startswith(sentence)
    assert caught.value.parameter == parameter


async def test_rows_of_a_table_are_written_out_for_the_worker():
    worker = Worker()
    model = ModelObjective(kind="model", id="linear-regression")
    found = surfaces(worker, resolve=lambda objective: (objective, "written out"))
    async for _ in found.compute(SurfaceQuery(model, resolution=2), is_refined=False):
        pass
    assert all(arguments["objective"] == (model, "written out") for _, arguments in worker.calls)


# Limits --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["resolution", "gradient_resolution"])
async def test_a_grid_has_at_most_so_many_points_along_an_axis(name):
    worker = Worker()
    await all_of(worker, settings={"max_resolution": 9}, **({"resolution": 9} | {name: 9}))
    with pytest.raises(LimitError) as caught:
        await all_of(worker, settings={"max_resolution": 9}, **({"resolution": 9} | {name: 10}))
    assert (caught.value.parameter, caught.value.allowed) == (name, 9)
    assert caught.value.detail.startswith(f"{name} must be at most 9 grid points along an axis but is 10;")


@pytest.mark.parametrize(("axes", "allowed"), [(2, 10), (1, 100)])
@pytest.mark.parametrize("name", ["resolution", "gradient_resolution"])
async def test_a_grid_holds_at_most_so_many_numbers(name, axes, allowed):
    worker = Worker(cost=1000, axes=axes)
    settings = {"max_surface_numbers": 100_999}
    await all_of(worker, settings=settings, **({"resolution": 2} | {name: allowed}))
    num_calls = len(worker.calls)
    with pytest.raises(LimitError) as caught:
        await all_of(worker, settings=settings, **({"resolution": 2} | {name: allowed + 1}))
    assert caught.value.detail == (
        f"{name} must be at most {allowed} for this objective, each point of which takes 1000 numbers, "
        f"but is {allowed + 1}; this server sets the limit"
    )
    assert (caught.value.parameter, caught.value.allowed) == (name, allowed)
    assert len(worker.calls) == num_calls + 1  # the plane alone


def test_messages_are_made_one_by_one():
    assert inspect.isasyncgenfunction(Surfaces.compute)
