# Short surveys: the forms, asking for an answer, and what is told of them. Plain, warm, exact.

survey-title = Short surveys
survey-lead = Ask students, teachers or families five short things, without their names. Results come the day after the last day, as counts, and never about fewer than 5 people.
survey-new = Open a survey
survey-form = Which form?
survey-form-belonging = Belonging, for students
survey-form-support = Support and workload, for teachers
survey-form-heard = Being heard, for families
survey-whom = Who is asked?
survey-whole = Everybody
survey-whom-help = Students or families of one class, or all. Teachers are always asked all together.
survey-first = First day
survey-last = Last day
survey-open = Open it
survey-forms = What the forms say
survey-before = Surveys so far
survey-row = { $form }: { $whom }
survey-days = From { $first } to { $last }
survey-state-later = It has not begun.
survey-state-now =
    { $count ->
        [0] Nobody has answered yet. Results come the day after the last day.
        [one] One person has answered so far. Results come the day after the last day.
       *[other] { $count } people have answered so far. Results come the day after the last day.
    }
survey-state-over = It is over and is being counted. Look again tomorrow.
survey-state-counted = This is how often each answer was given.
survey-state-few = Fewer than 5 people answered, so nothing is told. Their answers are deleted.
survey-hidden = A class stands here when at least 5 of its students answered, and when nobody could find out about fewer by subtracting. What is not shown is deleted.
survey-comments = Comments, in no order
survey-withdraw = Take it back
survey-withdraw-label = Take it back: { $title }
survey-withdraw-help = Nobody is asked any more, and what was answered is deleted.
survey-done-opened = It is open. Those who are asked see a line on their first page from its first day on.
survey-done-withdrawn = It is taken back, and what was answered is deleted.
survey-done-days = This was not opened. Choose days from today on, the last not before the first, for at most 60 days.
survey-done-same = This was not opened: the same people are asked the same in these days already.
survey-done-whole = This was not opened. Teachers are asked all together: a class has too few of them.
survey-caption =
    { $count ->
        [one] { $of }: 1 answer
       *[other] { $of }: { $count } answers
    }
survey-group = Group
survey-open-days = Open
survey-statement = Statement
survey-step-0 = Rather not say
survey-step-1 = No, not at all
survey-step-2 = Not really
survey-step-3 = In part
survey-step-4 = Mostly
survey-step-5 = Yes, fully

## The line on a first page, and the form
survey-line-label = Short survey
survey-line-belonging = How is it for you at school? Five short questions, without your name, until { $day }.
survey-line-support = How is your work? Five short questions, without your name, until { $day }.
survey-line-heard = Does the school listen to you? Five short questions, without your name, until { $day }.
survey-line-go = Answer
survey-line-later = Not now
survey-until = Open until { $day }
survey-how = How your answer is kept
survey-how-counts = Your answer is added to counts and not kept by itself. The program notes that you answered and on which day, so that you are asked once. It does not note what you answered with it.
survey-how-few = Results are shown when the survey is over, and only where at least 5 people answered.
survey-how-comment = A comment is shown as you wrote it, without your name. Nobody can find it again to change or delete it, so write no names.
survey-how-free = You need not answer. You can choose “Rather not say” for each line.
survey-comment = Would you like to add something? (may be empty)
survey-comment-help = Please write no names.
survey-send = Send
survey-thanks = Thank you. Your answer is counted.
survey-thanks-text = It stands in the counts without your name.
survey-home = Go on

## For students
survey-belonging-title = How is it for you at school?
survey-belonging-1 = I feel that I belong here.
survey-belonging-2 = There is a grown-up here whom I can ask for help.
survey-belonging-3 = When I make a mistake, I can try again without shame.
survey-belonging-4 = Other students are kind to me.
survey-belonging-5 = What I think counts here.

## For teachers
survey-support-title = How is your work?
survey-support-1 = When I ask for help, I get it.
survey-support-2 = My work fits into the time that I have for it.
survey-support-3 = I know what is expected of me.
survey-support-4 = Those who lead the school listen to me.
survey-support-5 = After a day at school I have strength left for other things.

## For families
survey-heard-title = Does the school listen to you?
survey-heard-1 = I know how my child is doing at school.
survey-heard-2 = When I ask the school something, I get an answer.
survey-heard-3 = What I say about my child is taken seriously.
survey-heard-4 = What the school writes is easy for me to understand.
survey-heard-5 = I feel welcome at school.

## What a teacher reads
survey-class-title = What students say about belonging, { $section }
survey-class-link = What your students say about belonging
survey-class-lead = Counts of the answers of this class, without names. They are here when at least 5 students answered.
survey-class-of = Survey until { $day }
survey-class-none = There is nothing to show yet. Results come the day after a survey is over, when enough students of this class have answered.
