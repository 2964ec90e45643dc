-- The boards of a shard.
select board_id from boards where shard_of(board_id, source, $shards) = $shard
