-- The macros for questions in SQL, each with its parameters and what it answers; those without a comment are parts of these.
-- In the columns of the dictionary.
select function_name as table_name, comment as about, array_to_string(parameters, ', ') as column_name,
    replace(function_type, '_', ' ') as data_type, comment as meaning
from duckdb_functions()
where not internal and comment is not null
order by function_type = 'macro', function_name
