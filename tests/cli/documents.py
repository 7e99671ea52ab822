"""Documents that the tests of several commands read."""

TINY = """\
# Tiny net

A network of two blocks.

```mermaid
flowchart TD
  image[Image] -->|3x9x9| conv[Conv k=3 ReLU] -->|8x7x7| body["2 x Residual"]
  body -->|8x7x7| head[Conv 10 k=1]
```

## Residual

```mermaid
flowchart TD
  input[Input] --> conv[Conv k=3 p=1 ReLU] -->|8x7x7| sum[Sum]
  input --> sum --> output[Output]
```
"""
WRONG = TINY.replace("|8x7x7| body", "|8x7x6| body")
OPEN = """\
```mermaid
flowchart TD
  image[Image] -->|3x9x9| conv[Conv k=3 ReLU] -->|8x7x7| body["Magic 3"]
  body -->|8x7x7| head[Conv 10 k=1]
```
"""
SEVERAL = """\
# First

```mermaid
flowchart TD
  image[Image] -->|3x9x9| conv[Conv 8 k=3 ReLU]
```

# Second

```mermaid
flowchart TD
  image[Image] -->|3x9x9| conv[Conv 9 k=3 ReLU]
```
"""
