# Words for questions that a teacher gives to students. Plain, warm and exact.

teach-nav-assign = Assign
assign-title = Assign, { $section }
assign-lead = Choose questions with their answers beside them, and give them to the class, a group or one student. They stand first on the student’s day. You can take them back.
assign-choose = What do you want to give?
assign-numbers = Questions
assign-numbers-same = The same for all
assign-numbers-own = Each student’s own
assign-numbers-help = Each student’s own have a level that fits, and other numbers.
assign-due = To be done by, if you like
assign-show = Show the questions
assign-next-title = What is next for each student
assign-for = { $count ->
    [one] For 1 student
   *[other] For { $count } students
}
assign-empty = There is no question to give for this just now.
assign-key = Answer:
assign-numbers-again = Other numbers
assign-other = Another question
assign-earlier = Earlier
assign-drop = Leave out
assign-one-more = One question more
assign-note = A word to the students, if you like
assign-give = Give these questions
assign-given = Given now
assign-given-none = No questions are given just now.
assign-about = Given { $when }. { $due }
assign-adaptive = Let the order follow the answers
assign-adaptive-help = Each student then gets next what fits best of these questions, and not the next in order. All of them still come.
assign-due-none = No date.
assign-due-past = It was to be done by { $date }.
assign-finished = { $done } of { $of } students are done.
assign-who-has = Who has done what
assign-ended-alone = right alone
assign-ended-helped = right with help
assign-ended-not-yet = not right yet
assign-ended-waits = waits to be read
assign-ended-open = open
assign-undo = Take back
assign-undo-label = Take back for all: { $what }
assign-done-given = Given. It stands first on these students’ day.
assign-done-withdrawn = Taken back. What was answered stays.

teach-purpose-assigned = Given by a teacher
teach-directed-assigned = Questions given
family-set-assigned = { $teacher } gave questions on “{ $step }”.
assigned-question = From your teacher: question { $number } of { $of }
assigned-done = { $done } of { $of } done.
assigned-due = To be done by { $date }.
assigned-note = Your teacher says: “{ $note }”
