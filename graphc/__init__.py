"""graphc: a figure of a neural network, compiled and proved."""
