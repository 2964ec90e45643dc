-- The answer to a visit says that there is no such board; 422: a site that a tenant of Workday does not have.
create or replace macro is_gone(outcome, http_status) as coalesce(outcome = 'failed' and http_status in (404, 410, 422), false);
comment on macro is_gone is 'Whether the answer to a visit says that there is no such board';

-- Of a list that others made, some boards are gone by now: that is no fault of a run, as it is of a board that somebody chose.
create or replace macro is_gone_of_directory(outcome, http_status, named_by) as
    is_gone(outcome, http_status) and coalesce(named_by, 'registry') <> 'registry';
comment on macro is_gone_of_directory is 'Whether a visit failed because a board that only the directory lists is gone';

-- Which of so many shards a board is of. What is read as many boards, the months of one, is of one shard whole.
create or replace macro shard_of(its_board, its_source, shards) as
    1 + md5_number_lower(if(its_source in (select source from sources where is_dated), its_source, its_board)) % shards;
