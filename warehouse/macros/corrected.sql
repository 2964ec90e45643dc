-- The count of each track in each base, corrected for the model's confusions, with its 95 % interval: from the name of a
-- table that counts the labels in doubt (base, company, predicted, postings). Adjusted classify and count (Forman 2008,
-- Data Min. Knowl. Disc. 17:164): each label adds its weight. Variance, by the law of total variance over the true track:
-- a posting of that track gets its label by chance, in which those of a company correlate (Kish 1965: 1 + (m - 1) intraclass_correlation;
-- of the others of the track as large a part is of its company as of two postings with that label),
-- and the chances are known from finitely many held-out ones (Dirichlet: 1 / (worth + 1)), whose error all share.
create or replace macro corrected_of(found) as table
with counted as (
    select base, predicted, sum(postings) as postings,
        sum(postings * (postings - 1)) / nullif(sum(postings) * (sum(postings) - 1), 0) as together  -- two of one company
    from (select base, company, predicted, sum(postings) as postings from query_table(found) group by all)
    group by base, predicted
),
corrected as (
    select base, track, sum(n.postings) as of_postings, greatest(0, least(of_postings, sum(n.postings * weight))) as corrected
    from counted n join confusion using (predicted) group by base, track
),
errors as (  -- how much the weight that a posting of true_track adds to track varies
    select t.track as true_track, c.track, any_value(t.worth) as worth, any_value(t.intraclass_correlation) as intraclass_correlation,
        greatest(0, sum(t.share * c.weight * c.weight) - (t.track = c.track)::int) as variance
    from confusion t join confusion c using (predicted) group by t.track, c.track
),
spread as (
    select c.base, e.track, sqrt(sum(variance * (
        corrected * (1 + greatest(0, corrected - 1) * coalesce(together, 0) * intraclass_correlation)
        + corrected * corrected / (worth + 1)))) as deviation
    from corrected c join errors e on e.true_track = c.track
    left join counted n on n.base = c.base and n.predicted = c.track
    group by c.base, e.track
)
select base, track, corrected, greatest(0, corrected - 1.96 * deviation) as corrected_low,
    least(of_postings, corrected + 1.96 * deviation) as corrected_high, of_postings
from corrected join spread using (base, track);
comment on macro table corrected_of is 'Counts of each base corrected for the model''s confusions, with 95 % intervals; found names a table (base, company, predicted, postings)';
