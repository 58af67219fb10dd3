"""The documentation as a site: built, checked, and the pages that follow from the code."""
