# Words of the teacher's and the leader's pages. Plain, warm and exact.

teach-nav-check = To read
teach-nav-map = Class map
teach-nav-courses = Courses
teach-students = { $count ->
    [one] 1 student
   *[other] { $count } students
}
teach-student = Student
teach-skill = Skill
teach-skill-choose = Choose a skill

## Choosing a class

teach-sections-title = Your classes
teach-no-sections = You teach no class here yet. The office can add you to one.
teach-open-now = open now
teach-switch-section = Your classes

## Levels

teach-level-0 = Not started
teach-level-1 = Starting
teach-level-2 = Growing
teach-level-3 = Strong
teach-level-4 = Mastered
teach-level-due = { $level }, review due
teach-review-due = Mastered, review due

## Today

teach-today-title = Today, { $section }
teach-today-heading = { $count ->
    [0] Nothing needs you today
    [one] 1 thing needs you today
   *[other] { $count } things need you today
}
teach-today-sub = { $active } of { $all } students answered in the last seven days.
teach-calm-heading = All quiet
teach-calm = Nobody is stuck, away, or sharing a mix-up, as far as answers can tell. You will see it here when that changes.
teach-done-dismissed = Put away for a week, unless there is news.
teach-done-opened = The class is open. Give your students the code.
teach-done-closed = The class is closed, and its students are signed out. Every answer is kept.
teach-done-released = Released. They can try again now.
teach-more-names = { $count ->
    [one] and 1 more
   *[other] and { $count } more
}
teach-put-away = Put away
teach-put-away-why = Why? It helps us choose better.
teach-dismiss-label = Put away: { $card }
teach-dismiss-done = I took care of it
teach-dismiss-wrong = It is not so
teach-dismiss-later = Not now
teach-judged = Of the last { $all } cards that you put away and judged, { $right } were so.
teach-judged-few = { $all ->
    [one] You have judged 1 card so far. After five we say here how often our cards are right.
   *[other] You have judged { $all } cards so far. After five we say here how often our cards are right.
}
teach-act-map = See the class map
teach-act-student = See the work of { $name }
teach-example = One answer
teach-typed = Answered:
teach-mix-up-unnamed = shows the same wrong turn

teach-kind-to-check = Waits for you
teach-kind-shared-mix-up = Same mix-up
teach-kind-stuck = Stuck
teach-kind-doubted = In doubt again
teach-kind-not-asking = Not asking
teach-kind-idle = Away
teach-kind-slipping = Reviews pile up
teach-kind-ready-to-check = Your look

teach-card-to-check = { $count ->
    [one] 1 answer waits for your check, since { $since }
   *[other] { $count } answers wait for your check, the oldest since { $since }
}
teach-card-shared-mix-up = { $count ->
    [one] { $name } has a mix-up in “{ $skill }”
   *[other] { $count } students share a mix-up in “{ $skill }”
}
teach-card-stuck = { $count ->
    [one] { $name } keeps trying “{ $skill }”
   *[other] { $count } students keep trying “{ $skill }”
}
teach-card-doubted = { $count ->
    [one] { $name } may have lost “{ $skill }”
   *[other] { $count } students may have lost “{ $skill }”
}
teach-card-not-asking = { $count ->
    [one] { $name } never opens a hint
   *[other] { $count } students never open a hint
}
teach-card-idle = { $count ->
    [one] { $name } has not answered for a school week
   *[other] { $count } students have not answered for a school week
}
teach-card-slipping = { $count ->
    [one] { $name } has reviews waiting
   *[other] { $count } students have reviews waiting
}
teach-card-ready-to-check = { $count ->
    [one] { $name } just mastered “{ $skill }”
   *[other] { $count } students just mastered “{ $skill }”
}

teach-evidence-to-check = { $count ->
    [one] Somebody wrote, and hears nothing until you have read it. It counts only then.
   *[other] They wrote, and hear nothing until you have read it. It counts only then.
}
teach-evidence-shared-mix-up = { $times ->
    [one] Each { $mix-up }: seen once in the last seven days. More practice alone will not fix it.
   *[other] Each { $mix-up }: seen { $times } times in the last seven days. More practice alone will not fix it.
}
teach-evidence-stuck = { $count ->
    [one] Many tries and no rise. A few minutes beside you may do more than another question.
   *[other] Many tries and no rise. A few minutes together with you may do more than another question.
}
teach-evidence-doubted = { $count ->
    [one] It counted as mastered, and the last answers speak against it. Trellis practises it again without fuss.
   *[other] It counted as mastered, and their last answers speak against it. Trellis practises it again without fuss.
}
teach-evidence-not-asking = { $count ->
    [one] Wrong several times this week, and help was one press away. Shy, or guessing? You can tell.
   *[other] Wrong several times this week, and help was one press away. Shy, or guessing? You can tell.
}
teach-evidence-idle = { $count ->
    [one] No answer for five school days or more, while the others went on.
   *[other] No answer for five school days or more, while the others went on.
}
teach-evidence-slipping = { $count ->
    [one] Mastered skills are fading. Ten minutes of review keep them.
   *[other] Mastered skills are fading. Ten minutes of review keep them.
}
teach-evidence-ready-to-check = { $count ->
    [one] The rule for mastery holds. A short talk tells you whether you agree.
   *[other] The rule for mastery holds for each. A short talk tells you whether you agree.
}

teach-seen-mix-up = { $times ->
    [one] once
   *[other] { $times } times
}
teach-seen-stuck = { $tries } tries, { $right } right alone, { $hints ->
    [0] no hint
    [one] 1 hint
   *[other] { $hints } hints
} lately
teach-seen-doubted = { $days ->
    [0] since today
    [one] since yesterday
   *[other] for { $days } days
}
teach-seen-not-asking = { $wrong } of { $all } wrong at first, no hint
teach-seen-idle = { $days } school days
teach-seen-never = has not begun yet
teach-seen-slipping = { $count } reviews
teach-seen-mastered = { $days ->
    [0] today
    [one] yesterday
   *[other] { $days } days ago
}

## The class session

teach-class-heading = Class session
teach-class-state-open = The class is open: { $code }.
teach-class-state-closed = The class is closed.
teach-class-code = Class code
teach-class-open = { $minutes ->
    [one] Open for 1 more minute. Students go to the sign-in page, type the code and pick their name.
   *[other] Open for { $minutes } more minutes. Students go to the sign-in page, type the code and pick their name.
}
teach-class-closed = Closed. Nobody can sign in with this code until you open the class.
teach-class-for = Open for
teach-minutes = { $minutes } minutes
teach-class-open-button = Open the class
teach-class-close = Close the class
teach-class-close-note = Closing signs the students out. Every answer is kept.
teach-locked-heading = Cannot sign in
teach-map-course = Course
teach-no-course-heading = No course yet
teach-no-course = Choose a course for this class, and its map stands here.
teach-choose-courses = Choose courses
teach-locked-none = Nobody is locked out.
teach-locked = { $name } picked the wrong pictures five times.
teach-release = Let them try again

## The courses of a class

courses-title = Courses of { $section }
courses-lead = Your students practise what you choose here. What they have learned stays, whatever you change.
courses-legend = Courses to choose
courses-none = There is no course here yet. The one who runs Trellis at your school can bring some in.
courses-kind-path = Path of skills
courses-kind-lessons = Textbook in lessons
courses-about = { $units ->
    [one] 1 part
   *[other] { $units } parts
}, { $skills ->
    [one] 1 skill
   *[other] { $skills } skills
}, { $questions ->
    [one] 1 question
   *[other] { $questions } questions
}. Licence: { $licence }.
courses-button = Give these to the class
courses-most = At most { $most }. The first one leads on the class map.
courses-done = Done. Your students see these courses from the next page that they open.
courses-late = { $count ->
    [one] 1 student joined later and does not take all of these yet. Press the button below to give them out.
   *[other] { $count } students joined later and do not take all of these yet. Press the button below to give them out.
}

## Class map

teach-map-title = Class map, { $section }
teach-map-heading = Class map, { $section }
teach-map-now = Class map, where most is going on
teach-map-whole = See the whole map
teach-map-who-where = Who stands where
teach-map-empty = There is no student in this class yet. The office can add them.
teach-map-caption = The level of each student on each skill. Names and cells lead to the student’s work.
teach-map-scrolls = Class map, scrolls sideways
teach-map-how = A cell leads to the answers behind it. Mastered means that the rule holds, or that you counted it so.
teach-back-to-today = Back to today
teach-units-label = Units
teach-unit-all = All units
teach-unit-summary = { $mastered } of { $all } mastered
teach-count-of = { $count } of { $all }
teach-strong-or-better = Strong or better
teach-sort-by = Sort by
teach-sort-name = Name
teach-sort-need = Needs help first

## One student

teach-student-title = { $name }, student
teach-student-sub = { $mastered ->
    [one] 1 skill mastered
   *[other] { $mastered } skills mastered
}, { $working } begun. Last answer { $when }.
teach-student-new = No answer yet.
teach-days-ago = { $days ->
    [0] today
    [one] yesterday
   *[other] { $days } days ago
}
teach-look-at = Look at
teach-look-all = Everything
teach-look-show = Show
teach-next-right = We expect the next one right { $times }.
teach-doubt-unknown = Nothing was answered here yet, so this is only what beginners do.
teach-doubt-small = We are quite sure: the answers agree with each other.
teach-doubt-middle = We are fairly sure. A few more answers can still move it.
teach-doubt-large = We are not sure yet: the answers are few, or they disagree.
teach-counts = { $tries ->
    [one] 1 first try
   *[other] { $tries } first tries
} on { $items ->
    [one] 1 question
   *[other] { $items } different questions
}, { $right } right without a hint.
teach-counts-none = No try yet.
teach-review-is-due = review due

teach-timeline-all = What happened
teach-timeline-about = What happened in “{ $skill }”
teach-timeline-more = Show what was before
teach-timeline-empty = Nothing yet.
teach-event-right = Right
teach-event-not-yet = Not yet
teach-event-handed-in = Handed in, for you to read
teach-event-scored = You or a colleague read it: { $points }
teach-event-score-undone = A score was taken back
teach-event-revealed = Looked at the worked solution
teach-event-mastered = Mastered
teach-event-doubted = In doubt again
teach-event-proof-begun = Asked to prove it
teach-event-proof-held = Proved it
teach-event-proof-not-yet = Tried to prove it, not yet
teach-event-undone = You took back: { $what }
teach-event-hints = { $count ->
    [one] After 1 hint
   *[other] After { $count } hints
}
teach-event-try = Try number { $number }
teach-event-mix-up = Mix-up: { $mix-up }.
teach-event-moved = Expected right: { $before } → { $after } of 10.
teach-event-same = Expected right: still { $after } of 10.
teach-event-opens = Open now: { $skills }.
teach-proof-right = { $right } of { $done } right.
teach-note-said = Note: { $note }

teach-advice-heading = Advice for today
teach-advice-last = The last advice
teach-advice-when = Made { $when }.
teach-advice-none = No advice yet. It is made when { $name } opens Today.
teach-about-minutes = { $minutes ->
    [one] about 1 minute
   *[other] about { $minutes } minutes
}
teach-stop-choice = Own pick: { $skills }
teach-purpose-learn = Learn
teach-purpose-review = Review
teach-purpose-choice = Own pick
teach-purpose-proof = Proof
teach-purpose-lesson = Lesson
teach-considered = What was considered
teach-considered-scrolls = What was considered, scrolls sideways
teach-considered-more = { $count ->
    [one] and 1 more, with a lower score
   *[other] and { $count } more, with lower scores
}
teach-for = For
teach-score = Score
teach-made-of = Made of
teach-taken = taken
teach-term-gain = expected gain a minute { $value }
teach-term-averted = forgetting averted a minute { $value }
teach-term-opening = opens others { $value }
teach-term-continuing = begun lately { $value }
teach-term-asked = you asked { $value }
teach-advice-versions = Policy { $policy }, model { $model }.

reason-teacher-ready = Everything before it is mastered: { $after }.
reason-teacher-ready-first = Nothing has to come before it.
reason-teacher-review-due = { $days ->
    [0] Mastered. Last answer today; we expect it to be remembered { $times }.
    [one] Mastered. Last answer 1 day ago; we expect it to be remembered { $times }.
   *[other] Mastered. Last answer { $days } days ago; we expect it to be remembered { $times }.
}
reason-teacher-close = { $right ->
    [one] One more right answer would master it.
   *[other] { $right } right answers in a row would master it.
}
reason-teacher-begun = { $tries ->
    [one] Begun lately: 1 first try.
   *[other] Begun lately: { $tries } first tries.
}
reason-teacher-opens = { $count ->
    [one] 1 skill waits for it.
   *[other] { $count } skills wait for it.
}
reason-teacher-teacher-asked = A teacher asked for it.
reason-teacher-teacher-opened = A teacher opened it early.
reason-teacher-you-pick = The student picks.
reason-teacher-you-prove = The student wants to prove it.

teach-decide-heading = You decide
teach-decide-note = What you decide wins over the advice, from the next page the student opens. You can undo it.
teach-decide-what = What should happen
teach-decide-button = Decide
teach-note = Note, if you like
teach-directive-count-as-mastered = Count as mastered
teach-directive-count-as-mastered-help = You have seen that they can do it.
teach-directive-not-yet = Not mastered yet
teach-directive-not-yet-help = You have doubts. It is practised again.
teach-directive-do-next = Do this next
teach-directive-do-next-help = It comes first today.
teach-directive-open = Open it
teach-directive-open-help = Even if something before it is not mastered.
teach-directive-close = Close it for now
teach-directive-close-help = It is not offered until you undo this.
teach-directed-count-as-mastered = Counted as mastered
teach-directed-not-yet = Not mastered yet
teach-directed-do-next = Do this next
teach-directed-open = Opened early
teach-directed-close = Closed for now
teach-directed-other = an earlier decision
teach-by-you = By you, { $when }
teach-by-other = By another teacher, { $when }
teach-in-force = In force
teach-in-force-none = Nothing. The advice stands on its own.
teach-undo = Undo
teach-undo-label = Undo: { $what }, { $skill }
teach-changed = Done. This is what it does to today’s stops
teach-change-none = Today’s stops stay as they are.
teach-change-before = Before
teach-change-after = Now
teach-change-empty = No stops.
teach-change-undo = Not what you meant? Undo stands under “In force”.

## District

district-title = The district in figures
district-lead-none = In the last seven days too few students answered to say anything about them.
district-lead = In the last seven days { $active } of { $all } students answered { $responses ->
    [one] 1 question
   *[other] { $responses } questions
} and mastered { $mastered ->
    [one] 1 skill
   *[other] { $mastered } skills
}.
district-empty-heading = No classes yet
district-empty = When the roster is in, each class stands here with its figures. The operator of the machine can import it.
district-sections = Classes, last seven days
district-caption = Each class with its students, how many answered, answers given and skills mastered in the last seven days.
district-scrolls = Classes in figures, scrolls sideways
district-section = Class
district-students = Students
district-active-heading = Answered
district-active = { $active } of { $all }
district-responses = Answers
district-mastered = Skills mastered
district-few = Too few students to show
district-few-note = A class is shown with { $least } students or more, of whom { $active } answered, and only if no sum or difference of what is shown would speak about fewer than { $least }. Other classes are in no figure here, nor in the sums.
district-locked-heading = Cannot sign in
district-locked-text = After five wrong passwords a sign-in is locked. Make sure that it is really them who ask, in person or by a number that you know.
district-locked-none = Nobody of the staff or the families is locked out.
district-locked-teacher = { $name }, teacher
district-locked-guardian = { $name }, family
district-locked-leader = { $name }, leads the district
district-locked-operator = { $name }, runs the machine
district-release = Let them try again
district-release-label = Let { $name } try again
district-released = Released. They can try again now.
district-says-heading = What this says, and what not
district-says = It says how much was practised and how often the rule for mastery was met. It does not say that Trellis was the cause, nor who is a better teacher: classes differ in many ways.

## Answers to read

teach-weekday-0 = Monday
teach-weekday-1 = Tuesday
teach-weekday-2 = Wednesday
teach-weekday-3 = Thursday
teach-weekday-4 = Friday
teach-weekday-5 = Saturday
teach-weekday-6 = Sunday
teach-seen-to-check = { $count ->
    [one] one answer
   *[other] { $count } answers
}
teach-act-check = Read the answers
check-title = Answers to read, { $section }
check-heading = { $count ->
    [0] Nothing waits for you
    [one] 1 answer waits for you
   *[other] { $count } answers wait for you
}
check-none = When students write an answer that only a person can judge, it stands here, the oldest first.
check-place = Answer { $place } of { $all }
check-by = { $name } wrote, { $since }
check-waited = { $days ->
    [0] waiting since today
    [one] waiting for 1 day
   *[other] waiting for { $days } days
}
check-question = The question
check-answer = The answer
check-sample = An answer that gets all points
check-key = Our answer
check-rubric = How good is it?
check-comment = Say something to { $name } (if you like)
check-comment-help = { $name } reads this beside the points. At most { $count } characters.
check-points = { $points ->
    [one] 1 point
   *[other] { $points } points
}
check-not-right = Not yet right
check-right = Right
check-compare = The program could not prove whether this is the same as our answer. You decide.
check-save = Save and go on
check-keys = The keys { $first } to { $last } choose, too, while the rubric has the focus.
check-skip = Look at the next one first
check-gone = This question is not in the course any more. Say whether the answer was right as far as you can tell.
check-done = Saved: { $points } for { $name }.
check-undo = Take it back
check-undone = Taken back. The answer waits again.
check-lately = Read lately
check-lately-line = { $points }, { $when }
check-undo-label = Take it back: { $name }, { $points }
