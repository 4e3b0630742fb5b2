"""The version of citespan, which calibrations, receipts and reports are marked with."""

__version__ = "0.1.0"
