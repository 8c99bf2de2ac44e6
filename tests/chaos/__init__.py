"""Chaos: replicas as real processes, killed and cut off at random, and the books balanced after.

`python -m tests.chaos` (or `make chaos`) runs it at length and writes `docs/chaos.md`;
`test_chaos.py` runs a little of it with every other test. It stands here and not beside `bot/`,
because it is made of what the tests have already: the PostgreSQL out of a wheel, the workbench,
and people who act.
"""
