# Words of the frame, of signing in, of errors and refusals. Plain and warm; no blame, no jargon.

skip = Skip to the page
nav-label = Main
nav-today = Today
nav-map = My map
nav-teach-today = Today
nav-family = This week
nav-district = District
nav-how = How Trellis decides
signed-in-as = Signed in as { $name }
sign-out = Sign out

error-title = That did not work
error-back = Back to the start
error-bad-request = We could not read what was sent. Go back and try once more.
error-busy = Many people are working right now. Nothing is lost: wait a moment and press the button again.
error-failed = Something went wrong on our side. Nothing you sent before is lost. Please try again, or tell your teacher.

refusal-sign-in-first = Please sign in first.
refusal-not-yours = This page is not open to you. If you think it should be, ask your teacher or your school.
refusal-not-found = There is nothing here. The address may be old, or mistyped.
refusal-attempt-over = This question is finished already. Go on with the next one.
refusal-item-gone = This question was taken out of the course. Go on with another one.
refusal-no-more-hints = There are no more hints for this question.
refusal-no-items = There is no question for this yet. Pick another one.
refusal-not-in-course = This is not part of your course.
refusal-closed-by-teacher = This is not open yet. Your map shows what comes before it.
refusal-already-so = That is done already.
refusal-nothing-to-undo = There is nothing to undo here.
refusal-no-such-interest = We do not have stories of that kind.
refusal-class-closed = This class is not open right now. Ask your teacher to open it, and check the code.
refusal-too-long = That is longer than we can take. Please make it shorter.
