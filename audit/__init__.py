"""Finestra: audits the public social presence of a company, from stored evidence to a report."""

__version__ = "0.1.0"
