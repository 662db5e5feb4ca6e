# Words of what students make and keep, and of projects.

work-title = My work
work-link = My work and projects
work-title-of = Work of { $name }
work-link-of = Work
work-lead = Keep what you are proud of, or what shows how far you have come. Nobody else sees it until you share it.
work-lead-of = What { $name } chose to share. There may be more that is kept private.
work-none = Nothing here yet. A drawing, a solved puzzle, a text: what would you like to keep?
work-none-shared = Nothing is shared here yet.
work-new = Keep something new
work-change = Change
work-drop = Take it away
work-drop-text = It goes for good, with its file and what was said about it.
work-drop-button = Yes, take it away
work-done-kept = Kept.
work-done-dropped = Taken away.
work-done-said = Sent. The student reads it with the piece.
work-form-title = What do you call it?
work-form-said = What is it?
work-form-file = A picture or a file
work-form-file-help = A picture, a PDF, a text or a recording, at most 6 megabytes. Pictures lose the note of where they were taken.
work-form-reflection = What did you learn from it?
work-form-reflection-help = What went well? What would you do another way?
work-form-ties = What does it show?
work-form-tie = Skill
work-form-tie-none = Nothing from a course
work-form-shared = Who may see it?
work-form-school = My teachers
work-form-family = My family
work-form-shared-help = You can change this at any time.
work-form-button = Keep it
work-file-now = The file that is kept now
work-file-save = Save the file
work-picture = Picture: { $title }
work-reflection = What I learned
work-skills = It shows
work-shared-both = Shared with your teachers and your family
work-shared-school = Shared with your teachers
work-shared-family = Shared with your family
work-shared-nobody = Only you see it
work-word-by = { $name }, { $day }
work-word-somebody = A teacher
work-say = Say something about it
work-say-button = Send

project-own = Projects of your classes
project-open-line = { $done } of { $all } handed in
project-scored-line = Your teacher has looked at it
project-over-line = Over
project-due = Until { $day }
project-handed-when = Handed in on { $day }
project-file = Look at the file
project-again = Hand in something else
project-said = What do you hand in?
project-hand-in = Hand in
project-score = What your teacher sees
project-self = How do you see it?
project-self-text = Choose what fits your work best. It helps you and your teacher talk. It changes no level on your map.
project-self-button = That is how I see it
project-keep = Keep it in my work
project-keep-text = What you handed in becomes a piece of your own. Only you see it until you share it.
project-keep-button = Keep it
project-closed-scored = Your teacher has looked at it, so nothing more can be handed in.
project-closed-over = This project is over. Nothing more can be handed in.
project-done-handed-in = Handed in.
project-done-scored-self = Kept.
project-speaks = It also counts for “{ $skill }”
project-level = Step { $level } of { $most }: { $says }
project-step = Step { $step }
project-step-1 = Looks at it with somebody’s help
project-step-2 = Tries it when shown how
project-step-3 = Does parts of it alone
project-step-4 = Does all of it in a simple case
project-step-5 = Does it well in a case like those before
project-step-6 = Does it well in a new case
project-step-7 = Chooses among several ways and says why
project-step-8 = Finds a way of their own that others can use
project-skill-claim = Saying what you think
project-skill-evidence = Giving reasons that hold
project-skill-model = Showing it as a picture, a table or a formula
project-skill-explain = Explaining it so that others understand
project-skill-check = Checking your own work
project-skill-together = Working with others

projects-nav = Projects
projects-title = Projects, { $section }
projects-lead = Longer work with checkpoints and a rubric. Students hand in and score themselves; your score counts for the skills that you tie to it, half as much as an answer that you read, and never makes a skill mastered by itself.
projects-none = No project yet.
projects-line = { $count ->
    [one] Given on { $day }. One student has handed something in.
   *[other] Given on { $day }. { $count } students have handed something in.
}
projects-over = Over
projects-back = All projects
projects-new = A new project
projects-done-given = Given. Students find it under “My work”.
projects-form-title = Title
projects-form-about = What it is about
projects-form-checkpoints = Checkpoints
projects-form-checkpoint = { $row }. What is handed in
projects-form-due = { $row }. Until, if there is a day
projects-form-ready = Ready criteria
projects-form-ready-help = Each has the same eight steps, from looking at it with help to finding a way of one’s own. They are in no course, so they move no level.
projects-form-own = Criteria of your own
projects-form-own-help = Each can be tied to a skill of the course.
projects-form-criterion = Criterion { $row }
projects-form-criterion-title = What you look for
projects-form-criterion-about = Counts for the skill
projects-form-criterion-none = None
projects-form-criterion-levels = Its levels, one on each line, from the least on
projects-form-button = Give it to the class

scoring-who = Who has handed in what
scoring-student = Student
scoring-self = Own view
scoring-scored = Your score
scoring-there = There
scoring-not-there = Not yet
scoring-nothing = Nothing handed in yet.
scoring-handed = { $count } of { $all } students have handed something in.
scoring-end = End the project
scoring-again = Open it again
scoring-score = Your score
scoring-give = Score it
scoring-text = A criterion that is tied to a skill moves its estimate. The student’s own view moves nothing.
scoring-own = The student’s own view: { $level }
scoring-comment = A word to the student
scoring-button = Give the score
scoring-undo = Take the score back
scoring-done-scored = The score is given. The student sees it.
scoring-done-undone = The score is taken back; what followed from it too.
scoring-done-ended = The project is over.
scoring-done-again = The project is open again.

refusal-not-a-file = This file cannot be taken. Choose a picture (PNG, JPEG, GIF, WebP), a PDF, a plain text or a recording, and send it again. Nothing was changed.

teach-event-project-scored = Project scored: { $title }
teach-event-project-undone = The score of a project was taken back
teach-project-line = { $criterion }: { $points } of { $most }
why-project = A teacher scored the project “{ $title }”.

record-table-artifact = pieces of work
record-table-artifact-word = words about pieces of work
record-table-project = projects given
record-table-checkpoint-work = work handed in for projects
record-table-self-score = own view of projects
record-table-work-file = files of work
record-column-changed-at = changed
record-column-title = title
record-column-reflection = reflection
record-column-competencies = skills
record-column-file = file
record-column-with-school = shared with teachers
record-column-with-family = shared with the family
record-column-artifact = piece
record-column-ended-at = ended
record-column-project = project
record-column-checkpoint = checkpoint
record-column-points = points
record-event-project-scored = a teacher scored a project
record-event-project-score-undone = the score of a project was taken back

shared-nav = Shared by teachers
shared-title = Shared by teachers
shared-lead = Sets of questions that teachers of this district share. Take one, look at each question with its answer, change what you like, and give it to your class.
shared-search = Search by title, skill or teacher
shared-search-button = Search
shared-found = { $count ->
    [0] Nothing is shared here yet.
    [one] One set
   *[other] { $count } sets
}
shared-about = { $count ->
    [one] One question on “{ $skill }”, by { $name }, { $day }
   *[other] { $count } questions on “{ $skill }”, by { $name }, { $day }
}
shared-take = Take it for my class
shared-withdraw = Share it no longer
shared-say = Say something about it
shared-say-label = What should other teachers know?
shared-share = Share these questions with other teachers
shared-share-text = All teachers of the district can look at them, say something about them, and take them over. Your word to the students goes with it.
shared-set-title = What do you call the set?
shared-share-button = Share
shared-done-shared = Shared. The other teachers find it here.
shared-done-said = Sent. Everybody who sees the set reads it.
shared-done-withdrawn = It is shared no longer. Who has taken it keeps it.
record-table-shared-set = sets of questions shared
record-table-shared-comment = what was said about shared sets
record-column-withdrawn-at = shared until
record-column-shared-set = set
