"""The compiler on one page: check, build, render, verify.

Each step is a module of its own, so that a command imports only what it needs:
``pipeline.check`` neither Jinja nor Graphviz, and only ``pipeline.verify`` torch.
"""
