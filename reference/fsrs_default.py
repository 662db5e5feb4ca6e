"""FSRS-6 with its default weights, on answers to items that the student had answered on an earlier day."""

import sys
from datetime import datetime, timedelta, timezone

from fsrs import Card, Rating, Scheduler

from answers import Watch, read, show


def main(path):
    rows = read(path)
    scheduler = Scheduler(enable_fuzzing=False, learning_steps=(), relearning_steps=())
    start = datetime(2000, 1, 1, tzinfo=timezone.utc)
    watch = Watch()
    cards, scored = {}, []
    for student, item, _, seconds, right, is_test in rows:
        if seconds <= 0:
            continue
        now = start + timedelta(seconds=seconds)
        card = cards.get((student, item))
        if card is not None and card.last_review.date() == now.date():
            continue
        if card is None:
            card = Card(due=now)
        elif is_test:
            scored.append((scheduler.get_card_retrievability(card, now), right))
        rating = Rating.Good if right else Rating.Again
        card, _ = scheduler.review_card(card, rating, now)
        cards[student, item] = card
    if not scored:
        sys.exit("no answer to an item of an earlier day; FSRS needs times")
    show("FSRS-6, default", scored, watch.seconds())


if __name__ == "__main__":
    main(sys.argv[1])
