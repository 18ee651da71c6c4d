"""XLSForm: questionnaires kept as workbooks, read through pyxform."""

from kith.methods.instruments.xlsform.read import read_xlsform

__all__ = ["read_xlsform"]
