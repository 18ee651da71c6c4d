"""Questionnaires: licensed packs and XLSForm files, filled in with plain rules. See README.md."""
