# The sheet for the talk of student, family and teacher, and growth on the page of leaders.

district-growth-heading = Mastered by a student in four weeks
district-growth = { $mean } ({ $low } to { $high })
district-growth-note = The average of the class, and in brackets the range in which it would lie 8 times in 10 if such weeks came again. A small class leaves a wide range. Two classes whose ranges overlap may not differ at all.
conference-title = To talk about { $name }
conference-link = Sheet for the talk
conference-lead = For the talk of { $name }, the family and the teacher. Print it and write on it.
conference-can = What went well
conference-can-none = Nothing is new this week. Look back at last month together.
conference-now = What comes now
conference-hard = What is hard
conference-hard-none = Nothing stands out.
conference-ask = Ask each other
conference-ask-student = { $name }: What are you proud of? What do you want to learn next?
conference-ask-family = Family: What do you see at home? What does { $name } like?
conference-ask-teacher = Teacher: What have you seen that no answer shows?
conference-agree = What we agree on
conference-sign = Signed
conference-sign-student = { $name }
conference-sign-family = Family
conference-sign-teacher = Teacher
conference-date = Date
conference-print = Print
