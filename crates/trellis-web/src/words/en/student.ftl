# Words of the student pages. Plain, warm and exact.

level-not-started = Not started
level-starting = Starting
level-growing = Growing
level-strong = Strong
level-mastered = Mastered

today-greeting = Hello, { $name }
today-summary =
    { $stops ->
        [one] One stop today, about { $minutes } minutes.
       *[other] { $stops } stops today, about { $minutes } minutes. Take them in any order.
    }
today-nothing = You have finished everything that is open. Your teacher can open more for you.
today-plan = Your plan for today
today-minutes =
    { $minutes ->
        [one] About one minute
       *[other] About { $minutes } minutes
    }
today-review = Warm-up: { $title }
today-pick = Your pick
today-start = Start
today-more = A little more
today-done = Done for today
today-why = Why these stops?

stories-title = Stories you like
stories-text = The story is yours. The math is the same for everyone.
stories-none = No story

vine-title = Your trellis
vine-wilts = Nothing wilts when you take a day off.
vine-sentence =
    { $all ->
        [0] Your first flower opens when you master a skill.
        [one] One skill has flowered{ $week ->
            [0] .
           *[other] , this very week.
        }
       *[other] { $all } skills have flowered{ $week ->
            [0] .
           *[other] , { $week } of them this week.
        }
    }
vine-empty = A young vine on a trellis, without flowers yet.
vine-only-bud = A young vine on a trellis. In bud: { $bud }.
vine-only-flowers = A vine on a trellis. Flowers: { $flowers }.
vine-both = A vine on a trellis. Flowers: { $flowers }. In bud: { $bud }.

reason-student-ready-first = This is a good place to begin.
reason-student-ready = You have mastered what comes before it: { $after }.
reason-student-review-due =
    { $days ->
        [0] You know this. A short look keeps it fresh.
        [one] You last did this yesterday. A short look keeps it fresh.
       *[other] You last did this { $days } days ago. A short look now keeps it from fading.
    }
reason-student-close =
    { $right ->
        [one] One more right answer can master it.
       *[other] { $right } right answers in a row can master it.
    }
reason-student-begun =
    { $tries ->
        [0] You have begun this.
        [one] You have tried one question so far.
       *[other] You have tried { $tries } questions so far.
    }
reason-student-opens =
    { $count ->
        [one] It opens another skill.
       *[other] It opens { $count } other skills.
    }
reason-student-teacher-asked = Your teacher asked you to do this.
reason-student-teacher-opened = Your teacher opened this for you.
reason-student-you-pick = This one is your choice.
reason-student-you-prove = You want to show that you know this.

item-saved = All answers saved
item-no-timer = No timer
item-story = { $story } story, picked by you
proof-held = You got { $right } of { $done } right, and it counts: this is mastered.
proof-not-yet = You got { $right } of { $done } right. That is not quite enough yet, and it helps us fit the next questions to you.
item-proof = Show what you know: question { $number }, at most { $of }
item-question = Question
item-pips =
    { $done ->
        [0] Your first question on this today.
       *[other] Questions on this today: { $done }. Right on your own: { $right }.
    }
item-hints = Hints
item-hint =
    { $left ->
        [one] Hint (1 left)
       *[other] Hint ({ $left } left)
    }
item-show-me = Show me how
scaffold-check = Check this step
scaffold-right = Yes. Use it for the question above.
scaffold-not-yet = Not yet. Try once more, or take the next hint.
scaffold-answer = Answer:
item-check = Check my answer
item-try-again = Check again
item-worked = Step by step
item-next = Next question
item-back-to-today = Back to today
item-back-to-lesson = Back to the lesson
item-enough = Enough for now
item-about = About this question

answer-label = Your answer
answer-read-as = We read this as
answer-hint-numeric = Type a number, like 12, -3.5 or 3/4.
answer-hint-fraction = Type a fraction like 8/3, a mixed number like 2 2/3, or a decimal.
answer-hint-simplest = Type a fraction in its simplest form, like 2/3.
answer-hint-mixed = Type a mixed number, like 2 2/3.
answer-hint-expression = Type an expression, like 3x + 1.
answer-hint-equation = Type an equation, like x = 4, or an inequality, like x >= 3.
answer-hint-words = Type a word or a few words.
answer-hint-choice = Choose one.
answer-hint-multiple = Choose all that are right.
answer-hint-order = Give each its place, 1 for the first.
answer-hint-match = Choose a partner for each.
answer-hint-line = Choose the place on the line.
answer-hint-text = Type a word or a few words. Capitals do not matter, unless the question says so.
answer-hint-inline = Choose a word in each menu of the text.
answer-hint-gaps = Choose a word for each gap of the text. Some words may be left over.
answer-hint-region = Choose one part of the picture.
answer-hint-regions = Choose all right parts of the picture.
answer-hint-graphic-order = Give each part of the picture its place, 1 for the first.
answer-hint-plot = Set each point: click on the grid or type its numbers.
answer-plot-x = x
answer-plot-y = y
answer-hint-plot-line = Set two points of the line: click on the grid or type their numbers.
answer-hint-table = Fill the blank cells.
answer-gap = Gap { $number } of { $all }
answer-gap-none = Choose
answer-bank = Words to choose from
answer-cell = { $row }, { $column }
answer-point = Point { $number }
answer-key = Answer
answer-place = Place of { $entry }
answer-place-none = Place
answer-partner = Partner of { $entry }
answer-partner-none = Choose
answer-line = The number line
answer-mark = Mark { $number } from the left end

feedback-right-title = Yes, that is right!
feedback-close-title = Not yet, and you are close
feedback-not-yet-title = Not yet
feedback-try-again = This is not it yet. Look at the question once more. A hint may help.
feedback-look-at-steps = This is not it yet. The steps below show one way to get there.
feedback-spelled = It is spelled { $word }.
feedback-parts = { $right ->
    [one] 1 of { $all } is right.
   *[other] { $right } of { $all } are right.
}
feedback-not-simplest = The value is right. Can you write it in its simplest form?
feedback-not-mixed = The value is right. Can you write it as a mixed number?
feedback-unfinished = The value is right. Can you work it all the way out?
feedback-not-expanded = The value is right. Can you write it without brackets, with like terms joined?
feedback-not-factored = The value is right. Can you write it as a product?
feedback-not-solved = That is true, and not the end yet. Can you solve it?
feedback-unread-title = We could not read this
feedback-unread-text = That costs you nothing. Change it and check again.
feedback-shown-title = Here is one way to do it
feedback-shown-text = Read the steps. Then try the next question.

mastered-title = Mastered: { $title }
mastered-text = You have shown this enough times to count on it. It flowers on your trellis.
mastered-opens = This is open for you now:

changed-title = What this changed
changed-up = We thought you would get one like this { $from }. Now we think { $to }.
changed-down = We thought you would get one like this { $from }. Now we think { $to }. The next tries count too.
changed-same = Your answer counts. Our picture stays about the same.
changed-first-counts = Your first try counted. This one is for learning.

why-title = Why this question?
why-lesson = You chose it from the lesson.
why-tenths = We think you will get one like this about { $times }.
why-tenths-end = We think you will get one like this { $times }.
why-same-math = The story is yours. The math is the same for everyone.
why-more = Why do we think so?
prove-button = I know this, let me prove it
prove-text = A few questions, at most six, no hints. It stops as soon as we are sure. Your teacher will see it.
opens-next = Opens next
opens-when = when this skill is mastered

map-summary = { $mastered } of { $all } skills have flowered.
map-textbook = A textbook. What you have begun in it stands here; all of it is in its lessons.
map-to-lessons = Open its lessons
map-picture-title = All of it at a glance
map-picture-how = A ring marks what is open for you now. Lines show what comes before what. The list says the same in words.
map-picture = Picture of { $course }: { $mastered } of { $all } skills mastered, { $open } open now. The list says the same in words.
map-disc = { $title }: { $level }
map-levels = The five levels
map-evidence = right on your own in { $right } of { $tries } first tries
map-review = a review is due
map-waits = Opens after: { $before }
map-practise = Practise
map-prove = Let me prove it

why-page-title = Why Trellis said this
why-happened = What happened
why-advice = What we advised
why-weighed = What else we weighed
why-weighed-text = More blocks: more worth for your next minutes.
why-col-what = Skill
why-col-for = For
why-col-worth = Worth now
why-chosen = advised
why-to-learn = learning
why-to-review = keeping fresh
why-worth = { $tenths } of 10
why-number = This is decision { $number }.
why-versions = Made by the rules { $policy } with the model { $model }.
why-replays = It is stored with everything it was made from, and comes out the same each time it is worked out again.
why-responded-right = { $title }: a right answer. Our guess for one like it went from { $from } to { $to } of 10.
why-responded-not-yet = { $title }: not yet right. Our guess for one like it went from { $from } to { $to } of 10.
why-revealed = { $title }: the worked steps were shown.
why-mastered = { $title } is mastered.
why-doubted = { $title } came back for practice after some misses.
why-directed = The teacher decided something about { $title }.
why-proof = { $title }: { $right } of { $done } right without help.

lessons-lead = Leaf through a course in its own order. What you do here counts like everything else.
lessons-none-title = No lessons yet
lessons-none = When your teacher gives you a course, its lessons stand here.
lessons-in-course =
    { $count ->
        [one] One lesson
       *[other] { $count } lessons
    }
lessons-count =
    { $count ->
        [one] One question
       *[other] { $count } questions
    }{ $begun ->
        [0] { "" }
       *[other] , { $begun } begun
    }
lessons-begun = begun
lessons-waits = Some questions of this part open later. See why on
lessons-before = Lesson before
lessons-after = Next lesson
lessons-contents = All lessons

figure-bar = A bar in { $parts } equal parts, { $shaded } of them shaded.
figure-line = A number line from { $from } to { $to } with a mark every { $step }.
figure-line-points = Points at: { $points }.
figure-area = A square in { $rows } rows and { $columns } columns. { $shadedrows } rows and { $shadedcolumns } columns are shaded.
figure-grid = A coordinate plane from -{ $size } to { $size }.
figure-grid-line = A line that passes 0 at { $start } and 1 at { $rise }.
figure-grid-point = Point { $label } at ({ $x }, { $y }).
figure-balance = A scale in balance: { $left } on the left, { $right } on the right.
figure-drawing = A drawing.
figure-bar-chart = A bar chart.
figure-line-chart = A line chart.
figure-plane = A grid with marks from { $from } to { $to } along both axes, one every { $step }.
figure-tape = { $label }: { $parts } equal boxes.

answer-hint-written = Write a few sentences. Your teacher reads them.
answer-hint-upload = Choose a file. Your teacher looks at it.
answer-file-label = Your file
answer-file-kinds = It may be: { $kinds }.
answer-file-picture = a picture
answer-file-pdf = a PDF
answer-file-text = a text
answer-file-sound = a recording
answer-file-most = It may have { $count } megabytes.
answer-longest = There is room for { $count } characters.
waiting-title = Handed in
waiting-text = Your teacher reads this and answers you here. It costs nothing to wait: go on with something else.
waiting-compare = We could not tell for sure whether this is the same as our answer. Your teacher looks at it. It costs you nothing.
waiting-own = You wrote:
checked-title = Your teacher has read it
checked-title-points = Your teacher has read it: { $points }
checked-title-right = Your teacher says: yes, that is right
checked-title-not-yet = Your teacher says: not yet
checked-comment = Your teacher says:
checked-sample = One good answer:
checked-points = { $most ->
    [one] { $points } of 1 point
   *[other] { $points } of { $most } points
}
checks-title = Answers that your teacher reads
checks-waiting = { $count ->
    [one] One answer waits for your teacher.
   *[other] { $count } answers wait for your teacher.
}

why-handed-in = { $title }: an answer was handed in. It changes nothing until a person has read it.
why-scored = { $title }: the teacher scored an answer. Our guess for one like it went from { $from } to { $to } of 10.
why-score-undone = { $title }: the teacher took a score back. It no longer counts.
