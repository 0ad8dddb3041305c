"""All that the package decides, without input or output: time comes in as a parameter, actions come out."""
