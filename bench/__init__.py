"""Measurements, and what else is tried beside the tests: `python -m bench.NAME`, from the top of the checkout."""
