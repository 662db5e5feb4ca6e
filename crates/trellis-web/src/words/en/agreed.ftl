# Words of what a district has agreed on for all of its classes, and of what follows from it on other pages.

agreed-title = What we agreed on
agreed-link = What we agreed on for all classes
agreed-lead = This holds for every class of the district. It changes no answer, no estimate and nothing of what “mastered” takes: that is the same for every student.
agreed-most = How much the system may decide
agreed-most-about = The most for any class. Teachers choose this or less. Where a class has more now, it goes back to this at once, and its teacher reads why.
agreed-mode-shadow = Nothing, it only watches
agreed-mode-shadow-help = Students follow the course. What it would have advised is kept, to be compared.
agreed-mode-suggest = Nothing without a teacher's yes
agreed-mode-suggest-help = Students follow the course. Teachers see where it would choose something else, and decide.
agreed-mode-assist = The next step
agreed-mode-assist-help = It chooses what each student does next and when to look back. Teachers can overrule all of it.
agreed-on = What is on
agreed-on-about = What is off disappears from every page of students and teachers. Nothing that was made with it is lost.
feature-projects = Projects
feature-projects-help = Work over weeks, with checkpoints and a rubric that teachers score.
feature-sharing = Sharing among teachers
feature-sharing-help = Sets of questions that teachers let the others find, talk about and take over.
feature-what-if = What if
feature-what-if-help = Students look at easier, harder or other questions before they agree to them.
agreed-courses = Pace and graduation
agreed-courses-about = The pace tells families where a child should be: the steps are spread evenly over the days. It pushes nobody on. For graduation say how many steps must be mastered, and by how many kinds of evidence each.
agreed-steps = { $count ->
    [one] One step
   *[other] { $count } steps
}
agreed-first = The course begins on
agreed-last = It is planned to be through on
agreed-required = Steps for graduation
agreed-each-by = Each of them by
agreed-kinds = { $count ->
    [one] one kind of evidence
   *[other] { $count } kinds of evidence
}
agreed-levels = What levels are called
agreed-levels-about = Your own names, as families read them. An empty field keeps ours. What a level takes stays the same.
scale-not-begun = Not begun
scale-working = Working on it
scale-mastered = Mastered
scale-kept = Mastered, and kept for a month
agreed-reviews = When a look back is due
agreed-reviews-text = A step that was mastered comes back when its chance to be remembered falls below nine in ten. This is the same everywhere: with less, “mastered” would not mean what it says.
agreed-how = How Trellis decides
agreed-why = Why
agreed-reason = What was agreed, by whom and why. It stays in the list below.
agreed-button = Agree on this
agreed-before = What was agreed before
agreed-before-none = Nothing yet. What you see above is what holds without an agreement.
agreed-when = { $day }, { $who }
nobody-any-more = somebody who is not here any more
agreed-done-agreed = It holds from now on.
agreed-done-same = This holds already.
agreed-done-days = Nothing was changed: a course needs both days, and the first before the last.
agreed-done-requirement = Nothing was changed: say how many steps graduation asks for, and by how many kinds of evidence.
agreed-done-names = Nothing was changed: two levels cannot have one name, and a name has at most 40 letters.
agreed-done-reason = Nothing was changed: say why.
refusal-switched-off = Your district has switched this off. Nothing is lost; ask who leads your school.
refusal-most-is-less = Your district has agreed that the system decides less than this.

## What follows on other pages
family-on-ahead = { $name } is ahead of the plan.
family-on-as-planned = { $name } is where the plan says.
family-on-behind = { $name } is behind the plan. That can be fine. Ask the school what would help.
family-plan =
    { $planned ->
        [0] The course has just begun, so the plan has no step yet.
        [one] By now the plan is to know one step of this course. { $name } knows { $mastered }.
       *[other] By now the plan is to know { $planned } steps of this course. { $name } knows { $mastered }.
    }
body-title = For graduation
body-of = { $title }: { $counted } of { $asked } steps count so far.
body-lacking = { $count ->
    [0] {""}
    [one] One more is mastered and needs another kind of evidence, such as a project or a written answer that your teacher scores.
   *[other] { $count } more are mastered and need another kind of evidence, such as a project or a written answer that your teacher scores.
}
record-table-agreed = what the district agreed on
