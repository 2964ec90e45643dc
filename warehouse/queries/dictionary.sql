-- Every table and view, with its columns and what each means.
select c.table_name, coalesce(t.comment, v.comment) as about, c.column_name, c.data_type, c.comment as meaning
from duckdb_columns() c
left join duckdb_tables() t using (database_name, schema_name, table_name)
left join duckdb_views() v on v.view_name = c.table_name and not v.internal
where not c.internal
order by v.view_name is not null, c.table_name, c.column_index
