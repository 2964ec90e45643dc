-- Postings of a shard's boards that were read in full, without a label of this model for these words, with the track they had until now.
select p.posting_id, p.title, p.text, sha256(p.title || chr(10) || p.text) as input_sha256, l.track as track_before
from postings p left join labels l using (posting_id)
where p.text is not null and shard_of(p.board_id, p.source, $shards) = $shard and (l.posting_id is null or l.model_version <> $model_version
    or l.input_sha256 <> sha256(p.title || chr(10) || p.text))
