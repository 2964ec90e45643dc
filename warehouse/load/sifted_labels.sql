-- Staged: incoming_model (model_version, shard, shards), the model that labels, and of which boards. What the sieve holds for none of the six is labelled so by that:
-- the part of them that it loses is far below what counts (0.0001 in expected_tracks).
delete from labels where posting_id in (
    select posting_id from labels l join postings p using (posting_id) cross join incoming_model m
    where p.sifted_sha256 is not null and shard_of(p.board_id, p.source, m.shards) = m.shard
        and (l.input_sha256 <> p.sifted_sha256 or l.model_version <> m.model_version)
);
insert into labels by name
select posting_id, 'none' as track, 1 as probability, true as is_sure, model_version, sifted_sha256 as input_sha256,
    list_concat(list_transform(tracks_in_order(), lambda track: 0), [1]) as probabilities
from postings cross join incoming_model m
where sifted_sha256 is not null and shard_of(board_id, source, m.shards) = m.shard
    and posting_id not in (select posting_id from labels);
