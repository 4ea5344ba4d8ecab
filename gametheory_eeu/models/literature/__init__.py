"""Models of papers, a file each: a class, named as the file is, and its propositions."""
