"""Measurements, each to be run as `python -m bench.NAME` from the top of the checkout; none of them is a test."""
