"""Who could meet whom: fits from named criteria, gates, exact assignment, reasons in codes."""
