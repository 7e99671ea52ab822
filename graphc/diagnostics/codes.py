"""The codes of all findings, each minted once and never reused.

GC0xx: the file and its YAML; GC1xx: the structure of a spec; GC2xx: labels and
arguments; GC3xx: sizes; GC4xx: building, drawing and verifying; GC5xx: documents and
figures: GC50x and GC51x reading them, GC52x keeping them true, GC54x writing them,
GC55x fixes, GC56x import, GC57x what the command line names, GC58x what is too large;
GC6xx: rewriting for inference. The page of a code is ``explain/<code>.md``.
"""

from enum import Enum


class Code(Enum):
    """A kind of mistake; its value is the title of its page."""

    GC001 = "the file cannot be read"
    GC002 = "the file is too large"
    GC003 = "the file is not text"
    GC004 = "the spec is empty"
    GC010 = "the text is not YAML"
    GC011 = "a key is given twice"
    GC012 = "the nesting is too deep"
    GC013 = "an alias cannot be followed"
    GC014 = "a scalar can be read in more than one way"
    GC015 = "a part of YAML that specs do not use"

    GC101 = "an unknown key"
    GC102 = "a key is missing"
    GC103 = "a value of another kind is expected here"
    GC104 = "an unknown version of the language"
    GC105 = "a name cannot be used here"
    GC106 = "a name means two things"
    GC107 = "an edge cannot be read"
    GC108 = "a node is named that is not there"
    GC109 = "a port is not there"
    GC110 = "the graph has a cycle"
    GC111 = "nothing reaches this node"
    GC112 = "the number of inputs is wrong"
    GC113 = "a module contains itself"
    GC114 = "a graph has no input or no node"
    GC115 = "a chain's sizes do not match its arrows"
    GC116 = "a size cannot be read"
    GC117 = "nothing reads this node"
    GC118 = "nothing uses this module"
    GC119 = "an imported file cannot be read"
    GC120 = "files import each other in a circle"
    GC121 = "an import leads out of the project"
    GC122 = "a condition on sizes cannot be read"
    GC123 = "a node has no module to share"

    GC131 = "an entry of the checkpoint's map cannot be read"
    GC132 = "an entry of the checkpoint's map matches no key"
    GC133 = "keys of the checkpoint cannot be told apart"

    GC201 = "a label cannot be read"
    GC202 = "an unknown op or module"
    GC203 = "an unknown argument"
    GC204 = "an argument is given twice"
    GC205 = "an argument is missing"
    GC206 = "an argument has a value that the op does not take"
    GC207 = "too many arguments"
    GC208 = "an unknown name in an expression"
    GC209 = "an expression has no value"

    GC301 = "a size in the text is not what the node produces"
    GC302 = "a node does not give the sizes drawn around it"
    GC303 = "an op cannot take a tensor of this size"
    GC304 = "the inputs of a join do not fit together"
    GC305 = "a module does not take a tensor of this size"
    GC306 = "nothing determines a channel count"
    GC307 = "nothing determines a size"
    GC308 = "a node has fewer outputs than are read"
    GC309 = "a sum stretches one of its inputs"
    GC310 = "the sizes fit for some inputs only"
    GC311 = "no size of the input fits"
    GC312 = "a size was not proved"
    GC313 = "a shared module cannot have two sizes"

    GC401 = "the output cannot be written"
    GC402 = "a package is missing"
    GC403 = "the module does not give the inferred sizes"
    GC404 = "the layout took too long"
    GC405 = "the picture cannot be drawn"
    GC406 = "the model does not take an input of this size"
    GC407 = "a module would need a size that only its input tells"
    GC411 = "the checkpoint cannot be read"

    GC501 = "a diagram is no Mermaid"
    GC502 = "Mermaid reads something else than it seems"
    GC503 = "a `;` is missing between two statements"
    GC504 = "a node has two labels"
    GC505 = "a fence is never closed"
    GC506 = "a label names no op"
    GC507 = "a figure leaves something unsaid"
    GC508 = "a document draws no network"
    GC509 = "a document draws several networks"
    GC510 = "two diagrams have one name"
    GC511 = "a link does not say which way it leads"
    GC512 = "a label has other channels come in than do"
    GC521 = "a marker cannot be read"
    GC522 = "a marker is never closed"
    GC523 = "a marker asks for something unknown"
    GC524 = "a document shows a spec that has errors"
    GC541 = "a diagram is too large for GitHub"
    GC551 = "a file changed while it was put right"

    GC561 = "the file is a spec, and no document"

    GC571 = "there is nothing to check"
    GC572 = "a file holds another language than its name tells"

    GC581 = "the drawing is folded"
    GC582 = "the module has too many instances to be run"

    GC601 = "a rewriting cannot be applied here"
    GC602 = "the module for inference gives other values"
