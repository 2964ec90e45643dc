-- The companies with the most open postings of a track, and its share of what they hire for of the six.
select company, postings, share, share_low(postings, of_postings) as share_low,
    share_high(postings, of_postings) as share_high
from (select *, sum(postings) over (partition by company) as of_postings from company_mix where is_sure and track <> 'none')
where track = $track and is_shown('company', postings, 1)
order by postings desc, company
