"""The shapes of nodes: those that brackets draw, and those that have names."""

# The opening bracket, the one that closes it, and Mermaid's name of the shape.
BRACKETS: dict[str, dict[str, str]] = {
    "[": {"]": "square"},
    "(": {")": "round"},
    "((": {"))": "circle"},
    "(((": {")))": "doublecircle"},
    "(-": {"-)": "ellipse"},
    "([": {"])": "stadium"},
    "[[": {"]]": "subroutine"},
    "[(": {")]": "cylinder"},
    "{": {"}": "diamond"},
    "{{": {"}}": "hexagon"},
    ">": {"]": "odd"},
    "[/": {"/]": "lean_right", "\\]": "trapezoid"},
    "[\\": {"\\]": "lean_left", "/]": "inv_trapezoid"},
    "[|": {"]": "rect"},
}

# Those that `@{ shape: NAME }` may name; the documented ones, and the inner ones that
# Mermaid lets through because they have no capitals and no underline.
_NAMES = (
    "anchor bang bolt bow-rect bow-tie-rectangle brace brace-l brace-r braces "
    "browser bucket card choice circ circle cloud collate com-link comment "
    "composite console cross-circ crossed-circle curv-trap curved-trapezoid cyl "
    "cylinder das data-store database datastore db dbl-circ decision delay diam "
    "diamond directory disk display div-proc div-rect divided-process divided- "
    "rectangle doc docs document documents double-circle doublecircle event extract "
    "f-circ filled-circle flag flip-tri flipped-triangle folder fork fr-circ fr- "
    "rect framed-circle framed-rectangle h-cyl half-rounded-rectangle hex hexagon "
    "horizontal-cylinder hourglass icon in-out internal-storage inv-trapezoid join "
    "junction lean-l lean-left lean-r lean-right lightning-bolt lin-cyl lin-doc "
    "lin-proc lin-rect lined-cylinder lined-document lined-process lined-rectangle "
    "loop-limit manual manual-file manual-input notch-pent notch-rect notched- "
    "pentagon notched-rectangle note odd out-in paper-tape person pill prepare "
    "priority proc process processes procs question rect rectangle rounded shaded- "
    "process sl-rect sloped-rectangle sm-circ small-circle st-doc st-rect stacked- "
    "document stacked-rectangle stadium start state stop stored-data subproc "
    "subprocess subroutine summary tag-doc tag-proc tag-rect tagged-document "
    "tagged-process tagged-rectangle terminal text trap-b trap-t trapezoid "
    "trapezoid-bottom trapezoid-top tri triangle win-pane window-pane "
)
NAMES = frozenset(_NAMES.split())
