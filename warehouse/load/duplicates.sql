-- Staged: incoming_companies, those that were compared, with a digest where it is new; incoming_duplicates, what was found among their postings.
delete from duplicates where posting_id in (select posting_id from postings semi join incoming_companies using (company));
insert into duplicates by name select * from incoming_duplicates;
delete from read_companies where reader = 'duplicates' and company in (select company from incoming_companies where digest is not null);
insert into read_companies by name select *, 'duplicates' as reader from incoming_companies where digest is not null;
