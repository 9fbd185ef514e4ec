"""Recipes that tests send."""


def recipe(**rest):
    descents = [
        {"optimizer": "SGD", "hyperparameters": {"lr": 0.01, "momentum": 0.5}},
        {"label": "adaptive", "optimizer": "Adam", "hyperparameters": {"lr": 0.1}},
    ]
    return {
        "objective": {"kind": "function", "id": "himmelblau"},
        "start": [-0.5, -1.0],
        "steps": 50,
        "descents": descents,
    } | rest
