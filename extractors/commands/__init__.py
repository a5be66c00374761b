"""The commands of `python -m extractors`: each module adds its options to the parser and runs what they ask for."""
