# Words of what people ask each other, of groups and of plans. Plain, warm and exact.

teach-nav-matters = Questions
nav-support = Support

teach-card-stuck-each = { $count } students keep trying, each something else
teach-card-doubted-each = { $count } students may have lost something, each something else
teach-card-disagrees-each = { $count } students do not agree with a level
teach-kind-disagrees = Does not agree
teach-kind-family-asks = A family asks
teach-card-disagrees = { $count ->
    [one] { $name } does not agree with a level
   *[other] { $count } students do not agree with the level of “{ $skill }”
}
teach-card-family-asks = { $count ->
    [one] The family of { $name } waits for an answer
   *[other] { $count } families wait for an answer
}
teach-evidence-disagrees = { $count ->
    [one] The level comes from answers. Somebody who knows more than answers tell should look.
   *[other] The levels come from answers. Somebody who knows more than answers tell should look.
}
teach-evidence-family-asks = { $count ->
    [one] They see on their page how long they have waited.
   *[other] They see on their pages how long they have waited.
}
teach-seen-raised = waits since { $since }
teach-act-answer = Answer

matter-kind-disagreement = Does not agree
matter-kind-question = Question
matter-kind-objection = Something is wrong
matter-kind-support = Help asked for
matter-said = { $when }
matter-waits = Waits for an answer since { $when }
matter-answered = Answered { $when }
matter-sent = Sent. You will see the answer here.
matter-what = What is it?
matter-before = What you said before
matter-family-of = The family of { $name }
matter-answer-label = Answer to { $name }
matter-look = Look at the work
matter-your-answer = Your answer
matter-answer-button = Send the answer
matter-answered-heading = Answered lately
matter-done-answered = Sent. They see it on their page.
matter-done-asked = Sent. Only those who lead the district see it.

matters-title = Questions, { $section }
matters-lead = What students and families said to you, longest waiting first. They see how long they wait.
matters-none = Nobody waits for an answer.

support-title = Who needs an answer
support-lead = What teachers asked help for, longest waiting first. Only they and those who lead the district see it.
support-none = No teacher waits for help.
support-by = { $teacher }, { $section }
support-heading = Do you need help?
support-text = With a student, a class, or with Trellis. Only those who lead the district read it.
support-label = I need help with
support-button = Ask for help
support-families-heading = Families that wait
support-families = { $count ->
    [one] { $section }: 1 family question waits, since { $since }
   *[other] { $section }: { $count } family questions wait, the oldest since { $since }
}

say-title = Your level in “{ $skill }”
say-back = Back to my map
say-level = { $tries ->
    [0] The map says: { $level }. You have not answered a question on it yet.
    [one] The map says: { $level }. That comes from 1 question, { $right } right the first time without help.
   *[other] The map says: { $level }. That comes from { $tries } questions, { $right } right the first time without help.
}
say-lead = Do you think that is not right? Tell your teacher. A person reads it and answers, not a program.
say-label = What should your teacher know? You can leave it empty.
say-button = I do not agree
map-say = Not right?

ask-title = Ask about { $name }
ask-back = Back to the week of { $name }
ask-lead = A teacher of { $name } reads this and writes back. You see here how long it takes.
ask-question = I have a question
ask-objection = Something is wrong
ask-label = What do you want to say?
ask-button = Send
family-ask = Write to the teacher
