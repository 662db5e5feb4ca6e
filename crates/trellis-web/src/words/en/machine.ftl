# The server, for those who run it.

nav-machine = Server
machine-title = The server
machine-ready = All is well: a page was just written to the disk.
machine-not-ready = Nothing can be saved now.
machine-not-ready-do = See whether the disk is full or the database cannot be reached. Its log says what failed. Answers that were acknowledged are safe.
machine-now = Since it was started
machine-waiting-title = Waiting
machine-waiting = { $waiting ->
    [0] Nothing waits to be saved.
    [one] One message waits to be saved, of { $most } that may.
   *[other] { $waiting } messages wait to be saved, of { $most } that may.
}
machine-waiting-do = More comes than the disk takes. Beyond the most, people are asked to try again.
machine-turned-away-title = Turned away
machine-turned-away = { $count ->
    [0] Nobody had to come again.
    [one] Once somebody was asked to come again.
   *[other] { $count } times somebody was asked to come again.
}
machine-turned-away-do = Nothing was lost by it. If it goes on, use a faster disk or a second machine.
machine-commits-title = Saved
machine-commits = { $works ->
    [one] One change
   *[other] { $works } changes
} in { $commits ->
    [one] one write
   *[other] { $commits } writes
} to the disk, about { $ms } ms each.
machine-commits-do = The disk is slow: students wait for it after each answer.
machine-failed-title = Failed
machine-failed = { $count ->
    [0] No write failed.
    [one] One write failed as a whole.
   *[other] { $count } writes failed as a whole.
}
machine-failed-do = Who sent these was told that nothing was saved. Look at the log, and run the check below.
machine-size-title = Size
machine-size = { $events ->
    [one] One event
   *[other] { $events } events
}, { $mb } MB in the database and { $log } MB beside it.
machine-versions = What runs
machine-program = Trellis
machine-model = Learner model
machine-schema = Version of the tables
machine-more = Look more closely
machine-doctor = This checks all of the database, folds every event again, and says in plain words what is wrong and what to do. The server may go on meanwhile.
machine-backup = This makes a backup that is encrypted, while the server goes on.
machine-metrics = A monitor can read the same figures; the guide for operators says how.
machine-doctor-command = trellis doctor --dir FOLDER
machine-backup-command = trellis backup --dir FOLDER --to BACKUPS --key KEY
