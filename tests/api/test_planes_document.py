"""The script of docs/planes.md runs as it is printed, and its fields are those of the API."""

import re
from pathlib import Path

import numpy as np

from downslope.api.schemas import Plane

DOCUMENT = (Path(__file__).parents[2] / "docs" / "planes.md").read_text("utf-8")
SCRIPT = DOCUMENT.split("## From a script")[1].split("```python\n")[1].split("```")[0]


def test_the_script_draws_a_plane_coarse_to_fine_and_finds_the_end_on_it(server, capsys):
    names = {}
    exec(SCRIPT.replace("http://127.0.0.1:8000", server.url), names)
    printed = capsys.readouterr().out.splitlines()
    assert "100%" in printed
    assert [line.split()[::2] for line in printed if line.endswith(("True", "False"))][-1] == ["129", "True"]
    assert (names["u"], names["v"]) == (0, 0)  # anchored at the end, which the run's view has to the last bit
    gram = np.array(names["found"]["directions"]) @ np.array(names["found"]["directions"]).T
    assert np.allclose(gram, np.eye(2))
    assert printed[-1].startswith("['PC 1', 'PC 2'] [0.")


def test_the_fields_of_a_plane_are_those_of_the_api_with_their_defaults():
    listed = dict(re.findall(r"^- `(\w+)`: (.*)$", DOCUMENT, re.MULTILINE))
    assert list(listed) == list(Plane.model_fields)
    nothing = dict.fromkeys(["axes", "directions", "run"])
    assert Plane().model_dump() == nothing | {"kind": "axes", "seed": 0, "descent": 0, "anchor": "start"}
    for name, default in (
        ("kind", "`axes` where it is left out"),
        ("seed", "0"),
        ("descent", "0"),
        ("anchor", "`start`"),
    ):
        assert listed[name].endswith(f"; {default}")
