"""Our courses as packages that other learning systems play."""
