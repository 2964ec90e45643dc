-- Every table and view, with its columns and what each means, those to start with first; a view's column means what the
-- table's of that name does.
with named as (
    select column_name, any_value(comment) as meaning from duckdb_columns() where comment is not null group by column_name
)
select c.table_name, coalesce(t.comment, v.comment) as about, c.column_name, c.data_type,
    coalesce(c.comment, n.meaning) as meaning
from duckdb_columns() c
left join duckdb_tables() t using (database_name, schema_name, table_name)
left join duckdb_views() v on v.view_name = c.table_name and not v.internal
left join named n on n.column_name = c.column_name and v.view_name is not null
where not c.internal
order by starts_with(about, 'Start here') desc, v.view_name is not null, c.table_name, c.column_index
