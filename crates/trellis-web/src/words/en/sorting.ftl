## Sorting imported questions, and what comes before what

tags-go = Sort imported questions
tags-title = Sort imported questions
tags-lead = An import brings skills of its own. Say which skill of your course each question counts for. The words suggest; you decide, and can take it back.
tags-from = Questions of
tags-to = count for skills of
tags-show = Show
tags-count = { $count ->
    [0] Nothing is left to sort
    [one] One question to sort
   *[other] { $count } questions to sort
}
tags-none = Choose a course with imported questions, and another whose skills they shall count for.
tags-was = Imported as “{ $skill }”.
tags-why = Words in common with the first suggestion: { $words }.
tags-why-none = No words in common with any skill of the course.
tags-skill = It counts for
tags-choose = Choose…
tags-suggested = Suggested
tags-others = { $count ->
    [one] and the other question of “{ $skill }”
   *[other] and the { $count } other questions of “{ $skill }”
}
tags-accept = Let it count
tags-decided = counts for “{ $skill }”. { $name }, { $when }.
audit-done-tagged = Done. From now on it counts there.
audit-done-untagged = Taken back. It counts as the import says.
links-go = What comes before what
links-title = What comes before what
links-course = Course
links-count = { $links ->
    [one] One link
   *[other] { $links } links
}; { $shut ->
    [0] students can come to every skill.
    [one] nobody ever comes to one skill.
   *[other] nobody ever comes to { $shut } skills.
}
links-add-title = Add a link
links-first = First
links-then = and after it
links-add = Add it
links-circle = That would close a circle: { $circle }. Nobody could begin. Take one of these links away first.
links-none = Can be begun right away.
links-after = Comes after
links-new = added here
links-remove = Take away
links-remove-label = Take away: { $first } before { $then }
links-remove-do = Take the link away
links-untaught = In no unit
links-added = Added: { $first } before { $then }.
links-removed = Taken away: { $first } before { $then }.
audit-done-linked = Done. From now on students are led this way.
refusal-circle = That would close a circle of skills that wait for each other. Nothing was changed.
