# Words of the print centre. Plain, warm and exact.

teach-nav-print = Print
paper-title = Print, { $section }
paper-lead = Worksheets with their answers on pages apart, plans of groups, and a page for each family.
paper-sheets = Worksheets
paper-who = For whom
paper-who-class = The whole class
paper-who-group = Group on “{ $skill }”: { $names }
paper-what = About what
paper-what-next = What is next for each student
paper-numbers = Numbers
paper-numbers-own = Other numbers for each
paper-numbers-same = The same for all, one sheet to copy
paper-numbers-help = What is next is each student’s own, with other numbers for each.
paper-how-many = How many
paper-count = { $count ->
    [one] 1 question
   *[other] { $count } questions
}
paper-part = Print
paper-part-both = Sheets, then the answers
paper-part-sheets = Sheets alone
paper-part-keys = Answers alone
paper-make = Make the sheets
paper-again = The same with other numbers
paper-keep = The address of this page always makes the same sheets. Keep it to print them, or their answers, again.
paper-print = Print
paper-code = Sheet { $code }
paper-name = Name
paper-next-title = Next for you
paper-question = Question { $number }
paper-answer = Answer
paper-key = Answers, for the teacher
paper-empty = No question that fits on paper is open for this just now.
paper-families = A page for each family
paper-families-lead = The week of every child of this class in one print, each on its own sheet. In which language?
paper-families-title = Family pages, { $section }
paper-families-about = { $count ->
    [one] 1 page
   *[other] { $count } pages, one for each child
}
paper-back = All that can be printed
paper-plans = Plans and cards of groups
paper-plans-none = No group is made yet. A group’s page has ten minutes to teach, and cards to cut out.
