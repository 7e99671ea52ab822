"""Findings: codes, data, gathering and printing."""

from graphc.diagnostics.codes import Code
from graphc.diagnostics.diagnostic import Diagnostic, Place, Severity
from graphc.diagnostics.sink import Sink

__all__ = ["Code", "Diagnostic", "Place", "Severity", "Sink"]
