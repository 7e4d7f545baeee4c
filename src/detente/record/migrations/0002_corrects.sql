-- Rows that reviewers corrected name the event or tie they correct, as it was found.
ALTER TABLE event ADD COLUMN corrects VARCHAR;
ALTER TABLE tie ADD COLUMN corrects VARCHAR;
