"""Measurements: ratios within one run, on generated data with a fixed seed. ``make bench`` prints them."""
