# Words of badges. Plain, warm and exact.

badge-title = Come in with your badge
badge-press = Your badge is read. Press the button to come in.
badge-letters = The letters on your badge
badge-help = They stand beside the square. Big or small letters, with spaces or without: all are fine.
badge-enter = Come in
badge-refused = This badge did not let you in. It works while your class is open, and only your newest badge works. After five tries your teacher can help.
badge-other-way = Another way to sign in
badge-have = I have a badge
badges-title = Badges, { $section }
badges-lead = A badge lets a student into the open class with a camera, without a code or pictures. Outside of the class it opens nothing.
badges-print-now = Print these now. What stands on a badge is kept nowhere: when you leave this page, nobody can see it again.
badges-who = For whom
badges-has-none = no badge yet
badges-once = A new badge makes the one of before worthless. Taking a badge away also signs the student out.
badges-make = Make new badges
badges-withdraw = Take badges away
badges-again = Back to the list of badges
badges-code = Badge of { $name }
badges-type = No camera? Open { $address } and type:
badges-done-withdrawn = The badges are taken away. They open nothing from now on.
badges-done-none = Choose at least one student.
badges-card = Badges
badges-card-lead = A square code for each student to come into the open class. Lost ones are replaced or taken away.
badges-card-go = To the badges
