-- Databases were made with the character types of "C", in which pg_trgm takes nothing beyond ASCII for a letter: no
-- Chinese text was ever similar to another. Sorting, upper and lower case are the built-in C.UTF-8's before and after, so
-- no index changes but those over trigrams and text search, which are made anew with REINDEX where there are any. The
-- column is written as pg_upgrade writes it; one statement, so that it happens whole or not at all.
do $$
begin
  if exists (select from pg_database where datctype = 'C' and datlocprovider = 'b') then
    -- Fails on a machine whose C library does not know it: no database could be entered any more.
    create collation pg_temp.known (provider = libc, lc_collate = 'C', lc_ctype = 'C.UTF-8');
    drop collation pg_temp.known;
    update pg_database set datctype = 'C.UTF-8' where datctype = 'C' and datlocprovider = 'b';
  end if;
end
$$;
