"""Institutional choice: the joint surplus of a deal by depth of binding."""
