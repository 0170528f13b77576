"""What can be wrong with a question; each is a sentence for the person who asked.

MetricError
├── BadQuestion      no such metric, dimension, grain or day: wrong usage
├── UnknownValue     a filter value that the store has never seen
├── NotTold          an audience that is not told figures at this cut
└── BadDefinition    the words of a metric are not complete, or its figures are not as they say
"""

from store.remedies import Refusal


class MetricError(Refusal):
    """A figure cannot be given; `str()` is one sentence."""


class BadQuestion(MetricError):
    """The question itself is malformed."""


class UnknownValue(MetricError):
    """The question is well formed, and the store has nothing it could mean."""


class NotTold(MetricError):
    """The audience is not told figures at this cut."""


class BadDefinition(MetricError):
    """The words of a metric are not complete, or its figures are not as they say."""
