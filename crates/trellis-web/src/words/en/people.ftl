# Words of what people ask each other, of groups and of plans. Plain, warm and exact.

teach-nav-matters = Messages
nav-support = Support

teach-card-stuck-each = { $count } students keep trying, each something else
teach-card-doubted-each = { $count } students may have lost something, each something else
teach-card-disagrees-each = { $count } students do not agree with a level
teach-kind-asks-to-show = Wants to show
teach-card-asks-to-show-each = { $count } students want to show what they can
teach-card-asks-to-show = { $count ->
    [one] { $name } wants to show what they can
   *[other] { $count } students want to show “{ $skill }”
}
teach-evidence-asks-to-show = { $count ->
    [one] A talk, three questions or a piece of work: you say which way.
   *[other] A talk, three questions or a piece of work: you say which way.
}
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
matter-kind-assessment = Wants to show what they can
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

matters-title = Messages, { $section }
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
say-lead = Do you think that is not right, or can you show more? Tell your teacher. A person reads it and answers, not a program.
say-label = What should your teacher know? You can leave it empty.
say-button = Send it
say-disagreement = I do not agree with this level
say-assessment = I want to show my teacher what I can
map-say = Tell my teacher

ask-title = Ask about { $name }
ask-back = Back to the week of { $name }
ask-lead = A teacher of { $name } reads this and writes back. You see here how long it takes.
ask-question = I have a question
ask-objection = Something is wrong
ask-label = What do you want to say?
ask-button = Send
family-ask = Write to the teacher

teach-nav-groups = Groups
teach-act-group = Plan a group
groups-title = Groups, { $section }
groups-lead = Who would gain from ten minutes together, by what their answers show this week. You choose; nothing is sent to anybody.
groups-none-heading = No group stands out
groups-none = Nobody shares a trouble just now, as far as answers can tell.
groups-saved = Your groups
group-who = Who
group-save = Make this group
group-save-label = Make a group: { $skill }
group-about-mix-up = The same mix-up: { $mix-up }.
group-about-skill = They work on the same skill and need a hand.
group-since = Made
group-outcome = How it went
group-why = Why
group-why-mix-up = { $mix-up }, { $times ->
    [one] once this week
   *[other] { $times } times this week
}
group-why-stuck = { $tries } tries, { $right } right alone, and no rise
group-why-begun = { $tries } tries, { $right } right alone
group-why-placed = You put them here
group-title = Ten minutes on “{ $skill }”
group-made = Made { $when }.
group-back = All groups
group-print = Print plan and cards
group-empty = Nobody is in this group now.
group-then = Then
group-later-now = Now
group-later-week = A week later
group-tried = { $tries ->
    [0] no question since
    [one] 1 question since, { $right } right alone
   *[other] { $tries } questions since, { $right } right alone
}
group-outcome-so-far = So far { $risen } of { $all } stand higher than before, { $mastered } of them mastered it.
group-outcome-week = A week later { $risen } of { $all } stood higher than before, { $mastered } of them mastered it.
group-move = Move
group-move-label = Move { $name }
group-move-to = To “{ $skill }”, made { $when }
group-move-button = Move
group-stay = Stays here
group-out = Takes part no more
group-add = Add somebody
group-add-button = Add
group-ten = Ten minutes
group-ten-ask = 2 minutes. Show this. Each says first what they would do; nobody says yet whether it is right.
group-ten-turn = Some in this group would say
group-ten-show = 5 minutes. Work through it together. Stop after each step and let one of them say why.
group-ten-try = 3 minutes. Each tries a card alone, then two compare.
group-ten-none = The course has no worked solution for this skill that fits on paper.
group-cards = Cards to cut out
group-card = Card { $number }
group-key = Answers, for you
