r"""A network as Mermaid's flowcharts, one a module, that read back as the same network.

What is drawn is what a person would draw; what a flowchart has no place for stands in
comments. The grammar, on top of Mermaid's own for flowcharts:

diagram  = front "flowchart TD" comment* statement*
front    = "---" YAML "---"               layout and theme; says nothing of the network
comment  = "%% graphc: " key ": " value   key and value are one entry of a YAML mapping,
                                          the value in YAML's flow style, on one line
node     = id "[" text "]" [":::" family] any shape: a module has [[ ]], ends have ([ ])
edge     = id "-->" ["|" text "|"] id     one edge of the spec, in the order of the spec
text     = a text in double quotes, in which Mermaid's entities (``#quot;``, ``#35;``)
           stand for characters that it or HTML gives a meaning to

What the text of a node says, once entities are characters:

label    = item ("<br/>" item)*           the items of a label that is a list; the tag
                                          is one, and no entities that spell it
item     = terms [": " size]              ``Conv 64 k=3 s=2, BN, ReLU: 64*112*112``
         | "same as " name                the true name of the other node

What the text on an edge says:

edge     = size | ports [": " size]       nothing at all where nothing is known
ports    = "." port                       of the source: ``.1: 64*28*28`` is split.1
         | "-> ." port                    of the target: ``-> .key: 20*32`` is attn.key
         | "." port " -> ." port          ``.1 -> .key``

Comments, by their key; each stands at most once in a part of a diagram:

``model``        the name of the model that the diagram is
``module``       or the name of the module that it is; one of the two stands first
``part``         ``[2, 3]``: the second of three diagrams that are one module's
``row``          ``true``: the module is a row, the label of its only inner node, with
                 the size on the edge behind it; its ends have no name of their own
``about``, ``source``, ``params``, ``where``, ``reported``, ``checkpoint``
                 as in a spec
``nodes``        ``{n1: my node}``: the names of nodes whose name Mermaid does not take
                 as an id; a key is an id of this diagram
``notes``        ``{pool: halves the image}``: notes of nodes, by id

Parts of a module are read as one diagram, in the order of their numbers: first all
nodes of the first part, then those of the second, and edges likewise. A node that a
part mentions without a text is declared in another part. Ids mean the same in all.

Sizes that the spec does not write stand on edges too, as far as they are the same
wherever the module is used; read back they are written sizes. Subgraphs, classes and
styles say nothing. Modules from other files are written out under the key that they
have in this network.
"""

from graphc.emit.mermaid.diagram import Diagram, diagram, diagrams
from graphc.emit.mermaid.document import document, fenced

__all__ = ["Diagram", "diagram", "diagrams", "document", "fenced"]
