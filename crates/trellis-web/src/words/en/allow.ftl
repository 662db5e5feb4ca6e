# What a family allows.

allow-link = What you allow
allow-back = Back to the week
allow-title = What you allow for { $name }
allow-lead = { $name } learns the same math and has to show the same skill, with a yes or with a no. You can change your mind at any time.
allow-foot = A change counts from the next question on. The teachers of your child see it too. It is kept who said what on which day.

allow-choosing-title = Answers pick the next step
allow-choosing-what = The program looks at what { $name } did. Then it picks the next step and a question that is not too hard and not too easy.
allow-choosing-without = Without it the steps come one by one in the order of the course. No answer changes that.
allow-stories-title = Stories that your child likes
allow-stories-what = { $name } can pick a kind of story, like sports or music. Some questions are then told in that way.
allow-stories-without = Without it each question is told in the same way to all. The pick is let go.
allow-improving-title = Help to make the program better
allow-improving-what = The school counts the answers of all students. It sees how good the guesses of the program are, and mends them. No name is in it. Nothing leaves the school.
allow-improving-without = Without it the answers of { $name } are left out of these counts.

allow-stands-unsaid = It is on. Nobody has said yes or no.
allow-stands-yes = It is on. { $by } said yes on { $day }.
allow-stands-no = It is off. { $by } said no on { $day }.
allow-somebody = Somebody of the family
allow-stop = Stop this
allow-again = Allow this
allow-done-stopped = It is off now.
allow-done-again = It is on now.
allow-done-same = It is so already.

family-choosing-no = { $name } takes the steps in the order of the course. Your family wants it so. Past answers do not change them.
family-choosing-change = You can change it under “What you allow”.

reason-student-familys-path = It comes next in your course. Your family wants the order of the course, so your answers do not change what comes next.
reason-teacher-familys-path = It comes next in the course. The family does not want answers to choose.
reason-family-familys-path = It comes next in the course. Your family wants this order.
why-consented = Your family said what may be done with your answers.

teach-withheld-choosing = The family does not want answers to choose what comes next: steps and questions come in the order of the course. Only the family can change this.
teach-withheld-stories = The family does not want chosen stories.
teach-withheld-improving = The family does not want the answers in the counts that improve the program.

refusal-family-says-no = Your family has said no to this. Talk with them if you want it.

record-event-consented = The family said whether a use is allowed: { $what }
kept-consent-title = What the family allows
kept-consent-what = Each yes and no of the family to a use, with who said it and on which day.
kept-consent-why = To keep to it, and to show that it was said
