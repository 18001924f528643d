-- Everything of the product's in this database belongs to the role that it signs in with, which may make what its
-- migrations need and is otherwise nobody. Run by the administrator: npm start does at each start, compose when it makes
-- the database. A database whose objects are the administrator's is taken over as it is.
do $$
declare
  change text;
begin
  if not exists (select from pg_roles where rolname = 'sanling_app') then
    create role sanling_app;
  end if;
  alter role sanling_app login nosuperuser nocreatedb nocreaterole noreplication nobypassrls;
  execute format('alter database %I owner to sanling_app', current_database());
  for change in
    with own as (
      select oid, nspname from pg_namespace where nspname <> 'information_schema' and nspname not like 'pg\_%'
    ), dependent as (
      -- Parts of extensions, and sequences that follow their column's table.
      select classid, objid from pg_depend where deptype in ('e', 'a', 'i')
    )
    select format('alter schema %I owner to sanling_app', nspname) from own where nspname <> 'public'
    union all
    select format(
      'alter %s %s owner to sanling_app',
      case relkind when 'v' then 'view' when 'm' then 'materialized view' when 'S' then 'sequence' else 'table' end,
      pg_class.oid::regclass
    )
    from pg_class join own on own.oid = relnamespace
    where relkind in ('r', 'p', 'v', 'm', 'S') and relowner <> 'sanling_app'::regrole
      and not exists (select from dependent where classid = 'pg_class'::regclass and objid = pg_class.oid
        and relkind = 'S')
    union all
    select format('alter routine %s owner to sanling_app', pg_proc.oid::regprocedure)
    from pg_proc join own on own.oid = pronamespace
    where proowner <> 'sanling_app'::regrole
      and not exists (select from dependent where classid = 'pg_proc'::regclass and objid = pg_proc.oid)
    union all
    select format('alter type %s owner to sanling_app', pg_type.oid::regtype)
    from pg_type join own on own.oid = typnamespace
    where typtype in ('e', 'd') and typowner <> 'sanling_app'::regrole
      and not exists (select from dependent where classid = 'pg_type'::regclass and objid = pg_type.oid)
  loop
    execute change;
  end loop;
end
$$;
