"""Colours of the charts, each once; docs/decisions.md says what each means."""

OURS = "#12436D"  # our force, and the one line of a chart
TURQUOISE, PINK, ORANGE, PURPLE = "#28A197", "#801650", "#F46A25", "#A285D1"
DARK = "#3D3D3D"  # text, targets and events
TEXT = DARK
GRID = "#E8EBEE"
WHITE = "#FFFFFF"
GREY = "#6F777B"  # limits, means, and what carries no signal
PALE = "#B4BCC4"  # the other forces' intervals
OTHER = "#7C8791"  # the other forces themselves
OTHER_IN_FUNNEL = "#9AA5AE"
PALE_LINE = "#C8CED3"
BAND = "#E4EBF2"  # the usual range behind a small line
BETTER, WORSE, EITHER = "#0B6FB8", "#C25200", "#5B2A86"
TONES = {"better": BETTER, "worse": WORSE, "neither": EITHER, "none": GREY}  # of a signal
STACKED = (OURS, ORANGE, PINK, PURPLE, TURQUOISE, GREY, PALE)
COHORTS = (OURS, TURQUOISE, PINK, ORANGE, PURPLE)
BESIDE_OURS = (OTHER, TURQUOISE, PINK, ORANGE)
# of forces in the order of a figure, from the lowest fifth to the highest; and without a figure
FIFTHS = ("#E4EBF2", "#B7CBDE", "#7FA3C4", "#3F72A0", "#12436D")
NOT_HELD = "#F1F1F1"
