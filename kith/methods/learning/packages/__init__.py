"""Packages of other learning systems, SCORM 1.2 and 2004 and cmi5: read with care, and written."""
