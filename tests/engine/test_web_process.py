"""The web process stays free of torch and sympy in use, not only at import."""

import subprocess
import sys

SCRIPT = """
import asyncio, sys
from downslope.errors import UserError
from downslope.recipe import FunctionObjective, ModelObjective, Recipe
from downslope.service.commands import EditCommand, Play
from downslope.service.service import Service
from downslope.service.surfaces import SurfaceQuery
from downslope.engine.engine import Engine
from downslope.settings import Settings


async def main():
    engine = Engine(num_workers=1, slice_s=0.016, hang_timeout_s=20, warmup_timeout_s=60)
    service = Service(Settings(), engine)
    service.start()
    await service.catalogue()
    rosenbrock = FunctionObjective(kind="function", id="rosenbrock")
    query = SurfaceQuery(rosenbrock, resolution=40, gradient_resolution=5)
    surfaces = [message async for message in service.surfaces.compute(query, is_refined=True)]
    assert surfaces[-1]["is_final"]
    descents = [{"optimizer": row["id"]} for row in (await service.catalogue())["optimizers"][:8]]
    recipe = {"objective": rosenbrock.model_dump(), "steps": 40, "descents": descents}
    session = await service.create(Recipe.model_validate(recipe), autoplay=False, speed=None)
    await session.command(EditCommand(type="edit", descent=0, hyperparameters={"lr": 0.001}))
    try:
        await session.command(EditCommand(type="edit", descent=0, hyperparameters={"lr": -1}))
    except UserError:
        pass
    await session.command(Play(type="play", speed=None))
    await session.ended.wait()
    assert session.state == "finished"
    net = ModelObjective(kind="model", id="mlp-regression")
    start = next(row for row in (await service.catalogue())["objectives"] if row["id"] == net.id)["start"]
    await service.data(net)
    await service.fit(net, start)
    recipe = {"objective": net.model_dump(), "steps": 40, "descents": [{"optimizer": "SGD"}]}
    session = await service.create(Recipe.model_validate(recipe), autoplay=True, speed=None)
    subscription = service.subscribe(session, 0, "msgpack", frozenset({"fit", "samples"}))
    await session.ended.wait()
    assert len(list(subscription.messages())) > 0
    assert session.path(0)[1].shape == (41, 609)
    await service.stop()


if __name__ == "__main__":
    asyncio.run(main())
    heavy = sorted(name for name in ("torch", "sympy") if name in sys.modules)
    print("imported:", heavy)
"""


def test_no_answer_of_a_worker_brings_torch_or_sympy_into_the_web_process(tmp_path):
    script = tmp_path / "use.py"
    script.write_text(SCRIPT)
    done = subprocess.run([sys.executable, script], capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip() == "imported: []"
