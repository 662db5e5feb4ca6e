# Words of the pages about questions: the audit, the page of one question.

teach-nav-audit = Questions
refusal-say-why = Please say why, in a few words. Nothing was changed.

audit-title = Questions to look at
audit-heading = { $count ->
    [0] No question needs a look
    [one] 1 thing to look at
   *[other] { $count } things to look at
}
audit-lead = { $answers ->
    [0] From the texts of the questions; there are no answers yet. Nothing is changed unless you say so.
    [one] From the texts of the questions and 1 first answer. Nothing is changed unless you say so.
   *[other] From the texts of the questions and { $answers } first answers. Nothing is changed unless you say so.
}
audit-none = When the texts of questions, or the answers to them, show something odd, it stands here with its evidence.
audit-kinds = Kinds of findings
audit-all = All ({ $count })
audit-kind = { $rule } ({ $count })
audit-and-more = { $names } and { $count } more
audit-label = { $rule }, { $about }
audit-figures = { $answers ->
    [one] 1 first answer
   *[other] { $answers } first answers
}, { $right } % right
audit-hold = Hold it back
audit-release = Give it again
audit-open = Look at the question
audit-check = It is in order
audit-dismiss = Put away
audit-why = Why?
audit-dismiss-do = Put it away
audit-reopen = Take it back
audit-pages = Pages
audit-earlier = Before these
audit-later = After these
audit-decided-heading = Decided
audit-somebody = Somebody who has left
audit-decided = { $name }, { $when }
audit-decided-why = { $name }, { $when }: { $why }
audit-is-held = Held back: { $about }
audit-is-checked = In order ({ $rule }): { $about }
audit-is-dismissed = Put away ({ $rule }): { $about }
audit-done-held = Held back. No student is given this question until you give it again.
audit-done-released = Students are given this question again.
audit-done-checked = Noted: it is in order.
audit-done-dismissed = Put away.
audit-done-reopened = Taken back. It stands in the list again.
audit-done-reported = Thank you. It stands in the list of questions to look at.

## What was found

audit-rule-reported = Somebody says it is bad
audit-rule-suspected-key = The key may be wrong
audit-rule-unreachable = Nobody ever comes to it
audit-rule-repeated-option = Two options say the same
audit-rule-as-guessed = Right no more often than by guessing
audit-rule-key-length = The right option stands out
audit-rule-misfit = Answers surprise
audit-rule-tells-little = It tells little
audit-rule-dependent = Two questions go together
audit-rule-drift = It became easier or harder
audit-rule-key-position = Places of right options
audit-rule-hurried = Answered too quickly
audit-rule-no-hint = No hint
audit-rule-no-solution = No worked solution
audit-rule-few-items = Few questions
audit-rule-guessable = Easy to guess
audit-rule-nearly-all-right = Nearly everybody is right
audit-rule-idle-option = An option that nobody chooses
audit-rule-repeated = The same question again
audit-rule-no-licence = No licence

audit-says-reported = { $times ->
    [one] Somebody of the staff said: { $notes }
   *[other] It was said { $times } times: { $notes }
}
audit-says-suspected-key = Students who know more are wrong here more often (correlation with the rest { $figure }, { $answers } answers).
audit-says-preferred = Students who know more choose “{ $option }”, and not the key ({ $answers } answers).
audit-says-as-guessed = { $right } % were right; guessing gives { $guess } % ({ $answers } answers).
audit-says-tells-little = Being right here says little about the rest (correlation { $figure }, { $answers } answers).
audit-says-nearly-all-right = { $right } % were right ({ $answers } answers).
audit-says-misfit = The answers surprise more than they should (infit { $infit }, outfit { $outfit }; 1 is as expected; { $answers } answers).
audit-says-idle-option = “{ $option }” was chosen { $chosen ->
    [0] by nobody
    [one] once
   *[other] { $chosen } times
} in { $answers } answers.
audit-says-hurried = { $share } % answered in under a fifth of the usual { $seconds } seconds ({ $answers } answers).
audit-says-dependent = Right and wrong go together with “{ $other }” more than knowing explains (Q3 { $figure }, { $answers } students).
audit-says-easier = It became easier over time, by { $figure } log-odds ({ $answers } answers).
audit-says-harder = It became harder over time, by { $figure } log-odds ({ $answers } answers).
audit-says-repeated = { $count ->
    [one] The same question with the same key stands here once more: { $others }
   *[other] The same question with the same key stands here { $count } more times: { $others }
}
audit-says-repeated-option = Two options say “{ $option }”.
audit-says-key-length = The right option has { $key } letters, the longest of the others { $other }.
audit-says-key-position = In questions with { $options } options the right one stands at the places { $counts } times; chance would hardly do so.
audit-says-guessable = A guess is right { $guess } % of the time.
audit-says-no-hint = A student who is stuck gets no hint.
audit-says-no-solution = There are no worked steps to learn from.
audit-says-no-licence = Nobody knows whether it may be used: no licence is named.
audit-says-few-items = { $count ->
    [0] There is no question to practise this with.
    [one] There is only 1 question, so it comes again and is remembered.
   *[other] There are only { $count } questions, so they come again and are remembered.
}
audit-says-untaught = No unit teaches it, or it stands in a circle of things that wait for each other.
audit-says-unreachable = The path never comes to it, because of { $others }.

audit-do-check-key = Work it yourself and compare with the key.
audit-do-read-item = Read it as a student would.
audit-do-retire-one = One of them can go.
audit-do-rewrite-options = Options of like length that each draw somebody help.
audit-do-shuffle-options = Let the options be shuffled.
audit-do-look-at-answers = See who answered, and when.
audit-do-write-help = Write hints in order, and the worked steps.
audit-do-name-licence = Say under which licence it may be used.
audit-do-write-items = Write more, or join it with a neighbour.
audit-do-mend-links = Mend the units and what comes before what.

## The page of one question

item-as-seen = As a student sees it
item-other-numbers = Other numbers
item-decide = What to do with it
item-answers = Answers
item-held = Held back by { $name }, { $when }. { $why }
item-hold-why = Why? (if you like)
item-hold-note = No student is given it until somebody gives it again. Those who are in it finish it.
item-bad-why = What is wrong with it?
item-bad = This question is bad

## The card of today

teach-kind-audit = Questions
teach-card-audit = { $count ->
    [one] A question may be doing harm
   *[other] { $count } questions may be doing harm
}
teach-act-audit = Look at them

item-class = { $first ->
    [0] Nobody of this class has answered it yet.
   *[other] In this class { $right } of { $first } first answers were right.
}
item-everywhere = In all classes:
item-wrong = Wrong first answers
item-mix-up = Mix-up
item-wrong-answer = Answer
item-wrong-count = How often
item-shows = shows that students { $mix-up }
item-shows-nothing = fits no mix-up that we know
item-times = { $count ->
    [one] once
   *[other] { $count } times
}
item-more-wrong = { $count ->
    [one] and one other
   *[other] and { $count } others
}
item-corrected-heading = Judged anew
item-corrected = { $name }: { $better ->
    [0] { $worse ->
        [0] another mix-up is seen
        [one] one answer is not right after all
       *[other] { $worse } answers are not right after all
    }
    [one] one answer is right after all
   *[other] { $better } answers are right after all
}
item-key = The key
item-key-wrong = The key is wrong
item-key-right = The right answer
item-key-look = See it first
item-key-new = New key
item-key-then = All answers to it are judged anew, as if this had been the key from the start. Students whose answers count otherwise are told. You can take it back.
item-key-mend = Mend the key
item-key-leave = Leave it as it is
item-key-fault-empty = There is nothing in it. Please write the right answer.
item-key-fault-no-such-entry = There is no option “{ $what }”.
item-key-fault-no-number = “{ $what }” is not a number we can read.
item-key-fault-not-each-once = Each entry has to stand in the order once.
item-key-fault-unreadable = Nobody could give “{ $what }” as an answer to this question.
item-key-fault-in-files = A key of this kind is changed in the files of the course.
item-key-fault-template = The question cannot be drawn with this key: { $what }
item-mended = Mended by { $name }, { $when }. { $why }
audit-done-mended = Mended. All answers were judged anew, and the students are told.
audit-done-unmended = Taken back. The answers count as before.
refusal-another-question = This would be another question, or one that cannot be asked. Nothing was changed.
today-corrected-title = We fixed a mistake
today-corrected-better = { $better ->
    [one] A question in “{ $title }” had a wrong key. Your answer was right, and now it counts.
   *[other] A question in “{ $title }” had a wrong key. { $better } answers of yours were right, and now they count.
}
today-corrected-worse = A question in “{ $title }” had a wrong key. An answer that we called right was not. That was our mistake; the next questions will help.
teach-event-rescored = A question was mended; answers were judged anew
teach-event-rescored-better = { $count ->
    [one] one answer is right after all
   *[other] { $count } answers are right after all
}
teach-event-rescored-worse = { $count ->
    [one] one answer is not right after all
   *[other] { $count } answers are not right after all
}
teach-event-look = Look at the question
why-rescored = A question in “{ $title }” was mended, and your answers were judged anew.
