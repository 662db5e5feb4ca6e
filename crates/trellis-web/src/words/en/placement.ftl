# Finding where to start in a course: the student's page of the day, the questions, and what the teacher sees of it.

placement-title = Find where to start: { $course }
placement-offer-text = You know some of this already. At most { $most } questions show us what, so that you need not do it all again. No hints; "I do not know yet" is a good answer, too.
placement-offer-button = Find my place
placement-offer-stop = Start at the beginning
placement-running-text = You have answered { $done } of at most { $most } questions. Your answers are saved.
placement-running-button = Go on
placement-running-stop = That is enough
placement-question = Find your place: question { $number }, at most { $of }
placement-why = This question tells us most about where you should start. It costs you nothing.
placement-done =
    { $known ->
        [0] That was the last question. You start at the beginning, and now we know why.
        [one] That was the last question. One skill looks known: you start after it.
       *[other] That was the last question. { $known } skills look known: you start after them.
    }
placement-fact =
    { $known ->
        [0] { $asked } questions asked where to start: at the beginning.
        [one] { $asked } questions asked where to start: one skill looks known.
       *[other] { $asked } questions asked where to start: { $known } skills look known.
    }
teach-purpose-placement = Placement
teach-placement-sure = Found where to start
teach-placement-asked = Found where to start
teach-placement-stopped = Stopped finding where to start
teach-placement-skipped = Did not want to be placed
teach-placement-found = { $right } of { $asked } right. { $known ->
    [0] Nothing is taken as known.
    [one] One skill is taken as known until an answer says otherwise.
   *[other] { $known } skills are taken as known until an answer says otherwise.
}
courses-placement = Offer each student to find where to start
courses-placement-help = At most 20 questions on first entry to a course with an order. What looks known opens what comes after; nothing is mastered by it.

how-calibration-title = How often it is right here
how-calibration-text = Before each first try on an open question, Trellis says how likely a right answer is. Here is how often it came true, counted over all students of this place.
how-calibration-expected = Expected right, of 100
how-calibration-right = Were right, of 100
how-calibration-answers = Answers
how-calibration-hidden = Rows with fewer than { $answers } answers or { $learners } students are left out, so that they tell of nobody.
how-calibration-none = Not enough has been answered yet: a row needs { $answers } answers of { $learners } students.
