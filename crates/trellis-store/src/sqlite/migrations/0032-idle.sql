-- When a sign-in was last used, in steps of a few minutes, so that one that nobody uses ends. Empty until the first step.
ALTER TABLE session ADD COLUMN seen INTEGER;
