# Decisions for a class, what students wish for, and what the program may decide alone.

what-if-link = Too easy? Too hard? Another story?
what-if-title = What if? “{ $skill }”
what-if-lead = These are questions like the ones that would come next. Look first, then choose.
what-if-ways = Ways to go on
what-if-usual = As it is
what-if-easier = Easier
what-if-harder = Harder
what-if-agree = Yes, like this
what-if-go-on = Go on practising
what-if-same = Here it would be the same. The questions that show that you can do it are the same for everyone.
what-if-waits = You have asked lately. A few questions come as usual first; then you can ask again.
what-if-stories = The same question as another story
what-if-story = This story
what-if-done-too-easy = Your next question is a harder one. After it, three come as usual.
what-if-done-too-hard = Your next question is an easier one. After it, three come as usual.
what-if-done-story = Your next questions tell this story where they can.
sure-how = How sure are you? You can leave this out.
sure-guessed = I am guessing
sure-thinks-so = I think so
sure-sure = I am sure
sure-said-guessed = You said: I am guessing.
sure-said-thinks-so = You said: I think so.
sure-said-sure = You said: I am sure.

teach-directive-skip = Leave it out
teach-directive-skip-help = It is not advised, and what waits for it opens. Nobody says that it is mastered.
teach-directed-skip = Left out
family-set-skip = { $teacher } left out “{ $step }”.
reason-student-course-order = It comes next in your course.
reason-teacher-course-order = It comes next in the course; you keep the course's order for this class.
reason-family-course-order = It comes next in the course.

teach-directive-up-to = Up to here for now
teach-directive-up-to-help = What comes after it in the course stays closed. What was begun stays open.
teach-directed-up-to = Up to here for now
family-set-up-to = { $teacher } keeps the class at “{ $step }” for now.
teach-directive-in-order = In the order of the course up to here
teach-directive-in-order-help = What comes up to it is learned in the order of the course. After it Trellis chooses again.
teach-directed-in-order = In order up to here
family-set-in-order = { $teacher } wants the steps up to “{ $step }” in order.

teach-nav-decide = Decide
decide-title = Decide for { $section }
decide-lead = Choose what and for whom, look at what it does, then say yes. You can undo it for all at any time.
decide-choose = What do you decide?
decide-preview = Show what it does
decide-what = { $what }: “{ $skill }”
decide-does = Of { $all } students the next stops change for { $changes }. For { $opens } something opens, for { $closes } something closes. Nothing has happened yet.
decide-now = Stops now
decide-then = Stops then
decide-same = The same
decide-already = It is so already
decide-nothing = Nothing to do
decide-why = Why? It stands in the record of each student.
decide-button = Decide for those ticked
decide-in-force = In force for several
decide-in-force-none = Nothing is decided for several students at once.
decide-undo-label = Undo for all: { $what }
decide-done-decided = Decided. The next advice of these students follows it.
decide-done-undone = Undone for all.
decide-done-mode = Said. The next advice of each student follows it.
decide-done-stopped = The class is open. Trellis no longer decides alone here: its own rule stopped it. Students follow the course.
mode-heading = What Trellis may decide alone
mode-shadow = Nothing, it only watches
mode-shadow-help = Students follow the course. What it would have advised is kept, so that you can compare.
mode-suggest = Nothing without your yes
mode-suggest-help = Students follow the course. You see where it would choose something else, and decide.
mode-assist = The next step
mode-assist-help = It chooses what each student does next and when to review. You can overrule all of it.
mode-button = Set for the class
mode-differs = { $count ->
    [0] It would begin with the same step as the course for all { $all } students.
    [one] For 1 of { $all } students it would begin with another step than the course does.
   *[other] For { $count } of { $all } students it would begin with another step than the course does.
}
mode-rule-heading = What stops it
mode-rule = When in { $days } days more than { $most } of 100 skills that it called mastered are doubted by later answers, it stops deciding alone. It needs { $least } such skills before the rule speaks, and it is looked at each time you open the class.
mode-measured = Now: { $called } called mastered, { $doubted } of them doubted since.
mode-stopped-note = Stopped by its own rule: too many skills that it called mastered were doubted later.
mode-stood-back-rule = Since { $day } the system suggests and no longer decides here. { $note }
mode-stood-back-district = Since { $day } the system decides less here, as the district agreed. { $note }

teach-directive-fixed-path = A fixed path
teach-directive-fixed-path-help = Trellis stops choosing by a student's answers. Steps and questions come in the order of the course, from the first step that is not finished. It chooses no reviews and offers no placement. Answers are judged and skills count as mastered as ever, and what you decide still holds.
teach-directed-fixed-path = A fixed path
teach-fixed-about = In all courses
teach-fixed-button = Turn choosing off
teach-term-none = the order of the course
decide-fixed-who = Families may ask for it. It holds for the students you tick until you undo it; for a student who joins later you decide then.
reason-student-fixed-path = It comes next in your course. Your path is fixed: your answers do not change what comes next.
reason-teacher-fixed-path = It comes next in the course. The path is fixed, so answers choose nothing.
reason-family-fixed-path = It comes next in the course. The path is fixed.
why-fixed-path = A teacher put you on a fixed path.
family-fixed-title = Who picks the next step
family-fixed-on = { $name } is on a fixed path. { $teacher } set this. The steps come in the order of the course. Past answers do not change them.
family-fixed-ask-off = Do you want it to change? Ask the school.
family-fixed-off = The program looks at what { $name } did. Then it picks the next step.
