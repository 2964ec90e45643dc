merge into labels l
using incoming_labels i
on l.posting_id = i.posting_id
when matched then update set
    track = i.track, probability = i.probability, probabilities = i.probabilities, second = i.second, is_sure = i.is_sure,
    terms = i.terms, unknown_words = i.unknown_words, model_version = i.model_version, input_sha256 = i.input_sha256
when not matched then insert (
    posting_id, track, probability, probabilities, second, is_sure, terms, unknown_words, model_version, input_sha256
) values (
    i.posting_id, i.track, i.probability, i.probabilities, i.second, i.is_sure, i.terms, i.unknown_words,
    i.model_version, i.input_sha256
);
