"""Whether the generated module gives the inferred sizes when it runs: needs torch."""

from graphc.verify.run import Mismatch, VerifyReport, verify

__all__ = ["Mismatch", "VerifyReport", "verify"]
