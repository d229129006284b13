"""Doors in and out: one format a file, importer and exporter together."""
