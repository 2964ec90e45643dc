-- Brings one batch of read boards into the base tables; one transaction. Staged beforehand:
-- incoming_postings (new and changed ones, judged), incoming_posting_places, incoming_posting_pay, incoming_posting_evidence, incoming_rejects,
-- incoming_seen (board_id, posting_id: all that the read boards list), and
-- incoming_boards (run_id, board_id, seen_on, outcome, error, postings, rejected, loaded_run_id, closes_before: open
-- postings that it does not list close where they were last seen before that day; null where none do).

update fetches f
set outcome = b.outcome, error = b.error, postings = b.postings, rejected = b.rejected,
    loaded_run_id = b.loaded_run_id,
    opened = (select count(*) from incoming_postings i left join postings p using (posting_id)
        where i.board_id = b.board_id and p.posting_id is null)
        + (select count(*) from incoming_seen s join postings p using (posting_id)
        where s.board_id = b.board_id and p.closed_on is not null
            and coalesce(p.valid_through >= b.seen_on, true)),
    changed = (select count(*) from incoming_postings i join postings p using (posting_id)
        where i.board_id = b.board_id and i.raw_sha256 <> p.raw_sha256),
    closed = (select count(*) from postings p
        where p.board_id = b.board_id and p.closed_on is null and p.last_seen_on < b.closes_before
            and p.posting_id not in (select posting_id from incoming_seen))
from incoming_boards b
where f.run_id = b.run_id and f.board_id = b.board_id;

update postings p
set closed_on = b.seen_on
from incoming_boards b
where p.board_id = b.board_id and p.closed_on is null and p.last_seen_on < b.closes_before
    and p.posting_id not in (select posting_id from incoming_seen);

-- pay in its own currency, for a rate moves every day; by the same rules, or the change may be theirs
merge into pay_changes c
using (
    select i.posting_id, b.seen_on as changed_on, p.pay_low_usd as low_before, p.pay_high_usd as high_before,
        i.pay_low_usd, i.pay_high_usd
    from incoming_postings i join incoming_boards b using (board_id) join postings p using (posting_id)
    where i.raw_sha256 <> p.raw_sha256 and i.reading = p.reading and p.closed_on is null
        and i.text is not null and p.text is not null  -- what was sifted may state pay that was not read
        and (i.pay_low, i.pay_high, i.pay_currency, i.pay_period) is distinct from (p.pay_low, p.pay_high, p.pay_currency, p.pay_period)
        and coalesce(i.pay_low_usd, p.pay_low_usd) is not null
) i
on c.posting_id = i.posting_id and c.changed_on = i.changed_on
when matched then update set pay_low_usd = i.pay_low_usd, pay_high_usd = i.pay_high_usd
when not matched then insert values (i.posting_id, i.changed_on, i.low_before, i.high_before, i.pay_low_usd, i.pay_high_usd);

merge into postings p
using (select i.*, b.seen_on from incoming_postings i join incoming_boards b using (board_id)) i
on p.posting_id = i.posting_id
when matched then update set
    company = i.company, title = i.title, url = i.url, text = i.text, department = i.department,
    employment_type = i.employment_type, workplace = i.workplace, is_remote = i.is_remote, remote_area = i.remote_area,
    posted_on = i.posted_on, valid_through = i.valid_through, pay_low = i.pay_low, pay_high = i.pay_high, pay_currency = i.pay_currency,
    pay_period = i.pay_period, pay_low_usd = i.pay_low_usd, pay_high_usd = i.pay_high_usd,
    pay_rate_on = i.pay_rate_on, seniority = i.seniority, years_asked = i.years_asked, degree = i.degree, visa = i.visa,
    clearance = i.clearance, contract = i.contract, language = i.language, is_sample = i.is_sample,
    raw_sha256 = i.raw_sha256, reading = i.reading, sifted_sha256 = i.sifted_sha256, sieve = i.sieve
when not matched then insert (
    posting_id, board_id, source, company, title, url, text, department, employment_type, workplace,
    is_remote, remote_area, posted_on, valid_through, pay_low, pay_high, pay_currency, pay_period, pay_low_usd, pay_high_usd,
    pay_rate_on, seniority, years_asked, degree, visa, clearance, contract, language, is_sample, raw_sha256, reading,
    sifted_sha256, sieve, first_seen_on, last_seen_on, closed_on
) values (
    i.posting_id, i.board_id, i.source, i.company, i.title, i.url, i.text, i.department, i.employment_type,
    i.workplace, i.is_remote, i.remote_area, i.posted_on, i.valid_through, i.pay_low, i.pay_high, i.pay_currency, i.pay_period, i.pay_low_usd,
    i.pay_high_usd, i.pay_rate_on, i.seniority, i.years_asked, i.degree, i.visa, i.clearance, i.contract, i.language, i.is_sample,
    i.raw_sha256, i.reading, i.sifted_sha256, i.sieve, coalesce(i.first_seen_on, i.seen_on), i.seen_on, null
);

update postings p
set last_seen_on = b.seen_on, closed_on = null
from incoming_seen s join incoming_boards b using (board_id)
where p.posting_id = s.posting_id;

-- an unchanged board lists what it listed the last time it was read
update postings p
set last_seen_on = b.seen_on
from incoming_boards b
where p.board_id = b.board_id and b.outcome = 'unchanged' and p.closed_on is null
    and p.last_seen_on = (
        select max(f.fetched_at)::date from fetches f
        where f.board_id = p.board_id and f.run_id <> b.run_id and f.outcome in ('read', 'unchanged')
            and f.loaded_run_id is not null  -- a killed run left the others, whose turn comes
    );

-- a company that is read from another board now has left the one that is no longer listed
update postings p
set closed_on = b.seen_on
from boards old join boards new using (company) join incoming_boards b on b.board_id = new.board_id
where p.board_id = old.board_id and not old.is_listed and new.is_listed and p.closed_on is null
    and coalesce(new.named_by, 'registry') = 'registry'  -- the directory's word is not enough: names are shared
    and new.board_id in (select board_id from postings where closed_on is null and last_seen_on = b.seen_on);

-- what has run out is closed, and what a board that lists only the newest has not shown for 30 days
update postings p
set closed_on = valid_through + 1, last_seen_on = least(last_seen_on, valid_through)
from incoming_boards b
where p.board_id = b.board_id and p.closed_on is null and p.valid_through < b.seen_on;
update postings p
set closed_on = last_seen_on + 30
from incoming_boards b
where p.board_id = b.board_id and p.closed_on is null and p.last_seen_on + 30 < b.seen_on
    and p.source in (select source from sources where not lists_all);

delete from posting_places where posting_id in (select posting_id from incoming_postings);
insert into posting_places by name select * from incoming_posting_places;

delete from posting_pay where posting_id in (select posting_id from incoming_postings);
insert into posting_pay by name select * from incoming_posting_pay;

delete from posting_evidence where posting_id in (select posting_id from incoming_postings);
insert into posting_evidence by name select * from incoming_posting_evidence;

delete from rejects where board_id in (select board_id from incoming_boards where outcome in ('read', 'empty'));
insert into rejects by name select * from incoming_rejects;
