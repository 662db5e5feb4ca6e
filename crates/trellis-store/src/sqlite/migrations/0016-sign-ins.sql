-- Since when somebody is signed in, so that they can tell their own sign-ins from a stranger's. Empty for those of before.
ALTER TABLE session ADD COLUMN since INTEGER;
