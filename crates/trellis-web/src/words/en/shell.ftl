# Words of the frame, of signing in, of errors and refusals. Plain and warm; no blame, no jargon.

skip = Skip to the page
nav-label = Main
nav-today = Today
nav-map = My map
nav-lessons = Lessons
nav-teach-today = Today
nav-family = This week
nav-district = District
nav-how = How Trellis decides
signed-in-as = Signed in as { $name }
sign-out = Sign out
language-label = Language
foot-says = A program helps choose what to practise. A teacher can always change it.

## Chances. A belief is never certain: neither 0 nor 10 out of 10.
chance-times =
    { $tenths ->
        [0] fewer than 1 time out of 10
        [one] 1 time out of 10
        [10] more than 9 times out of 10
       *[other] { $tenths } times out of 10
    }
chance-figure =
    { $tenths ->
        [0] under 1
        [10] over 9
       *[other] { $tenths }
    }

error-title = That did not work
error-back = Back to the start
error-bad-request = We could not read what was sent. Go back and try once more.
error-other-site = This came from another site, so nothing was changed. Open Trellis itself and try there.
error-busy = Many people are working right now. Nothing is lost: wait a moment and press the button again.
error-too-fast = That was a lot at once. Nothing is lost: wait a moment, then go on.
error-too-slow = That took too long to arrive. Check the connection and send it again: nothing is lost, and nothing counts twice.
error-failed = Something went wrong on our side. Nothing you sent before is lost. Please try again, or tell your teacher.

refusal-sign-in-first = Please sign in first.
refusal-not-yours = This page is not open to you. If you think it should be, ask your teacher or your school.
refusal-not-found = There is nothing here. The address may be old, or mistyped.
refusal-attempt-over = This question is finished already. Go on with the next one.
refusal-item-gone = This question was taken out of the course. Go on with another one.
refusal-no-more-hints = There are no more hints for this question.
refusal-no-items = There is no question for this yet. Pick another one.
refusal-not-in-course = This is not part of your course.
refusal-closed-by-teacher = This is not open yet. Your map shows what comes before it.
refusal-already-so = That is done already.
refusal-nothing-to-undo = There is nothing to undo here.
refusal-no-such-interest = We do not have stories of that kind.
refusal-no-such-courses = Choose one course or a few of those that are here.
refusal-class-closed = This class is not open right now. Ask your teacher to open it, and check the code.
refusal-not-in-rubric = These points are not in the rubric of this question. Look at the answer again.
refusal-still-waiting = As many of these wait for an answer as may wait at once. Somebody will answer them first.
refusal-nothing-said = Nothing was written. Go back and say it in a few words.
refusal-too-long = That is longer than we can take. Please make it shorter.

## Signing in
sign-in-title = Welcome to Trellis
sign-in = Sign in
sign-in-student = I am a student
sign-in-staff = I work at the school, or I am family
class-code = Class code
class-code-help = Your teacher has it. It works while your class is open.
find-class = Find my class
login = Your sign-in name
password = Password
staff-refused = That sign-in name and password did not let you in. Check both and try again. After five wrong tries a sign-in is locked: then ask somebody who leads your school, or who runs Trellis there.

demo-title = Look around: pick a person
demo-text = This is a demonstration school with invented people. You can sign in as any of them, and change what you like.
demo-teachers = Teachers
demo-students-of = Students of { $section }
demo-families = Families
demo-leaders = The people who lead the district
demo-count =
    { $n ->
        [one] { $n } person
       *[other] { $n } people
    }

who-are-you = Who are you?
pick-your-name = Pick your name.
class-empty = There is nobody in this class yet. Ask your teacher.
not-my-class = This is not my class
not-me = This is not me
your-pictures = Your three pictures
pictures-title = Hello, { $name }!
pictures-ask = Pick your three pictures in order.
pictures-again = Those are not your pictures. Try once more. After five tries your teacher can help.
pictures-locked = You have tried a few times. Ask your teacher to let you in.
pictures-unset = You have no pictures yet. Ask your teacher for them.
pictures-none = Pick the first picture.
pictures-one = One picked. Pick the second.
pictures-two = Two picked. Pick the third.
pictures-three = Three picked.
pictures-clear = Start again
picture-first = First picture
picture-second = Second picture
picture-third = Third picture
picture-cat = Cat
picture-sun = Sun
picture-boat = Boat
picture-tree = Tree
picture-fish = Fish
picture-star = Star
picture-house = House
picture-flower = Flower
picture-key = Key
picture-bell = Bell
picture-leaf = Leaf
picture-moon = Moon

## How Trellis decides
how-title = How Trellis decides
how-lead = Trellis keeps a belief about each step a student learns. It uses that belief to suggest what to practise next. A teacher can always change what it says.
how-belief-title = What it believes
how-belief-text = For each step there is a chance that the student knows it, from 0 to 10 out of 10. Each answer moves it. An answer that is easy to guess moves it less. A first try without a hint moves it most.
how-belief-parts = The chance to get the next question right is a sum of parts that have names: how hard the question is, what the answers so far say, how the last few went, how long ago that was, and whether there were hints.
how-belief-slip = It allows for slips: someone who knows a step still gets about { $slip } of 100 questions wrong.
how-belief-limits = The starting numbers are general ones until a model fitted to the answers of this place proves better on students it has not seen. A belief can be wrong. That is why each page shows what it rests on.
how-mastered-title = When a step counts as mastered
how-mastered-bound = It is { $sure } in 100 sure that the student would get a new question right at least { $right } times out of 10.
how-mastered-tries = At least { $tries } first tries were right without a hint, on at least { $items } different questions. The last one was.
how-mastered-teacher = Or a teacher says so. A teacher can also say "not yet". What a teacher says counts more than the belief.
how-mastered-doubt = If the chance later falls below { $doubt } out of 10, or { $misses } first tries in a row go wrong, the step is practised again. Nothing is taken away in front of the student.
how-review-title = When a step comes back
how-review-text = What is learned fades. When the chance to remember a mastered step falls to { $review } out of 10, it comes back for a short review.
how-next-title = How the next step is chosen
how-next-open = Only steps count whose earlier steps are mastered, or which a teacher opened.
how-next-teacher = What a teacher asked for comes first.
how-next-rank = Then Trellis weighs how much a few minutes would help, what is about to fade, and what opens other steps.
how-next-choice = A day has at most { $stops } stops, and one of them is the student's own pick.
how-next-story = Stories change with what a student likes. The mathematics stays the same.
how-next-why = Each suggestion is stored with its reasons and with all that was weighed. The same facts give the same suggestion again.
how-kept-title = What is kept
how-kept-names = Names, classes, and who answers for whom, as the school gave them.
how-kept-answers = Answers with their time, the hints taken, and the kind of stories chosen.
how-kept-teacher = What a teacher decided, with the teacher's note.
how-kept-who = The student, the family and the teachers can see it. So can those who lead the school or run its computer.
how-never-title = What is never done
how-never-sell = Nothing is sold, and the program sends nothing to any company.
how-never-rank = Students are not ranked. There are no timers, no streaks and no lost points.
how-never-grade = Trellis gives no grades and decides nothing about a student's future.
how-never-secret = There is no hidden score. What is believed can be seen, doubted and changed.
how-versions-title = What runs here now
how-versions-model = Model of learning
how-versions-policy = Rules for the next step
how-versions-bound = What counts as mastered
how-versions-bound-value = { $sure } in 100 sure of { $right } out of 10
how-versions-tries = Least first tries that were right without a hint
how-versions-items = Least different questions
how-versions-content = Courses here
how-versions-none = none yet
table-save = Save as a table: { $what }
table-day = day
table-what = what happened
table-details = more
