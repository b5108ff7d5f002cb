-- Search: names for what the index data.transactions_search is made of, which is in `data`.
--
-- Promises: the planner replaces each function by its body, so a condition written with them uses the
-- index.
-- Called by: app_viewer, app_analyst, app_admin.
-- Raises: nothing.

create function api.fold_text(value text) returns text
  language sql immutable strict parallel safe
  return data.fold_text(value);

create function api.bigrams(letters text) returns text[]
  language sql immutable strict parallel safe
  return data.bigrams(letters);

create function api.search_bigrams(letters text) returns text[]
  language sql immutable strict parallel safe
  return data.search_bigrams(letters);

grant execute on function
    api.fold_text(text), api.bigrams(text), api.search_bigrams(text)
  to app_viewer, app_analyst, app_admin;
