# Words about what is kept of people: the page for everybody, the record of one person, erasing. Plain and exact.

kept-title = What we keep about you
kept-title-of = What we keep about { $name }
kept-lead = This is the whole list of what this program keeps about you.
kept-lead-of = This is the whole list of what this program keeps about { $name }.
kept-stays = It stands on the school's own computer. The program sends none of it away and shows no ads. The one who runs the computer can get at the file that holds it all; that takes the trust of the school.
kept-children = Your children
kept-link = What we keep
kept-what = What
kept-why = What for
kept-who = Who reads it
kept-until = When it ends
kept-basis = Why it is allowed
kept-tables = Columns
kept-events = Fields of events
kept-not-title = What we do not keep
kept-not = No date of birth, no address, no health, no faith, no family income. No pictures, no voices, no places. Nothing from other programs or websites.
kept-rights-title = What you can ask for
kept-rights = You can ask the school to show you all of it as a file, to put right what is wrong, and to erase it.

## Who reads it
kept-reader-none = Nobody. No page shows it.
kept-reader-own = the student
kept-reader-guardian = the family
kept-reader-teacher = the student's teachers
kept-reader-class-teachers = the teachers of the class
kept-reader-leader = who leads the school
kept-reader-operator = who runs the computer

## When it ends
kept-until-with-record = With the record of the person, which the school can erase
kept-until-until-replaced = When it is changed, and at the latest with the record
kept-until-end-of-day = When you sign out, or by itself at the end of class or of the day
kept-until-days =
    { $days ->
        [one] After one day
       *[other] After { $days } days
    }

## Why it is allowed
kept-basis-teaching = Teaching is the school's task (GDPR article 6 (1) (e); FERPA, 34 CFR 99.31 (a) (1))
kept-basis-safety = Keeping records safe is the school's duty (GDPR articles 5 (1) (f) and 32; 34 CFR 99.31 (a) (1) (ii))
kept-basis-choice = It was chosen freely and can be taken back at any time (GDPR article 6 (1) (a))

## Kinds of things
kept-name-title = Name and role
kept-name-what = Given name, family name, the role at school, and the school's own number for the person. While a teacher holds a class open, the sign-in page shows the given name and one letter.
kept-name-why = To greet you, to find the right person, and to match the school's list
kept-belonging-title = Class and family
kept-belonging-what = Which class and course somebody is in, and which adult answers for which child.
kept-belonging-why = To know who may see and do what
kept-secret-title = Pictures or password
kept-secret-what = The login name, and the pictures or the password in a form that can not be read back. How many wrong tries came since the last right one.
kept-secret-why = To let the right person in, and to stop guessing
kept-sign-in-title = Who is signed in
kept-sign-in-what = A random number for each sign-in, in a form that can not be read back.
kept-sign-in-why = To stay signed in for a lesson
kept-answer-title = Answers
kept-answer-what = Each answer with its time, how long it took, the hints used, and if it was right.
kept-answer-why = To say what was right, to pick what comes next, and to show a teacher what was done
kept-judgement-title = Points from a teacher
kept-judgement-what = The points a teacher gave for an answer, and what the teacher said.
kept-judgement-why = To judge what only a person can judge
kept-estimate-title = What you seem to know
kept-estimate-what = For each step: how likely it is that it is known, how sure that is, and when to look at it again. It is worked out from the answers.
kept-estimate-why = To pick what comes next, and to show how far you are
kept-advice-title = Ideas for the day
kept-advice-what = What the program said to do next, and its reasons.
kept-advice-why = To be able to say why
kept-decision-title = What a teacher set
kept-decision-what = What a teacher decided about a step, with a note. The page for families shows what was set; the note stands in the record.
kept-decision-why = To let the teacher lead, and to show who decided what
kept-story-title = Stories you like
kept-story-what = The kind of stories that was picked.
kept-story-why = To put the same math in a story you like
kept-class-title = What was done for a class
kept-class-what = When a class was opened and by whom, and which cards a teacher put away and why.
kept-class-why = To let students in, and to not show a card twice
kept-trace-title = Who did what, and when
kept-trace-what = For each thing that happened: when, who did it, and in whose record. People stand there as random numbers, without names.
kept-trace-why = To show that nothing was lost or changed

## The record of one person as a file
record-title = All that is kept about { $name }
record-made = Made on { $at }
record-about = This is the whole record in words. The file beside it, record.json, holds the same for programs, to the last number. People and classes stand here as random numbers where they are not the person themself.
record-none = Nothing.
record-withheld = not given out, since somebody could try to sign in with it
record-state = worked out from what happened; its numbers stand in record.json
record-of-another = Something in the record of another person.
record-right = right
record-not-right = not right yet
kept-file-title = Take it with you
kept-file-text = Here is all of it, to keep or to give to another school. Whoever has the file can read it.
kept-file-words = In words
kept-file-json = For programs (JSON)
record-table-event = What happened
record-table-answer = Answers, each with the place where it stands among what happened
record-table-learner-state = What the program believes, whole
record-table-estimate = Steps
record-table-class-session = Classes open now
record-table-person = Name and role
record-table-enrollment = Classes
record-table-guardianship = Family
record-table-credential = Pictures or password
record-table-session = Signed in now
record-table-card-dismissal = Cards that a teacher put away
record-column-at = when
record-column-actor = who did it
record-column-role = as
record-column-learner = in the record of
record-column-attempt = try
record-column-kind = kind
record-column-body = what
record-column-answer = answer number
record-column-decision = place
record-column-seq = up to
record-column-competency = step
record-column-level = level, 0 to 4
record-column-known = chance that it is known
record-column-first-tries = first tries
record-column-last-at = last answer
record-column-mastered-at = mastered
record-column-due-at = look again
record-column-section = class
record-column-until = until
record-column-opened-by = opened by
record-column-id = number in this program
record-column-sourced-id = the school's number
record-column-given-name = given name
record-column-family-name = family name
record-column-person = person
record-column-guardian = adult
record-column-login = login name
record-column-hash = pictures or password
record-column-failures = wrong tries
record-column-token-hash = sign-in number
record-column-expires-at = ends
record-column-card = card
record-column-by = put away by
record-column-reason = reason
record-event-course-taken = Took the course { $what }.
record-event-course-left = Left the course { $what }.
record-event-advised = Was advised for the day: { $what }.
record-event-started = Began a question: { $what }.
record-event-hint-shown = Saw a hint.{ $what }
record-event-hint-answered = Answered the smaller question of a hint: { $what }.
record-event-responded = Answered. { $what }.
record-event-handed-in = Handed in for a teacher. { $what }.
record-event-scored = A teacher gave points. { $what }
record-event-score-undone = A teacher took points back: { $what }.
record-event-not-understood = Wrote what the program could not read: { $what }
record-event-revealed = Saw the worked solution: { $what }.
record-event-mastered = Mastered: { $what }.
record-event-doubted = To be practised again: { $what }.
record-event-proof-begun = Asked to prove: { $what }.
record-event-proof-ended = Ended the proof: { $what }.
record-event-interest-chosen = Chose stories: { $what }.
record-event-directed = A teacher set: { $what }
record-event-directive-undone = A teacher took back what was set.{ $what }
record-event-class-opened = Opened a class.{ $what }
record-event-class-closed = Closed a class.{ $what }
record-event-courses-chosen = Chose the courses of a class: { $what }.
record-event-placement-begun = Began to find where to start in { $what }.
record-event-placement-ended = Ended finding where to start in { $what }.
record-event-placement-set = A teacher turned finding where to start on or off.{ $what }
record-event-model-installed = Let another learner model run: { $what }.
