-- Staged: incoming_companies, those whose skills were read.
delete from read_companies where reader = 'skills' and company in (select company from incoming_companies);
insert into read_companies by name select *, 'skills' as reader from incoming_companies;
