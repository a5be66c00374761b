"""A register as a folder of open files, and back: CSV and Parquet, a data dictionary, and a Frictionless data package."""
