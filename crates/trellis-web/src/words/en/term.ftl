# The report of a term for a family.

term-link = Report of a term
term-title = How the term went for { $name }
term-dates = From { $from } to { $to }
term-busy = { $questions ->
    [0] { $name } did no questions in this time.
    [one] { $name } did one question in this time.
   *[other] { $name } did { $questions } questions on { $days ->
        [one] one day
       *[other] { $days } days
    } in this time.
}
term-choose = Choose the days
term-from = First day
term-to = Last day
term-show = Show
term-fault-days = Those days do not fit. Choose a first day and a later last day, at most 400 days apart.
term-can = New: { $name } can do this now
term-can-none = No new step was finished in this time.
term-by-teacher = A teacher saw it.
term-doubt = Worth another look
term-doubt-text = { $name } could do this before. The last answers leave a doubt.
term-now = Not yet
term-now-text = { $name } has begun this. More right answers are needed.
term-now-none = Nothing else was begun.
term-goals = Goals
term-goal-done = Reached: { $goal }
term-goal-open = On the way: { $goal }. The last day is { $day }.
term-words = What teachers said
term-words-by = { $by }, { $day }
term-words-next = Next: { $next }
term-work = Work that { $name } shares
term-work-thinks = { $name } thinks: { $text }
term-how = How to read this
term-how-text = A step is new when fresh questions came out right with no help. One good day is not enough. If you see it in another way, tell a teacher.
