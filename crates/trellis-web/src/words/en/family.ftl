# Words of the family pages. Plain, warm and exact. Reading grade 5 or lower: a test counts.

family-children-title = Your children
family-children-text = Whose week do you want to see?
family-no-children = No child is linked to you here yet. Ask the school to add you.
family-title = How { $name } is doing in math
family-title-other = How { $name } is doing
family-week = The week up to { $date }
family-date =
    { $month ->
        [1] { $day } January { $year }
        [2] { $day } February { $year }
        [3] { $day } March { $year }
        [4] { $day } April { $year }
        [5] { $day } May { $year }
        [6] { $day } June { $year }
        [7] { $day } July { $year }
        [8] { $day } August { $year }
        [9] { $day } September { $year }
        [10] { $day } October { $year }
        [11] { $day } November { $year }
       *[12] { $day } December { $year }
    }

family-where-teacher = Is { $name } on track for the grade? Trellis can not say, since no one has set a pace here. Ask { $teacher }.
family-where-school = Is { $name } on track for the grade? Trellis can not say, since no one has set a pace here. Ask the school.
family-done =
    { $n ->
        [0] What we do know: { $name } has not mastered a step yet.
        [one] What we do know: { $name } has mastered { $n } step.
       *[other] What we do know: { $name } has mastered { $n } steps.
    }
family-moved =
    { $n ->
        [one] One of them is new this week.
       *[other] { $n } of them are new this week.
    }
family-moved-all =
    { $n ->
        [one] It is new this week.
       *[other] All of them are new this week.
    }
family-busy =
    { $n ->
        [one] { $name } tried one question this week.
       *[other] { $name } tried { $n } questions this week.
    }
family-quiet = { $name } did not work in Trellis this week.
family-not-begun = { $name } has not begun to work in Trellis.
family-grades = This course runs from grade { $first } to grade { $last }. So no child needs to know all of it now.

family-path-title = Steps on the way
family-path-about = From the part called “{ $unit }”. { $name } moves on when a step is mastered, not when a week is over.
family-step-mastered = mastered
family-step-this-week = mastered this week
family-step-teacher = { $teacher } says it is mastered
family-step-review = mastered, a short look back is due
family-step-now = working on it
family-step-now-chance = working on it, we think right { $times }
family-step-later = later
family-step-number = { $n }

family-why-title = Why this one now?
family-new-title = New this week
family-new-text = { $name } can now do this:
family-new-none = No step was mastered this week. That can be fine: a hard step takes time.
family-hard-title = Still hard
family-hard-none = Nothing stood out as hard this week.
family-hard-mix-up = We saw a common mix-up. A child { $mixup }.
family-hard-teacher = { $teacher } can see this too.
family-home-title = Five minutes at home
family-home-after = Let { $name } explain. It is fine to be wrong. Drawing helps. You do not need to teach a rule.
family-home-none = Ask { $name } to show you one question from today. Let { $name } do the talking.

family-teacher-title = What a teacher has set
family-set-count-as-mastered = { $teacher } counted “{ $step }” as mastered.
family-set-not-yet = { $teacher } wants to see more of “{ $step }” first.
family-set-do-next = { $teacher } put “{ $step }” next.
family-set-open = { $teacher } opened “{ $step }” early.
family-set-close = { $teacher } closed “{ $step }” for now.
family-some-teacher = A teacher

family-kept-title = What the school keeps about { $name }
family-kept-text = We keep the name, the class, each answer and its time. We keep the hints used and the kind of stories { $name } likes. We keep what a teacher set, and the plan.
family-kept-who = You, { $name } and the teachers can see it. So can those who lead the school or run its computer. The program sends none of it to a company.
family-looked = { $who } looked at pages about { $name } this week.
family-looked-none = No one at school looked at a page about { $name } alone this week.
family-kept-all = All that we keep
family-kept-how = How Trellis decides
family-talk-title = Talk to us
family-talk-teacher =
    { $n ->
        [one] { $teachers } teaches { $name }.
       *[other] { $teachers } teach { $name }.
    }
family-talk-none = Ask the school who teaches { $name }.
family-and = { $first } and { $last }
family-wrong-title = Is something wrong here?
family-wrong-text = Tell the teacher, or print this page and write on it. You can ask the school to show you all it keeps, to fix it, or to delete it.
family-foot = A program helps pick what { $name } works on. A teacher can change all of it.
family-back = All my children

## Why a step comes now, for a family. One for each reason of the rules.
reason-family-ready = { $name } has done the steps that come before it.
reason-family-ready-first = It is a good place to begin.
reason-family-review-due =
    { $days ->
        [one] The last try was a day ago. A short look keeps it fresh.
       *[other] The last try was { $days } days ago. A short look keeps it fresh.
    }
reason-family-close =
    { $right ->
        [one] One more right answer could do it.
       *[other] About { $right } more right answers could do it.
    }
reason-family-begun = { $name } has begun it.
reason-family-opens =
    { $count ->
        [one] It opens one new step.
       *[other] It opens { $count } new steps.
    }
reason-family-teacher-asked = A teacher asked for it.
reason-family-teacher-opened = A teacher opened it early.
reason-family-you-pick = { $name } may pick it.
reason-family-you-prove = { $name } asked to show it without help.
