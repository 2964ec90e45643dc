-- How many postings of a shard's boards that were sifted have another label than none, from when they were not.
select count(*) from postings join labels using (posting_id) where sifted_sha256 is not null and track <> 'none' and shard_of(board_id, source, $shards) = $shard
