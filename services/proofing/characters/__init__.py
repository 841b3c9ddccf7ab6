"""Wrong characters (别字) beyond lists. Door: check.py; what needs NumPy is imported on first use."""
