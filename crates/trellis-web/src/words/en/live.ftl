# Words of the lesson as it goes. Plain, warm and exact.

teach-nav-live = Live
live-title = Live lesson, { $section }
live-lead = Who may need you now. It tells only what answers tell: nobody’s screen is watched.
live-how = Stuck: two wrong tries at one question, or three questions missed in a row. Idle: nothing for five minutes. Done: all stops of today.
live-open = The class is open.
live-closed = The class is closed.
live-paused = Paused: students see “Please look up”.
live-pause = Pause: please look up
live-go-on = Go on
live-hide = Hide the names
live-show = Show the names
live-again = Load again
live-student = Student { $number }
live-since = { $minutes ->
    [0] just now
    [one] 1 minute ago
   *[other] { $minutes } minutes ago
}
live-stuck = { $count ->
    [0] Nobody is stuck
    [one] 1 is stuck
   *[other] { $count } are stuck
}
live-idle = { $count ->
    [0] Nobody is idle
    [one] 1 is idle
   *[other] { $count } are idle
}
live-working = { $count ->
    [0] Nobody is working just now
    [one] 1 is working
   *[other] { $count } are working
}
live-done = { $count ->
    [0] Nobody is done for today
    [one] 1 is done for today
   *[other] { $count } are done for today
}
live-away = { $count ->
    [0] Everybody has signed in
    [one] 1 has not signed in
   *[other] { $count } have not signed in
}
paused-title = Please look up
paused-text = Your teacher wants to say something to everybody. Your work is safe. You go on right where you are.
paused-again = Go on
