"""Learns the weights of score.yaml from weighed queries (called by train.py), by Newton's method
with a ridge.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


def logistic(
    features: Floats, truth: Floats, weights: Floats, *, ridge: float = 3.0, rounds: int = 30
) -> Floats:
    """Weights of a logistic regression, the last one the constant; features are scaled inside and
    scaled back.
    """
    mean, spread = features.mean(axis=0), features.std(axis=0) + 1e-9
    rows = np.column_stack([(features - mean) / spread, np.ones(len(features))])
    beta = np.zeros(rows.shape[1])
    penalty = np.full(rows.shape[1], ridge)
    penalty[-1] = 1e-6
    for _ in range(rounds):
        p = 1 / (1 + np.exp(-np.clip(rows @ beta, -30, 30)))
        slope = rows.T @ (weights * (p - truth)) + penalty * beta
        curve = (rows * (weights * p * (1 - p))[:, None]).T @ rows + np.diag(penalty)
        step = np.linalg.solve(curve, slope)
        beta -= step
        if np.abs(step).max() < 1e-6:
            break
    scaled = beta[:-1] / spread
    return np.append(scaled, beta[-1] - scaled @ mean)


def ranking(
    groups: Sequence[tuple[Floats, int]], *, ridge: float = 3.0, rounds: int = 30
) -> Floats:
    """Weights under which the right row of each group stands out (conditional logit); a group is
    (rows, right row).
    """
    everything = np.concatenate([rows for rows, _ in groups])
    spread = everything.std(axis=0) + 1e-9
    beta = np.zeros(everything.shape[1])
    for _ in range(rounds):
        slope, curve = ridge * beta, np.eye(len(beta)) * ridge
        for rows, right in groups:
            scaled = rows / spread
            p = scaled @ beta
            p = np.exp(p - p.max())
            p /= p.sum()
            mean = p @ scaled
            slope = slope + mean - scaled[right]
            curve = curve + (scaled * p[:, None]).T @ scaled - np.outer(mean, mean)
        step = np.linalg.solve(curve, slope)
        beta = beta - step
        if np.abs(step).max() < 1e-6:
            break
    weights: Floats = beta / spread
    return weights
