"""What simulated buyers, and the shop's robot, write: a few sentences for each matter (ours)."""

from typing import Final

from simulator.words import Word


class Matter(Word):
    """What a simulated buyer writes about."""

    WHERE_IS_IT = "where_is_it"
    THANKS = "thanks"
    COMPLAINT = "complaint"
    CANCEL = "cancel"
    """It was too late to cancel by oneself."""
    ANSWER = "answer"


class Topic(Word):
    """The platform's tags for sessions."""

    AFTER_SALE = "AfterSale"
    LOGISTICS = "Logistics"
    PRESALE = "Presale"


TOPIC: Final = {
    Matter.WHERE_IS_IT: Topic.LOGISTICS,
    Matter.THANKS: Topic.AFTER_SALE,
    Matter.COMPLAINT: Topic.AFTER_SALE,
    Matter.CANCEL: Topic.AFTER_SALE,
    Matter.ANSWER: Topic.AFTER_SALE,
}

TEXTS: Final = {
    Matter.WHERE_IS_IT: (
        "Hi, where is my parcel? It should be here by now.",
        "Hello, the tracking has not moved for days. When will it arrive?",
        "Could you tell me where my order is?",
    ),
    Matter.THANKS: (
        "It arrived safely, thank you!",
        "Thanks, everything is as described.",
    ),
    Matter.COMPLAINT: (
        "I am not happy with this order. Please look at my complaint.",
        "Something is wrong with my order, I have opened a complaint.",
    ),
    Matter.CANCEL: (
        "I tried to cancel this order and could not. Please cancel it for me.",
        "Can you still stop this order? I do not need it any more.",
    ),
    Matter.ANSWER: (
        "Okay, thank you.",
        "Alright, I will wait then.",
        "Thanks for the quick reply.",
        "That does not help me much, to be honest.",
    ),
}

ROBOT: Final = (
    "Thanks for your message! Nobody is here right now; we will answer as soon as we can."
)
TOO_SLOW: Final = "Slow response"
NO_HELP: Final = "Problem not solved"
"""Why few stars are given."""
