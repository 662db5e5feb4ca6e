# Words of invitations on paper, and of using one. Plain, warm and exact.

join-title = Your invitation
join-letters = The letters on your paper
join-help = They stand beside the square. Big or small letters, with spaces or without: all are fine.
join-next = Next
join-refused = This invitation does not open anything. It may have been used already, be too old, or a newer one was printed. Ask the school for a new one.
join-hello = Hello { $name }
join-as-teacher = You are invited as a teacher. Choose how you will sign in.
join-as-leader = You are invited as somebody who leads the school. Choose how you will sign in.
join-as-operator = You are invited as the one who runs this machine. Choose how you will sign in.
join-as-guardian = You are invited to see your child's week. Choose how you will sign in.
join-as-learner = Choose how you will sign in.
join-login-help = You can keep this name or type another, such as your e-mail address. Letters, digits and . _ - + @
join-again = The password once more
join-rules = At least { $least } characters. A few words that only you would put together are easy to keep in mind.
join-enter = Sign in
join-have = I have a name and a password already
join-have-paper = I have an invitation on paper
join-login-wrong = A name to sign in with has 3 to 60 letters, digits or . _ - + @, without spaces.
join-login-taken = Somebody else here signs in with this name. Please choose another.
join-unlike = The two passwords are not the same. Please type both again.
join-short = This password is too short. Take at least { $least } characters, a few words for instance.
join-long = This password is too long. { $most } characters are the most.
join-easy = Others would try this password soon: it is made of a name, of a word that many take, or of a row of keys. Please think of another.
invite-title = Invitations for families, { $section }
invite-staff-title = Invitations for the staff
invite-lead = With an invitation a family chooses its own name and password, and sees its child's week.
invite-staff-lead = With an invitation a teacher or a leader chooses their own name and password. It also helps when somebody has forgotten theirs.
invite-print-now = Print these now. What stands on an invitation is kept nowhere: when you leave this page, nobody can see it again.
invite-nobody = The roster names nobody whom you could invite here. The school's office can add families to it.
invite-once = A new invitation makes the one of before worthless. A password that somebody has stays until the new invitation is used.
invite-make = Make invitations
invite-list = Back to the list
invite-back = Back
invite-of = Family of { $children }
invite-teacher = Teacher
invite-leader = Leads the school
invite-operator = Runs the machine
invite-guardian = Family
invite-signs-in = has a password
invite-until = invited until { $day }
invite-none = not invited yet
invite-hello = For { $name }
invite-what = Your invitation to Trellis. Open it with a camera and choose a name and a password.
invite-code = Invitation for { $name }
invite-holds = It can be used once, until { $day }.
invite-done-none = Choose at least one person.
invite-card = Invitations for families
invite-card-lead = A sheet for each family to choose its name and password.
invite-card-go = To the invitations
badges-pictures = Make new pictures
badges-code-at = Open { $address }, type { $code }, choose your name, and then these three in this order:

## How an adult signs in
account-title = How you sign in
account-link = How you sign in
account-where = Where you are signed in
account-where-text = Is one of them not you, or a device that you no longer have? End them all but this one.
account-here = Here, since { $day }
account-elsewhere = On another device or in another window, since { $day }
account-since-unknown = some time
account-end = End all others
account-change = Another password
account-present = Your password now
account-new = The new password
account-change-button = Change it
account-change-text = Everywhere else you are signed out then.
account-none = You sign in without a password.
account-wrong = That is not your password now.
account-locked = Too many wrong tries. Somebody who leads the school can let you try again.
account-done-changed = Your password is changed. Everywhere else you are signed out.
account-done-ended = Everywhere else you are signed out.
record-column-seen = last used
record-column-since = since
account-login = You sign in as { $login }.
district-signed-title = Sign an adult out everywhere
district-signed-text = When a device is lost, or somebody has left. Then they can sign in again, unless you take them off the roster.
district-signed-end = Sign them out
district-signed-done-ended = They are signed out everywhere.
district-signed-done-nobody = No adult has this number.

## A code beside the password
second-title = A code beside the password
second-lead = With it a stolen password opens nothing: signing in also asks for a code that an app on your telephone shows.
second-first = Your district asks this of all staff. Set it up now; then your other pages open.
second-is-on = Signing in also asks you for a code.
second-set-up = Set it up
second-look = Look at it
second-off = It is not set up
second-begin = Begin
second-set-title = Give it to your app
second-set-text = Open an app that makes codes, such as one for passwords, and let it read this square. Then type the six digits that it shows.
second-qr = A square for the app, with the secret that it needs
second-letters = Or type these letters into it:
second-code = The code
second-code-help = Six digits from your app, or one of the codes on your paper.
second-confirm = That is the code
second-wrong = This code does not fit, or it was used already. Wait for the next one.
second-on = On since { $day }
second-left = { $count ->
    [0] No code on paper is left. End it and set it up again to get new ones.
    [one] One code on paper is left.
   *[other] { $count } codes on paper are left.
}
second-codes-title = Codes for your paper
second-codes-text = { $count ->
    [one] It is shown this once. Write it down and keep it where your telephone is not.
   *[other] These { $count } are shown this once. Write them down and keep them where your telephone is not. Each opens once.
}
second-end-title = Do without it
second-end = End it
second-done-ended = It is ended. Your password alone signs you in.
second-ask-title = One more code
second-back = Sign in as somebody else
record-table-second-factor = The code beside your password
record-table-recovery-code = Codes on paper
record-table-half-sign-in = Sign-ins that wait for a code
record-column-secret = the secret
record-column-last-step = the half minute of the last code

sign-on-with = Sign in with { $name }
sign-on-done-refused = That did not work, and nobody was signed in. Try it again, or use another way.
sign-on-done-unknown = That account is not linked to anybody of this school. Sign in another way first and link it under “How you sign in”, or ask who leads your school.
sign-on-done-taken = Another account of that service is linked to you already. Sign in with that one, or cut the link under “How you sign in”.
sign-on-done-away = That service does not answer right now. Use another way, or try again in a while.
sign-on-title = Sign in with another service
sign-on-text = Once linked, that account signs you in here too. Trellis keeps its number for you and nothing else of it.
sign-on-since = Linked since { $day }
sign-on-link = Link it
sign-on-cut = Cut the link
account-done-linked = It is linked. From now on that account signs you in too.
account-done-taken = It could not be linked: that account belongs to somebody else here, or you have another one linked already.
account-done-cut = The link is cut. That account signs you in no more.
record-table-sign-on = accounts of other services
record-column-issuer = service
record-column-subject = its number for you

## Passkeys
passkey-title = Sign in with a passkey
passkey-text = A passkey lives on your telephone, your computer or a key of yours, and opens with your finger, your face or the device's own number. There is nothing to remember and nothing that somebody could talk out of you.
passkey-since = Since { $day }
passkey-used = Last used { $day }
passkey-cut = Take away
passkey-name = What to call it
passkey-name-usual = My device
passkey-make = Make a passkey
passkey-not-made = No passkey was made. Try it again, or with another device.
passkey-anew = Sign out and in again first, so that we know it is still you.
passkey-no-browser = Your browser cannot make passkeys here. It needs scripts, and a connection over TLS.
passkey-enter = Sign in with a passkey
passkey-not-signed = No passkey was used. Try it again, or sign in another way.
sign-on-done-passkey = That passkey opens nothing here. Sign in another way; if it should open, make a new one under “How you sign in”.
account-done-passkey = Your passkey is made. From now on it signs you in.
account-done-no-passkey = No passkey was made. Try it again, or with another device.
account-done-no-more-passkey = It is taken away and opens nothing any more. Delete it on your device too.
record-table-passkey = passkeys
record-table-passkey-question = questions to passkeys that wait for an answer
record-column-credential = its name among all passkeys
record-column-algorithm = how it signs
record-column-public-key = its public half
record-column-counter = how often it has signed
record-column-challenge-hash = a trace of the question
record-column-by-passkey = whether a passkey opened it
record-column-used = last used
