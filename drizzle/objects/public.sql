-- The last file: nothing is for everyone.
--
-- Promises: PostgreSQL lets every role execute a new function. Here only the roles that were granted
-- it can.
-- Called by: the owner only.
-- Raises: nothing.

revoke all on schema private from public;
revoke all on all functions in schema api, private from public;
